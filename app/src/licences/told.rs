//! Forecasts, gaps, evidence and reasons in words.

use model::{
    Moment, ProblemCode,
    licences::{
        forecast::{DAYS_NEEDED, Forecast, SPAN_DAYS},
        history::{Gap, Missed},
        idle::{Evidence, LeftOut, Seen},
        keeping::Filled,
    },
};

use crate::parts::text::{count, number, percent};

/// What can be said of the day a limit is reached: in short, and what stands behind it.
pub fn ahead(forecast: Forecast) -> (String, String) {
    let of_days = |days: u32| format!("by a line through {}", count(days.into(), "day", "days"));
    match forecast {
        Forecast::Reached => ("Reached".to_owned(), "No seat of this kind is left.".to_owned()),
        Forecast::TooFew { days, span } => (
            "Too early to say".to_owned(),
            format!(
                "Counted on {} over {}; it takes {DAYS_NEEDED} days over {SPAN_DAYS}.",
                count(days.into(), "day", "days"),
                count(span.into(), "day", "days")
            ),
        ),
        Forecast::NoGrowth { days } => {
            ("No growth".to_owned(), format!("The count falls or stays, {}.", of_days(days)))
        }
        Forecast::Unsure { days, earliest } => (
            "No steady growth".to_owned(),
            format!(
                "It grows, but so unsteadily that it may be chance. If it is not, not before {}, {}.",
                earliest.day(),
                of_days(days)
            ),
        ),
        Forecast::Far { days, tenths_a_month } => (
            "Not within three years".to_owned(),
            format!("{} more a month, {}.", tenths(tenths_a_month), of_days(days)),
        ),
        Forecast::On { days, tenths_a_month, day, earliest, latest } => (
            format!("About {}", day.day()),
            format!(
                "{} more a month; {}, {}.",
                tenths(tenths_a_month),
                range(earliest, latest),
                of_days(days)
            ),
        ),
    }
}

fn range(earliest: Moment, latest: Option<Moment>) -> String {
    match latest {
        Some(latest) if latest.day() == earliest.day() => "it grows evenly".to_owned(),
        Some(latest) => format!("between {} and {}", earliest.day(), latest.day()),
        None => format!("not before {}, and perhaps years later", earliest.day()),
    }
}

/// `3.4`, `120`.
fn tenths(tenths: u64) -> String {
    match tenths {
        0..1_000 => format!("{}.{}", tenths / 10, tenths % 10),
        _ => number(tenths / 10),
    }
}

/// A limit of which a threshold is passed.
pub fn passed(filled: &Filled) -> String {
    let place = if filled.name.is_empty() { "the tenant" } else { &filled.name };
    format!(
        "{} in {place}: {} of {}, {} %",
        filled.tier.word(),
        number(filled.used),
        number(filled.limit),
        number(percent(filled.used, filled.limit))
    )
}

/// Why nothing was counted.
pub fn missed(why: Missed) -> String {
    match why {
        Missed::NobodySignedIn => {
            "No administrator was signed in, so there was no token to ask Tableau with.".to_owned()
        }
        Missed::NotRunning => "Steward did not run.".to_owned(),
        Missed::Problem(ProblemCode::Internal) => "Something in Steward failed.".to_owned(),
        Missed::Problem(code) => format!("{}.", model::Problem::new(code).explain().title),
    }
}

/// When nothing was counted.
pub fn gap_time(gap: &Gap) -> String {
    let hours = gap.from.seconds_until(gap.until) / 3_600;
    let long = if hours >= 48 { format!("{} days", hours / 24) } else { format!("{hours} hours") };
    format!("{}, {} UTC, for {long}", gap.from.day(), &gap.from.clock()[..5])
}

/// What the last sign-in says.
pub fn seen(seen: Seen) -> String {
    match seen {
        Seen::LongAgo(days) => format!("{} ago", count(days.into(), "day", "days")),
        Seen::Never => "never".to_owned(),
        Seen::Unknown => "unknown".to_owned(),
        Seen::Lately => "lately".to_owned(),
    }
}

/// How much that is worth: the colour and the words of a badge, and why.
pub fn evidence(evidence: Evidence, seen: Seen) -> (&'static str, &'static str, &'static str) {
    match (evidence, seen) {
        (Evidence::Fair, _) => {
            ("good", "fair evidence", "Desktop and Prep need a Creator seat, so this misses little.")
        }
        (Evidence::Weak, Seen::Never) => (
            "warn",
            "weak evidence",
            "Tableau tells of no sign-in. That this means never is inferred, and somebody new has not signed in either.",
        ),
        (Evidence::Weak, _) => {
            ("warn", "weak evidence", "Creators may work in Desktop or Prep, which this misses.")
        }
        (Evidence::None, Seen::Unknown) => ("", "no evidence", "Tableau did not tell the last sign-in."),
        (Evidence::None, _) => ("", "in use", "They signed in lately."),
    }
}

/// Why somebody is left out.
pub fn left_out(why: &LeftOut) -> (&'static str, String) {
    match why {
        LeftOut::You => ("this is you", String::new()),
        LeftOut::CloudAdministrator => ("cloud administrator", String::new()),
        LeftOut::SiteAdministrator => ("site administrator", String::new()),
        LeftOut::SiteSuspended => ("suspended site", "a role there holds the seat".to_owned()),
        LeftOut::Protected { reason } => ("protected", reason.clone()),
        LeftOut::ByHand(it) => ("excluded", format!("{} (by {}, {})", it.reason, it.by, it.at.day())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forecast_says_its_range_and_its_ground() {
        let day = |text: &str| Moment::parse(text).unwrap();
        let told = ahead(Forecast::On {
            days: 61,
            tenths_a_month: 34,
            day: day("2026-09-01T00:00:00Z"),
            earliest: day("2026-08-01T00:00:00Z"),
            latest: None,
        });
        assert_eq!(told.0, "About 1 Sep 2026");
        assert_eq!(
            told.1,
            "3.4 more a month; not before 1 Aug 2026, and perhaps years later, by a line through 61 days."
        );
        assert_eq!(
            ahead(Forecast::NoGrowth { days: 1 }).1,
            "The count falls or stays, by a line through 1 day."
        );
    }
}
