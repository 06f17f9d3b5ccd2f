//! Signing in with an account: one counter for all guesses, one answer for all that is wrong.

use model::{
    Act, ActId, Problem, ProblemCode,
    account_acts::AccountChange,
    accounts::{Member, Standing},
};
use secrecy::{ExposeSecret, SecretString};
use store::{Allowed, Proofs, TriesOf};
use tracing::{info, warn};
use uuid::Uuid;

use super::{act, codes, refused, second};
use crate::{Account, Caller, Fresh, Operations, gate::Outcome, problems::Chain};

/// Guesses at one account, whatever they guess at: password, code, recovery code, step-up.
pub(super) const GUESSES: Allowed = Allowed { at_most: 10, in_seconds: 15 * 60 };
/// The longest address.
const EMAIL_AT_MOST: usize = 254;

/// What the sign-in form of an account carries.
#[derive(Debug)]
pub struct Entry {
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: SecretString,
    /// A code of the app, or a recovery code.
    pub code: SecretString,
}

/// What proved somebody, beside their password.
pub(super) enum Second {
    App,
    RecoveryCode,
    Passkey,
}

impl Operations {
    /// Counts a try from a network address, whatever is tried. Too many are refused before anything is looked at.
    pub async fn count_address(&self, fresh: &Fresh, address: &str, at_most: u32) -> Result<(), Problem> {
        let of = TriesOf::Address(address.to_owned());
        self.count(fresh, &of, Allowed { at_most, in_seconds: 300 }).await
    }

    pub(super) async fn count(&self, fresh: &Fresh, of: &TriesOf, allowed: Allowed) -> Result<(), Problem> {
        match self.0.store.count_try(of, allowed).await {
            Ok(None) => Ok(()),
            Ok(Some(wait)) => {
                warn!(request = %fresh.request, "Too many tries to sign in");
                Err(Problem { about: Some(wait.to_string()), ..fresh.problem(ProblemCode::TooManySignIns) })
            }
            Err(error) => Err(fresh.log_problem(&error)),
        }
    }

    /// Signs in with an account. Whatever is wrong, and whether there is such an account or not, takes as long and is
    /// answered alike.
    pub async fn enter(&self, fresh: &Fresh, entry: &Entry) -> Result<Account, Problem> {
        let (of, found) = self.knows_password(fresh, &entry.email, &entry.password).await?;
        // A right password alone must not show in the time: the code is looked at in any case.
        let second = self.second_factor(fresh, found.as_ref(), &entry.code).await?;
        let (Some(Proofs { member, .. }), Some(second)) = (found, second) else {
            info!(request = %fresh.request, "A sign-in with an account was refused");
            let problem = refused(fresh);
            self.note_refusal(fresh, &entry.email.trim().to_lowercase(), &problem);
            return Err(problem);
        };
        self.forget_count(fresh, &of).await;
        self.write_entry(fresh, &member, second).await
    }

    /// Counts a try, and gives whoever may sign in by this address and password. It takes as long for nobody.
    pub(super) async fn knows_password(
        &self,
        fresh: &Fresh,
        email: &str,
        password: &SecretString,
    ) -> Result<(TriesOf, Option<Proofs>), Problem> {
        let email = email.trim().to_lowercase();
        if email.is_empty() || email.len() > EMAIL_AT_MOST || email.chars().any(char::is_control) {
            return Err(refused(fresh));
        }
        let of = TriesOf::Account(email.clone());
        let counted = self.count(fresh, &of, GUESSES).await;
        counted.inspect_err(|problem| self.note_refusal(fresh, &email, problem))?;
        let found = self.0.store.proofs_by_address(&email).await;
        let found = found.map_err(|error| fresh.log_problem(&error))?;
        let found = found.filter(|it| it.member.standing == Standing::Active);
        let hash = found.as_ref().and_then(|it| it.password.as_deref());
        let known = self.0.hasher.is(password, hash).await;
        let known = known.map_err(|_| fresh.problem(ProblemCode::Internal))?;
        Ok((of, found.filter(|_| known)))
    }

    /// Checks and uses up a code of the app or a recovery code. Without an account it does the same work for nobody.
    pub(super) async fn second_factor(
        &self,
        fresh: &Fresh,
        proofs: Option<&Proofs>,
        code: &SecretString,
    ) -> Result<Option<Second>, Problem> {
        let id = proofs.map_or(Uuid::nil().into(), |it| it.member.id);
        let code = code.expose_secret();
        let stored = |error: store::Error| fresh.log_problem(&error);
        if let Some(code) = codes::read(code) {
            let used = self.0.store.use_recovery_code(id, &code).await.map_err(stored)?;
            return Ok(used.then_some(Second::RecoveryCode));
        }
        let secret = proofs.and_then(|it| it.totp.as_ref());
        let step = secret.and_then(|secret| second::step_of(secret, code, fresh.now));
        // A wrong code is no step; that takes a write of the same kind, to a step before all others.
        let used = self.0.store.use_totp_step(id, step.unwrap_or(i64::MIN)).await.map_err(stored)?;
        Ok((used && step.is_some()).then_some(Second::App))
    }

    pub(super) async fn write_entry(
        &self,
        fresh: &Fresh,
        member: &Member,
        second: Second,
    ) -> Result<Account, Problem> {
        let account = self.account_of_member(fresh, member);
        let caller = Caller::of(account.clone(), fresh.request.clone(), fresh.now);
        let sign_in = Act::SignIn { tenant: member.tenant };
        let begun = self.begin(&caller, ActId::from(Uuid::now_v7()), &sign_in, None).await?;
        let how = if let Second::Passkey = second { "signed in by a passkey" } else { "signed in" };
        begun.finish(Outcome::done(how)).await?;
        if let Second::RecoveryCode = second {
            // The person should see it: it is either theirs, or somebody else has their codes.
            let used = act(member.id, &member.email, AccountChange::RecoveryCode);
            let begun = self.begin(&caller, ActId::from(Uuid::now_v7()), &used, None).await?;
            begun.finish(Outcome::done("one less")).await?;
        }
        if let Err(error) = self.0.store.member_signed_in(member.id, fresh.now).await {
            warn!(request = %fresh.request, error = %Chain(&error), "A sign-in could not be noted");
        }
        Ok(account)
    }

    pub(super) async fn forget_count(&self, fresh: &Fresh, of: &TriesOf) {
        if let Err(error) = self.0.store.forget_tries(of).await {
            warn!(request = %fresh.request, error = %Chain(&error), "Counted tries could not be forgotten");
        }
    }
}
