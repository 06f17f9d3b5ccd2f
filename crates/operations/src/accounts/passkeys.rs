//! Passkeys: what they are asked, and what their answers are worth (WebAuthn).
//!
//! The library checks the answers. Questions are kept in the database, so that each counts once on every replica, and
//! only in the browser that asked it.

mod add;
mod prove;

use std::time::Duration;

use model::{AccountId, Problem, ProblemCode, accounts::Factors};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tracing::{error, warn};
use webauthn_rs::{Webauthn, WebauthnBuilder, prelude::Url};

use crate::{Caller, Fresh, Operations, Who, problems::Chain};

pub(super) use add::NewKey;
pub use add::PasskeyForm;

/// How long a question counts.
pub(super) const ANSWER_SECONDS: i64 = 5 * 60;
/// What devices call us.
const NAME: &str = "Steward";

/// Steward at the address that people open, as passkeys know it; nothing where they do not work.
pub(crate) struct Party(Option<Webauthn>);

impl Party {
    /// Of an address. Passkeys are bound to a name with https, or to localhost; a bare network address has none.
    pub(crate) fn of(origin: &str) -> Self {
        Self(party(origin))
    }

    fn fit(&self) -> Option<&Webauthn> {
        self.0.as_ref()
    }
}

fn party(origin: &str) -> Option<Webauthn> {
    let origin = Url::parse(origin).ok()?;
    let name = origin.domain()?;
    if origin.scheme() != "https" && name != "localhost" {
        return None;
    }
    let builder = WebauthnBuilder::new(name, &origin).ok()?;
    let lasts = Duration::from_secs(ANSWER_SECONDS.unsigned_abs());
    builder.rp_name(NAME).timeout(lasts).build().ok()
}

/// What a question is for, and what it is bound to: the key of an invitation, or of a browser's sign-in.
#[derive(Clone, Copy)]
pub(super) enum Asked<'a> {
    Join(&'a str),
    Add(&'a str),
    Enter(&'a str),
    StepUp(&'a str),
}

impl Asked<'_> {
    fn bound(self) -> String {
        let (word, to) = match self {
            Self::Join(key) => ("join", key),
            Self::Add(sign_in) => ("add", sign_in),
            Self::Enter(sign_in) => ("enter", sign_in),
            Self::StepUp(sign_in) => ("step-up", sign_in),
        };
        format!("{word} {to}")
    }
}

/// A question as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept<State> {
    account: AccountId,
    state: State,
}

impl Operations {
    /// What somebody proves themselves with beside the password.
    pub(super) async fn factors_of(&self, fresh: &Fresh, id: AccountId) -> Result<Factors, Problem> {
        let stored = |error: store::Error| fresh.log_problem(&error);
        let proofs = self.0.store.proofs_of(id).await.map_err(stored)?;
        let passkeys = self.0.store.passkeys_of(id).await.map_err(stored)?;
        Ok(Factors {
            app: proofs.is_some_and(|it| it.totp.is_some()),
            passkeys: passkeys.into_iter().map(|it| it.told).collect(),
            codes: self.0.store.recovery_codes_left(id).await.map_err(stored)?,
            fit: self.passkeys_fit(),
        })
    }

    /// The caller's own; an administrator has none, because a token is what they sign in with.
    pub async fn own_factors(&self, caller: &Caller) -> Result<Factors, Problem> {
        match caller.account.who {
            Who::Administrator { .. } => Ok(Factors::default()),
            Who::Member { .. } => self.factors_of(&Fresh::of(caller), caller.account.id).await,
        }
    }

    /// Whether passkeys work at the address that people open.
    pub fn passkeys_fit(&self) -> bool {
        self.0.party.fit().is_some()
    }

    fn party(&self, fresh: &Fresh) -> Result<&Webauthn, Problem> {
        self.0.party.fit().ok_or_else(|| fresh.problem(ProblemCode::PasskeysUnfit))
    }

    /// Keeps a question, and gives it as the browser reads it.
    async fn keep_asked<State: Serialize, Question: Serialize>(
        &self,
        fresh: &Fresh,
        asked: Asked<'_>,
        account: AccountId,
        (question, state): (Question, State),
    ) -> Result<String, Problem> {
        let broken = |error: serde_json::Error| {
            error!(request = %fresh.request, %error, "A question to a passkey could not be written");
            fresh.problem(ProblemCode::Internal)
        };
        let state = serde_json::to_string(&Kept { account, state }).map_err(broken)?;
        let kept = self.0.store.keep_question(&asked.bound(), &state).await;
        kept.map_err(|error| fresh.log_problem(&error))?;
        serde_json::to_string(&question).map_err(broken)
    }

    /// Takes a question out: it counts once, whatever the answer is worth.
    async fn question_of<State: DeserializeOwned>(
        &self,
        fresh: &Fresh,
        asked: Asked<'_>,
        account: AccountId,
    ) -> Result<State, Problem> {
        let over = || fresh.problem(ProblemCode::PasskeyOver);
        let kept = self.0.store.take_question(&asked.bound(), ANSWER_SECONDS).await;
        let kept = kept.map_err(|error| fresh.log_problem(&error))?.ok_or_else(over)?;
        let kept: Kept<State> = serde_json::from_str(&kept).map_err(|error| {
            // Another version of Steward may have written it.
            warn!(request = %fresh.request, error = %Chain(&error), "A question to a passkey cannot be read");
            over()
        })?;
        Some(kept).filter(|kept| kept.account == account).map(|kept| kept.state).ok_or_else(over)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_are_bound_to_a_name_with_https_or_to_this_machine() {
        for fit in
            ["https://steward.example.com", "https://steward.example.com:8443", "http://localhost:8080"]
        {
            assert!(Party::of(fit).fit().is_some(), "{fit}");
        }
        for unfit in [
            "",
            "http://127.0.0.1:8080",
            "https://192.0.2.7",
            "http://[::1]:8080",
            "http://steward.example.com",
        ] {
            assert!(Party::of(unfit).fit().is_none(), "{unfit}");
        }
    }
}
