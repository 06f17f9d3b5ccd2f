//! Refused sign-ins and dead invitations in the audit log, where they are those of an account: its owner should see who
//! knocks.

use model::{Act, ActId, Problem, ProblemCode, account_acts::AccountChange, accounts::DeadInvitation};
use store::{Allowed, TriesOf};
use tracing::warn;
use uuid::Uuid;

use super::{act, enter::GUESSES};
use crate::{Account, Caller, Fresh, Operations, problems::Chain};

/// A passed limit is written down once for each stretch of time in which guesses are counted: whoever goes on guessing
/// must not fill the log.
const ONCE: Allowed = Allowed { at_most: 1, in_seconds: GUESSES.in_seconds };

impl Operations {
    /// Writes down that a sign-in was refused. It is done in a task of its own, and for every address alike: how long the
    /// answer takes must not tell whether there is such an account.
    pub(super) fn note_refusal(&self, fresh: &Fresh, email: &str, problem: &Problem) {
        let (own, fresh, email, code) = (self.clone(), fresh.clone(), email.to_lowercase(), problem.code);
        tokio::spawn(async move {
            if let Err(error) = own.write_refused_entry(&fresh, &email, code).await {
                warn!(request = %fresh.request, error = %Chain(&error), "A refused sign-in could not be written down");
            }
        });
    }

    /// Writes down that somebody tried an invitation that does not count any more. A key that belongs to no account leaves
    /// nothing: it is a guess, and the limit of tries counts those. Done apart from the answer, as above: it tells nobody
    /// whether the key was ever good.
    pub(super) fn note_dead_invitation(&self, fresh: &Fresh, key: &str) {
        let (own, fresh, key) = (self.clone(), fresh.clone(), key.to_owned());
        tokio::spawn(async move {
            if let Err(error) = own.write_dead_invitation(&fresh, &key).await {
                warn!(request = %fresh.request, error = %Chain(&error), "A dead invitation could not be written down");
            }
        });
    }

    async fn write_dead_invitation(&self, fresh: &Fresh, key: &str) -> store::Result<()> {
        let Some(member) = self.0.store.once_invited_by(key).await? else { return Ok(()) };
        let Some(dead) = DeadInvitation::of(&member, fresh.now) else { return Ok(()) };
        let told = TriesOf::Account(format!("{} of {}", dead.code(), member.id));
        if self.0.store.count_try(&told, ONCE).await?.is_some() {
            return Ok(());
        }
        // Whoever holds the link need not be the person it was made for.
        let who = "somebody with the link".to_owned();
        let account = Account { name: who, ..self.account_of_member(fresh, &member) };
        let caller = Caller::of(account, fresh.request.clone(), fresh.now);
        let refused = act(member.id, &member.email, AccountChange::JoinRefuse);
        self.write_refusal(&caller, ActId::from(Uuid::now_v7()), &refused, dead.code()).await;
        Ok(())
    }

    async fn write_refused_entry(&self, fresh: &Fresh, email: &str, code: ProblemCode) -> store::Result<()> {
        if code == ProblemCode::TooManySignIns {
            let told = TriesOf::Account(format!("passed limit of {email}"));
            if self.0.store.count_try(&told, ONCE).await?.is_some() {
                return Ok(());
            }
        }
        let Some(found) = self.0.store.proofs_by_address(email).await? else { return Ok(()) };
        let account = self.account_of_member(fresh, &found.member);
        let caller = Caller::of(account, fresh.request.clone(), fresh.now);
        let sign_in = Act::SignIn { tenant: found.member.tenant };
        self.write_refusal(&caller, ActId::from(Uuid::now_v7()), &sign_in, &code.word()).await;
        Ok(())
    }
}
