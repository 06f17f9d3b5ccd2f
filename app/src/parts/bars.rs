//! Bars: always beside the numbers they draw, never instead of them.

use leptos::prelude::*;
use model::licences::{RoleLimits, Seats, Tier};

use crate::parts::{
    badges::badge,
    text::{number, percent},
};

/// A bar of parts, each a class and a share in hundredths. Drawn as SVG, because the Content-Security-Policy forbids
/// `style`.
fn bar(class: &'static str, parts: Vec<(&'static str, f64)>) -> AnyView {
    let mut from = 0.0;
    let parts = parts
        .into_iter()
        .map(|(hue, share)| {
            let at = from;
            from += share;
            view! { <rect class=hue x=format!("{at:.2}") width=format!("{share:.2}") height="4"></rect> }
                .into_any()
        })
        .collect_view();
    view! {
        <svg class=class viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="ground" width="100" height="4"></rect>
            {parts}
        </svg>
    }
    .into_any()
}

/// How full something is; `hue` is the class that gives the colour.
pub fn fullness(used: u64, of: u64, hue: &'static str) -> AnyView {
    let full = percent(used, of);
    let class = match full {
        100.. => "bar full",
        90.. => "bar tight",
        _ => "bar",
    };
    bar(class, vec![(hue, full.min(100) as f64)])
}

/// How far something is: what is done, what differs from what was asked, what failed, and what is left.
pub fn progress(done: u64, differs: u64, failed: u64, of: u64) -> AnyView {
    let share = |part: u64| if of == 0 { 0.0 } else { part.min(of) as f64 * 100.0 / of as f64 };
    bar("bar thick", vec![("done", share(done)), ("differs", share(differs)), ("failed", share(failed))])
}

/// How people spread over the kinds of seats.
pub fn mix(seats: Seats) -> AnyView {
    let whole: u64 = Tier::ALL.iter().map(|tier| seats.of(*tier)).sum();
    let share = |tier: Tier| if whole == 0 { 0.0 } else { seats.of(tier) as f64 * 100.0 / whole as f64 };
    bar("bar", Tier::ALL.iter().map(|tier| (tier.class(), share(*tier))).collect())
}

/// A number above the bar that draws it.
pub fn with_bar(words: AnyView, bar: AnyView) -> AnyView {
    view! { <span class="headroom"><span>{words}</span>{bar}</span> }.into_any()
}

/// One tier's use of a site's role limit: the numbers, and the bar that draws them.
pub fn headroom(tier: Tier, seats: Seats, limits: RoleLimits) -> AnyView {
    let used = seats.of(tier);
    let Some(limit) = limits.of(tier).own() else { return number(used).into_any() };
    let full = (used >= limit).then(|| badge("warn", "full".to_owned()));
    let words =
        view! { {full} " " {number(used)} <span class="soft">{format!(" of {}", number(limit))}</span> };
    with_bar(words.into_any(), fullness(used, limit, tier.class()))
}
