//! Where the counts come from, since when, and why there are gaps. Drawn on the server.

use leptos::prelude::*;
use model::licences::{history::Missed, sheets::SeatsSheet};

use super::told;
use crate::parts::{
    pairs::{Fact, Pairs, facts},
    text::count,
};

/// Gaps told one by one, the newest first.
const GAPS_SHOWN: usize = 8;

/// The card.
pub fn card(sheet: &SeatsSheet) -> AnyView {
    let running = match &sheet.turn {
        Some(turn) if turn.missed.is_none() => {
            Fact::Text(format!("done, with the token of {}", by(&turn.by)))
        }
        Some(turn) => {
            let tries = count(turn.tries.into(), "try", "tries");
            let why = turn.missed.map(told::missed).unwrap_or_default();
            let tries = if turn.missed == Some(Missed::NobodySignedIn) {
                String::new()
            } else {
                format!(" ({tries})")
            };
            Fact::Text(format!("missing so far{tries}: {why}"))
        }
        None => Fact::Text("due within a minute".to_owned()),
    };
    let facts = facts([
        ("Counted since", Fact::time(sheet.first, "never")),
        ("Newest count", Fact::time(sheet.last, "none yet")),
        ("Count of these six hours", running),
    ]);
    view! {
        <section class="card" aria-labelledby="sources-title">
            <h2 id="sources-title">"Where these counts come from"</h2>
            <Pairs facts/>
            <p class="lead-out">
                "Every six hours (from 0, 6, 12 and 18 o'clock UTC) Steward asks Tableau for all counts, once, whichever replica is first. It asks with the token of an administrator who is signed in at that time; when nobody is, it waits until somebody is, and the turn may pass without a count. Counts older than 90 days are kept once a day."
            </p>
            {gaps(sheet)}
        </section>
    }
    .into_any()
}

fn by(name: &str) -> &str {
    if name.is_empty() { "nobody" } else { name }
}

fn gaps(sheet: &SeatsSheet) -> AnyView {
    if sheet.gaps.is_empty() {
        let words = if sheet.counts.is_empty() {
            ""
        } else {
            "No turn was missed since the first count that is shown."
        };
        return view! { <p class="soft">{words}</p> }.into_any();
    }
    let lines = sheet
        .gaps
        .iter()
        .rev()
        .take(GAPS_SHOWN)
        .map(|gap| {
            view! { <li>{told::gap_time(gap)} ". " <span class="soft">{told::missed(gap.why)}</span></li> }
                .into_any()
        })
        .collect_view();
    let more = sheet.gaps.len().saturating_sub(GAPS_SHOWN) as u64;
    let more = (more > 0).then(|| {
        view! { <p class="soft">{format!("And {} before.", count(more, "gap", "gaps"))}</p> }
    });
    view! {
        <h3>"Times without a count"</h3>
        <ul class="points">{lines}</ul>
        {more}
    }
    .into_any()
}
