//! What paths and user agents say.

use model::Moment;
use time::{Date, Month};
use uuid::Uuid;

/// The headings of an export.
pub(super) const HEADS: [&str; 7] =
    ["Time", "Event", "Outcome", "Who", "Network address", "Program", "Steward's request"];

/// The name of an export, which tells where it does not have everything.
pub(super) fn name_of_export(rows: usize, of: usize, left_out: u64) -> String {
    let cut = if rows < of { format!("-first-{rows}-of-{of}") } else { String::new() };
    let without = if left_out > 0 { format!("-without-{left_out}-files") } else { String::new() };
    format!("activity{cut}{without}.csv")
}

/// The kind of event and the hour that a path names: `…/eventType=create_user/2026/11/21/13/…`, or with `date=` and
/// `hour=` before them. What it does not name is empty.
pub(super) fn place_of(path: &str) -> (String, Option<Moment>) {
    let kind = path.split('/').find_map(|part| part.strip_prefix("eventType=")).unwrap_or_default();
    let numbers: Vec<u32> = path
        .split(['/', '='])
        .flat_map(|part| part.split('-'))
        .filter(|part| part.len() == 4 || part.len() == 2)
        .filter_map(|part| part.parse().ok())
        .collect();
    let hour = numbers.windows(4).find_map(|four| {
        let [year, month, day, hour]: [u32; 4] = four.try_into().ok()?;
        moment(year, month, day, hour)
    });
    (kind.to_owned(), hour)
}

fn moment(year: u32, month: u32, day: u32, hour: u32) -> Option<Moment> {
    if !(2020..2200).contains(&year) {
        return None;
    }
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
    let at = date.with_hms(u8::try_from(hour).ok()?, 0, 0).ok()?;
    Some(Moment::from(at.assume_utc()))
}

/// A user agent without the mark of a request of ours, and the request: `Steward/0.1 (req=…; act=…)`.
pub(super) fn mark_of(agent: &str) -> (&str, Option<Uuid>) {
    let Some((program, rest)) = agent.split_once(" (req=") else { return (agent, None) };
    let id = rest.split([';', ')']).next().and_then(|id| Uuid::try_parse(id.trim()).ok());
    if id.is_some() { (program, id) } else { (agent, None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_kind_and_hour_in_more_than_one_way() {
        let hour = Moment::parse("2026-11-21T07:00:00Z");
        for path in [
            "tenant/3fa85f64-5717-4562-b3fc-2c963f66afa6/eventType=create_user/2026/11/21/07/activity.json",
            "log/eventType=create_user/date=2026-11-21/hour=07/part-0.json",
            "log/year=2026/month=11/day=21/hour=07/eventType=create_user/x.json.gz",
        ] {
            assert_eq!(place_of(path), ("create_user".to_owned(), hour), "{path}");
        }
        assert_eq!(place_of("some/file.json"), (String::new(), None));
        assert_eq!(place_of("eventType=a/2026/13/21/07"), ("a".to_owned(), None));
    }

    #[test]
    fn the_name_of_an_export_tells_what_is_missing() {
        assert_eq!(name_of_export(5, 5, 0), "activity.csv");
        assert_eq!(name_of_export(2, 5, 0), "activity-first-2-of-5.csv");
        assert_eq!(name_of_export(2, 5, 3), "activity-first-2-of-5-without-3-files.csv");
    }

    #[test]
    fn our_mark_is_found_and_nothing_like_it() {
        let id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
        let (program, request) = mark_of("Steward/0.1.0 (req=3fa85f64-5717-4562-b3fc-2c963f66afa6; act=x)");
        assert_eq!((program, request), ("Steward/0.1.0", Uuid::try_parse(id).ok()));
        for other in ["Mozilla/5.0 (Windows)", "Steward/0.1.0 (req=none; act=x)", "", " (req="] {
            assert_eq!(mark_of(other), (other, None));
        }
    }
}
