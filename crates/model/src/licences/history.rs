//! Seats over time: what was counted when, and where nothing was counted.

use serde::{Deserialize, Serialize};

use super::{RoleLimits, Seats};
use crate::{Moment, ProblemCode, SiteId};

/// Seats are counted once in each such stretch of the day: from 0, 6, 12 and 18 o'clock UTC.
pub const TURN_SECONDS: i64 = 6 * 3_600;
/// Seconds of a day.
pub const DAY_SECONDS: i64 = 86_400;
/// Counts older than this many days are thinned to the last one of each day.
pub const WHOLE_DAYS: i64 = 90;
/// The spans that a chart can show, in days.
pub const SPANS: [i64; 3] = [30, 90, 365];

/// What was counted: the tenant, each person once, or one of its sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CountOf {
    /// The tenant.
    Tenant,
    /// One site.
    Site(SiteId),
}

/// One count of one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatCount {
    /// Of what.
    pub of: CountOf,
    /// The people by tier.
    pub seats: Seats,
}

/// A count and its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedAt {
    /// When.
    pub at: Moment,
    /// The people by tier.
    pub seats: Seats,
}

/// A site as it was told with the last count it was in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedSite {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// Its role limits.
    pub limits: RoleLimits,
    /// With which count.
    pub seen: Moment,
}

/// Why nothing was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Missed {
    /// No administrator was signed in, so there was no token to ask Tableau with.
    NobodySignedIn,
    /// Tableau, or the database, did not do its part.
    Problem(ProblemCode),
    /// Steward did not run, or was not set up yet.
    NotRunning,
}

impl Missed {
    /// The word in the database.
    pub fn word(self) -> String {
        match self {
            Self::NobodySignedIn => "nobody-signed-in".to_owned(),
            Self::Problem(code) => code.word(),
            Self::NotRunning => "not-running".to_owned(),
        }
    }

    /// Reads the word. One of a later version means a problem that this one does not know.
    pub fn parse(word: &str) -> Self {
        match word {
            "nobody-signed-in" => Self::NobodySignedIn,
            "not-running" => Self::NotRunning,
            word => Self::Problem(ProblemCode::parse(word).unwrap_or(ProblemCode::Internal)),
        }
    }
}

/// What became of one turn of six hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// When it began.
    pub begins: Moment,
    /// Why it brought no count; `None` when it did.
    pub missed: Option<Missed>,
    /// How often it was tried in vain.
    pub tries: u32,
    /// The last try, or the count.
    pub at: Moment,
    /// Whose token asked; empty for nobody's.
    pub by: String,
}

/// The beginning of the turn that a moment is in.
pub fn turn_of(at: Moment) -> Moment {
    Moment::from_seconds(at.seconds().div_euclid(TURN_SECONDS) * TURN_SECONDS)
}

/// The day, counted from 1970.
pub fn day_of(at: Moment) -> i64 {
    at.seconds().div_euclid(DAY_SECONDS)
}

/// How closely a series is looked at: older counts are thinned, and a year is drawn by days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Every count; a turn without one is a gap.
    Turns,
    /// The last count of each day; a day without one is a gap.
    Days,
}

impl Step {
    /// The step that a span of so many days is drawn by.
    pub fn of_span(days: i64) -> Self {
        if days > WHOLE_DAYS { Self::Days } else { Self::Turns }
    }

    /// Which turn or day a moment is in.
    fn number(self, at: Moment) -> i64 {
        match self {
            Self::Turns => at.seconds().div_euclid(TURN_SECONDS),
            Self::Days => day_of(at),
        }
    }

    /// The moment at which a turn or day begins.
    fn begins(self, number: i64) -> Moment {
        match self {
            Self::Turns => Moment::from_seconds(number * TURN_SECONDS),
            Self::Days => Moment::from_seconds(number * DAY_SECONDS),
        }
    }
}

/// The last count of each day, oldest first.
pub fn by_day(counts: &[CountedAt]) -> Vec<CountedAt> {
    let mut days: Vec<CountedAt> = Vec::new();
    for count in counts {
        match days.last_mut() {
            Some(last) if day_of(last.at) == day_of(count.at) => *last = *count,
            _ => days.push(*count),
        }
    }
    days
}

/// The counts in stretches without a gap. A line is drawn through each, and none from one to the next.
pub fn stretches(counts: &[CountedAt], step: Step) -> Vec<Vec<CountedAt>> {
    let counts = if step == Step::Days { by_day(counts) } else { counts.to_vec() };
    let mut stretches: Vec<Vec<CountedAt>> = Vec::new();
    for count in counts {
        let goes_on = stretches
            .last()
            .and_then(|stretch| stretch.last())
            .is_some_and(|last| step.number(count.at) - step.number(last.at) <= 1);
        match stretches.last_mut() {
            Some(stretch) if goes_on => stretch.push(count),
            _ => stretches.push(vec![count]),
        }
    }
    stretches
}

