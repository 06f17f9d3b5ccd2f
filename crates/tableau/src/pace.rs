//! How fast Tableau is asked: so many calls a second, and silence for as long as it asks for. Each site has one budget,
//! shared by everybody who reads and by every run.

use std::{
    collections::HashMap,
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use model::SiteId;
use tokio::time::{Instant, sleep_until, timeout_at};

use crate::{Error, Result, Wire, transport::Kind};

/// Calls a second to one site. The vendor publishes no figure; a third party names 3,000 readings of people a minute,
/// which is 50 a second.
const CALLS: NonZeroU32 = at(40);
/// Changes among them. The same third party names 1,600 removals of people a minute, which is 26 a second.
const CHANGES: NonZeroU32 = at(15);
/// The silence after a refusal that names no time.
const UNSAID: Duration = Duration::from_secs(1);
/// No site asks for more; a mistaken figure must not close it for days.
const LONGEST: Duration = Duration::from_secs(60 * 60);

const fn at(calls: u32) -> NonZeroU32 {
    match NonZeroU32::new(calls) {
        Some(calls) => calls,
        None => NonZeroU32::MIN,
    }
}

/// A number of calls a second, and the time until which nothing is sent because Tableau asked for a pause.
pub struct Pace {
    limiter: DefaultDirectRateLimiter,
    silent_until: Mutex<Option<Instant>>,
}

impl Pace {
    /// So many calls a second.
    pub fn of(a_second: NonZeroU32) -> Self {
        Self { limiter: RateLimiter::direct(Quota::per_second(a_second)), silent_until: Mutex::default() }
    }

    /// Waits for a turn, over every silence.
    pub async fn turn(&self) {
        while let Some(until) = self.silent_until() {
            sleep_until(until).await;
        }
        self.limiter.until_ready().await;
    }

    /// Tableau asked for a pause.
    pub fn be_silent(&self, pause: Duration) {
        let until = Instant::now() + pause.min(LONGEST);
        let mut silent = self.silent_until.lock().unwrap_or_else(PoisonError::into_inner);
        *silent = Some(silent.map_or(until, |known| known.max(until)));
    }

    /// How long nothing is sent yet; `None` where nothing stands in the way.
    pub fn silence(&self) -> Option<Duration> {
        self.silent_until().map(|until| until - Instant::now())
    }

    fn silent_until(&self) -> Option<Instant> {
        let until = *self.silent_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.filter(|until| *until > Instant::now())
    }
}

/// The budget of one site.
pub struct SitePace {
    calls: Pace,
    changes: Pace,
}

impl SitePace {
    fn new() -> Self {
        Self { calls: Pace::of(CALLS), changes: Pace::of(CHANGES) }
    }

    /// The site asked for a pause.
    pub fn be_silent(&self, pause: Duration) {
        self.calls.be_silent(pause);
    }

    /// How long the site wants to be left alone yet.
    pub fn silence(&self) -> Option<Duration> {
        self.calls.silence()
    }

    /// A call was refused because there were too many.
    pub(crate) fn refused(&self, asked: Option<Duration>) {
        self.be_silent(asked.unwrap_or(UNSAID));
    }

    /// Waits for a turn. Where none comes in time nothing is sent, and the time to wait is told.
    pub(crate) async fn turn(&self, kind: Kind, until: Instant) -> Result<()> {
        let turn = async {
            if kind == Kind::Change {
                self.changes.turn().await;
            }
            self.calls.turn().await;
        };
        match self.silence() {
            Some(left) if Instant::now() + left >= until => Err(too_soon(left)),
            _ => timeout_at(until, turn).await.map_err(|_| too_soon(self.silence().unwrap_or(UNSAID))),
        }
    }
}

/// The site would refuse it as too much, so it is not sent.
fn too_soon(left: Duration) -> Error {
    Error::Busy { retry_after: Some(left), vendor_said: true, words: None }
}

/// The budgets of all sites of this process.
#[derive(Default)]
pub(crate) struct Paces(Mutex<HashMap<SiteId, Arc<SitePace>>>);

impl Wire {
    /// The budget of a site.
    pub fn pace_of(&self, site: &SiteId) -> Arc<SitePace> {
        let mut sites = self.paces().0.lock().unwrap_or_else(PoisonError::into_inner);
        sites.entry(*site).or_insert_with(|| Arc::new(SitePace::new())).clone()
    }

    /// Refuses what a site would refuse as too much.
    pub fn is_calm(&self, site: &SiteId) -> Result<()> {
        self.pace_of(site).silence().map_or(Ok(()), |left| Err(too_soon(left)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_a_second() -> Instant {
        Instant::now() + Duration::from_secs(1)
    }

    #[tokio::test]
    async fn a_silence_is_kept_and_a_call_that_cannot_wait_so_long_is_told_the_time() {
        let pace = SitePace::new();
        assert!(pace.silence().is_none() && pace.turn(Kind::Read, in_a_second()).await.is_ok());
        pace.be_silent(Duration::from_millis(50));
        pace.turn(Kind::Change, in_a_second() + Duration::from_secs(60)).await.unwrap();
        assert!(pace.silence().is_none(), "the turn came after the silence");
        pace.be_silent(Duration::from_secs(300));
        pace.be_silent(Duration::from_secs(2));
        let refused = pace.turn(Kind::Read, in_a_second()).await.unwrap_err();
        let Error::Busy { retry_after: Some(left), vendor_said: true, words: None } = refused else {
            panic!("{refused:?}")
        };
        assert!(left > Duration::from_secs(2), "a shorter silence does not end a longer one");
    }

    #[tokio::test]
    async fn no_figure_closes_a_site_for_days() {
        let pace = SitePace::new();
        pace.be_silent(Duration::MAX);
        assert!(pace.silence().unwrap() <= LONGEST);
    }
}
