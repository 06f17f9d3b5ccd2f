//! How fast we go: one budget for all runs, slower than the vendor asks for, and silent as long as it says.

use std::{num::NonZeroU32, sync::Mutex, sync::PoisonError, time::Duration};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::time::Instant;

/// Calls a second. The vendor publishes no figure for Tableau Cloud Manager; a third party names 3,000 a minute for
/// reading people of a site, and this stays well below.
const A_SECOND: NonZeroU32 = match NonZeroU32::new(20) {
    Some(calls) => calls,
    None => NonZeroU32::MIN,
};

/// The budget of all runs of this process.
pub(crate) struct Budget {
    pace: DefaultDirectRateLimiter,
    /// Nothing is sent before this time: Tableau asked for a pause.
    silent_until: Mutex<Option<Instant>>,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self { pace: RateLimiter::direct(Quota::per_second(A_SECOND)), silent_until: Mutex::default() }
    }

    /// Waits for a turn.
    pub(crate) async fn turn(&self) {
        loop {
            let until = *self.silent_until.lock().unwrap_or_else(PoisonError::into_inner);
            match until.filter(|until| *until > Instant::now()) {
                Some(until) => tokio::time::sleep_until(until).await,
                None => break,
            }
        }
        self.pace.until_ready().await;
    }

    /// Tableau asked for a pause.
    pub(crate) fn be_silent(&self, pause: Duration) {
        let until = Instant::now() + pause;
        let mut silent = self.silent_until.lock().unwrap_or_else(PoisonError::into_inner);
        *silent = Some(silent.map_or(until, |known| known.max(until)));
    }
}
