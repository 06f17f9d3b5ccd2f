//! The pretend clock: real time, plus what tests have advanced it by.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde::{Serialize, Serializer};
use time::{OffsetDateTime, Time};

/// Real time plus an offset.
#[derive(Debug)]
pub(crate) struct Clock {
    started: OffsetDateTime,
    ahead_ms: AtomicI64,
}

impl Default for Clock {
    fn default() -> Self {
        Self { started: OffsetDateTime::now_utc(), ahead_ms: AtomicI64::new(0) }
    }
}

impl Clock {
    pub(crate) fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc() + time::Duration::milliseconds(self.ahead_ms.load(Ordering::SeqCst))
    }

    pub(crate) fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        // A century is enough for every test, and keeps the addition of dates from overflowing.
        let by = by.min(100 * 365 * 24 * 3_600 * 1_000);
        self.ahead_ms.fetch_add(by, Ordering::SeqCst);
    }

    /// The midnight before the start: dates of the world count back from it.
    pub(crate) fn first_midnight(&self) -> OffsetDateTime {
        self.started.replace_time(Time::MIDNIGHT)
    }
}

/// A moment as the vendor writes it: `2019-08-24T14:15:22Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp(pub OffsetDateTime);

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(at) = self;
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            at.year(),
            u8::from(at.month()),
            at.day(),
            at.hour(),
            at.minute(),
            at.second()
        )
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
