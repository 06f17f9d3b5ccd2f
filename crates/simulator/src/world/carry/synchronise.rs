//! Groups that follow the directory of a Tableau Server.

use uuid::Uuid;

use super::{Carrier, NOT_FOUND, Outcome};
use crate::world::groups::GrantMode;
use crate::world::register::Newcomer;
use crate::world::roles::SiteRole;

impl Carrier<'_> {
    /// The same members as in the directory; nothing when there is no such group.
    ///
    /// Vendor: Users and Groups Methods, "Update Group": "Users in Active Directory that are not in the group
    /// on Tableau Server are added to the group, and users that are not in the Active Directory group are
    /// removed from the group. Users that are no longer in Active Directory at all are unlicensed."
    pub(crate) fn synchronise(&mut self, group: Uuid) -> Option<()> {
        let place = self.state.groups.iter().position(|known| known.id == group)?;
        let known = &self.state.groups[place];
        let site = self.state.site_place(known.site)?;
        let domain = known.domain.clone()?;
        let (minimum, grant) = (known.minimum_role, known.grant);
        let names = self.state.directory_group(&domain, &known.name).ok()?.members.clone();
        let before = known.members.clone();
        let members: Vec<u32> = names.iter().map(|name| self.known_to_directory(name, site) as u32).collect();
        for person in members.iter().filter(|_| grant == Some(GrantMode::OnSync)) {
            self.raise(*person as usize, site, minimum);
        }
        for person in before.iter().filter(|person| !members.contains(person)) {
            let name = self.state.people[*person as usize].user_name.to_string();
            if !self.state.in_directory(&name) {
                self.set_role(*person as usize, site, Some(SiteRole::Unlicensed));
            }
        }
        self.state.groups[place].members = members;
        Some(())
    }

    pub(super) fn synchronise_as_ordered(&mut self, group: Uuid) -> Outcome {
        match self.synchronise(group) {
            Some(()) => Outcome::done("group.update", "GROUP_SYNCHRONISED"),
            None => Outcome::refused(NOT_FOUND),
        }
    }

    /// Somebody by the directory's name, new to tenant or site where needed; newcomers have no licence.
    fn known_to_directory(&mut self, user_name: &str, site: usize) -> usize {
        let known = self.state.register.name(user_name);
        let person = known.unwrap_or_else(|| self.state.arrive(&Newcomer::named(user_name)));
        if self.role(person, site).is_none() {
            self.set_role(person, site, Some(SiteRole::Unlicensed));
        }
        person
    }
}
