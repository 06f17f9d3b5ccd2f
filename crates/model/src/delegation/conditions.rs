//! What a grant asks for besides itself: a fresh proof, a reason, a ticket, and where and when it counts at all.

use std::{collections::BTreeSet, net::IpAddr};

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::{Standing, TicketPattern};

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// What is asked for besides the grant itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Conditions {
    /// A sign-in or second factor of the last five minutes, for every change.
    pub step_up: bool,
    /// A reason for every change.
    pub reason: bool,
    /// A ticket in that reason, written so.
    pub ticket: Option<TicketPattern>,
    /// The hours of the week in which it counts; `None` for always.
    pub hours: Option<Hours>,
    /// The networks from which it counts; none for every one.
    pub networks: BTreeSet<IpNet>,
}

/// Hours of the week, on the clocks of one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The days on which they begin.
    pub days: BTreeSet<Day>,
    /// The minute of the day from which.
    pub from: u16,
    /// The minute before which they end: on the day after, where it is no later than `from`.
    pub until: u16,
    /// The time zone, by its name in the IANA database: `Europe/Berlin`, `UTC`.
    pub zone: String,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "their names say it")]
pub enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// What the clocks of a place show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Local {
    /// The day.
    pub day: Day,
    /// The minute of the day.
    pub minute: u16,
}

impl Conditions {
    /// Why the grant does not count at this time. `clocks` tells what they show in a zone; a zone that nobody knows opens
    /// nothing.
    pub fn closed_now(&self, clocks: impl Fn(&str) -> Option<Local>) -> Option<Standing> {
        let hours = self.hours.as_ref()?;
        let open = clocks(&hours.zone).is_some_and(|local| hours.hold(local));
        (!open).then_some(Standing::OutsideHours)
    }

    /// Why the grant does not count for a request from this address. What comes from nobody knows where comes from no
    /// network.
    pub fn closed_here(&self, address: Option<IpAddr>) -> Option<Standing> {
        // A server that listens on both kinds of addresses sees the old ones in the clothes of the new.
        let address = address.map(|address| address.to_canonical());
        let inside = |address: IpAddr| self.networks.iter().any(|network| network.contains(&address));
        (!self.networks.is_empty() && !address.is_some_and(inside)).then_some(Standing::OtherNetwork)
    }
}

impl Hours {
    /// Whether they hold at a time. The same time twice is a whole day.
    pub fn hold(&self, at: Local) -> bool {
        let over_night = self.until <= self.from;
        let began_today =
            self.days.contains(&at.day) && at.minute >= self.from && (over_night || at.minute < self.until);
        let began_yesterday = over_night && self.days.contains(&at.day.before()) && at.minute < self.until;
        began_today || began_yesterday
    }

    /// In words: `Monday, Tuesday and Friday, 08:00 to 18:00, Europe/Berlin`.
    pub fn words(&self) -> String {
        let days: Vec<&str> = self.days.iter().map(|day| day.words()).collect();
        let days = match self.days.len() {
            7 => "every day".to_owned(),
            _ => super::words::listed(&days, "and"),
        };
        let next = if self.until <= self.from && self.until > 0 { " on the day after" } else { "" };
        format!("{days}, {} to {}{next}, {}", clock(self.from), clock(self.until), self.zone)
    }
}

/// A minute of the day as clocks show it.
pub fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Reads what a clock shows.
pub fn minute_of(clock: &str) -> Option<u16> {
    let (hours, minutes) = clock.trim().split_once(':')?;
    let are_digits = |text: &str| text.len() == 2 && text.bytes().all(|sign| sign.is_ascii_digit());
    let two = |text: &str| text.parse::<u16>().ok().filter(|_| are_digits(text));
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    Some(hours * 60 + minutes).filter(|minute| minutes < 60 && *minute < DAY)
}

