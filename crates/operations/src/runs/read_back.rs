//! Reading the people of rows: before something is sent, and afterwards to end the rows by what is true.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use model::{Problem, UserId, people::Person, runs::RunRow};
use store::RowEnd;

use super::{
    held::{Held, LetGo},
    outcome::{Watched, end_of},
};
use crate::{Caller, Operations};

/// The pauses, in milliseconds, between looks for what should be there by now.
pub(super) const LAG: [u64; 3] = [300, 900, 2_000];
/// Names without an id that are always looked up one by one.
const LOOKED_UP: usize = 100;
/// People whom one question of a whole round tells, the round reading everyone three times over by pages of a hundred.
const PEOPLE_A_QUESTION: usize = 33;

impl Operations {
    /// The people of some rows as Tableau tells them now, by the name they sign in with. `ids` are those that a job
    /// told of people who had none before.
    pub(super) async fn people_of_rows(
        &self,
        caller: &Caller,
        rows: &[RunRow],
        ids: &HashMap<String, UserId>,
    ) -> Result<HashMap<String, Person>, Problem> {
        let (mut asked, mut unknown) = self.known_ids(caller, rows, ids);
        if self.everyone_is_quicker(caller, unknown.len()) {
            self.read_everyone(caller).await?;
            (asked, unknown) = self.known_ids(caller, rows, ids);
            unknown.clear();
        }
        let asked: Vec<UserId> = asked.into_iter().collect();
        let (there, new) = futures::join!(
            self.people_now(caller, &asked),
            self.people_named(caller, unknown.into_iter().collect())
        );
        let people: Vec<Person> = there?.into_iter().chain(new?).collect();
        self.take_over(caller.tenant(), &people, &asked).await;
        Ok(people.into_iter().map(|person| (person.user_name.to_lowercase(), person)).collect())
    }

    /// The ids of the rows' people, and the names of those whom nobody knows by id.
    fn known_ids(
        &self,
        caller: &Caller,
        rows: &[RunRow],
        ids: &HashMap<String, UserId>,
    ) -> (HashSet<UserId>, HashSet<String>) {
        let known = self.0.directories.of(caller.tenant()).people();
        let nameless = rows.iter().any(|row| row.user.is_none());
        let known = if nameless { known.by_user_name() } else { HashMap::new() };
        let (mut asked, mut unknown) = (HashSet::new(), HashSet::new());
        for row in rows {
            let name = row.user_name.to_lowercase();
            match row.user.or_else(|| ids.get(&name).or_else(|| known.get(&name)).copied()) {
                Some(id) => _ = asked.insert(id),
                None => _ = unknown.insert(name),
            }
        }
        (asked, unknown)
    }

    /// Whether reading all pages of people asks less than one question for each of these names.
    fn everyone_is_quicker(&self, caller: &Caller, names: usize) -> bool {
        let people = self.0.directories.of(caller.tenant()).people().len();
        names > LOOKED_UP && names > people / PEOPLE_A_QUESTION
    }

    /// Reads people back and ends their rows by what is true now.
    pub(super) async fn end_rows(
        &self,
        held: &Held,
        rows: Vec<RunRow>,
        watched: &Watched,
    ) -> Result<(), LetGo> {
        let ids = watched.ids();
        let nameless =
            rows.iter().filter(|row| row.user.is_none() && !ids.contains_key(&row.user_name.to_lowercase()));
        let many = nameless.count() > LOOKED_UP;
        if many && rows.iter().any(|row| watched.may_lag(row)) {
            // So many names are asked for only once, when what was sent has had its time.
            tokio::time::sleep(Duration::from_millis(LAG.iter().sum())).await;
        }
        let mut people = self.people_of_rows(&held.caller(), &rows, &ids).await?;
        // What the job says it did may show a moment later.
        for pause in LAG.into_iter().filter(|_| !many) {
            let lags = |row: &RunRow| {
                watched.may_lag(row) && !row.wish.is_met_by(people.get(&row.user_name.to_lowercase()))
            };
            if !rows.iter().any(lags) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(pause)).await;
            people = self.people_of_rows(&held.caller(), &rows, &ids).await?;
        }
        let ends: Vec<RowEnd> =
            rows.iter().map(|row| end_of(row, people.get(&row.user_name.to_lowercase()), watched)).collect();
        held.stored(self.0.store.finish_rows(held.run, held.fence, &ends).await)?;
        self.forget_what_was_read();
        Ok(())
    }
}
