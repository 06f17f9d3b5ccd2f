//! What a site tells of its people and groups at this moment, and what the tenant tells of the same people.

use std::collections::{HashMap, HashSet};

use futures::{StreamExt, TryStreamExt, stream};
use model::{
    Freshness, Grant, GroupId, Problem, SiteId, SiteUserId, UserId,
    groups::Group,
    people::Person,
    plan::{OnSite, SiteState, SiteWish, Wish},
    roles::SiteRole,
    site_users::SiteUser,
    sites::Site,
};

use super::{
    Row, Who,
    on_site::{SiteRow, SiteWho},
};
use crate::{Caller, Operations};

/// Groups read at once.
const GROUPS_AT_ONCE: usize = 4;

/// What every row is held against.
pub(super) struct SiteNow {
    /// The site.
    pub(super) site: SiteId,
    /// The tenant's sites.
    pub(super) sites: HashMap<SiteId, Site>,
    /// Who owns the site's token, on the site.
    pub(super) you_here: SiteUserId,
    /// Who asks, in the tenant.
    pub(super) you: Vec<UserId>,
    /// What the caller was given.
    pub(super) grants: Vec<Grant>,
    /// Who is protected, by their ids in the tenant.
    pub(super) protected: HashSet<UserId>,
    /// All groups of the site.
    pub(super) groups: HashMap<GroupId, Group>,
    users: HashMap<SiteUserId, SiteUser>,
    names: HashMap<String, SiteUserId>,
    /// The members of the groups that somebody asked about.
    members: HashMap<GroupId, HashSet<SiteUserId>>,
    /// The groups with a minimum role that people are in.
    held: HashMap<SiteUserId, Vec<GroupId>>,
    people: HashMap<String, Person>,
}

impl SiteNow {
    pub(super) fn user(&self, id: &SiteUserId) -> Option<&SiteUser> {
        self.users.get(id)
    }

    pub(super) fn users(&self) -> impl Iterator<Item = &SiteUser> {
        self.users.values()
    }

    pub(super) fn find(&self, who: &SiteWho) -> Option<&SiteUser> {
        let known = who.id.and_then(|id| self.users.get(&id));
        known.or_else(|| self.users.get(self.names.get(&who.name.to_lowercase())?))
    }

    /// Every word by which a file may name the site, in lower case.
    pub(super) fn site_words(&self) -> Vec<String> {
        let site = self.sites.get(&self.site);
        let words = site.map(|site| [site.name.to_lowercase(), site.content_url.to_lowercase()]);
        words.into_iter().flatten().chain([self.site.to_string()]).filter(|word| !word.is_empty()).collect()
    }

    /// What the tenant tells of somebody.
    pub(super) fn person(&self, user_name: &str) -> Option<&Person> {
        self.people.get(&user_name.to_lowercase())
    }

    /// Everybody whom rows are about, as the tenant tells them, by the name they sign in with.
    pub(super) fn people(&self) -> &HashMap<String, Person> {
        &self.people
    }

    /// A row as a wish.
    pub(super) fn wish(&self, row: &SiteRow) -> Option<Wish> {
        row.change.clone().map(|change| Wish::OnSite(OnSite { site: self.site, change }))
    }

    pub(super) fn members(&self, group: &GroupId) -> Option<&HashSet<SiteUserId>> {
        self.members.get(group)
    }

    /// The state of what a wish is about.
    pub(super) fn state<'a>(&self, wish: &OnSite, user: Option<&'a SiteUser>) -> SiteState<'a> {
        let members = wish.change.group().and_then(|(group, _)| self.members.get(group));
        let is_member = user.is_some_and(|user| members.is_some_and(|members| members.contains(&user.id)));
        SiteState { user, is_member }
    }

    /// The groups whose minimum role is higher than a role that somebody shall have.
    pub(super) fn held_above(&self, user: &SiteUserId, role: &SiteRole) -> Vec<&Group> {
        let groups = self.held.get(user).into_iter().flatten().filter_map(|group| self.groups.get(group));
        let is_higher =
            |group: &&Group| group.minimum_role.as_ref().is_some_and(|minimum| minimum.rank() > role.rank());
        groups.filter(is_higher).collect()
    }

    pub(super) fn site_name(&self) -> String {
        self.sites.get(&self.site).map_or_else(|| self.site.to_string(), |site| site.name.clone())
    }
}

