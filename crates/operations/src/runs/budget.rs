//! How fast we go: one budget for all runs, slower than the vendor asks for, and silent as long as it says. Each site has
//! a pace of its own beside it: a site that asks for a pause keeps neither the tenant nor other sites waiting.

use std::{
    collections::HashMap,
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use model::SiteId;
use tokio::time::Instant;

/// Calls a second. The vendor publishes no figure for Tableau Cloud Manager; a third party names 3,000 a minute for
/// reading people of a site, and this stays well below.
const A_SECOND: NonZeroU32 = at(20);
/// Changes a second on one site. A third party names 1,600 removals and 3,000 readings of people a minute, and each
/// change is read back.
const ON_SITE_A_SECOND: NonZeroU32 = at(15);

const fn at(calls: u32) -> NonZeroU32 {
    match NonZeroU32::new(calls) {
        Some(calls) => calls,
        None => NonZeroU32::MIN,
    }
}

/// The budget of all runs of this process.
pub(crate) struct Budget {
    tenants: Pace,
    sites: Mutex<HashMap<SiteId, Arc<Pace>>>,
}

/// One pace, and the time until which nothing is sent because Tableau asked for a pause.
struct Pace {
    pace: DefaultDirectRateLimiter,
    silent_until: Mutex<Option<Instant>>,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self { tenants: Pace::of(A_SECOND), sites: Mutex::default() }
    }

    /// Waits for a turn.
    pub(crate) async fn turn(&self) {
        self.tenants.turn().await;
    }

    /// Tableau asked for a pause.
    pub(crate) fn be_silent(&self, pause: Duration) {
        self.tenants.be_silent(pause);
    }

    /// Waits for a turn on a site.
    pub(crate) async fn turn_on(&self, site: SiteId) {
        self.of(site).turn().await;
    }

    /// A site asked for a pause.
    pub(crate) fn be_silent_on(&self, site: SiteId, pause: Duration) {
        self.of(site).be_silent(pause);
    }

    fn of(&self, site: SiteId) -> Arc<Pace> {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        sites.entry(site).or_insert_with(|| Arc::new(Pace::of(ON_SITE_A_SECOND))).clone()
    }
}

impl Pace {
    fn of(a_second: NonZeroU32) -> Self {
        Self { pace: RateLimiter::direct(Quota::per_second(a_second)), silent_until: Mutex::default() }
    }

    async fn turn(&self) {
        loop {
            let until = *self.silent_until.lock().unwrap_or_else(PoisonError::into_inner);
            match until.filter(|until| *until > Instant::now()) {
                Some(until) => tokio::time::sleep_until(until).await,
                None => break,
            }
        }
        self.pace.until_ready().await;
    }

    fn be_silent(&self, pause: Duration) {
        let until = Instant::now() + pause;
        let mut silent = self.silent_until.lock().unwrap_or_else(PoisonError::into_inner);
        *silent = Some(silent.map_or(until, |known| known.max(until)));
    }
}
