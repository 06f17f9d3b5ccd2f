//! Signing in with a Tableau Cloud Manager token, and signing out.

use model::{Act, ActId, Moment, Problem, ProblemCode};
use secrecy::{ExposeSecret, SecretString};
use store::{NewCredential, VendorSession};
use tableau::{Session, SignedIn, Tag};
use tracing::{info, warn};
use uuid::Uuid;

use crate::{Account, Caller, Operations, Who, gate::Outcome, problems::Chain};

/// The longest token that is tried. Real ones are far shorter.
const TOKEN_AT_MOST: usize = 4096;

/// A request that nobody has signed in to make.
#[derive(Debug, Clone)]
pub struct Fresh {
    /// The id of this request.
    pub request: String,
    /// Its time.
    pub now: Moment,
    /// How long a sign-in may last, in seconds.
    pub lasts_seconds: i64,
}

impl Operations {
    /// Signs in with a token. It is tried at once: one that cannot sign in is not stored.
    pub async fn sign_in(&self, fresh: &Fresh, token: &SecretString) -> Result<Account, Problem> {
        let typed = token.expose_secret().trim();
        if typed.is_empty() {
            return Err(fresh.problem(ProblemCode::TokenMissing));
        }
        if typed.len() > TOKEN_AT_MOST || typed.chars().any(char::is_control) {
            return Err(fresh.problem(ProblemCode::TokenRefused));
        }
        let token = SecretString::from(typed.to_owned());
        let signed_in = match self.0.wire.sign_in(&token, &fresh.tag()).await {
            Ok(signed_in) => signed_in,
            Err(error) => {
                warn!(request = %fresh.request, error = %Chain(&error), "A sign-in failed");
                return Err(fresh.signin_problem(&error));
            }
        };
        match self.keep_sign_in(fresh, &token, &signed_in).await {
            Ok(account) => Ok(account),
            Err(problem) => {
                // Nothing is kept of a sign-in that could not be written down.
                let session = Session::new(signed_in.token, signed_in.tenant);
                let ended = self.0.wire.reader(&session, fresh.tag()).sign_out().await;
                info!(request = %fresh.request, ended = ended.is_ok(), "Gave the vendor session back");
                Err(problem)
            }
        }
    }

    async fn keep_sign_in(
        &self,
        fresh: &Fresh,
        token: &SecretString,
        signed_in: &SignedIn,
    ) -> Result<Account, Problem> {
        let name = self.name_of(fresh, signed_in).await;
        let (tenant, user, store) = (signed_in.tenant, signed_in.user, &self.0.store);
        let id = store
            .account_of(tenant, user, &name, fresh.now)
            .await
            .map_err(|error| fresh.log_problem(&error))?;
        if store.is_administrator_suspended(id).await.map_err(|error| fresh.log_problem(&error))? {
            warn!(request = %fresh.request, "Somebody whose account is suspended tried to sign in");
            let problem = fresh.problem(ProblemCode::EntryRefused);
            let who = Who::Administrator { user, credential: Uuid::nil().into() };
            let account = Account { id, tenant, name, who, ends: fresh.now, proved: fresh.now };
            let caller = Caller::administrator(account, fresh.request.clone(), fresh.now);
            let act = Act::SignIn { tenant };
            self.write_refusal(&caller, ActId::from(Uuid::now_v7()), &act, &problem.code.word()).await;
            return Err(problem);
        }
        let host = self.0.wire.base().to_owned();
        let credential = NewCredential { tenant, owner: user, host, secret: token, now: fresh.now };
        let credential =
            store.keep_credential(credential).await.map_err(|error| fresh.log_problem(&error))?;
        let ends = fresh.now.plus_seconds(fresh.lasts_seconds);
        let who = Who::Administrator { user, credential };
        let account = Account { id, tenant, name, who, ends, proved: fresh.now };
        let caller = Caller::administrator(account.clone(), fresh.request.clone(), fresh.now);
        match self.write_sign_in(&caller, signed_in).await {
            Ok(()) => Ok(account),
            Err(problem) => {
                if let Err(error) = store.erase_credential(credential).await {
                    warn!(request = %fresh.request, error = %Chain(&error), "A token that opens nothing stays until the next sweep");
                }
                Err(problem)
            }
        }
    }

