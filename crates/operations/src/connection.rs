//! The way to Tableau: one vendor session per token, sealed in the database, renewed when it ends.

use std::future::Future;

use model::{CredentialId, Moment, Problem, ProblemCode};
use store::{OpenCredential, OpenVendorSession};
use tableau::{Manager, Read, Session};
use tracing::info;

use crate::{
    Caller, Operations,
    renewal::{Opened, lasts},
};

impl Operations {
    /// Reads from Tableau as the caller. When the session has ended it is renewed, once, and asked again.
    pub(crate) async fn ask<T, Asked>(
        &self,
        caller: &Caller,
        question: impl Fn(Manager<Read>) -> Asked,
    ) -> Result<T, Problem>
    where
        Asked: Future<Output = tableau::Result<T>>,
    {
        let session = self.session(caller).await?;
        match question(self.0.wire.reader(&session.open, caller.tag())).await {
            Err(tableau::Error::SessionEnded { .. }) => {
                let session = self.renew(caller, Some(session.generation)).await?;
                question(self.0.wire.reader(&session.open, caller.tag())).await
            }
            answer => answer,
        }
        .map_err(|error| caller.vendor_problem(&error))
    }

    /// The living vendor session of the caller's token.
    pub(crate) async fn session(&self, caller: &Caller) -> Result<Living, Problem> {
        let credential = caller.credential()?;
        self.must_still_be_lent(caller, None, credential).await?;
        match self.kept_session(caller, credential).await? {
            Some(kept) if lasts(&kept, caller.now) => Ok(Living::of(kept, caller)),
            stale => self.renew(caller, stale.map(|kept| kept.generation)).await,
        }
    }

    /// Opens a new vendor session, unless somebody else did so meanwhile.
    pub(crate) async fn renew(&self, caller: &Caller, ended: Option<i64>) -> Result<Living, Problem> {
        let credential = caller.credential()?;
        let renewed = self
            .renewed(caller, credential, ended, ProblemCode::SessionEnded, || self.sign_in_again(caller))
            .await;
        if renewed.as_ref().is_err_and(|problem| problem.code == ProblemCode::SessionEnded) {
            // What this token opened is shown no longer, however recent it is.
            self.forget_of(credential).await;
        }
        // It is not the member's own sign-in that is over: what was deposited for them opens nothing any more.
        let told = |problem: Problem| match problem.code {
            ProblemCode::SessionEnded if caller.is_member() => caller.problem(ProblemCode::NothingDeposited),
            _ => problem,
        };
        renewed.map(|kept| Living::of(kept, caller)).map_err(told)
    }

    /// The sealed token of this sign-in; without it the sign-in is over.
    async fn kept_token(&self, caller: &Caller) -> Result<OpenCredential, Problem> {
        let kept = self.0.store.open_credential(caller.credential()?).await;
        let kept = kept.map_err(|error| caller.store_problem(&error))?;
        // The token only ever travels to the host it was given for.
        kept.filter(|kept| kept.host == self.0.wire.base() && kept.tenant == caller.tenant())
            .ok_or_else(|| caller.problem(ProblemCode::SessionEnded))
    }

    async fn sign_in_again(&self, caller: &Caller) -> Result<Opened, Problem> {
        let kept = self.kept_token(caller).await?;
        let signed_in = self.0.wire.sign_in(&kept.secret, &caller.tag()).await;
        let signed_in = signed_in.map_err(|error| match error {
            // A token that was good at sign-in and is refused now has run out or was revoked.
            tableau::Error::TokenRefused { .. } => caller.problem(ProblemCode::SessionEnded),
            error => caller.vendor_problem(&error),
        })?;
        Ok(Opened { token: signed_in.token, until: signed_in.expires })
    }

    /// Ends the vendor session of a token and erases both. What Tableau answers does not matter: ours is gone.
    pub(crate) async fn erase(
        &self,
        credential: CredentialId,
        tag: tableau::Tag,
    ) -> Result<(), store::Error> {
        let tenant = self.0.store.open_credential(credential).await.ok().flatten().map(|kept| kept.tenant);
        let session = self.0.store.vendor_session(credential).await.ok().flatten();
        self.0.store.erase_credential(credential).await?;
        self.forget_of(credential).await;
        if let (Some(session), Some(tenant)) = (session, tenant) {
            let manager = self.0.wire.reader(&Session::new(session.token, tenant), tag);
            if let Err(error) = manager.sign_out().await {
                info!(error = %crate::problems::Chain(&error), "Tableau did not confirm the sign-out; its session ends by itself");
            }
        }
        Ok(())
    }

    pub(crate) async fn forget_of(&self, credential: CredentialId) {
        self.0.tenants.forget(credential).await;
        self.0.tenant_seats.forget(credential).await;
        self.0.site_seats.forget(credential).await;
        self.0.sites.forget(credential).await;
        self.0.regions.forget(credential).await;
        self.0.tokens.forget(credential).await;
    }
}

/// A vendor session and when it ends.
#[derive(Clone)]
pub(crate) struct Living {
    pub(crate) open: Session,
    pub(crate) until: Moment,
    /// Which renewal brought it. The end is told in whole seconds, so two sessions may share it.
    pub(crate) generation: i64,
}

impl Living {
    fn of(kept: OpenVendorSession, caller: &Caller) -> Self {
        Self {
            open: Session::new(kept.token, caller.tenant()),
            until: kept.expires,
            generation: kept.generation,
        }
    }
}
