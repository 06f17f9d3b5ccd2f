//! Numbers, sizes and times as people read them, the same on both sides.

use leptos::prelude::*;
use model::Moment;

/// A number with its thousands set apart: `1,302`.
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number of things, in the singular or the plural: `1 person`, `2,000 people`.
pub fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

/// Why the numbers of people of some sites are left out.
pub fn not_counted(sites: u64) -> Option<AnyView> {
    let words = "How many people a site has is told to those whose grant is for everybody on it. Yours is for some, so";
    let left_out =
        if sites == 1 { "the number of 1 site is left out." } else { "some numbers are left out." };
    (sites > 0).then(|| view! { <p class="soft">{format!("{words} {left_out}")}</p> }.into_any())
}

/// Megabytes as the vendor gives them, in the unit that reads best: `3.4 GB`.
pub fn megabytes(value: u64) -> String {
    match value {
        0..1_000 => format!("{} MB", number(value)),
        1_000..1_000_000 => format!("{}.{} GB", number(value / 1_000), value % 1_000 / 100),
        _ => format!("{}.{} TB", number(value / 1_000_000), value % 1_000_000 / 100_000),
    }
}

/// How much of a whole, in whole percent; nothing of nothing is nothing.
pub fn percent(part: u64, whole: u64) -> u64 {
    part.saturating_mul(100).checked_div(whole).unwrap_or_default()
}

/// A stretch of time in its two largest units: `3 h 12 min`.
pub fn stretch(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => "less than a minute".to_owned(),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (1, ..) => "1 day".to_owned(),
        (days, ..) => format!("{days} days"),
    }
}

/// A point in time, for people and for machines.
#[component]
pub fn Time(
    /// The time.
    at: Moment,
) -> impl IntoView {
    view! { <time datetime=at.machine()>{at.to_string()}</time> }
}

/// A point in time where the day is enough.
#[component]
pub fn Day(
    /// The time.
    at: Moment,
) -> impl IntoView {
    view! { <time datetime=at.machine() title=at.to_string()>{at.day()}</time> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sizes_and_stretches_read_well() {
        assert_eq!(
            [number(0), number(999), number(1_302), number(1_234_567)],
            ["0", "999", "1,302", "1,234,567"]
        );
        assert_eq!([megabytes(12), megabytes(3_456), megabytes(2_000_000)], ["12 MB", "3.4 GB", "2.0 TB"]);
        assert_eq!([percent(1, 3), percent(5, 0), percent(7, 5)], [33, 0, 140]);
        assert_eq!(
            [stretch(5), stretch(600), stretch(11_520), stretch(90_000)],
            ["less than a minute", "10 min", "3 h 12 min", "1 day",]
        );
        assert_eq!(count(1, "person", "people"), "1 person");
    }
}
