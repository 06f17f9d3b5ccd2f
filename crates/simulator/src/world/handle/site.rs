//! The handle's methods for the site API: which Tableau it pretends to be, and its groups, sets and sessions.

use std::time::Duration;

use time::OffsetDateTime;
use uuid::Uuid;

use crate::world::carry::Carrier;
use crate::world::directory::DirectoryGroup;
use crate::world::facts::{GroupFacts, GroupSetFacts};
use crate::world::groups::{GrantMode, Group};
use crate::world::keys::Plane;
use crate::world::roles::SiteRole;
use crate::world::settings::Deployment;
use crate::world::{State, World};

impl World {
    /// Sets which Tableau the site API pretends to be.
    pub fn set_deployment(&self, deployment: Deployment) {
        self.change(|state| state.settings.deployment = deployment);
    }

    /// Sets the newest version of the site API, such as `3.24`; false when that is no version.
    pub fn set_site_version(&self, version: &str) -> bool {
        let version = crate::rest::version::parse(version);
        version.map(|version| self.change(|state| state.settings.site_api = version)).is_some()
    }

    /// Sets how long new people, groups and group sets stay out of the site API's lists.
    pub fn set_index_lag(&self, lag: Duration) {
        let lag = lag.try_into().unwrap_or(time::Duration::days(365));
        self.change(|state| state.settings.index_lag = lag);
    }

    /// Adds a group to the pretend Active Directory, or replaces it. The directory is only asked by a
    /// `Server`.
    pub fn add_directory_group(&self, domain: &str, name: &str, members: &[&str]) {
        let members = members.iter().map(|member| (*member).to_owned()).collect();
        let group = DirectoryGroup { domain: domain.to_owned(), name: name.to_owned(), members };
        self.change(|state| {
            let directory = &mut state.settings.directory;
            directory.retain(|known| known.domain != group.domain || known.name != group.name);
            directory.push(group);
        });
    }

    /// Name and secret of a site's demo token, by the site's content URL.
    pub fn site_token(&self, content_url: &str) -> Option<(String, String)> {
        self.read(|state| {
            let site = state.sites.iter().find(|site| site.content_url == content_url)?;
            let pat = state.keys.pats.iter().find(|pat| pat.plane == Plane::Site(site.id))?;
            Some((pat.name.clone(), pat.secret.clone()))
        })
    }

    /// Gives somebody a token for a site, by its content URL; false when there is no such person or site.
    pub fn add_site_token(
        &self,
        user_name: &str,
        content_url: &str,
        (name, secret): (&str, &str),
        expires: OffsetDateTime,
    ) -> bool {
        let now = self.now();
        self.somebody(user_name, |state, person| {
            let owner = state.people[person].id;
            let site = state.sites.iter().find(|site| site.content_url == content_url).map(|site| site.id);
            let add = |site| {
                let (plane, secret) = (Plane::Site(site), secret.to_owned());
                state.keys.add_until(plane, name, secret, owner, (now, expires), now);
            };
            site.map(add).is_some()
        })
    }

    /// Ends every session of a site, as if somebody else used its tokens; false when there was none.
    pub fn end_site_sessions(&self, site: &str) -> bool {
        let site = Uuid::parse_str(site).unwrap_or_default();
        self.change(|state| state.keys.end_site_sessions(site))
    }

    /// Lets somebody sign in to a site as people do: groups that grant on sign-in now give their role. False
    /// when the person has no role there or the site is suspended.
    pub fn signs_in(&self, user_name: &str, site: &str) -> bool {
        let (id, now) = (Uuid::parse_str(site).unwrap_or_default(), self.now());
        self.somebody(user_name, |state, person| {
            let place = state.site_place(id).filter(|place| !state.sites[*place].is_suspended());
            let Some(site) = place.filter(|place| state.people[person].place_on(*place).is_some()) else {
                return false;
            };
            state.people[person].last_sign_in = Some(now);
            Carrier::new(state).sign_in(person, site);
            true
        })
    }

    /// The group of this name on a site.
    pub fn group(&self, site: &str, name: &str) -> Option<GroupFacts> {
        self.groups(site).into_iter().find(|group| group.name == name)
    }

    /// The user names of a group's members.
    pub fn group_members(&self, group: &str) -> Vec<String> {
        let id = Uuid::parse_str(group).unwrap_or_default();
        self.read(|state| {
            let group = state.groups.iter().find(|group| group.id == id);
            let members = group.into_iter().flat_map(|group| &group.members);
            members.map(|member| state.people[*member as usize].user_name.to_string()).collect()
        })
    }

    /// Adds a local group behind everyone's back and tells its id; nothing when there is no such site, or the
    /// name is taken.
    pub fn add_group(&self, site: &str, name: &str) -> Option<String> {
        let site = Uuid::parse_str(site).ok()?;
        self.change(|state| {
            state.site(site)?;
            if state.groups.iter().any(|group| group.site == site && group.is_called(name)) {
                return None;
            }
            let id = state.random.uuid();
            state.groups.push(Group::local(id, site, name, state.now));
            Some(id.to_string())
        })
    }

    /// Removes a group behind everyone's back; false when there is no such group.
    pub fn remove_group(&self, group: &str) -> bool {
        let id = Uuid::parse_str(group).unwrap_or_default();
        self.change(|state| {
            let found = state.groups.iter().any(|group| group.id == id);
            state.remove_group(id);
            found
        })
    }

    /// Sets the role that a group gives at least, at the next sign-in; false when there is no such group or
    /// role.
    pub fn set_group_role(&self, group: &str, role: Option<&str>) -> bool {
        let minimum = role.map(SiteRole::named);
        if minimum == Some(None) {
            return false;
        }
        // Unlicensed as the least is as good as none.
        let minimum = minimum.flatten().filter(|role| *role != SiteRole::Unlicensed);
        self.change_group(group, |group| {
            group.minimum_role = minimum;
            group.grant = group.minimum_role.map(|_| GrantMode::OnSignIn);
        })
    }

    /// Takes somebody out of a group behind everyone's back; false when there is no such person or group.
    pub fn leave_group(&self, user_name: &str, group: &str) -> bool {
        let id = Uuid::parse_str(group).unwrap_or_default();
        self.somebody(user_name, |state: &mut State, person| {
            let group = state.groups.iter_mut().find(|group| group.id == id);
            group.map(|group| group.members.retain(|member| *member != person as u32)).is_some()
        })
    }

    fn change_group(&self, group: &str, change: impl FnOnce(&mut Group)) -> bool {
        let id = Uuid::parse_str(group).unwrap_or_default();
        self.change(|state| state.groups.iter_mut().find(|group| group.id == id).map(change).is_some())
    }

    /// The group sets of a site.
    pub fn group_sets(&self, site: &str) -> Vec<GroupSetFacts> {
        let site = Uuid::parse_str(site).unwrap_or_default();
        self.read(|state| {
            let here = state.sets.iter().filter(|set| set.site == site);
            here.map(GroupSetFacts::of).collect()
        })
    }
}