/// A time in which nothing was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// From the first turn without a count.
    pub from: Moment,
    /// Until the first turn that has one again, or now.
    pub until: Moment,
    /// The reason that was met most often.
    pub why: Missed,
}

/// The gaps between the first count and now. The turn that is running now is none: it has time until its end.
pub fn gaps(counts: &[CountedAt], turns: &[Turn], step: Step, now: Moment) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut ends: Vec<i64> = counts.iter().map(|count| step.number(count.at)).collect();
    if ends.is_empty() {
        return gaps;
    }
    ends.push(step.number(now));
    ends.dedup();
    for pair in ends.windows(2) {
        if pair[1] - pair[0] > 1 {
            let (from, until) = (step.begins(pair[0] + 1), step.begins(pair[1]));
            gaps.push(Gap { from, until, why: why(turns, from, until) });
        }
    }
    gaps
}

fn why(turns: &[Turn], from: Moment, until: Moment) -> Missed {
    let missed: Vec<Missed> = turns
        .iter()
        .filter(|turn| turn.begins >= from && turn.begins < until)
        .filter_map(|turn| turn.missed)
        .collect();
    let often = |why: &Missed| missed.iter().filter(|it| *it == why).count();
    let wanted = (until.seconds() - from.seconds()) / TURN_SECONDS;
    let most = missed.iter().max_by_key(|why| often(why)).copied();
    // Turns that nobody even tried in are those in which Steward did not run.
    match most {
        Some(why) if often(&why) as i64 * 2 >= wanted - missed.len() as i64 => why,
        _ => Missed::NotRunning,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    fn count(text: &str, creators: u64) -> CountedAt {
        CountedAt { at: at(text), seats: Seats { creators, ..Seats::default() } }
    }

    #[test]
    fn a_turn_begins_every_six_hours() {
        assert_eq!(turn_of(at("2026-03-03T05:59:59Z")), at("2026-03-03T00:00:00Z"));
        assert_eq!(turn_of(at("2026-03-03T18:00:00Z")), at("2026-03-03T18:00:00Z"));
    }

    #[test]
    fn counts_in_neighbouring_turns_are_one_line_and_a_missed_turn_breaks_it() {
        // Eleven hours apart, and yet no turn is missing; seven hours apart, and one is not missing either.
        let counts = [
            count("2026-03-03T00:10:00Z", 1),
            count("2026-03-03T11:50:00Z", 2),
            count("2026-03-03T12:10:00Z", 3),
            count("2026-03-04T00:10:00Z", 4),
        ];
        let lines = stretches(&counts, Step::Turns);
        assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [3, 1]);
        let days = stretches(&counts, Step::Days);
        assert_eq!(days.iter().map(Vec::len).collect::<Vec<_>>(), [2]);
        assert_eq!(days[0][0].seats.creators, 3, "the last count of the day stands for it");
    }

    #[test]
    fn a_gap_says_why_and_the_running_turn_is_none() {
        let counts = [count("2026-03-03T00:10:00Z", 1), count("2026-03-03T18:10:00Z", 2)];
        let turn = |begins: &str, missed| Turn {
            begins: at(begins),
            missed,
            tries: 1,
            at: at(begins),
            by: String::new(),
        };
        let turns = [
            turn("2026-03-03T06:00:00Z", Some(Missed::NobodySignedIn)),
            turn("2026-03-03T12:00:00Z", Some(Missed::NobodySignedIn)),
        ];
        let now = at("2026-03-04T03:00:00Z");
        let found = gaps(&counts, &turns, Step::Turns, now);
        let gap = Gap {
            from: at("2026-03-03T06:00:00Z"),
            until: at("2026-03-03T18:00:00Z"),
            why: Missed::NobodySignedIn,
        };
        assert_eq!(found, [gap]);
        let untold = gaps(&counts, &[], Step::Turns, at("2026-03-04T13:00:00Z"));
        assert_eq!(untold.len(), 2);
        assert!(untold.iter().all(|gap| gap.why == Missed::NotRunning), "{untold:?}");
    }

    #[test]
    fn nothing_counted_at_all_is_no_gap() {
        assert!(gaps(&[], &[], Step::Turns, at("2026-03-03T00:00:00Z")).is_empty());
    }

    #[test]
    fn every_reason_keeps_its_word() {
        for why in [Missed::NobodySignedIn, Missed::NotRunning, Missed::Problem(ProblemCode::VendorTimeout)] {
            assert_eq!(Missed::parse(&why.word()), why);
        }
    }
}
