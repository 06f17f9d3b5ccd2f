//! Step-up: proving once more who one is, for what is dangerous.

use model::{ActId, Problem, ProblemCode, account_acts::AccountChange};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use store::TriesOf;
use uuid::Uuid;

use super::{act, enter::GUESSES, passkeys::Asked};
use crate::{Account, Caller, Fresh, Operations, Who, gate::Outcome};

/// What proves it: a member's code or recovery code; an administrator's token.
#[derive(Debug)]
pub struct Proof(pub SecretString);

impl Operations {
    /// Proves once more who the caller is. Counts with all other guesses at the account. Gives back the account, proved
    /// now; whoever keeps it gives the browser another cookie.
    pub async fn step_up(&self, caller: &Caller, proof: &Proof) -> Result<Account, Problem> {
        let fresh = Fresh::of(caller);
        let (of, name) = self.count_step_up(caller, &fresh).await?;
        let proved = match caller.account.own_credential() {
            Some(credential) => self.is_token(caller, credential, proof).await?,
            None => self.is_members(caller, &fresh, proof).await?,
        };
        if !proved {
            let problem = caller.problem(ProblemCode::ProofRefused);
            let act = act(caller.account.id, &name, AccountChange::StepUp);
            self.write_refusal(caller, ActId::from(Uuid::now_v7()), &act, &problem.code.word()).await;
            return Err(problem);
        }
        self.stepped_up(caller, &of, &name).await
    }

    /// The question to the caller's passkeys. `this` names the sign-in.
    pub async fn ask_to_step_up(&self, caller: &Caller, this: &str) -> Result<String, Problem> {
        let member = self.own_member(caller).await?;
        self.ask_to_prove(&Fresh::of(caller), Asked::StepUp(this), member.id).await
    }

    /// The same as [`Operations::step_up`] by the answer of a passkey.
    pub async fn step_up_by_passkey(
        &self,
        caller: &Caller,
        this: &str,
        answer: &str,
    ) -> Result<Account, Problem> {
        if answer.is_empty() {
            return Err(caller.problem(ProblemCode::PasskeyNotUsed));
        }
        let email = self.own_member(caller).await?.email;
        let (of, name) = self.count_step_up(caller, &Fresh::of(caller)).await?;
        self.prove_by_passkey(caller, &email, Asked::StepUp(this), answer).await?;
        self.stepped_up(caller, &of, &name).await
    }

    /// Counts a try; gives what it was counted for, and the name of the account in the log.
    async fn count_step_up(&self, caller: &Caller, fresh: &Fresh) -> Result<(TriesOf, String), Problem> {
        let email = match caller.account.who {
            Who::Administrator { .. } => None,
            Who::Member { .. } => Some(self.own_member(caller).await?.email),
        };
        let of = email.as_ref().map_or_else(|| caller.account.id.to_string(), |email| email.to_lowercase());
        let of = TriesOf::Account(of);
        let counted = self.count(fresh, &of, GUESSES).await;
        counted.inspect_err(|problem| {
            if let Some(email) = &email {
                self.note_refusal(fresh, email, problem);
            }
        })?;
        Ok((of, email.unwrap_or_else(|| caller.account.name.clone())))
    }

    async fn stepped_up(&self, caller: &Caller, of: &TriesOf, name: &str) -> Result<Account, Problem> {
        self.forget_count(&Fresh::of(caller), of).await;
        if let Some(credential) = caller.account.own_credential() {
            // The sign-in is about to get another id; meanwhile its token must not look like nobody's.
            let used = self.0.store.credential_used(credential, caller.now).await;
            used.map_err(|error| caller.store_problem(&error))?;
        }
        let act = act(caller.account.id, name, AccountChange::StepUp);
        let begun = self.begin(caller, ActId::from(Uuid::now_v7()), &act, None).await?;
        begun.finish(Outcome::done("proved")).await?;
        Ok(Account { proved: caller.now, ..caller.account.clone() })
    }

    /// Whether it is the token of this very sign-in. It is compared with the sealed one: asking Tableau would end the
    /// session that runs.
    async fn is_token(
        &self,
        caller: &Caller,
        credential: model::CredentialId,
        proof: &Proof,
    ) -> Result<bool, Problem> {
        let kept = self.0.store.open_credential(credential).await;
        let kept = kept.map_err(|error| caller.store_problem(&error))?;
        let kept = kept.ok_or_else(|| caller.problem(ProblemCode::SessionEnded))?;
        // Compared as hashes, so that the time tells nothing about how much of it was right.
        let hash = |text: &str| Sha256::digest(text.trim().as_bytes());
        Ok(hash(kept.secret.expose_secret()) == hash(proof.0.expose_secret()))
    }

    async fn is_members(&self, caller: &Caller, fresh: &Fresh, proof: &Proof) -> Result<bool, Problem> {
        let found = self.0.store.proofs_of(caller.account.id).await;
        let found = found.map_err(|error| caller.store_problem(&error))?;
        let Some(found) = found else { return Ok(false) };
        // A password alone proves nothing here: whoever looked over a shoulder has it, and the open page with it.
        Ok(self.second_factor(fresh, Some(&found), &proof.0).await?.is_some())
    }
}
