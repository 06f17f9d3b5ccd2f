//! The people that a plan is about, read from Tableau afresh.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use futures::{StreamExt, TryStreamExt, stream};
use model::{Freshness, Moment, Problem, ProblemCode, UserId, people::Person};
use tokio::time::timeout;

use super::{Row, Who};
use crate::{Caller, Operations};

/// Ids in one question; the vendor names no limit.
const IDS_AT_ONCE: usize = 100;
/// Questions asked at once.
const ASKED_AT_ONCE: usize = 6;
/// Names the directory does not know that are looked up one by one. For more everyone is read anew.
const LOOKED_UP: usize = 500;
/// How long a plan waits for everyone to be read anew: a form must get its answer.
const WAITS_FOR_EVERYONE: Duration = Duration::from_secs(25);

/// People by id and by the name they sign in with.
#[derive(Default)]
pub(crate) struct People {
    by_id: HashMap<UserId, Person>,
    names: HashMap<String, UserId>,
    /// In words, which of them are told as they were some time ago; empty when all are told as they are now.
    pub(super) aged: String,
}

impl People {
    pub(crate) fn find(&self, who: &Who) -> Option<&Person> {
        match who {
            Who::Id(id) => self.by_id.get(id),
            Who::Name(name) => self.by_id.get(self.names.get(&name.to_lowercase())?),
        }
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Person> {
        self.by_id.values()
    }

    pub(crate) fn into_by_name(self) -> HashMap<String, Person> {
        self.by_id.into_values().map(|person| (person.user_name.to_lowercase(), person)).collect()
    }

    fn add(&mut self, people: Vec<Person>) {
        for person in people {
            self.names.insert(person.user_name.to_lowercase(), person.id);
            self.by_id.insert(person.id, person);
        }
    }
}

impl Operations {
    /// Everyone the rows are about, as Tableau tells them now; of very many, as the directory knows them.
    pub(crate) async fn people_of(&self, caller: &Caller, rows: &[Row]) -> Result<People, Problem> {
        let mut view = self.directory(caller, Freshness::Recent).await?;
        let (mut ids, mut unknown) = split(rows, &view.people.by_user_name());
        let mut aged = Vec::new();
        if unknown.len() > LOOKED_UP {
            // One question for each of so many names takes longer than reading everyone.
            let everyone = timeout(WAITS_FOR_EVERYONE, self.read_everyone(caller)).await;
            view = self.directory(caller, Freshness::Recent).await?;
            (ids, unknown) = split(rows, &view.people.by_user_name());
            if !matches!(everyone, Ok(Ok(()))) && !unknown.is_empty() {
                aged.push(not_looked_up(unknown.len(), view.as_of));
            }
            unknown.clear();
        }
        let mut people = People::default();
        if ids.len() > self.0.rhythm.read_afresh {
            people.add(ids.iter().filter_map(|id| view.people.person(*id)).collect());
            aged.push(from_the_directory(ids.len(), view.as_of));
        } else {
            let ids: Vec<UserId> = ids.into_iter().collect();
            people.add(self.people_now(caller, &ids).await?);
        }
        people.add(self.people_named(caller, unknown.into_iter().collect()).await?);
        people.aged = aged.join("; ");
        Ok(people)
    }

    /// People by id, as Tableau tells them now; those it does not tell are not there. Where the inferred address for many
    /// does not answer, the list is asked, whose address is confirmed.
    pub(crate) async fn people_now(&self, caller: &Caller, ids: &[UserId]) -> Result<Vec<Person>, Problem> {
        let parts = stream::iter(ids.chunks(IDS_AT_ONCE).map(<[UserId]>::to_vec));
        let told: Result<Vec<Vec<Person>>, Problem> = parts
            .map(|part| async move {
                let ask = |manager: tableau::Manager<tableau::Read>| {
                    let part = part.clone();
                    async move { manager.people_by_id(&part).await }
                };
                self.ask(caller, ask).await
            })
            .buffer_unordered(ASKED_AT_ONCE)
            .try_collect()
            .await;
        match told {
            Ok(told) => Ok(told.into_iter().flatten().collect()),
            Err(problem) if is_no_address(problem.code) => self.people_listed(caller, ids).await,
            Err(problem) => Err(problem),
        }
    }

