//! People of a tenant: reading them, and asking Tableau to change them. Every change is a job of Tableau's.

mod create;
mod filter;
mod import;
mod resources;
mod update;
mod wire;

use std::collections::HashSet;

use model::{
    UserId,
    people::{Person, Resource},
};
use serde::Serialize;
use tokio::time::Instant;
use wire::{PeopleWire, PersonAnswerWire, Roles};

pub use create::{NewPerson, NewPlace, NewTenantRole};
pub use filter::PeopleFilter;
pub use import::Import;
pub use update::{DeltaOp, PersonDelta, PlaceDelta};

use super::{Change, Manager, accepted::Accepted};
use crate::{Error, OperationName, Result, Unreadable};

/// The vendor's own limit of people on a page.
const PAGE: &str = "100";
/// Ids asked for at once. The vendor names no limit; this is that of its pages.
const AT_ONCE: usize = 100;
/// How many times the usual deadline a file may take: its bytes have to arrive before anything is answered.
const TIMES_FOR_A_FILE: u32 = 4;

impl<Access> Manager<Access> {
    /// One page of the people that fit, and the token of the next page if there is one.
    ///
    /// The caller goes from page to page, best along a [`Trail`](crate::Trail): each page has a deadline of its own.
    ///
    /// Vendor: Tableau Cloud Manager REST API, User Methods, list of tenant users. The answer printed there is that
    /// of creating a user; such an answer is unreadable here.
    pub async fn list_people(
        &self,
        filter: &PeopleFilter,
        page_token: Option<String>,
    ) -> Result<(Vec<Person>, Option<String>)> {
        let mut ask = self.ask(OperationName::UserList).query("maxResults", PAGE);
        for (name, value) in filter.query() {
            ask = ask.query(name, value);
        }
        if let Some(token) = &page_token {
            ask = ask.query("pageToken", token);
        }
        let answer: PeopleWire = ask.read().await?;
        let (people, next) = answer.page(filter)?;
        if next.is_some() && next == page_token {
            return Err(Unreadable::EndlessPages.into());
        }
        Ok((people, next))
    }

    /// One person; `None` when the vendor says that there is none with this id.
    ///
    /// Vendor: User Methods, details of one user.
    pub async fn person(&self, user: &UserId) -> Result<Option<Person>> {
        let wire: Option<PersonAnswerWire> =
            self.ask(OperationName::UserGet).of("userId", user).find().await?;
        wire.map(|wire| wire.user.read(Some(*user), Roles::Asked)).transpose()
    }

    /// Several people, a hundred at a time, all within one deadline. Ids that the vendor does not know are left out.
    ///
    /// Vendor: User Methods, details of a batch of users.
    pub async fn people_by_id(&self, users: &[UserId]) -> Result<Vec<Person>> {
        let until = Instant::now() + self.wire.deadline();
        let mut people = Vec::new();
        for some in each_once(users).chunks(AT_ONCE) {
            let asked = UserIdsAsk { user_ids: some };
            let ask = self.ask(OperationName::UserBatchDetails).until(until).json(&asked)?;
            people.extend(ask.read::<PeopleWire>().await?.all()?);
        }
        Ok(people)
    }

    /// What the person with this user name can reach: sites and tenants, as the vendor's sign-in page lists them.
    ///
    /// Vendor: User Methods, resources of a user.
    pub async fn resources_of(&self, user_name: &str) -> Result<Vec<Resource>> {
        let ask = self.ask(OperationName::UserResources).of("userName", user_name);
        ask.query("userName", user_name).read::<resources::ResourcesWire>().await?.read()
    }
}

impl Manager<Change> {
    /// Adds a person to the tenant, with roles.
    ///
    /// Vendor: User Methods, create a user.
    pub async fn create_person(&self, person: &NewPerson) -> Result<Accepted> {
        let asked = person.wire(self.tenant_id());
        self.ask(OperationName::UserCreate).json(&asked)?.begin().await
    }

    /// Changes what the delta names, and nothing else.
    ///
    /// Vendor: User Methods, update a user.
    pub async fn update_person(&self, user: &UserId, delta: &PersonDelta) -> Result<Accepted> {
        if delta.asks_nothing() {
            return Err(nothing_asked());
        }
        let asked = delta.wire(self.tenant_id());
        self.ask(OperationName::UserUpdate).of("userId", user).json(&asked)?.begin().await
    }

    /// Takes a person out of the tenant. Whoever owns content loses the licence instead, and stays.
    ///
    /// Vendor: User Methods, delete a user.
    pub async fn delete_person(&self, user: &UserId) -> Result<Accepted> {
        self.ask(OperationName::UserDelete).of("userId", user).begin().await
    }

    /// Takes several people out of the tenant, in one job. Whoever owns content loses the licence instead, and stays.
    ///
    /// Vendor: User Methods, delete a batch of users. It names no limit for their number.
    pub async fn delete_people(&self, users: &[UserId]) -> Result<Accepted> {
        if users.is_empty() {
            return Err(nothing_asked());
        }
        let asked = UserIdsAsk { user_ids: &each_once(users) };
        self.ask(OperationName::UserBatchDelete).json(&asked)?.begin().await
    }

    /// Adds people, or changes their roles, by a file. The role in the file counts even where it is lower.
    ///
    /// Vendor: User Methods, import users from a gzip file.
    pub async fn import_people(&self, import: &Import) -> Result<Accepted> {
        let until = Instant::now() + self.wire.deadline() * TIMES_FOR_A_FILE;
        self.ask(OperationName::UserImport).until(until).carrying(import.form()?).begin().await
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UserIdsAsk<'a> {
    user_ids: &'a [UserId],
}

/// The ids without repeats, which the vendor forbids.
fn each_once(users: &[UserId]) -> Vec<UserId> {
    let mut seen = HashSet::new();
    users.iter().copied().filter(|user| seen.insert(*user)).collect()
}

/// What a change of nothing would do is anybody's guess, so it is not sent.
fn nothing_asked() -> Error {
    Error::NotSent { source: "the change asks for nothing".into() }
}
