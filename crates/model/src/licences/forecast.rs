//! When a limit is reached, if it goes on as it did: a straight line through one count a day.

use serde::{Deserialize, Serialize};

use super::{
    Tier,
    history::{CountedAt, DAY_SECONDS, by_day, day_of},
};
use crate::Moment;

/// Counts older than this do not count: an old habit says little of the next months.
pub const LOOKS_BACK_DAYS: i64 = 90;
/// The counts must reach back at least so far.
pub const SPAN_DAYS: i64 = 30;
/// And there must be one on at least so many days.
pub const DAYS_NEEDED: usize = 20;
/// Beyond three years a line through three months says nothing.
const FAR_DAYS: f64 = 3.0 * 365.0;
/// Two standard errors to each side: about 19 of 20 lines.
const ERRORS: f64 = 2.0;

/// What can honestly be said of the day on which a limit is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Forecast {
    /// It is reached already.
    Reached,
    /// Too few days were counted.
    TooFew {
        /// On how many days there was a count.
        days: u32,
        /// How far back the counts reach, in days.
        span: u32,
    },
    /// The counts fall or stay as they are.
    NoGrowth {
        /// On how many days there was a count.
        days: u32,
    },
    /// They grow, but so unsteadily that it may be chance.
    Unsure {
        /// On how many days there was a count.
        days: u32,
        /// The earliest day that the line allows.
        earliest: Moment,
    },
    /// They grow, but the limit is more than three years away.
    Far {
        /// On how many days there was a count.
        days: u32,
        /// Seats more in 30 days, in tenths.
        tenths_a_month: u64,
    },
    /// About then.
    On {
        /// On how many days there was a count.
        days: u32,
        /// Seats more in 30 days, in tenths.
        tenths_a_month: u64,
        /// The day on the line.
        day: Moment,
        /// The earliest day that the line allows.
        earliest: Moment,
        /// The latest; `None` for one more than three years away.
        latest: Option<Moment>,
    },
}

/// Looks ahead from the newest count, by the counts of the last 90 days.
pub fn forecast(counts: &[CountedAt], tier: Tier, limit: u64, now: Moment) -> Forecast {
    let since = now.plus_seconds(-LOOKS_BACK_DAYS * DAY_SECONDS);
    let recent: Vec<CountedAt> = counts.iter().filter(|count| count.at >= since).copied().collect();
    let days = by_day(&recent);
    // The newest of all counts, also when it is older than what the line is made of.
    if counts.last().is_some_and(|last| last.seats.of(tier) >= limit) {
        return Forecast::Reached;
    }
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Forecast::TooFew { days: 0, span: 0 };
    };
    let span = day_of(last.at) - day_of(first.at);
    let counted = days.len() as u32;
    if days.len() < DAYS_NEEDED || span < SPAN_DAYS {
        return Forecast::TooFew { days: counted, span: span as u32 };
    }
    let points: Vec<(f64, f64)> = days
        .iter()
        .map(|count| ((day_of(count.at) - day_of(first.at)) as f64, count.seats.of(tier) as f64))
        .collect();
    let line = Line::through(&points);
    let missing = limit as f64 - last.seats.of(tier) as f64;
    let after = |a_day: f64| last.at.plus_seconds((missing / a_day * DAY_SECONDS as f64) as i64);
    let within = |a_day: f64| a_day > 0.0 && missing / a_day <= FAR_DAYS;
    let (slow, fast) = (line.a_day - ERRORS * line.error, line.a_day + ERRORS * line.error);
    if line.a_day <= 0.0 {
        return Forecast::NoGrowth { days: counted };
    }
    let tenths_a_month = (line.a_day * 300.0).round() as u64;
    if slow <= 0.0 && within(fast) {
        return Forecast::Unsure { days: counted, earliest: after(fast) };
    }
    if !within(line.a_day) {
        return Forecast::Far { days: counted, tenths_a_month };
    }
    Forecast::On {
        days: counted,
        tenths_a_month,
        day: after(line.a_day),
        earliest: after(fast),
        latest: within(slow).then(|| after(slow)),
    }
}

/// A line by least squares.
struct Line {
    /// How much it rises a day.
    a_day: f64,
    /// The standard error of that.
    error: f64,
}