impl Operations {
    /// Reads the people and groups of a site afresh.
    pub(super) async fn site_now(&self, caller: &Caller, site: SiteId) -> Result<SiteNow, Problem> {
        self.must_see_site(caller, &site)?;
        let connection = self.site_connection(caller, &site).await?;
        let (users, groups, sites, protected) = futures::try_join!(
            self.users_of_site(caller, &site, Freshness::Now),
            self.groups_of_site(caller, &site, Freshness::Now),
            self.sites_as(caller, Freshness::Now),
            self.protections(caller),
        )?;
        let mut names = HashMap::new();
        // The name they sign in with counts before anybody's address.
        let addresses = users.value.iter().filter_map(|user| Some((user.email.as_deref()?, user.id)));
        names.extend(addresses.map(|(address, id)| (address.to_lowercase(), id)));
        names.extend(users.value.iter().map(|user| (user.name.to_lowercase(), user.id)));
        Ok(SiteNow {
            site,
            sites: sites.into_iter().map(|site| (site.id, site)).collect(),
            you_here: connection.site_user,
            you: caller.account.identities().to_vec(),
            grants: caller.grants.clone(),
            protected: protected.into_iter().map(|it| it.user).collect(),
            groups: groups.value.iter().map(|group| (group.id, group.clone())).collect(),
            users: users.value.iter().map(|user| (user.id, user.clone())).collect(),
            names,
            members: HashMap::new(),
            held: HashMap::new(),
            people: HashMap::new(),
        })
    }

    /// Reads the members of the groups that rows are about, and of those that hold roles up.
    pub(super) async fn read_groups(
        &self,
        caller: &Caller,
        now: &mut SiteNow,
        rows: &[SiteRow],
    ) -> Result<(), Problem> {
        let asked: HashSet<GroupId> =
            rows.iter().filter_map(|row| row.change.as_ref()?.group()).map(|(group, _)| *group).collect();
        let asked: Vec<GroupId> = asked.into_iter().filter(|group| now.groups.contains_key(group)).collect();
        self.read_members(caller, now, asked).await?;
        let lowers =
            |row: &SiteRow| matches!(row.change, Some(SiteWish::Role { .. } | SiteWish::Place { .. }));
        if rows.iter().any(lowers) {
            let is_holding = |group: &&Group| {
                group.minimum_role.as_ref().is_some_and(|role| role.rank() > SiteRole::Unlicensed.rank())
            };
            let holding: Vec<GroupId> =
                now.groups.values().filter(is_holding).map(|group| group.id).collect();
            self.read_members(caller, now, holding.clone()).await?;
            for group in holding {
                for user in now.members.get(&group).into_iter().flatten() {
                    now.held.entry(*user).or_default().push(group);
                }
            }
        }
        Ok(())
    }

    /// Reads the members of groups, each once.
    pub(super) async fn read_members(
        &self,
        caller: &Caller,
        now: &mut SiteNow,
        groups: Vec<GroupId>,
    ) -> Result<(), Problem> {
        let site = now.site;
        let unread: Vec<GroupId> =
            groups.into_iter().filter(|group| !now.members.contains_key(group)).collect();
        let told: Vec<(GroupId, Vec<SiteUser>)> = stream::iter(unread)
            .map(|group| async move {
                self.members_of(caller, &site, &group).await.map(|members| (group, members))
            })
            .buffer_unordered(GROUPS_AT_ONCE)
            .try_collect()
            .await?;
        for (group, members) in told {
            now.members.insert(group, members.iter().map(|member| member.id).collect());
        }
        Ok(())
    }

    /// Reads what the tenant tells of the people that rows are about: their other sites and seats, and whether they
    /// are protected.
    pub(super) async fn read_people(
        &self,
        caller: &Caller,
        now: &mut SiteNow,
        rows: &[SiteRow],
    ) -> Result<(), Problem> {
        let named = rows.iter().map(|row| {
            let name = now.find(&row.who).map_or_else(|| row.who.name.clone(), |user| user.name.clone());
            Row::of(Who::Name(name), Wish::Delete)
        });
        let heirs = rows.iter().filter_map(|row| match &row.change {
            Some(SiteWish::Remove { assets_to: Some(heir) }) => Some(heir.name.clone()),
            _ => None,
        });
        // Only whom they are about is read of these rows.
        let named: Vec<Row> = named.chain(heirs.map(|heir| Row::of(Who::Name(heir), Wish::Delete))).collect();
        now.people = self.people_of(caller, &named).await?.into_by_name();
        Ok(())
    }
}
