//! A point in time, always UTC.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A point in time in UTC, to the microsecond.
///
/// It travels as a number and is written out by hand, so that the browser carries neither a reader nor a writer of
/// time formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

impl Moment {
    /// Reads an RFC 3339 time, as both vendor APIs print it.
    pub fn parse(text: &str) -> Option<Self> {
        OffsetDateTime::parse(text, &Rfc3339).ok().map(Self::from)
    }

    /// The time as the `time` crate has it.
    pub fn time(self) -> OffsetDateTime {
        let whole = OffsetDateTime::from_unix_timestamp(self.0.div_euclid(1_000_000));
        let rest = time::Duration::microseconds(self.0.rem_euclid(1_000_000));
        whole.map_or(OffsetDateTime::UNIX_EPOCH, |whole| whole.saturating_add(rest))
    }

    /// The moment so many seconds after the beginning of 1970.
    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// Seconds since 1970.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// Seconds from this moment until `later`; negative when it lies in the past.
    pub fn seconds_until(self, later: Self) -> i64 {
        later.0.saturating_sub(self.0) / 1_000_000
    }

    /// This moment moved by so many seconds.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// RFC 3339 to the second, for machines: `2026-03-03T12:04:31Z`.
    pub fn machine(self) -> String {
        let time = self.time();
        let (year, month, day) = (time.year(), u8::from(time.month()), time.day());
        format!("{year:04}-{month:02}-{day:02}T{}Z", self.clock())
    }

    /// Hours, minutes and seconds: `12:04:31`.
    pub fn clock(self) -> String {
        let time = self.time();
        format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
    }

    /// The day in words: `3 Mar 2026`.
    pub fn day(self) -> String {
        let time = self.time();
        let month = MONTHS[usize::from(u8::from(time.month()) - 1)];
        format!("{} {month} {}", time.day(), time.year())
    }
}

impl From<OffsetDateTime> for Moment {
    fn from(time: OffsetDateTime) -> Self {
        // Years beyond 290,000 do not fit; such a time is a mistake of somebody's, and stays at the edge.
        let micros = time.unix_timestamp_nanos() / 1_000;
        Self(i64::try_from(micros).unwrap_or(if micros < 0 { i64::MIN } else { i64::MAX }))
    }
}

impl fmt::Display for Moment {
    /// The day and the clock, as pages show it: `3 Mar 2026, 12:04:31 UTC`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}, {} UTC", self.day(), self.clock())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_another_zone_is_shown_in_utc() {
        let moment = Moment::parse("2026-03-03T14:04:31+02:00").unwrap();
        assert_eq!(moment.to_string(), "3 Mar 2026, 12:04:31 UTC");
        assert_eq!(moment.machine(), "2026-03-03T12:04:31Z");
    }

    #[test]
    fn a_time_before_1970_and_one_beyond_all_bounds_are_shown_too() {
        assert_eq!(Moment::parse("1969-12-31T23:59:58.5Z").unwrap().clock(), "23:59:58");
        assert_eq!(Moment(i64::MAX).day(), "1 Jan 1970");
    }
}
