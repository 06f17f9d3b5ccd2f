//! Looked at just before sending, whatever the plan said: nobody loses their own rights by a run in their name, and
//! somebody is left to administer the tenant. Two plans that are harmless alone can lock everybody out together.

use std::collections::HashMap;

use model::{Problem, ProblemCode, UserId, people::Person, plan::Wish, runs::RunRow};
use tokio::sync::MutexGuard;

use crate::{
    Caller, Operations,
    plans::{locks_out, may_lock_out},
};

/// Pages of administrators that are read at most.
const MOST_PAGES: usize = 100;

impl Operations {
    /// Waits for a turn where rows may end somebody's administration: one such call at a time in this process, to its
    /// end, so that the next one sees who is left.
    pub(super) async fn turn_of_administrators(
        &self,
        caller: &Caller,
        rows: &[RunRow],
    ) -> Option<MutexGuard<'_, ()>> {
        let known = self.0.directories.of(caller.tenant()).people().active_administrators();
        let may_end = |row: &RunRow| match row.wish {
            Wish::StopAdministering => true,
            _ => may_lock_out(&row.wish) && row.user.is_some_and(|user| known.contains(&user)),
        };
        if rows.iter().any(may_end) { Some(self.0.administrators.lock().await) } else { None }
    }

    /// The rows that must not be sent because they would lock somebody or everybody out, by their numbers.
    pub(super) async fn lock_outs(
        &self,
        caller: &Caller,
        rows: &[RunRow],
        people: &HashMap<String, Person>,
    ) -> Result<HashMap<u32, ProblemCode>, Problem> {
        let (you, owner) = (caller.account.identities(), caller.lender()?);
        let mut refused = HashMap::new();
        let mut ended: HashMap<UserId, (&Person, Vec<&RunRow>)> = HashMap::new();
        for row in rows {
            let Some(person) = people.get(&row.user_name.to_lowercase()) else { continue };
            if let Some(code) = takes_from(you, owner, &row.wish, person) {
                refused.insert(row.number, code);
            } else if person.is_active_administrator() {
                ended.entry(person.id).or_insert((person, Vec::new())).1.push(row);
            }
        }
        ended.retain(|_, (person, rows)| {
            let wishes: Vec<&Wish> = rows.iter().map(|row| &row.wish).collect();
            locks_out(Some(*person), &wishes)
        });
        if !ended.is_empty() {
            let now = self.administrators_now(caller).await?;
            if now.iter().all(|user| ended.contains_key(user)) {
                let rows = ended.into_values().flat_map(|(_, rows)| rows);
                let rows = rows.filter(|row| may_lock_out(&row.wish));
                refused.extend(rows.map(|row| (row.number, ProblemCode::RowLastAdministrator)));
            }
        }
        Ok(refused)
    }

    /// Who administers the tenant, as Tableau tells it now.
    async fn administrators_now(&self, caller: &Caller) -> Result<Vec<UserId>, Problem> {
        let filter = tableau::PeopleFilter { administers: Some(true), ..tableau::PeopleFilter::default() };
        let mut found = Vec::new();
        let mut token: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let (asked, from) = (filter.clone(), token.clone());
            let ask = move |manager: tableau::Manager<tableau::Read>| {
                let (asked, from) = (asked.clone(), from.clone());
                async move { manager.list_people(&asked, from).await }
            };
            let (people, next) = self.ask(caller, ask).await?;
            found.extend(people.into_iter().filter(Person::is_active_administrator).map(|it| it.id));
            token = next;
            if token.is_none() {
                break;
            }
        }
        Ok(found)
    }
}

/// Why a row must not take rights away: from the person in whose name the run works, or from the owner of its token.
fn takes_from(you: &[UserId], owner: UserId, wish: &Wish, person: &Person) -> Option<ProblemCode> {
    if !takes_rights(wish, person) {
        None
    } else if you.contains(&person.id) {
        Some(ProblemCode::RowYourself)
    } else {
        (person.id == owner).then_some(ProblemCode::RowCredentialOwner)
    }
}

/// The same rule by which a plan refuses it for whoever makes the plan.
fn takes_rights(wish: &Wish, person: &Person) -> bool {
    match wish {
        Wish::Role { site, role, .. } => {
            person.place(site).is_some_and(|place| role.rank() < place.role.rank())
        }
        Wish::Leave { .. } | Wish::Delete | Wish::StopAdministering => true,
        Wish::SignIn { .. }
        | Wish::Administer { .. }
        | Wish::Details { .. }
        | Wish::OnSite(_)
        | Wish::Limits(_) => false,
    }
}

#[cfg(test)]
mod tests;