impl Line {
    /// The line through at least three points of which not all are on one day.
    fn through(points: &[(f64, f64)]) -> Self {
        let count = points.len() as f64;
        let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0, y + point.1));
        let (x, y) = (x / count, y / count);
        let (mut square, mut product) = (0.0, 0.0);
        for point in points {
            square += (point.0 - x).powi(2);
            product += (point.0 - x) * (point.1 - y);
        }
        let a_day = product / square;
        let off: f64 = points.iter().map(|point| (point.1 - y - a_day * (point.0 - x)).powi(2)).sum();
        Self { a_day, error: (off / (count - 2.0) / square).sqrt() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::licences::Seats;

    /// Viewers on so many days in a row, the last one now.
    fn days(viewers: impl DoubleEndedIterator<Item = u64>) -> Vec<CountedAt> {
        let viewers: Vec<u64> = viewers.collect();
        let first = now().plus_seconds(-(viewers.len() as i64 - 1) * DAY_SECONDS);
        viewers
            .into_iter()
            .enumerate()
            .map(|(day, viewers)| CountedAt {
                at: first.plus_seconds(day as i64 * DAY_SECONDS),
                seats: Seats { viewers, ..Seats::default() },
            })
            .collect()
    }

    fn now() -> Moment {
        Moment::parse("2026-06-01T12:00:00Z").unwrap()
    }

    fn ahead(counts: &[CountedAt], limit: u64) -> Forecast {
        forecast(counts, Tier::Viewer, limit, now())
    }

    #[test]
    fn a_steady_rise_names_its_day() {
        // One a day, 100 days before the limit of 150.
        let told = ahead(&days(0..=50), 150);
        let Forecast::On { day, earliest, latest, tenths_a_month, .. } = told else { panic!("{told:?}") };
        assert_eq!(day.day(), "9 Sep 2026");
        assert_eq!((earliest.day(), latest.map(Moment::day)), (day.day(), Some(day.day())));
        assert_eq!(tenths_a_month, 300);
    }

    #[test]
    fn an_unsteady_rise_names_a_range_around_its_day() {
        let told = ahead(&days((0..60).map(|day| 100 + day + (day * 7) % 11)), 300);
        let Forecast::On { day, earliest, latest, .. } = told else { panic!("{told:?}") };
        assert!(earliest < day && latest.is_some_and(|latest| day < latest), "{told:?}");
    }

    #[test]
    fn few_days_or_a_short_time_say_nothing() {
        assert_eq!(ahead(&[], 10), Forecast::TooFew { days: 0, span: 0 });
        assert_eq!(ahead(&days(0..19), 100), Forecast::TooFew { days: 19, span: 18 });
        // Forty counts, but all within two weeks.
        let often: Vec<CountedAt> = (0..40)
            .map(|turn| CountedAt {
                at: now().plus_seconds((turn - 39) * 6 * 3_600),
                seats: Seats { viewers: turn as u64, ..Seats::default() },
            })
            .collect();
        assert!(matches!(ahead(&often, 100), Forecast::TooFew { .. }));
    }

    #[test]
    fn without_growth_no_day_is_named() {
        assert!(matches!(ahead(&days((0..60).map(|_| 80)), 100), Forecast::NoGrowth { days: 60 }));
        assert!(matches!(ahead(&days((0..60).rev()), 100), Forecast::NoGrowth { .. }));
    }

    #[test]
    fn noise_that_happens_to_rise_is_no_growth_to_rely_on() {
        let told = ahead(&days((0..40).map(|day| 100 + (day * 37) % 23 + day / 20)), 130);
        assert!(matches!(told, Forecast::Unsure { .. }), "{told:?}");
    }

    #[test]
    fn a_limit_that_is_reached_or_very_far_says_so() {
        assert_eq!(ahead(&days(41..=100), 100), Forecast::Reached);
        assert_eq!(ahead(&days(41..=100), 99), Forecast::Reached);
        assert_eq!(ahead(&days(0..60), 0), Forecast::Reached);
        assert!(matches!(ahead(&days((0..60).map(|day| day / 20)), 1_000_000), Forecast::Far { .. }));
    }

    #[test]
    fn counts_older_than_three_months_do_not_bend_the_line() {
        let old = (0..100).map(|day| if day < 9 { 100_000 } else { day });
        assert!(matches!(ahead(&days(old), 200), Forecast::On { .. }));
    }
}
