//! The way to Tableau: one vendor session per token, sealed in the database, renewed when it ends.

use std::{future::Future, sync::Arc, time::Duration};

use model::{CredentialId, Moment, Problem, ProblemCode};
use store::{Fence, OpenCredential, VendorSession};
use tableau::{Manager, Read, Session};
use tracing::info;
use uuid::Uuid;

use crate::{Caller, Operations};

/// A session this close to its end is renewed before it is used.
const MARGIN_SECONDS: i64 = 60;
/// How long another replica may take to renew before the lease passes on.
const LEASE_SECONDS: i64 = 30;
/// How often, and with which pause, a session that another replica is opening is looked for.
const LOOKS_FOR_OTHER: u32 = 40;
const PAUSE_FOR_OTHER: Duration = Duration::from_millis(250);

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
        match self.stored_session(caller).await? {
            Some(living) if caller.now.plus_seconds(MARGIN_SECONDS) < living.until => Ok(living),
            stale => self.renew(caller, stale.map(|living| living.generation)).await,
        }
    }

    /// Opens a new vendor session, unless somebody else did so meanwhile.
    pub(crate) async fn renew(&self, caller: &Caller, ended: Option<i64>) -> Result<Living, Problem> {
        let credential = caller.account.credential;
        let turn = self.0.renewals.get_with(credential, async { Arc::default() }).await;
        let _turn = turn.lock().await;
        if let Some(living) = self.stored_session(caller).await?
            && Some(living.generation) != ended
        {
            return Ok(living);
        }
        let kept = self.kept_token(caller).await?;
        let lease = self.0.store.lease_renewal(credential, Uuid::now_v7(), LEASE_SECONDS).await;
        let Some(fence) = lease.map_err(|error| caller.store_problem(&error))? else {
            return self.await_other_replica(caller, ended).await;
        };
        let living = match self.sign_in_again(caller, &kept, fence).await {
            Ok(living) => living,
            Err(problem) => {
                // The next one need not wait for the lease to run out.
                let released = self.0.store.release_renewal(credential, fence).await;
                released.map_err(|error| caller.store_problem(&error))?;
                if problem.code == ProblemCode::SessionEnded {
                    // What this token opened is shown no longer, however recent it is.
                    self.forget_of(credential).await;
                }
                return Err(problem);
            }
        };
        let session =
            VendorSession { token: living.open.token(), expires: living.until, last_used: caller.now };
        let saved = self.0.store.save_vendor_session(credential, &session, fence).await;
        saved.map_err(|error| caller.store_problem(&error))?;
        info!(request = %caller.request, "Renewed the session with Tableau");
        Ok(living)
    }

    /// Another replica holds the lease: it is signing in at this moment, and its session is ours too.
    async fn await_other_replica(&self, caller: &Caller, ended: Option<i64>) -> Result<Living, Problem> {
        for _ in 0..LOOKS_FOR_OTHER {
            tokio::time::sleep(PAUSE_FOR_OTHER).await;
            match self.stored_session(caller).await? {
                Some(living) if Some(living.generation) != ended => return Ok(living),
                _ => {}
            }
        }
        Err(caller.problem(ProblemCode::VendorBusy))
    }

    /// The sealed token of this sign-in; without it the sign-in is over.
    async fn kept_token(&self, caller: &Caller) -> Result<OpenCredential, Problem> {
        let kept = self.0.store.open_credential(caller.account.credential).await;
        let kept = kept.map_err(|error| caller.store_problem(&error))?;
        // The token only ever travels to the host it was given for.
        kept.filter(|kept| kept.host == self.0.wire.base() && kept.tenant == caller.tenant())
            .ok_or_else(|| caller.problem(ProblemCode::SessionEnded))
    }

    async fn sign_in_again(
        &self,
        caller: &Caller,
        kept: &OpenCredential,
        fence: Fence,
    ) -> Result<Living, Problem> {
        let signed_in = self.0.wire.sign_in(&kept.secret, &caller.tag()).await;
        let signed_in = signed_in.map_err(|error| match error {
            // A token that was good at sign-in and is refused now has run out or was revoked.
            tableau::Error::TokenRefused { .. } => caller.problem(ProblemCode::SessionEnded),
            error => caller.vendor_problem(&error),
        })?;
        Ok(Living {
            open: Session::new(signed_in.token, signed_in.tenant),
            until: signed_in.expires,
            generation: fence.0,
        })
    }

    async fn stored_session(&self, caller: &Caller) -> Result<Option<Living>, Problem> {
        let stored = self.0.store.vendor_session(caller.account.credential).await;
        let stored = stored.map_err(|error| caller.store_problem(&error))?;
        Ok(stored.map(|session| Living {
            open: Session::new(session.token, caller.tenant()),
            until: session.expires,
            generation: session.generation,
        }))
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

    async fn forget_of(&self, credential: CredentialId) {
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
