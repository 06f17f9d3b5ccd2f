//! Proving who one is by a passkey: for the second step of signing in, and for a step-up.

use model::{AccountId, ActId, Problem, ProblemCode, account_acts::AccountChange};
use tracing::{error, info, warn};
use uuid::Uuid;
use webauthn_rs::prelude::{Passkey, PasskeyAuthentication, PublicKeyCredential, WebauthnError};

use super::{super::act, Asked, add::written};
use crate::{Caller, Fresh, Operations, gate::Outcome, problems::Chain};

impl Operations {
    /// The question to the passkeys of an account.
    pub(in super::super) async fn ask_to_prove(
        &self,
        fresh: &Fresh,
        asked: Asked<'_>,
        account: AccountId,
    ) -> Result<String, Problem> {
        let party = self.party(fresh)?;
        let keys = self.keys_of(fresh, account).await?;
        if keys.is_empty() {
            return Err(fresh.problem(ProblemCode::PasskeyNotUsed));
        }
        let begun = party.start_passkey_authentication(&keys).map_err(|error| {
            error!(request = %fresh.request, error = %Chain(&error), "No question to a passkey could be made");
            fresh.problem(ProblemCode::Internal)
        })?;
        self.keep_asked(fresh, asked, account, begun).await
    }

    /// Checks the answer of a passkey. A refusal is written down as the account's whose password, or whose sign-in, it
    /// came with. Counting the try is the caller's.
    pub(in super::super) async fn prove_by_passkey(
        &self,
        caller: &Caller,
        email: &str,
        asked: Asked<'_>,
        answer: &str,
    ) -> Result<(), Problem> {
        let fresh = Fresh::of(caller);
        let refused = match self.answered(&fresh, asked, caller.account.id, answer).await {
            Ok(()) => return Ok(()),
            Err(problem) => problem,
        };
        let is_refusal = matches!(
            refused.code,
            ProblemCode::PasskeyRefused | ProblemCode::PasskeyCopied | ProblemCode::PasskeyOver
        );
        if is_refusal {
            let act = act(caller.account.id, email, AccountChange::PasskeyRefuse);
            let begun = self.begin(caller, ActId::from(Uuid::now_v7()), &act, None).await?;
            begun.finish(Outcome::failed(refused.clone())).await?;
        }
        Err(refused)
    }

    async fn answered(
        &self,
        fresh: &Fresh,
        asked: Asked<'_>,
        account: AccountId,
        answer: &str,
    ) -> Result<(), Problem> {
        let party = self.party(fresh)?;
        let state: PasskeyAuthentication = self.question_of(fresh, asked, account).await?;
        let refused = |error: &dyn std::fmt::Display| {
            info!(request = %fresh.request, %error, "The answer of a passkey was refused");
            fresh.problem(ProblemCode::PasskeyRefused)
        };
        let copied = || {
            warn!(request = %fresh.request, %account, "The counter of a passkey went back");
            fresh.problem(ProblemCode::PasskeyCopied)
        };
        let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|error| refused(&error))?;
        let result = match party.finish_passkey_authentication(&answer, &state) {
            Err(WebauthnError::CredentialPossibleCompromise) => return Err(copied()),
            result => result.map_err(|error| refused(&error))?,
        };
        // It may have been removed since the question was asked.
        let mut keys = self.keys_of(fresh, account).await?.into_iter();
        let key = keys.find(|key| key.cred_id() == result.cred_id());
        let Some(mut key) = key.filter(|_| result.user_verified()) else {
            return Err(refused(&"removed, or not verified"));
        };
        key.update_credential(&result);
        let key = written(fresh, &key)?;
        let used = self.0.store.passkey_used(account, result.cred_id(), result.counter(), &key, fresh.now);
        match used.await {
            Ok(true) => Ok(()),
            Ok(false) => Err(copied()),
            Err(error) => Err(fresh.log_problem(&error)),
        }
    }

    async fn keys_of(&self, fresh: &Fresh, account: AccountId) -> Result<Vec<Passkey>, Problem> {
        let kept = self.0.store.passkeys_of(account).await.map_err(|error| fresh.log_problem(&error))?;
        let read = |key: &str| {
            serde_json::from_str(key).map_err(|error| {
                error!(request = %fresh.request, %error, "A passkey cannot be read");
                fresh.problem(ProblemCode::Internal)
            })
        };
        kept.iter().map(|it| read(&it.key)).collect()
    }
}
