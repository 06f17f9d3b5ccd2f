//! Signing in by password and passkey: a passkey can be asked only once it is known whose it is, so the password comes
//! first. Whoever has not proved both is half way and sees nothing.

use model::{
    AccountId, Moment, Problem, ProblemCode,
    accounts::{Factors, Member, Standing},
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use store::TriesOf;

use super::{
    enter::{GUESSES, Second},
    passkeys::{ANSWER_SECONDS, Asked},
};
use crate::{Account, Caller, Fresh, Operations};

/// How far the clocks of two replicas may differ.
const SKEW_SECONDS: i64 = 60;

/// Somebody whose password was right, as their browser's session remembers them. It opens nothing by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HalfWay {
    account: AccountId,
    email: String,
    since: Moment,
}

impl HalfWay {
    /// Until when it counts.
    pub fn until(&self) -> Moment {
        self.since.plus_seconds(ANSWER_SECONDS)
    }
}

impl Operations {
    /// Checks a password, for an account with passkeys. Whatever is wrong, and whether there is such an account or not,
    /// takes as long and is answered alike; only a right password leads on.
    pub async fn enter_half_way(
        &self,
        fresh: &Fresh,
        email: &str,
        password: &SecretString,
    ) -> Result<HalfWay, Problem> {
        let (of, found) = self.knows_password(fresh, email, password).await?;
        let id = found.as_ref().map_or(uuid::Uuid::nil().into(), |it| it.member.id);
        let passkeys = self.0.store.passkeys_of(id).await.map_err(|error| fresh.log_problem(&error))?;
        match (found, of) {
            (Some(found), TriesOf::Account(email)) if !passkeys.is_empty() => {
                Ok(HalfWay { account: found.member.id, email, since: fresh.now })
            }
            (_, of) => {
                let problem = super::refused(fresh);
                if let TriesOf::Account(email) = of {
                    self.note_refusal(fresh, &email, &problem);
                }
                Err(problem)
            }
        }
    }

    /// What somebody half way can prove themselves with.
    pub async fn half_way_factors(&self, fresh: &Fresh, half: &HalfWay) -> Result<Factors, Problem> {
        self.half_way_member(fresh, half).await?;
        self.factors_of(fresh, half.account).await
    }

    /// The question to the passkeys of somebody half way. `this` names the session of their browser.
    pub async fn ask_to_enter(&self, fresh: &Fresh, half: &HalfWay, this: &str) -> Result<String, Problem> {
        self.half_way_member(fresh, half).await?;
        self.ask_to_prove(fresh, Asked::Enter(this), half.account).await
    }

    /// Signs somebody in who is half way, by the answer of a passkey. Counts with all other guesses at the account.
    pub async fn enter_by_passkey(
        &self,
        fresh: &Fresh,
        half: &HalfWay,
        this: &str,
        answer: &str,
    ) -> Result<Account, Problem> {
        if answer.is_empty() {
            return Err(fresh.problem(ProblemCode::PasskeyNotUsed));
        }
        let member = self.half_way_member(fresh, half).await?;
        let of = self.count_half_way(fresh, half).await?;
        let caller = Caller::of(self.account_of_member(fresh, &member), fresh.request.clone(), fresh.now);
        self.prove_by_passkey(&caller, &member.email, Asked::Enter(this), answer).await?;
        self.forget_count(fresh, &of).await;
        self.write_entry(fresh, &member, Second::Passkey).await
    }

    /// The same by a code of the app or a recovery code.
    pub async fn enter_by_code(
        &self,
        fresh: &Fresh,
        half: &HalfWay,
        code: &SecretString,
    ) -> Result<Account, Problem> {
        let member = self.half_way_member(fresh, half).await?;
        let of = self.count_half_way(fresh, half).await?;
        let proofs = self.0.store.proofs_of(member.id).await.map_err(|error| fresh.log_problem(&error))?;
        let second = self.second_factor(fresh, proofs.as_ref(), code).await?;
        let second = second.ok_or_else(|| {
            let problem = fresh.problem(ProblemCode::ProofRefused);
            self.note_refusal(fresh, &half.email, &problem);
            problem
        })?;
        self.forget_count(fresh, &of).await;
        self.write_entry(fresh, &member, second).await
    }

    async fn count_half_way(&self, fresh: &Fresh, half: &HalfWay) -> Result<TriesOf, Problem> {
        let of = TriesOf::Account(half.email.clone());
        let counted = self.count(fresh, &of, GUESSES).await;
        counted.inspect_err(|problem| self.note_refusal(fresh, &half.email, problem))?;
        Ok(of)
    }

    /// Whoever is half way, as they stand now.
    async fn half_way_member(&self, fresh: &Fresh, half: &HalfWay) -> Result<Member, Problem> {
        let over = || fresh.problem(ProblemCode::PasskeyOver);
        let age = half.since.seconds_until(fresh.now);
        // Replicas' clocks may differ a little.
        if !(-SKEW_SECONDS..ANSWER_SECONDS).contains(&age) {
            return Err(over());
        }
        let found = self.0.store.proofs_by_address(&half.email).await;
        let found = found.map_err(|error| fresh.log_problem(&error))?.map(|it| it.member);
        found.filter(|it| it.id == half.account && it.standing == Standing::Active).ok_or_else(over)
    }
}
