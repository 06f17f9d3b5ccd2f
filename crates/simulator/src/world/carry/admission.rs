//! What the site API changes at once: people come to a site, get other roles there, sign in, and go.

use uuid::Uuid;

use super::{ALREADY, Carrier, NOT_FOUND, Outcome};
use crate::world::jobs::Row;
use crate::world::people::Person;
use crate::world::register::Newcomer;
use crate::world::roles::SiteRole;

/// What became of somebody who was to leave a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    Site,
    /// The site was the last one, and so the person is gone.
    Tenant,
    /// The person owns something, and therefore stays; the licence is gone.
    Unlicensed,
    /// The same, but there was no licence before either.
    Unchanged,
}

impl Carrier<'_> {
    /// Whether the site's own limit and the tenant's licences have room for this role.
    pub(crate) fn fits(&self, person: Option<usize>, site: usize, after: SiteRole) -> bool {
        let somebody = person.map(|person| &self.state.people[person]);
        let before = somebody.and_then(|person| person.place_on(site)).map(|place| place.role);
        if !self.room.on_site(site, self.state.sites[site].limits, before, after) {
            return false;
        }
        let places = somebody.into_iter().flat_map(|person| &person.places);
        let elsewhere = places.filter(|place| usize::from(place.site) != site).map(|place| place.role).max();
        let highest = somebody.and_then(Person::highest_role);
        self.room.in_tenant(self.state.settings.purchased, highest, elsewhere.max(Some(after)))
    }

    /// Somebody new comes to the tenant; tells the place in the list.
    pub(crate) fn welcome(&mut self, user_name: &str) -> usize {
        self.state.arrive(&Newcomer::named(user_name))
    }

    /// Gives the role, which has been found to fit.
    pub(crate) fn give(&mut self, person: usize, site: usize, role: SiteRole) {
        self.set_role(person, site, Some(role));
    }

    /// Away from a site.
    ///
    /// Vendor: Users and Groups Methods, "Remove User from Site": owners cannot go, and "if a user is removed
    /// from all sites that the user is a member of, the user is deleted". That owners lose their licence is
    /// known from another vendor's page about this call. Administrators of the tenant stay: inferred.
    pub(crate) fn take_away(&mut self, person: usize, site: usize) -> Left {
        let owned = self.state.people[person].place_on(site).map_or(0, |place| place.owned);
        if owned > 0 && self.role(person, site) == Some(SiteRole::Unlicensed) {
            return Left::Unchanged;
        }
        if owned > 0 {
            self.set_role(person, site, Some(SiteRole::Unlicensed));
            return Left::Unlicensed;
        }
        self.set_role(person, site, None);
        let somebody = &self.state.people[person];
        if !somebody.places.is_empty() || somebody.tenant_admin.is_some() {
            return Left::Site;
        }
        self.state.depart(person);
        Left::Tenant
    }

    /// Away from a site, as a row of a list.
    pub(super) fn leave(&mut self, row: &Row, caller: Uuid) -> Outcome {
        let site = row.site.and_then(|site| self.state.site_place(site));
        let Some((person, site)) = self.known(row).zip(site) else { return Outcome::refused(NOT_FOUND) };
        if row.user == Some(caller) {
            return Outcome::refused("DELETION_FAILED");
        }
        if self.role(person, site).is_none() {
            return Outcome::unchanged(ALREADY);
        }
        match self.take_away(person, site) {
            Left::Site => Outcome::done("user.role", "SITE_ROLE_REMOVED"),
            Left::Tenant => Outcome::done("user.delete", "SITE_ROLE_REMOVED_USER_DELETED"),
            Left::Unlicensed => Outcome::done("user.role", "USER_UNLICENSED_OWNS_CONTENT"),
            Left::Unchanged => Outcome::unchanged("USER_UNLICENSED_OWNS_CONTENT"),
        }
    }

    /// Somebody signs in to a site: groups that grant on sign-in now give their minimum role.
    ///
    /// Vendor: "When the mode is onLogin, a license is granted for each group member when they log in", and
    /// "the user either retains their existing role or are granted the one specified, based on the role that
    /// enables the most capabilities". Without room the role stays as it is: inferred.
    pub(crate) fn sign_in(&mut self, person: usize, site: usize) {
        let granted = self.state.granted_on_sign_in(person, site);
        self.raise(person, site, granted);
    }

    /// Gives a role where it enables more than the present one, and fits.
    pub(super) fn raise(&mut self, person: usize, site: usize, granted: Option<SiteRole>) {
        let Some((before, after)) = self.role(person, site).zip(granted) else { return };
        if after.capability() > before.capability() && self.fits(Some(person), site, after) {
            self.set_role(person, site, Some(after));
        }
    }
}