    /// The same from the list of people: one by one, or for many everyone.
    async fn people_listed(&self, caller: &Caller, ids: &[UserId]) -> Result<Vec<Person>, Problem> {
        if ids.len() > LOOKED_UP {
            self.read_everyone(caller).await?;
            let everyone = self.0.directories.of(caller.tenant()).people();
            return Ok(ids.iter().filter_map(|id| everyone.person(*id)).collect());
        }
        let told: Vec<Option<Person>> = stream::iter(ids.iter().copied())
            .map(|id| self.person_listed(caller, id))
            .buffer_unordered(ASKED_AT_ONCE)
            .try_collect()
            .await?;
        Ok(told.into_iter().flatten().collect())
    }

    /// One person from the list of people.
    pub(crate) async fn person_listed(&self, caller: &Caller, id: UserId) -> Result<Option<Person>, Problem> {
        let filter = tableau::PeopleFilter { user: Some(id), ..tableau::PeopleFilter::default() };
        let ask = move |manager: tableau::Manager<tableau::Read>| {
            let filter = filter.clone();
            async move { manager.list_people(&filter, None).await }
        };
        Ok(self.ask(caller, ask).await?.0.into_iter().find(|person| person.id == id))
    }

    /// People by the name they sign in with, for those the directory does not know yet.
    pub(crate) async fn people_named(
        &self,
        caller: &Caller,
        names: Vec<String>,
    ) -> Result<Vec<Person>, Problem> {
        let told: Vec<Vec<Person>> = stream::iter(names)
            .map(|name| async move {
                let filter = tableau::PeopleFilter { user_name: Some(name.clone()), ..Default::default() };
                let ask = |manager: tableau::Manager<tableau::Read>| {
                    let filter = filter.clone();
                    async move { manager.list_people(&filter, None).await }
                };
                let (found, _) = self.ask(caller, ask).await?;
                // Whether the vendor's filter is exact is not stated.
                let same = |person: &Person| person.user_name.to_lowercase() == name;
                Ok::<_, Problem>(found.into_iter().filter(same).collect())
            })
            .buffer_unordered(ASKED_AT_ONCE)
            .try_collect()
            .await?;
        Ok(told.into_iter().flatten().collect())
    }
}

/// The ids of those whom the rows are about, and the names that nobody known has. What is no address nobody has.
fn split(rows: &[Row], known: &HashMap<String, UserId>) -> (HashSet<UserId>, HashSet<String>) {
    let (mut ids, mut unknown) = (HashSet::new(), HashSet::new());
    for row in rows {
        match &row.who {
            Who::Id(id) => _ = ids.insert(*id),
            Who::Name(name) => match known.get(&name.to_lowercase()) {
                Some(id) => _ = ids.insert(*id),
                None if super::is_address(name) => _ = unknown.insert(name.to_lowercase()),
                None => {}
            },
        }
    }
    (ids, unknown)
}

/// What an address answers that does not exist: nothing is there, or nothing that reads in this way.
fn is_no_address(code: ProblemCode) -> bool {
    code == ProblemCode::VendorNotFound
}

fn minute(at: Moment) -> String {
    format!("{} {}", at.day(), &at.clock()[..5])
}

fn from_the_directory(people: usize, as_of: Moment) -> String {
    format!(
        "compared with what the directory knew at {} UTC, because {people} people are too many to be read one more time; \
         each is read just before its row is sent",
        minute(as_of)
    )
}

fn not_looked_up(names: usize, as_of: Moment) -> String {
    format!(
        "{names} names count as new because the directory of {} UTC has nobody of that name; each is looked up just before \
         its row is sent",
        minute(as_of)
    )
}
