//! The lock around the rows of a run: just before they are sent, with the grants their person has at that moment.

use std::collections::HashMap;

use model::{
    Problem, ProblemCode,
    delegation::{Decision, Rule, Usage},
    people::Person,
    runs::RunRow,
};

use super::held::{Held, LetGo};
use crate::{
    Caller, Operations,
    delegation::{Asked, Lock, heir},
};

/// The lock for the rows of one call, with whom they are about as Tableau tells them now.
pub(super) struct RowLock {
    lock: Lock,
    people: HashMap<String, Person>,
}

impl RowLock {
    /// Decides about a row; so many rows of the same call were let through before it, and count beside those of the log.
    pub(super) fn decide(&self, row: &RunRow, before: usize) -> Decision {
        let rows_in_hour = u32::try_from(before).unwrap_or(u32::MAX);
        self.lock.decide(&Asked {
            wish: &row.wish,
            person: self.people.get(&row.user_name.to_lowercase()),
            user_name: &row.user_name,
            is_there: row.site_user.is_some(),
            heir: heir(&row.wish).and_then(|name| self.people.get(&name)),
            usage: Usage { rows_in_hour, ..Usage::default() },
            from_file: row.line.is_some(),
        })
    }
}

impl Operations {
    /// The lock for some rows; nothing for administrators.
    pub(super) async fn lock_of_rows(
        &self,
        caller: &Caller,
        rows: &[RunRow],
    ) -> Result<Option<RowLock>, Problem> {
        if !caller.is_member() {
            return Ok(None);
        }
        let mut people = self.people_of_rows(caller, rows, &HashMap::new()).await?;
        let heirs: Vec<String> =
            rows.iter().filter_map(|row| heir(&row.wish)).filter(|name| !people.contains_key(name)).collect();
        let heirs = self.people_named(caller, heirs).await?;
        people.extend(heirs.into_iter().map(|person| (person.user_name.to_lowercase(), person)));
        let lock = self.lock(caller, rows.iter().map(|row| &row.wish), people.values()).await?;
        Ok(lock.map(|lock| RowLock { lock, people }))
    }

    /// The code with which a row ends that may not be sent.
    pub(super) fn refusal(&self, held: &Held, decided: &Decision) -> Option<String> {
        match decided {
            Decision::Allow { .. } => None,
            Decision::Approval { .. } if held.carrier.approved.is_some() => None,
            Decision::Approval { .. } => Some(ProblemCode::ApprovalNeeded.word()),
            Decision::Refuse { rule, .. } => Some(rule.code()),
        }
    }
}

/// A pause of all delegation is nobody's row: the run waits for it to end.
pub(super) fn lets_go(caller: &Caller, decided: &Decision) -> Option<LetGo> {
    (decided.rule() == Some(Rule::DelegationPaused))
        .then(|| LetGo::Problem(caller.problem(ProblemCode::DelegationPaused)))
}
