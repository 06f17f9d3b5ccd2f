//! What the doctor found, in words: the same on the page and at a terminal.

use model::{
    doctor::{CLOCKS_AGREE, Limits, Outcome, Report, Tally, Tried},
    explain::{advice, explain},
};

use crate::parts::text::{count, number, stretch};

/// How many were answered: `16 of 17 answered`, and how many were not tried.
pub fn tally(tally: Tally) -> String {
    let left = match tally.left {
        0 => String::new(),
        left => format!(", {} not tried", number(left)),
    };
    format!("{} of {} answered{left}", number(tally.answered), number(tally.tried()))
}

/// The word for how a try ended, and its colour.
pub fn ending(outcome: &Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Answered(_) => ("good", "answered"),
        Outcome::Failed(..) => ("bad", "failed"),
        Outcome::Left(_) => ("", "not tried"),
    }
}

/// The figures of a try: status, time, and how often it was sent; empty for what was not tried.
pub fn figures(tried: &Tried) -> String {
    if matches!(tried.outcome, Outcome::Left(_)) || tried.attempts == 0 {
        return String::new();
    }
    let status = tried.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
    let often =
        if tried.attempts > 1 { format!(", sent {} times", number(tried.attempts)) } else { String::new() };
    format!("{status} in {} ms{often}", number(tried.milliseconds))
}

/// What a try told, or what went wrong and what to do: a sentence, and the next step.
pub fn words(tried: &Tried) -> (String, Option<&'static str>) {
    match &tried.outcome {
        Outcome::Answered(told) => (told.clone(), None),
        Outcome::Left(why) => (why.words().to_owned(), None),
        Outcome::Failed(code, said) => {
            let next = advice(&tried.operation, *code, said.is_some());
            (format!("{}.", explain(*code).title), Some(next))
        }
    }
}

/// The clocks in one sentence.
pub fn clocks(ahead: Option<i64>) -> String {
    match ahead {
        None => "Tableau told no time, so the clocks could not be compared.".to_owned(),
        Some(ahead) if ahead.abs() <= CLOCKS_AGREE => "The clocks agree.".to_owned(),
        Some(ahead) => {
            let by = match ahead.unsigned_abs() {
                seconds @ 0..120 => count(seconds, "second", "seconds"),
                _ => stretch(ahead.saturating_abs()),
            };
            let where_to = if ahead > 0 { "ahead of" } else { "behind" };
            format!("Tableau's clock is {by} {where_to} this machine's.")
        }
    }
}

/// The limits met in one sentence.
pub fn limits(limits: &Limits) -> String {
    match (&limits.last, limits.met) {
        (None, _) => "None met since Steward started.".to_owned(),
        (Some(last), met) => {
            let often = if met == 1 { "once".to_owned() } else { format!("{} times", number(met)) };
            let asked =
                last.seconds.map(|seconds| format!(", asking for {}", count(seconds, "second", "seconds")));
            format!(
                "Tableau asked to slow down {often} since Steward started, last {} at {}{}.",
                last.at,
                last.operation,
                asked.unwrap_or_default()
            )
        }
    }
}

/// The pace in one sentence.
pub fn pace(limits: &Limits) -> String {
    format!(
        "Runs and this doctor send at most {} calls a second to Tableau Cloud Manager, and nothing while it asks for a pause. Tableau publishes no figure.",
        number(u64::from(limits.a_second))
    )
}

/// The verdict over all of it, and its colour.
pub fn verdict(report: &Report) -> (&'static str, String) {
    let all = Tally::of(report.tries());
    if report.is_well() {
        return ("good", format!("All is well: {}.", tally(all)));
    }
    let clocks = if report.clocks_differ() { " The clocks differ." } else { "" };
    let tone = if all.answered == 0 { "bad" } else { "warn" };
    (tone, format!("{}.{clocks}", tally(all)))
}

#[cfg(test)]
mod tests {
    use model::{Moment, doctor::LimitMet};

    use super::*;

    #[test]
    fn a_difference_of_clocks_names_its_size_and_its_direction() {
        assert_eq!(clocks(Some(3_600)), "Tableau's clock is 1 h 0 min ahead of this machine's.");
        assert_eq!(clocks(Some(-90)), "Tableau's clock is 90 seconds behind this machine's.");
        assert_eq!(clocks(Some(2)), "The clocks agree.");
        assert!(clocks(None).contains("could not be compared"));
    }

    #[test]
    fn limits_tell_how_often_and_the_last_time() {
        let last =
            LimitMet { at: Moment::from_seconds(0), operation: "user.list".to_owned(), seconds: Some(7) };
        let met = Limits { met: 3, last: Some(last), a_second: 20 };
        let said = limits(&met);
        assert!(said.contains("3 times") && said.contains("user.list, asking for 7 seconds"), "{said}");
        assert_eq!(limits(&Limits::default()), "None met since Steward started.");
        assert!(pace(&met).contains("20 calls a second"));
    }

    #[test]
    fn what_was_not_tried_is_never_counted_as_answered() {
        assert_eq!(tally(Tally { answered: 4, failed: 2, left: 0 }), "4 of 6 answered");
        assert_eq!(tally(Tally { answered: 4, failed: 0, left: 2 }), "4 of 4 answered, 2 not tried");
    }
}
