//! What was read from Tableau a moment ago: asked once for many, and still there when Tableau is not.

use std::{future::Future, sync::Arc, time::Duration};

use model::{Aged, CredentialId, Freshness, Moment, Problem, ProblemCode};
use moka::future::Cache;
use tokio::sync::Mutex;

use crate::Caller;

/// How old an answer may be before Tableau is asked again.
const FRESH_SECONDS: i64 = 30;
/// How long an answer is kept for the bad days.
const KEPT: Duration = Duration::from_secs(8 * 60 * 60);

type Slot<T> = Arc<Mutex<Option<Aged<T>>>>;

/// One kind of answer, per credential: what one token may see is never shown to another.
pub(crate) struct Remembered<T> {
    slots: Cache<CredentialId, Slot<T>>,
}

impl<T: Clone + Send + Sync + 'static> Remembered<T> {
    pub(crate) fn new() -> Self {
        Self { slots: Cache::builder().max_capacity(10_000).time_to_idle(KEPT).build() }
    }

    pub(crate) fn forget_all(&self) {
        self.slots.invalidate_all();
    }

    pub(crate) async fn forget(&self, credential: CredentialId) {
        self.slots.invalidate(&credential).await;
    }

    /// The last answer, whatever its age; `None` also while another one is being asked for.
    pub(crate) async fn at_hand(&self, credential: CredentialId) -> Option<Aged<T>> {
        let slot = self.slots.get(&credential).await?;
        slot.try_lock().ok()?.clone()
    }

    /// The remembered answer if it is new enough, else a new one. Whoever comes while it is being asked waits for
    /// the same answer. Where asking fails, the last answer is given with its age and the problem.
    pub(crate) async fn get<Asked>(
        &self,
        caller: &Caller,
        freshness: Freshness,
        ask: impl FnOnce() -> Asked,
    ) -> Result<Aged<T>, Problem>
    where
        Asked: Future<Output = Result<T, Problem>>,
    {
        self.get_of(caller.credential()?, caller.now, freshness, ask).await
    }

    /// The same for what another credential than that of the sign-in opens.
    pub(crate) async fn get_of<Asked>(
        &self,
        credential: CredentialId,
        now: Moment,
        freshness: Freshness,
        ask: impl FnOnce() -> Asked,
    ) -> Result<Aged<T>, Problem>
    where
        Asked: Future<Output = Result<T, Problem>>,
    {
        let slot = self.slots.get_with(credential, async { Slot::default() }).await;
        let mut kept = slot.lock().await;
        if let Some(aged) = kept.as_ref()
            && is_good(aged, freshness, now)
        {
            return Ok(aged.clone());
        }
        match ask().await {
            Ok(value) => {
                let aged = Aged { value, as_of: now, stale: None };
                *kept = Some(aged.clone());
                Ok(aged)
            }
            Err(problem) => match kept.as_ref() {
                Some(old) if may_show_old(&problem) => Ok(Aged { stale: Some(problem), ..old.clone() }),
                _ => Err(problem),
            },
        }
    }
}

/// A request that waited in line while another asked is served by that answer, even when it wanted one "now".
fn is_good<T>(aged: &Aged<T>, freshness: Freshness, now: Moment) -> bool {
    let age = aged.as_of.seconds_until(now);
    match freshness {
        Freshness::Recent => age < FRESH_SECONDS,
        Freshness::Now => age < 0,
    }
}

/// A token that Tableau no longer accepts shows nothing any more, however recent.
fn may_show_old(problem: &Problem) -> bool {
    !matches!(
        problem.code,
        ProblemCode::SessionEnded
            | ProblemCode::TokenRefused
            | ProblemCode::VendorRefused
            | ProblemCode::NotSignedIn
            | ProblemCode::SiteTokenRefused
            | ProblemCode::SiteNotConnected
    )
}
