//! Bars: always beside the numbers they draw, never instead of them.

use leptos::prelude::*;
use model::licences::{RoleLimits, Seats, Tier};

use crate::parts::text::{number, percent};

/// How full something is. Drawn as SVG, because the Content-Security-Policy forbids `style`.
#[component]
pub fn Fullness(
    /// The part that is used.
    used: u64,
    /// The whole.
    of: u64,
    /// The class that gives the colour.
    hue: &'static str,
) -> impl IntoView {
    let full = percent(used, of);
    let level = match full {
        100.. => "bar full",
        90.. => "bar tight",
        _ => "bar",
    };
    view! {
        <svg class=level viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="ground" width="100" height="4"></rect>
            <rect class=hue width=full.min(100).to_string() height="4"></rect>
        </svg>
    }
}

/// How people spread over the kinds of seats.
#[component]
pub fn Mix(
    /// The people by tier.
    seats: Seats,
) -> impl IntoView {
    let whole: u64 = Tier::ALL.iter().map(|tier| seats.of(*tier)).sum();
    let mut from = 0.0;
    let parts = Tier::ALL.map(|tier| {
        let wide = if whole == 0 { 0.0 } else { seats.of(tier) as f64 * 100.0 / whole as f64 };
        let at = from;
        from += wide;
        view! { <rect class=tier.class() x=format!("{at:.2}") width=format!("{wide:.2}") height="4"></rect> }
    });
    view! {
        <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="ground" width="100" height="4"></rect>
            {parts.into_iter().collect_view()}
        </svg>
    }
}

/// One tier's use of a site's role limit: the numbers, and the bar that draws them.
#[component]
pub fn Headroom(
    /// The tier.
    tier: Tier,
    /// The people by tier.
    seats: Seats,
    /// The site's limits.
    limits: RoleLimits,
) -> impl IntoView {
    let used = seats.of(tier);
    match limits.of(tier).at_most {
        Some(limit) => view! {
            <span class="headroom">
                <span>{number(used)} <span class="soft">" of " {number(limit)}</span></span>
                <Fullness used of=limit hue=tier.class()/>
            </span>
        }
        .into_any(),
        None => view! { <span class="headroom"><span>{number(used)}</span></span> }.into_any(),
    }
}
