//! Protecting people: whoever is protected is changed only by an explicit extra step.

use model::{Act, ActId, Moment, Notice, Permission, Problem, ProblemCode, UserId, people::Protection};

use crate::{Caller, Operations, gate::Outcome, sites::REASON_AT_MOST};

/// What the form to protect somebody, or to end that, carries.
#[derive(Debug, Clone)]
pub struct ProtectForm {
    /// Whom.
    pub user: UserId,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
    /// Why.
    pub reason: String,
    /// Whether they shall be protected or no longer.
    pub wanted: Wanted,
}

/// The two directions of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Protected.
    Protected,
    /// No longer.
    Free,
}

impl Wanted {
    /// Reads the word in forms.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "protected" => Some(Self::Protected),
            "free" => Some(Self::Free),
            _ => None,
        }
    }
}

impl Operations {
    /// Protects somebody, or ends that. Nothing is sent to Tableau: it is Steward's own rule.
    pub async fn protect(&self, caller: &Caller, form: ProtectForm) -> Result<Notice, Problem> {
        caller.must(Permission::SeePeople)?;
        let reason = form.reason.trim().to_owned();
        if reason.is_empty() {
            return Err(caller.problem(ProblemCode::ReasonMissing));
        }
        if reason.chars().count() > REASON_AT_MOST {
            return Err(caller.problem(ProblemCode::ReasonTooLong));
        }
        let person = match self.read_person(caller, &form.user).await {
            Ok(person) => person,
            Err(problem) => {
                // Whoever may protect nobody learns nothing of who is there.
                caller.must(Permission::ProtectPeople)?;
                return Err(problem);
            }
        };
        let (user, user_name) = (form.user, person.user_name.clone());
        let (act, before, after, notice) = match form.wanted {
            Wanted::Protected => (
                Act::ProtectPerson { user, user_name, reason: reason.clone() },
                "not protected",
                "protected",
                Notice::PersonProtected,
            ),
            Wanted::Free => (
                Act::UnprotectPerson { user, user_name, reason: reason.clone() },
                "protected",
                "not protected",
                Notice::PersonUnprotected,
            ),
        };
        let begun = self.begin(caller, form.ticket, &act, Some(before)).await?;
        let written = match form.wanted {
            Wanted::Protected => {
                let protection = protection(caller, user, reason, caller.now);
                self.0.store.protect(caller.tenant(), &protection).await
            }
            Wanted::Free => self.0.store.unprotect(caller.tenant(), user).await,
        };
        match written {
            Ok(()) => begun.finish(Outcome::done(after)).await.map(|()| notice),
            Err(error) => begun.finish(Outcome::failed(caller.store_problem(&error))).await.map(|()| notice),
        }
    }
}

fn protection(caller: &Caller, user: UserId, reason: String, at: Moment) -> Protection {
    Protection { user, reason, by: caller.account.name.clone(), at }
}