impl Day {
    /// All there are, in their order.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The word in forms.
    pub fn word(self) -> String {
        crate::words::kebab(&self)
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.word() == word)
    }

    /// The name.
    pub fn words(self) -> &'static str {
        match self {
            Self::Monday => "Monday",
            Self::Tuesday => "Tuesday",
            Self::Wednesday => "Wednesday",
            Self::Thursday => "Thursday",
            Self::Friday => "Friday",
            Self::Saturday => "Saturday",
            Self::Sunday => "Sunday",
        }
    }

    fn before(self) -> Self {
        Self::ALL[(self as usize + 6) % 7]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: Day, text: &str) -> Local {
        Local { day, minute: minute_of(text).unwrap() }
    }

    fn hours(days: &[Day], from: &str, until: &str) -> Hours {
        let (from, until) = (minute_of(from).unwrap(), minute_of(until).unwrap());
        Hours { days: days.iter().copied().collect(), from, until, zone: "UTC".to_owned() }
    }

    #[test]
    fn hours_hold_from_their_first_minute_until_before_their_last() {
        let work = hours(&[Day::Monday, Day::Friday], "08:00", "18:00");
        for (day, clock, holds) in [
            (Day::Monday, "07:59", false),
            (Day::Monday, "08:00", true),
            (Day::Friday, "17:59", true),
            (Day::Friday, "18:00", false),
            (Day::Tuesday, "12:00", false),
        ] {
            assert_eq!(work.hold(at(day, clock)), holds, "{day:?} {clock}");
        }
    }

    #[test]
    fn a_night_belongs_to_the_day_on_which_it_began() {
        let night = hours(&[Day::Sunday], "22:00", "06:00");
        assert!(night.hold(at(Day::Sunday, "22:00")) && night.hold(at(Day::Monday, "05:59")));
        assert!(!night.hold(at(Day::Monday, "06:00")) && !night.hold(at(Day::Monday, "22:00")));
        assert!(!night.hold(at(Day::Sunday, "05:00")), "that night began on Saturday");
        let day = hours(&[Day::Wednesday], "00:00", "00:00");
        assert!(day.hold(at(Day::Wednesday, "00:00")) && day.hold(at(Day::Wednesday, "23:59")));
        assert!(!day.hold(at(Day::Thursday, "00:00")));
    }

    #[test]
    fn only_what_a_clock_shows_is_read() {
        for text in ["", "8:00", "24:00", "12:60", "12", "aa:bb", "+1:00", "12:00:00"] {
            assert_eq!(minute_of(text), None, "{text}");
        }
        assert_eq!(minute_of("23:59").map(clock).as_deref(), Some("23:59"));
    }

    #[test]
    fn a_zone_that_nobody_knows_and_an_address_that_nobody_knows_open_nothing() {
        let hours = Some(hours(&Day::ALL, "00:00", "00:00"));
        let networks = BTreeSet::from(["10.0.0.0/8".parse().unwrap(), "2001:db8::/32".parse().unwrap()]);
        let conditions = Conditions { hours, networks, ..Conditions::default() };
        assert_eq!(conditions.closed_now(|_| None), Some(Standing::OutsideHours));
        assert_eq!(conditions.closed_now(|_| Some(at(Day::Monday, "00:00"))), None);
        for (address, closed) in [
            ("10.1.2.3", false),
            ("::ffff:10.1.2.3", false),
            ("2001:db8::1", false),
            ("11.1.2.3", true),
            ("2001:db9::1", true),
        ] {
            assert_eq!(conditions.closed_here(address.parse().ok()).is_some(), closed, "{address}");
        }
        assert_eq!(conditions.closed_here(None), Some(Standing::OtherNetwork));
        assert_eq!(Conditions::default().closed_here(None), None);
    }

    #[test]
    fn a_grant_that_was_kept_before_there_were_hours_is_read() {
        let kept: Conditions = serde_json::from_str(r#"{"step_up":true,"reason":false}"#).unwrap();
        assert_eq!(kept, Conditions { step_up: true, ..Conditions::default() });
    }

    #[test]
    fn days_are_read_back_and_hours_are_said_in_words() {
        assert!(Day::ALL.into_iter().all(|day| Day::parse(&day.word()) == Some(day)));
        assert_eq!(
            hours(&[Day::Monday, Day::Friday], "08:00", "18:00").words(),
            "Monday and Friday, 08:00 to 18:00, UTC"
        );
        assert_eq!(
            hours(&Day::ALL, "22:00", "06:00").words(),
            "every day, 22:00 to 06:00 on the day after, UTC"
        );
    }
}
