//! Adding a passkey, with an invitation or later, and removing one.

use model::{
    AccountId, ActId, Notice, PasskeyId, Problem, ProblemCode,
    account_acts::AccountChange,
    accounts::{Member, PASSKEY_NAME_AT_MOST, PASSKEYS_AT_MOST},
};
use store::{Added, NewPasskey, Removed};
use tracing::{error, info};
use webauthn_rs::prelude::{CredentialID, Passkey, PasskeyRegistration, RegisterPublicKeyCredential};

use super::{super::act, Asked};
use crate::{Caller, Fresh, Operations, gate::Outcome, problems::Chain};

/// What the form for a new passkey carries.
#[derive(Debug)]
pub struct PasskeyForm {
    /// What its owner calls it.
    pub name: String,
    /// The device's answer, as the browser wrote it.
    pub answer: String,
    /// The act it becomes.
    pub ticket: ActId,
}

/// A passkey whose making was checked.
pub(in super::super) struct NewKey {
    /// What the device calls it.
    pub(in super::super) credential: Vec<u8>,
    /// The public key with what belongs to it.
    pub(in super::super) key: String,
}

impl NewKey {
    pub(in super::super) fn named<'a>(&'a self, name: &'a str) -> NewPasskey<'a> {
        NewPasskey { credential: &self.credential, name, key: &self.key }
    }
}

impl Operations {
    /// The question to the device of somebody who follows an invitation.
    pub async fn ask_to_join(&self, fresh: &Fresh, key: &str) -> Result<String, Problem> {
        let member = self.invited(fresh, key).await?;
        self.ask_for_new(fresh, Asked::Join(key), &member, Vec::new()).await
    }

    /// The question to the device of somebody who adds a passkey to their own account. `this` names the sign-in.
    pub async fn ask_to_add(&self, caller: &Caller, this: &str) -> Result<String, Problem> {
        let member = self.own_member(caller).await?;
        caller.must_be_fresh()?;
        let has = self.0.store.passkeys_of(member.id).await;
        let has = has.map_err(|error| caller.store_problem(&error))?;
        if has.len() >= PASSKEYS_AT_MOST {
            return Err(caller.problem(ProblemCode::PasskeysFull));
        }
        let has = has.into_iter().map(|it| it.credential).collect();
        self.ask_for_new(&Fresh::of(caller), Asked::Add(this), &member, has).await
    }

    async fn ask_for_new(
        &self,
        fresh: &Fresh,
        asked: Asked<'_>,
        member: &Member,
        has: Vec<CredentialID>,
    ) -> Result<String, Problem> {
        let party = self.party(fresh)?;
        let begun =
            party.start_passkey_registration(member.id.uuid(), &member.email, &member.name, Some(has));
        let begun = begun.map_err(|error| {
            error!(request = %fresh.request, error = %Chain(&error), "No question to a new passkey could be made");
            fresh.problem(ProblemCode::Internal)
        })?;
        self.keep_asked(fresh, asked, member.id, begun).await
    }

    /// Checks what a device answered that made a passkey.
    pub(in super::super) async fn made(
        &self,
        fresh: &Fresh,
        asked: Asked<'_>,
        account: AccountId,
        answer: &str,
    ) -> Result<NewKey, Problem> {
        if answer.is_empty() {
            return Err(fresh.problem(ProblemCode::PasskeyNotUsed));
        }
        let party = self.party(fresh)?;
        let state: PasskeyRegistration = self.question_of(fresh, asked, account).await?;
        let refused = |error: &dyn std::fmt::Display| {
            info!(request = %fresh.request, %error, "A new passkey was refused");
            fresh.problem(ProblemCode::PasskeyRefused)
        };
        let answer: RegisterPublicKeyCredential =
            serde_json::from_str(answer).map_err(|error| refused(&error))?;
        // Asked first: the library tells of a device that has a passkey already in no words of its own.
        let known = self.0.store.is_passkey_known(answer.raw_id.as_slice()).await;
        if known.map_err(|error| fresh.log_problem(&error))? {
            return Err(fresh.problem(ProblemCode::PasskeyTaken));
        }
        let made = party.finish_passkey_registration(&answer, &state).map_err(|error| refused(&error))?;
        Ok(NewKey { credential: made.cred_id().to_vec(), key: written(fresh, &made)? })
    }

    /// Adds a passkey to the caller's own account.
    pub async fn add_passkey(
        &self,
        caller: &Caller,
        form: &PasskeyForm,
        this: &str,
    ) -> Result<Notice, Problem> {
        let member = self.own_member(caller).await?;
        caller.must_be_fresh()?;
        let name = form.name.trim();
        let long = name.chars().count() > PASSKEY_NAME_AT_MOST;
        if name.is_empty() || long || name.chars().any(char::is_control) {
            return Err(caller.problem(ProblemCode::PasskeyNameWrong));
        }
        let new = self.made(&Fresh::of(caller), Asked::Add(this), member.id, &form.answer).await?;
        let act = act(member.id, &member.email, AccountChange::PasskeyAdd);
        let begun = self.begin(caller, form.ticket, &act, None).await?;
        let added = self.0.store.add_passkey(member.id, &new.named(name), PASSKEYS_AT_MOST, caller.now).await;
        let problem = match added {
            Ok(Added::Kept) => {
                begun.finish(Outcome::done(name)).await?;
                return Ok(Notice::PasskeyAdded);
            }
            Ok(Added::Taken) => caller.problem(ProblemCode::PasskeyTaken),
            Ok(Added::Full) => caller.problem(ProblemCode::PasskeysFull),
            Err(error) => caller.store_problem(&error),
        };
        begun.finish(Outcome::failed(problem.clone())).await?;
        Err(problem)
    }

    /// Removes a passkey of the caller's own account, unless nobody could sign in with that any more.
    pub async fn remove_passkey(
        &self,
        caller: &Caller,
        which: PasskeyId,
        ticket: ActId,
    ) -> Result<Notice, Problem> {
        let member = self.own_member(caller).await?;
        caller.must_be_fresh()?;
        let has = self.0.store.passkeys_of(member.id).await;
        let has = has.map_err(|error| caller.store_problem(&error))?;
        let found = has.into_iter().find(|it| it.told.id == which);
        // One of somebody else and one that is not there look the same.
        let found = found.ok_or_else(|| caller.problem(ProblemCode::AccountChanged))?;
        let act = act(member.id, &member.email, AccountChange::PasskeyRemove);
        let begun = self.begin(caller, ticket, &act, Some(&found.told.name)).await?;
        let problem = match self.0.store.remove_passkey(member.id, which).await {
            Ok(Removed::Gone) => {
                begun.finish(Outcome::done("removed")).await?;
                return Ok(Notice::PasskeyRemoved);
            }
            Ok(Removed::NotThere) => caller.problem(ProblemCode::AccountChanged),
            Ok(Removed::Last) => caller.problem(ProblemCode::LastFactor),
            Err(error) => caller.store_problem(&error),
        };
        begun.finish(Outcome::failed(problem.clone())).await?;
        Err(problem)
    }
}

/// A passkey as it is kept.
pub(super) fn written(fresh: &Fresh, passkey: &Passkey) -> Result<String, Problem> {
    serde_json::to_string(passkey).map_err(|error| {
        error!(request = %fresh.request, %error, "A passkey could not be written");
        fresh.problem(ProblemCode::Internal)
    })
}
