//! Rows about roles on sites: add, change, take away, and write over from a file.

use super::{ALREADY, Carrier, NO_TRANSITION, NOT_FOUND, Outcome};
use crate::world::jobs::Row;
use crate::world::orders::Grant;
use crate::world::register::Newcomer;
use crate::world::roles::SiteRole;

/// Whether somebody may change to a role.
enum Judgement {
    Free,
    /// A group's minimum role holds the person up.
    Held,
    SiteFull,
    NoLicence,
}

const SITE_FULL: &str = "E_403_USR_SVC_2018";

impl Carrier<'_> {
    /// The site of a row, if its roles can change at all.
    fn site(&self, row: &Row) -> Result<usize, Outcome> {
        let found = row.site.and_then(|id| self.state.sites.iter().position(|site| site.id == id));
        match found {
            None => Err(Outcome::refused(NOT_FOUND)),
            Some(site) if self.state.sites[site].is_suspended() => Err(Outcome::refused(NO_TRANSITION)),
            Some(site) => Ok(site),
        }
    }

    /// A role on a site where the person has none.
    ///
    /// A role that is already there stays as it is, even if it is another one: adding is not changing.
    pub(super) fn add(&mut self, row: &mut Row, newcomer: Option<&Newcomer>, grant: Grant) -> Outcome {
        let site = match self.site(row) {
            Ok(site) => site,
            Err(outcome) => return outcome,
        };
        let role = grant.role.unwrap_or(SiteRole::Unlicensed);
        let known = self.find(row, newcomer);
        let before = known.and_then(|person| self.state.people[person].highest_role());
        let (person, created) = match (known, newcomer) {
            (None, None) => return Outcome::refused(NOT_FOUND),
            (Some(person), _) if self.role(person, site).is_some() => return Outcome::unchanged(ALREADY),
            _ if !self.room.on_site(site, self.state.sites[site].limits, None, role) => {
                return Outcome::refused(SITE_FULL);
            }
            (Some(person), _) => (person, false),
            (None, Some(newcomer)) => (self.state.arrive(newcomer), true),
        };
        let licensed = self.room.in_tenant(self.state.settings.purchased, before, before.max(Some(role)));
        let given = if licensed { role } else { SiteRole::Unlicensed };
        self.set_role(person, site, Some(given));
        self.sign_in_by(person, site, grant.idp);
        row.user = Some(self.state.people[person].id);
        row.operation = if created { "CREATE_USER_SITE_ROLE" } else { "ADD_SITE_ROLE" };
        let change = if created { "user.create" } else { "user.role" };
        Outcome::done(change, added(created, role, licensed, grant.quiet))
    }

    /// Another role, or another way to sign in, where the person has a role.
    pub(super) fn update(&mut self, row: &Row, grant: Grant) -> Outcome {
        let site = match self.site(row) {
            Ok(site) => site,
            Err(outcome) => return outcome,
        };
        let Some(person) = self.known(row) else { return Outcome::refused(NOT_FOUND) };
        let Some(before) = self.role(person, site) else {
            return Outcome::refused("USER_SERVICE_NO_SITE_ROLE_FOUND_FOR_SITEID");
        };
        let after = grant.role.unwrap_or(before);
        match self.judge(person, site, before, after) {
            Judgement::Held => return Outcome::unchanged("USER_ROLE_UNCHANGED_GLSI_MIN_ROLE"),
            Judgement::SiteFull => return Outcome::refused(SITE_FULL),
            Judgement::NoLicence => return Outcome::refused("E_403_USR_SVC_2017"),
            Judgement::Free => {}
        }
        let idp_changed = self.sign_in_by(person, site, grant.idp);
        if before != after {
            self.set_role(person, site, Some(after));
            let quiet = "SITE_ROLE_ASSIGNED_WITH_EMAIL_DISABLED";
            return Outcome::done("user.role", if grant.quiet { quiet } else { "SITE_ROLE_ASSIGNED" });
        }
        if idp_changed { Outcome::done("user.role", "USER_IDP_UPDATED") } else { Outcome::unchanged(ALREADY) }
    }

    /// A role from a file. Vendor help, "Import users": the file's role wins, even a lower one.
    pub(super) fn import(&mut self, row: &mut Row, newcomer: &Newcomer, grant: Grant) -> Outcome {
        let site = match self.site(row) {
            Ok(site) => site,
            Err(outcome) => return outcome,
        };
        let known = self.find(row, Some(newcomer));
        let there = known.and_then(|person| Some((person, self.role(person, site)?)));
        let Some((person, before)) = there else {
            let mut outcome = self.add(row, Some(newcomer), grant);
            let retold = known.filter(|_| !outcome.failed).map(|person| self.retell(person, newcomer));
            if outcome.code == "USER_ADDED_WITH_ASSIGNED_ROLE" && retold.is_some_and(|(_, mail)| mail) {
                outcome.code = "USER_ADDED_WITH_ASSIGNED_ROLE_EMAIL_UPDATED".into();
            }
            return outcome;
        };
        row.operation = "UPDATE_SITE_ROLE";
        let after = grant.role.unwrap_or(before);
        match self.judge(person, site, before, after) {
            Judgement::Held => return Outcome::unchanged("USER_ROLE_UNCHANGED_GLSI_MIN_ROLE"),
            Judgement::SiteFull => return Outcome::refused(SITE_FULL),
            Judgement::NoLicence => return Outcome::unchanged("USER_ROLE_UNCHANGED_SITE_LICENSE_EXHAUSTED"),
            Judgement::Free => {}
        }
        self.set_role(person, site, Some(after));
        let idp_changed = self.sign_in_by(person, site, grant.idp);
        let (name_changed, mail_changed) = self.retell(person, newcomer);
        overwritten(before != after, name_changed, mail_changed, idp_changed)
    }

    /// Away from the site; owners stay there without a licence.
    pub(super) fn remove(&mut self, row: &Row) -> Outcome {
        let site = match self.site(row) {
            Ok(site) => site,
            Err(outcome) => return outcome,
        };
        let Some(person) = self.known(row) else { return Outcome::refused(NOT_FOUND) };
        let Some(place) = self.state.people[person].place_on(site) else {
            return Outcome::unchanged(ALREADY);
        };
        let (owned, role) = (place.owned, place.role);
        match (owned, role) {
            (0, _) => {
                self.set_role(person, site, None);
                Outcome::done("user.role", "SITE_ROLE_REMOVED")
            }
            (_, SiteRole::Unlicensed) => Outcome::unchanged("USER_UNLICENSED_OWNS_CONTENT"),
            _ => {
                self.set_role(person, site, Some(SiteRole::Unlicensed));
                Outcome::done("user.role", "USER_UNLICENSED_OWNS_CONTENT")
            }
        }
    }

    fn judge(&self, person: usize, site: usize, before: SiteRole, after: SiteRole) -> Judgement {
        let lower = after < before;
        if lower && self.state.held_at(person, site).is_some_and(|held| after < held) {
            return Judgement::Held;
        }
        if !self.room.on_site(site, self.state.sites[site].limits, Some(before), after) {
            return Judgement::SiteFull;
        }
        let somebody = &self.state.people[person];
        let elsewhere = somebody.places.iter().filter(|place| usize::from(place.site) != site);
        let highest = elsewhere.map(|place| place.role).max().max(Some(after));
        if self.room.in_tenant(self.state.settings.purchased, somebody.highest_role(), highest) {
            Judgement::Free
        } else {
            Judgement::NoLicence
        }
    }

    /// Sets how somebody signs in to a site; says whether that is new.
    fn sign_in_by(&mut self, person: usize, site: usize, idp: Option<&'static str>) -> bool {
        let places = &mut self.state.people[person].places;
        let place = places.iter_mut().find(|place| usize::from(place.site) == site);
        match (place, idp) {
            (Some(place), Some(idp)) if place.idp != idp => {
                place.idp = idp;
                true
            }
            _ => false,
        }
    }

    /// Writes name and address from a file over what is known; says which of the two is new.
    fn retell(&mut self, person: usize, newcomer: &Newcomer) -> (bool, bool) {
        let person = &mut self.state.people[person];
        let name = newcomer.display_name.as_deref().filter(|name| **name != *person.display_name);
        if let Some(name) = name {
            person.display_name = name.into();
        }
        (name.is_some(), newcomer.email.as_deref().is_some_and(|email| person.write_to(email)))
    }
}