    async fn write_sign_in(&self, caller: &Caller, signed_in: &SignedIn) -> Result<(), Problem> {
        let act = Act::SignIn { tenant: caller.tenant() };
        let begun = self.begin(caller, ActId::from(Uuid::now_v7()), &act, None).await?;
        let credential = caller.credential()?;
        let fence = self.0.store.lease_renewal(credential, Uuid::now_v7(), 1).await;
        let Some(fence) = fence.map_err(|error| caller.store_problem(&error))? else {
            return begun.finish(Outcome::failed(caller.problem(ProblemCode::StoreUnavailable))).await;
        };
        let session =
            VendorSession { token: &signed_in.token, expires: signed_in.expires, last_used: caller.now };
        match self.0.store.save_vendor_session(credential, &session, fence).await {
            Ok(()) => begun.finish(Outcome::done("signed in")).await,
            Err(error) => begun.finish(Outcome::failed(caller.store_problem(&error))).await,
        }
    }

    /// The name of the person who signed in. The sign-in answer has only an id, so Tableau is asked; without an
    /// answer the id stands in.
    async fn name_of(&self, fresh: &Fresh, signed_in: &SignedIn) -> String {
        let session = Session::new(signed_in.token.clone(), signed_in.tenant);
        let found = self.0.wire.reader(&session, fresh.tag()).person(&signed_in.user).await;
        match found {
            Ok(Some(person)) if !person.name().is_empty() => person.name().to_owned(),
            _ => signed_in.user.to_string(),
        }
    }

    /// Signs out: the sealed token, where there is one, is erased and the vendor's session ended.
    pub async fn sign_out(&self, caller: &Caller) -> Result<(), Problem> {
        let act = Act::SignOut { tenant: caller.tenant() };
        // A full disk must not keep anybody signed in: here alone, the act goes on without its line in the log.
        let begun = self.begin(caller, ActId::from(Uuid::now_v7()), &act, None).await;
        let erased = match caller.account.own_credential() {
            Some(credential) => self.erase(credential, caller.tag()).await,
            None => Ok(()),
        };
        let outcome = match &erased {
            Ok(()) => Outcome::done("signed out"),
            Err(error) => Outcome::failed(caller.store_problem(error)),
        };
        match begun {
            Ok(begun) => begun.finish(outcome).await,
            Err(_) => outcome.problem.map_or(Ok(()), Err),
        }
    }
}

impl Fresh {
    /// The same of somebody who has signed in already.
    pub(crate) fn of(caller: &crate::Caller) -> Self {
        Self { request: caller.request.clone(), now: caller.now, lasts_seconds: 0 }
    }

    fn tag(&self) -> Tag {
        Tag { request: self.request.clone(), actor: "sign-in".to_owned() }
    }

    pub(crate) fn problem(&self, code: ProblemCode) -> Problem {
        Problem::new(code).with_reference(&self.request)
    }

    pub(crate) fn log_problem(&self, error: &store::Error) -> Problem {
        tracing::error!(request = %self.request, error = %Chain(error), "A sign-in could not be stored");
        self.problem(ProblemCode::StoreUnavailable)
    }

    /// A refused sign-in and an ended session are both a 401: here it is the token that was refused.
    fn signin_problem(&self, error: &tableau::Error) -> Problem {
        match crate::problems::vendor_code(error) {
            ProblemCode::SessionEnded | ProblemCode::VendorRefused | ProblemCode::VendorRejected => {
                self.problem(ProblemCode::TokenRefused)
            }
            code => self.problem(code),
        }
    }
}
