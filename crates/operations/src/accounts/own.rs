//! What people do with their own account: another password, new recovery codes.

use model::{ActId, Notice, Problem, ProblemCode, account_acts::AccountChange, accounts::Member};
use secrecy::{ExposeSecret, SecretString};
use store::TriesOf;

use super::{act, codes, enter::GUESSES, password};
use crate::{Caller, Fresh, Operations, gate::Outcome};

/// What the form for another password carries.
#[derive(Debug)]
pub struct PasswordForm {
    /// The password that counts now.
    pub current: SecretString,
    /// The new one, twice.
    pub password: SecretString,
    /// The second time.
    pub again: SecretString,
    /// The act it becomes.
    pub ticket: ActId,
}

impl Operations {
    /// The caller's own account. An administrator has none of Steward's.
    pub(super) async fn own_member(&self, caller: &Caller) -> Result<Member, Problem> {
        self.read_member(caller, caller.account.id).await
    }

    /// Sets another password; all other sign-ins of the account end. `this` names the one that asks.
    pub async fn change_password(
        &self,
        caller: &Caller,
        form: &PasswordForm,
        this: &str,
    ) -> Result<Notice, Problem> {
        let member = self.own_member(caller).await?;
        let fresh = Fresh::of(caller);
        let of = TriesOf::Account(member.email.to_lowercase());
        self.count(&fresh, &of, GUESSES).await?;
        let proofs = self.0.store.proofs_of(member.id).await;
        let proofs = proofs.map_err(|error| caller.store_problem(&error))?;
        let hash = proofs.as_ref().and_then(|it| it.password.as_deref());
        let internal = |_| caller.problem(ProblemCode::Internal);
        if !self.0.hasher.is(&form.current, hash).await.map_err(internal)? {
            return Err(caller.problem(ProblemCode::ProofRefused));
        }
        self.forget_count(&fresh, &of).await;
        password::check(&form.password, &[&member.email, &member.name])
            .map_err(|code| caller.problem(code))?;
        if form.password.expose_secret() != form.again.expose_secret() {
            return Err(caller.problem(ProblemCode::PasswordsDiffer));
        }
        let hash = self.0.hasher.hash(&form.password).await.map_err(internal)?;
        let act = act(member.id, &member.email, AccountChange::Password);
        let begun = self.begin(caller, form.ticket, &act, None).await?;
        match self.0.store.set_password(member.id, &hash, this).await {
            Ok(()) => begun.finish(Outcome::done("changed")).await.map(|()| Notice::PasswordChanged),
            Err(error) => {
                let problem = caller.store_problem(&error);
                begun.finish(Outcome::failed(problem.clone())).await?;
                Err(problem)
            }
        }
    }

    /// Makes new recovery codes; the earlier ones count no more. They are shown this once.
    pub async fn renew_recovery_codes(&self, caller: &Caller, ticket: ActId) -> Result<Vec<String>, Problem> {
        let member = self.own_member(caller).await?;
        caller.must_be_fresh()?;
        let codes = codes::new_codes().map_err(|problem| problem.with_reference(&caller.request))?;
        let act = act(member.id, &member.email, AccountChange::RecoveryCodes);
        let begun = self.begin(caller, ticket, &act, None).await?;
        match self.0.store.renew_recovery_codes(member.id, &codes).await {
            Ok(()) => {
                begun.finish(Outcome::done("renewed")).await?;
                Ok(codes.iter().map(|code| codes::shown(code)).collect())
            }
            Err(error) => {
                let problem = caller.store_problem(&error);
                begun.finish(Outcome::failed(problem.clone())).await?;
                Err(problem)
            }
        }
    }
}
