//! Rows about a person in the tenant: made, made administrator, described, deleted.

use time::Duration;
use uuid::Uuid;

use super::{ALREADY, Carrier, NO_TRANSITION, NOT_FOUND, Outcome};
use crate::world::jobs::Row;
use crate::world::register::Newcomer;
use crate::world::roles::SiteRole;

/// An invitation that ran out; the vendor's page of codes tells to remove it before inviting again.
const RAN_OUT: &str = "E_404_USR_SVC_2022";
/// How long an invitation stays open. That it runs out is the vendor's; after how long it does not say.
const INVITATION_LASTS: Duration = Duration::days(14);

impl Carrier<'_> {
    /// A person without any role, who uses no licence.
    pub(super) fn create(&mut self, row: &mut Row, newcomer: &Newcomer) -> Outcome {
        if self.find(row, Some(newcomer)).is_some() {
            return Outcome::unchanged(ALREADY);
        }
        let person = self.state.arrive(newcomer);
        row.user = Some(self.state.people[person].id);
        Outcome::done("user.create", "USER_CREATED_WITH_ASSIGNED_UNLICENSED")
    }

    /// A person becomes administrator of the tenant by accepting; until then the role is `INVITED`.
    pub(super) fn invite(
        &mut self,
        row: &mut Row,
        newcomer: Option<&Newcomer>,
        idp: Option<&'static str>,
    ) -> Outcome {
        let (person, created) = match (self.find(row, newcomer), newcomer) {
            (Some(person), _) => (person, false),
            (None, Some(newcomer)) => (self.state.arrive(newcomer), true),
            (None, None) => return Outcome::refused(NOT_FOUND),
        };
        row.operation = if created { "CREATE_USER_LINK_ROLE" } else { "ADD_LINK_ROLE" };
        let person = &mut self.state.people[person];
        match person.tenant_admin {
            Some("EXPIRED") => return Outcome::refused(RAN_OUT),
            Some(_) => return Outcome::unchanged(ALREADY),
            None => person.tenant_admin = Some("INVITED"),
        }
        self.state.invitations.push((person.id, self.state.now + INVITATION_LASTS));
        person.idp = idp.unwrap_or(person.idp);
        row.user = Some(person.id);
        if created {
            return Outcome::done("user.create", "USER_CREATED_WITH_LINK_ROLE");
        }
        Outcome::done("user.admin", "LINK_ROLE_ADDED_TO_USER")
    }

    pub(super) fn update_invitation(&mut self, row: &Row, idp: Option<&'static str>) -> Outcome {
        let Some(person) = self.known(row) else { return Outcome::refused(NOT_FOUND) };
        let person = &mut self.state.people[person];
        match (person.tenant_admin, idp) {
            (None, _) => Outcome::refused(NOT_FOUND),
            (Some("EXPIRED"), _) => Outcome::refused(RAN_OUT),
            (Some(_), Some(idp)) if person.idp != idp => {
                person.idp = idp;
                Outcome::done("user.admin", "LINK_ROLE_UPDATED_IN_USER")
            }
            _ => Outcome::unchanged(ALREADY),
        }
    }

    /// The vendor says nothing about the last administrator, so even that one may go.
    pub(super) fn remove_invitation(&mut self, row: &Row) -> Outcome {
        let Some(person) = self.known(row) else { return Outcome::refused(NOT_FOUND) };
        match self.state.people[person].tenant_admin.take() {
            Some(_) => Outcome::done("user.admin", "LINK_ROLE_DELETED_FROM_USER"),
            None => Outcome::unchanged(ALREADY),
        }
    }

    pub(super) fn speak(
        &mut self,
        row: &Row,
        language: Option<&'static str>,
        locale: Option<&'static str>,
    ) -> Outcome {
        let Some(person) = self.known(row) else { return Outcome::refused(NOT_FOUND) };
        let person = &mut self.state.people[person];
        let before = (person.language, person.locale);
        let after = (language.unwrap_or(before.0), locale.unwrap_or(before.1));
        if before == after {
            return Outcome::unchanged(ALREADY);
        }
        (person.language, person.locale) = after;
        Outcome::done("user.details", "LANGUAGE_LOCALE_UPDATED_IN_USER")
    }

    /// On Tableau Cloud the user name never changes; only the address for mail does.
    pub(super) fn mail(&mut self, row: &Row, email: &str) -> Outcome {
        let Some(person) = self.known(row) else { return Outcome::refused(NOT_FOUND) };
        if self.state.people[person].write_to(email) {
            Outcome::done("user.details", "USER_EMAIL_UPDATED")
        } else {
            Outcome::unchanged(ALREADY)
        }
    }

    /// Away from the tenant, unless the person owns something.
    ///
    /// Vendor: "If the user owns content in a tenant site, the user will become unlicensed but will not be
    /// removed from the tenant or from any sites where they own content." It does not speak of a role as
    /// administrator of the tenant; here that role stays, which is the answer that must not be overlooked.
    pub(super) fn delete(&mut self, row: &Row, caller: Uuid) -> Outcome {
        let Some(person) = self.known(row) else { return Outcome::refused(NOT_FOUND) };
        if row.user == Some(caller) {
            return Outcome::refused("E_405_USR_SVC_2025");
        }
        let sites = self.state.sites_of(person);
        if sites.iter().any(|site| self.state.sites[*site].is_suspended()) {
            return Outcome::refused(NO_TRANSITION);
        }
        let places = &self.state.people[person].places;
        let before: Vec<_> = places.iter().map(|place| (usize::from(place.site), place.owned)).collect();
        let owns = before.iter().any(|(_, owned)| *owned > 0);
        let unlicensed = places.iter().all(|place| place.owned > 0 && place.role == SiteRole::Unlicensed);
        for (site, owned) in before {
            self.set_role(person, site, (owned > 0).then_some(SiteRole::Unlicensed));
        }
        if owns && unlicensed {
            return Outcome::unchanged("USER_UNLICENSED_OWNS_CONTENT");
        }
        if owns {
            return Outcome::done("user.unlicense", "USER_UNLICENSED_OWNS_CONTENT");
        }
        self.state.depart(person);
        Outcome::done("user.delete", "SITE_ROLE_REMOVED_USER_DELETED")
    }
}
