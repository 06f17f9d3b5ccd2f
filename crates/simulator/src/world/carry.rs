//! Carrying out changes to people, row by row or at once: what becomes of each, and what it changes in the
//! world.

mod admission;
mod sites;
mod synchronise;
mod tenant;

pub(crate) use admission::Left;

use std::borrow::Cow;

use uuid::Uuid;

use super::State;
use super::jobs::Row;
use super::orders::Order;
use super::register::Newcomer;
use super::roles::SiteRole;
use super::room::Room;

/// Carries out rows; it counts licences once, and keeps the count while it works.
pub(crate) struct Carrier<'world> {
    state: &'world mut State,
    room: Room,
}

/// What became of a row.
struct Outcome {
    failed: bool,
    code: Cow<'static, str>,
    /// The ledger's word for what was changed; nothing when all is as it was.
    change: Option<&'static str>,
}

impl Outcome {
    fn done(change: &'static str, code: &'static str) -> Self {
        Self { failed: false, code: code.into(), change: Some(change) }
    }

    fn unchanged(code: &'static str) -> Self {
        Self { failed: false, code: code.into(), change: None }
    }

    fn refused(code: impl Into<Cow<'static, str>>) -> Self {
        Self { failed: true, code: code.into(), change: None }
    }
}

/// Nothing to do.
const ALREADY: &str = "USER_OR_ROLE_ALREADY_IN_EXPECTED_STATE";
const NOT_FOUND: &str = "E_404_USR_SVC_2020";
/// The role on the site cannot change; a suspended site is the case that is known here.
const NO_TRANSITION: &str = "E_400_USR_SVC_2006";

impl<'world> Carrier<'world> {
    pub(crate) fn new(state: &'world mut State) -> Self {
        let room = Room::of(state);
        Self { state, room }
    }

    /// The user name of a person, for the ledger.
    pub(crate) fn name_of(&self, person: Uuid) -> String {
        self.state.person(person).map(|person| person.user_name.to_string()).unwrap_or_default()
    }

    /// Carries out a row and writes down in it what became of it. Tells what was changed in whom.
    pub(crate) fn carry_out(
        &mut self,
        caller: Uuid,
        row: &mut Row,
        order: &Order,
    ) -> Option<(&'static str, Uuid)> {
        let outcome = match self.ordered_refusal(row) {
            Some(code) => Outcome::refused(code),
            None => self.attempt(caller, row, order),
        };
        row.status = if outcome.failed { "FAILED" } else { "SUCCESSFUL" };
        row.code = outcome.code;
        self.name_people(row);
        outcome.change.map(|change| (change, row.user.unwrap_or_default()))
    }

    fn attempt(&mut self, caller: Uuid, row: &mut Row, order: &Order) -> Outcome {
        match order {
            Order::Refuse(code) => Outcome::refused(*code),
            Order::Create(newcomer) => self.create(row, newcomer),
            Order::Add { newcomer, grant } => self.add(row, newcomer.as_ref(), *grant),
            Order::Update(grant) => self.update(row, *grant),
            Order::Import { newcomer, grant } => self.import(row, newcomer, *grant),
            Order::Remove => self.remove(row),
            Order::Invite { newcomer, idp } => self.invite(row, newcomer.as_ref(), *idp),
            Order::UpdateInvitation { idp } => self.update_invitation(row, *idp),
            Order::RemoveInvitation => self.remove_invitation(row),
            Order::Speak { language, locale } => self.speak(row, *language, *locale),
            Order::Mail(email) => self.mail(row, email),
            Order::Delete => self.delete(row, caller),
            Order::Leave => self.leave(row, caller),
            Order::Synchronise(group) => self.synchronise_as_ordered(*group),
        }
    }

    /// A test may have ordered that rows about this person fail.
    fn ordered_refusal(&self, row: &Row) -> Option<String> {
        let name = row.user_name.as_deref()?.to_lowercase();
        self.state.settings.refused_rows.get(&name).cloned()
    }

    /// Completes the row's ids from what is known after it was carried out.
    fn name_people(&self, row: &mut Row) {
        let by_id = row.user.and_then(|id| self.state.register.id(id));
        let found = by_id.or_else(|| self.state.register.name(row.user_name.as_deref()?));
        let Some(person) = found.map(|place| &self.state.people[place]) else { return };
        row.user = Some(person.id);
        row.user_name = Some(person.user_name.to_string());
        let site = row.site.and_then(|id| self.state.sites.iter().position(|site| site.id == id));
        row.site_user = site.and_then(|site| person.place_on(site)).map(|place| place.site_user);
    }

    /// Whom the row is about, by the id in it.
    fn known(&self, row: &Row) -> Option<usize> {
        self.state.register.id(row.user?)
    }

    /// Whom the row is about: a newcomer goes by the user name, everyone else by the id.
    fn find(&self, row: &Row, newcomer: Option<&Newcomer>) -> Option<usize> {
        match newcomer {
            Some(newcomer) => self.state.register.name(&newcomer.user_name),
            None => self.known(row),
        }
    }

    /// Gives or takes a role, and keeps the count of licences.
    fn set_role(&mut self, person: usize, site: usize, role: Option<SiteRole>) {
        let before = self.role(person, site);
        let highest_before = self.state.people[person].highest_role();
        self.state.set_role(person, site, role);
        let highest_after = self.state.people[person].highest_role();
        self.room.moved(site, (before, role), (highest_before, highest_after));
    }

    fn role(&self, person: usize, site: usize) -> Option<SiteRole> {
        self.state.people[person].place_on(site).map(|place| place.role)
    }
}
