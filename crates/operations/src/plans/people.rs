//! The people that a plan is about, read from Tableau afresh.

use std::collections::{HashMap, HashSet};

use futures::{StreamExt, TryStreamExt, stream};
use model::{Freshness, Problem, UserId, people::Person};

use super::{Row, Who};
use crate::{Caller, Operations};

/// Ids in one question; the vendor names no limit.
const IDS_AT_ONCE: usize = 100;
/// Questions asked at once.
const ASKED_AT_ONCE: usize = 6;
/// Beyond this a plan is made on the directory, whose age is shown. Each row is compared once more before it is sent.
const READ_AFRESH: usize = 20_000;
/// Names the directory does not know that are looked up one by one; of more, the rest counts as not there.
const LOOKED_UP: usize = 500;

/// People by id and by the name they sign in with.
#[derive(Default)]
pub(crate) struct People {
    by_id: HashMap<UserId, Person>,
    names: HashMap<String, UserId>,
}

impl People {
    pub(crate) fn find(&self, who: &Who) -> Option<&Person> {
        match who {
            Who::Id(id) => self.by_id.get(id),
            Who::Name(name) => self.by_id.get(self.names.get(&name.to_lowercase())?),
        }
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
    /// Everyone the rows are about, as Tableau tells them now.
    pub(super) async fn people_of(&self, caller: &Caller, rows: &[Row]) -> Result<People, Problem> {
        let view = self.directory(caller, Freshness::Recent).await?;
        let known = view.people.by_user_name();
        let mut ids = HashSet::new();
        let mut unknown = HashSet::new();
        for row in rows {
            match &row.who {
                Who::Id(id) => _ = ids.insert(*id),
                Who::Name(name) => match known.get(&name.to_lowercase()) {
                    Some(id) => _ = ids.insert(*id),
                    None => _ = unknown.insert(name.to_lowercase()),
                },
            }
        }
        let mut people = People::default();
        if ids.len() > READ_AFRESH {
            people.add(ids.iter().filter_map(|id| view.people.person(*id)).collect());
        } else {
            let ids: Vec<UserId> = ids.into_iter().collect();
            people.add(self.people_now(caller, &ids).await?);
        }
        let unknown = unknown.into_iter().filter(|name| super::is_address(name)).take(LOOKED_UP);
        people.add(self.people_named(caller, unknown.collect()).await?);
        Ok(people)
    }

    /// People by id, as Tableau tells them now; those it does not tell are not there.
    pub(crate) async fn people_now(&self, caller: &Caller, ids: &[UserId]) -> Result<Vec<Person>, Problem> {
        let parts = stream::iter(ids.chunks(IDS_AT_ONCE).map(<[UserId]>::to_vec));
        let told: Vec<Vec<Person>> = parts
            .map(|part| async move {
                let ask = |manager: tableau::Manager<tableau::Read>| {
                    let part = part.clone();
                    async move { manager.people_by_id(&part).await }
                };
                self.ask(caller, ask).await
            })
            .buffer_unordered(ASKED_AT_ONCE)
            .try_collect()
            .await?;
        Ok(told.into_iter().flatten().collect())
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
