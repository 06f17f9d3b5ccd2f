//! People take, change and lose roles on sites, and their groups there follow.

use super::State;
use super::groups::GrantMode;
use super::people::Place;
use super::roles::SiteRole;

impl State {
    pub(crate) fn sites_of(&self, person: usize) -> Vec<usize> {
        self.people[person].places.iter().map(|place| usize::from(place.site)).collect()
    }

    /// Gives a role on a site, or takes it away together with the memberships there.
    pub(crate) fn set_role(&mut self, person: usize, site: usize, role: Option<SiteRole>) {
        let places = &mut self.people[person].places;
        let found = places.iter().position(|place| usize::from(place.site) == site);
        match (found, role) {
            (Some(found), Some(role)) => places[found].role = role,
            (Some(found), None) => {
                places.remove(found);
                self.leave_groups(person, site);
            }
            (None, Some(role)) => self.come_to(person, site, role),
            (None, None) => {}
        }
    }

    fn come_to(&mut self, person: usize, site: usize, role: SiteRole) {
        let site_user = self.random.uuid();
        let id = self.sites[site].id;
        let somebody = &mut self.people[person];
        let place =
            Place { site: site as u16, role, site_user, idp: somebody.idp, owned: 0, since: self.now };
        somebody.places.push(place);
        somebody.places.sort_by_key(|place| place.site);
        let everyone = self.groups.iter_mut().find(|group| group.site == id && group.is_everyone());
        if let Some(everyone) = everyone {
            everyone.members.push(person as u32);
        }
    }

    fn leave_groups(&mut self, person: usize, site: usize) {
        let id = self.sites[site].id;
        for group in self.groups.iter_mut().filter(|group| group.site == id) {
            group.members.retain(|member| *member != person as u32);
        }
    }

    /// The role that enables most among those that groups give this person at the next sign-in.
    pub(crate) fn granted_on_sign_in(&self, person: usize, site: usize) -> Option<SiteRole> {
        let id = self.sites[site].id;
        let here = self.groups.iter().filter(|group| group.site == id && group.has(person));
        let granting = here.filter(|group| group.grant == Some(GrantMode::OnSignIn));
        granting.filter_map(|group| group.minimum_role).max_by_key(|role| role.capability())
    }

    /// The highest role that a group on the site gives this person.
    ///
    /// The vendor's name for it is "grant license on sign in". Whether the person has signed in since
    /// makes no difference to what an administrator may take away, so it makes none here.
    pub(crate) fn held_at(&self, person: usize, site: usize) -> Option<SiteRole> {
        let id = self.sites[site].id;
        let here = self.groups.iter().filter(|group| group.site == id && group.minimum_role.is_some());
        let holding = here.filter(|group| group.has(person));
        holding.filter_map(|group| group.minimum_role).max()
    }
}
