//! A point in time, always UTC, read and written as the vendor and the audit log write it.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::{
    Date, OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339, macros::format_description,
};

/// A point in time in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(#[serde(with = "time::serde::rfc3339")] OffsetDateTime);

impl Moment {
    /// Reads an RFC 3339 time, as both vendor APIs print it.
    pub fn parse(text: &str) -> Option<Self> {
        OffsetDateTime::parse(text, &Rfc3339).ok().map(Self::from)
    }

    /// The time as the `time` crate has it.
    pub fn time(self) -> OffsetDateTime {
        self.0
    }

    /// Seconds from this moment until `later`; negative when it lies in the past.
    pub fn seconds_until(self, later: Self) -> i64 {
        (later.0 - self.0).whole_seconds()
    }

    /// This moment moved by so many seconds.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(time::Duration::seconds(seconds)))
    }

    /// RFC 3339, for machines: `2026-03-03T12:04:31Z`.
    pub fn machine(self) -> String {
        self.0.format(&Rfc3339).unwrap_or_default()
    }

    /// Hours, minutes and seconds: `12:04:31`.
    pub fn clock(self) -> String {
        self.0.format(format_description!("[hour]:[minute]:[second]")).unwrap_or_default()
    }

    /// The day in words: `3 Mar 2026`.
    pub fn day(self) -> String {
        let day: Date = self.0.date();
        day.format(format_description!("[day padding:none] [month repr:short] [year]")).unwrap_or_default()
    }
}

impl From<OffsetDateTime> for Moment {
    fn from(time: OffsetDateTime) -> Self {
        Self(time.to_offset(UtcOffset::UTC))
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
}
