//! What happened on the way to Tableau, for whoever looks after it: each attempt with its status and the vendor's clock,
//! and how often a limit was met. Nothing here holds a token, a path or a body.

use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use http::StatusCode;
use model::Moment;
use time::OffsetDateTime;
use tokio::time::Instant;

/// One attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The HTTP status; `None` when no answer came.
    pub status: Option<u16>,
    /// Until the head of the answer came, or until the end of the attempt.
    pub took: Duration,
    /// Seconds by which the clock of the answer is ahead of ours; negative when it is behind.
    pub ahead: Option<i64>,
}

/// Sees every attempt of the clients that were made with it.
#[derive(Debug, Clone, Default)]
pub struct Witness(Arc<Mutex<Vec<Seen>>>);

impl Witness {
    /// The attempts since this was last asked, in their order.
    pub fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn note(&self, watch: Watch) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(watch.seen());
    }
}

/// An attempt that is under way.
pub(crate) struct Watch {
    began: Instant,
    at: OffsetDateTime,
    head: OnceLock<(StatusCode, Option<OffsetDateTime>, Duration)>,
}

impl Watch {
    pub(crate) fn begin() -> Self {
        Self { began: Instant::now(), at: OffsetDateTime::now_utc(), head: OnceLock::new() }
    }

    /// The head of the answer is here.
    pub(crate) fn answered(&self, status: StatusCode, date: Option<OffsetDateTime>) {
        // An attempt has one answer, so this cannot be set already.
        _ = self.head.set((status, date, self.began.elapsed()));
    }

    fn seen(self) -> Seen {
        match self.head.into_inner() {
            None => Seen { status: None, took: self.began.elapsed(), ahead: None },
            Some((status, date, took)) => {
                let ahead = date.map(|date| ahead(date, self.at, took));
                Seen { status: Some(status.as_u16()), took, ahead }
            }
        }
    }
}

/// How far a clock that was read between `sent` and `sent + took` is ahead of ours. Its seconds are cut off, so on
/// average it is half a second later than it says.
fn ahead(date: OffsetDateTime, sent: OffsetDateTime, took: Duration) -> i64 {
    let middle = sent.saturating_add(time::Duration::try_from(took / 2).unwrap_or_default());
    let difference = date.saturating_add(time::Duration::milliseconds(500)) - middle;
    // To the nearest whole second; half of one counts as none.
    let seconds = difference.whole_milliseconds().saturating_add(499).div_euclid(1_000);
    i64::try_from(seconds).unwrap_or(if seconds < 0 { i64::MIN } else { i64::MAX })
}

/// How often Tableau asked to slow down, since this line was made.
#[derive(Debug, Default)]
pub struct Limits(Mutex<(u64, Option<Met>)>);

/// Tableau asked to slow down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// When.
    pub at: Moment,
    /// The operation it was asked for.
    pub operation: &'static str,
    /// How long it asked to wait.
    pub wait: Option<Duration>,
}

impl Limits {
    pub(crate) fn met(&self, operation: &'static str, wait: Option<Duration>) {
        let mut limits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        limits.0 += 1;
        limits.1 = Some(Met { at: Moment::from(OffsetDateTime::now_utc()), operation, wait });
    }

    /// How often, and the last time.
    pub fn so_far(&self) -> (u64, Option<Met>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_compared_with_the_middle_of_the_exchange() {
        let sent = OffsetDateTime::UNIX_EPOCH;
        let at = |seconds: i64| sent + time::Duration::seconds(seconds);
        // Two seconds there and back: a clock that agrees shows one second.
        let took = Duration::from_secs(2);
        assert_eq!(ahead(at(1), sent, took), 0);
        assert_eq!(ahead(at(3_601), sent, took), 3_600);
        assert_eq!(ahead(at(-3_599), sent, took), -3_600);
        // The header tells whole seconds, cut off: a moment before the next one it still agrees.
        for late in [0, 10, 500, 990] {
            let late = sent + time::Duration::milliseconds(late);
            assert_eq!(ahead(sent, late, Duration::ZERO), 0, "{late}");
        }
    }
}