/// The word for a role that was added.
fn added(created: bool, role: SiteRole, licensed: bool, quiet: bool) -> &'static str {
    match (created, licensed, role == SiteRole::Unlicensed, quiet) {
        (true, false, _, false) => "USER_CREATED_AS_UNLICENSED_SITE_LICENSE_EXHAUSTED",
        (true, false, _, true) => "USER_CREATED_AS_UNLICENSED_SITE_LICENSE_EXHAUSTED_WITH_EMAIL_DISABLED",
        (true, true, true, false) => "USER_CREATED_WITH_ASSIGNED_UNLICENSED",
        (true, true, true, true) => "USER_CREATED_WITH_ASSIGNED_UNLICENSED_WITH_EMAIL_DISABLED",
        (true, true, false, false) => "USER_CREATED_WITH_ASSIGNED_ROLE",
        (true, true, false, true) => "USER_CREATED_WITH_ASSIGNED_ROLE_WITH_EMAIL_DISABLED",
        (false, false, _, false) => "USER_ADDED_AS_UNLICENSED",
        (false, false, _, true) => "USER_ADDED_AS_UNLICENSED_WITH_EMAIL_DISABLED",
        (false, true, true, false) => "USER_ADDED_WITH_ASSIGNED_UNLICENSED",
        (false, true, true, true) => "USER_ADDED_WITH_ASSIGNED_UNLICENSED_WITH_EMAIL_DISABLED",
        (false, true, false, false) => "USER_ADDED_WITH_ASSIGNED_ROLE",
        (false, true, false, true) => "USER_ADDED_WITH_ASSIGNED_ROLE_WITH_EMAIL_DISABLED",
    }
}

/// What a file did to somebody who already had a role on the site.
fn overwritten(role: bool, name: bool, mail: bool, idp: bool) -> Outcome {
    let code = match (role, name, mail) {
        (true, false, false) => "USER_SITE_ROLE_UPDATED_EMAIL_UNCHANGED",
        (true, false, true) => "USER_SITE_ROLE_CHANGED_EMAIL_UPDATED",
        (true, true, false) => "USER_DISPLAY_NAME_ROLE_UPDATED_EMAIL_UNCHANGED",
        (true, true, true) => "USER_DISPLAY_NAME_ROLE_EMAIL_UPDATED",
        (false, true, false) => "USER_DISPLAY_NAME_UPDATED_ROLE_EMAIL_UNCHANGED",
        // The vendor has no word for a new name and a new address together.
        (false, _, true) => "USER_SITE_ROLE_UNCHANGED_EMAIL_UPDATED",
        (false, false, false) if idp => "USER_IDP_UPDATED",
        (false, false, false) => return Outcome::unchanged("USER_SITE_ROLE_EMAIL_UNCHANGED"),
    };
    Outcome::done(if role || idp { "user.role" } else { "user.details" }, code)
}
