//! One vendor session for each token, whichever plane it opens: renewed by one caller at a time, on one replica.

use std::{future::Future, sync::Arc, time::Duration};

use model::{CredentialId, Moment, Problem, ProblemCode};
use secrecy::SecretString;
use store::{OpenVendorSession, VendorSession};
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

/// A session that was just opened.
pub(crate) struct Opened {
    pub(crate) token: SecretString,
    pub(crate) until: Moment,
}

impl Operations {
    /// The session of a credential, if it lives long enough to be used.
    pub(crate) async fn kept_session(
        &self,
        caller: &Caller,
        credential: CredentialId,
    ) -> Result<Option<OpenVendorSession>, Problem> {
        let stored = self.0.store.vendor_session(credential).await;
        stored.map_err(|error| caller.store_problem(&error))
    }

    /// Opens a new vendor session for a credential, unless somebody else did so meanwhile. `ended` is the generation
    /// that turned out to be over, `gone` what it means that the token is erased.
    pub(crate) async fn renewed<Opening>(
        &self,
        caller: &Caller,
        credential: CredentialId,
        ended: Option<i64>,
        gone: ProblemCode,
        open: impl FnOnce() -> Opening,
    ) -> Result<OpenVendorSession, Problem>
    where
        Opening: Future<Output = Result<Opened, Problem>>,
    {
        let turn = self.0.renewals.get_with(credential, async { Arc::default() }).await;
        let _turn = turn.lock().await;
        if let Some(living) = self.kept_session(caller, credential).await?
            && Some(living.generation) != ended
        {
            return Ok(living);
        }
        // An erased token has no lease either, and nobody else is opening a session with it.
        let kept = self.0.store.open_credential(credential).await;
        if kept.map_err(|error| caller.store_problem(&error))?.is_none() {
            return Err(caller.problem(gone));
        }
        let lease = self.0.store.lease_renewal(credential, Uuid::now_v7(), LEASE_SECONDS).await;
        let Some(fence) = lease.map_err(|error| caller.store_problem(&error))? else {
            return self.await_other_replica(caller, credential, ended).await;
        };
        // Another replica may have ended its own renewal between our look and our lease.
        if let Some(living) = self.kept_session(caller, credential).await?
            && Some(living.generation) != ended
        {
            let released = self.0.store.release_renewal(credential, fence).await;
            released.map_err(|error| caller.store_problem(&error))?;
            return Ok(living);
        }
        let Opened { token, until } = match open().await {
            Ok(opened) => opened,
            Err(problem) => {
                // The next one need not wait for the lease to run out.
                let released = self.0.store.release_renewal(credential, fence).await;
                released.map_err(|error| caller.store_problem(&error))?;
                return Err(problem);
            }
        };
        let session = VendorSession { token: &token, expires: until, last_used: caller.now };
        let saved = self.0.store.save_vendor_session(credential, &session, fence).await;
        saved.map_err(|error| caller.store_problem(&error))?;
        info!(request = %caller.request, "Renewed the session with Tableau");
        Ok(OpenVendorSession { token, expires: until, last_used: caller.now, generation: fence.0 })
    }

    /// Another replica holds the lease: it is signing in at this moment, and its session is ours too.
    async fn await_other_replica(
        &self,
        caller: &Caller,
        credential: CredentialId,
        ended: Option<i64>,
    ) -> Result<OpenVendorSession, Problem> {
        for _ in 0..LOOKS_FOR_OTHER {
            tokio::time::sleep(PAUSE_FOR_OTHER).await;
            match self.kept_session(caller, credential).await? {
                Some(living) if Some(living.generation) != ended => return Ok(living),
                _ => {}
            }
        }
        Err(caller.problem(ProblemCode::VendorBusy))
    }
}

/// Whether a session may be used for a call that begins now.
pub(crate) fn lasts(session: &OpenVendorSession, now: Moment) -> bool {
    now.plus_seconds(MARGIN_SECONDS) < session.expires
}
