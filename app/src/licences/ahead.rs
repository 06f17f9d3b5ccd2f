//! What lies ahead: each kind of seat beside its limit, and when that is reached. Drawn on the server.

use leptos::prelude::*;
use model::licences::{
    history::CountOf,
    sheets::{Ahead, SeatsSheet},
};

use super::told;
use crate::parts::{
    bars::{fullness, with_bar},
    table::{Cell, Head, Row, Table},
    text::{number, percent},
};

/// The card.
pub fn card(sheet: &SeatsSheet) -> AnyView {
    let rows = sheet.ahead.iter().map(|ahead| ahead_row(ahead, sheet.of)).collect();
    let heads = vec![
        Head::new("Seat"),
        Head::num("In use"),
        Head::num("Limit"),
        Head::new("Full").class("hide-small"),
        Head::new("Limit reached"),
    ];
    let limits = match sheet.of {
        CountOf::Tenant => view! {
            "The limits of the tenant are the purchased seats, which Tableau's API does not tell: "
            <a href="/licences/settings">"type them in"</a> "."
        }
        .into_any(),
        CountOf::Site(site) => view! {
            "The limits of a site are its role limits; " <a href=format!("/sites/{site}")>"its page"</a>
            " has them as they are now."
        }
        .into_any(),
    };
    view! {
        <section class="card" aria-labelledby="ahead-title">
            <h2 id="ahead-title">"What lies ahead"</h2>
            <p class="soft">{limits}</p>
            <Table label="What lies ahead" class="ahead" heads rows/>
            <details class="counted">
                <summary>"How is this forecast?"</summary>
                <div>
                    <p>
                        "By a straight line through the last count of each of the last 90 days (least squares), drawn on from the newest count. The range is two standard errors of the slope to each side. It needs counts on at least 20 days that reach back at least 30; below that nothing is forecast."
                    </p>
                    <p>
                        "A line knows nothing of next month's intake, a new project or a clean-up. Counts that move in steps make the range too narrow. Days without a count are left out and not guessed."
                    </p>
                </div>
            </details>
        </section>
    }
    .into_any()
}

fn ahead_row(ahead: &Ahead, of: CountOf) -> Row {
    let dot = view! {
        <span class="seat"><span class=format!("dot {}", ahead.tier.class()) aria-hidden="true"></span>{ahead.tier.word()}</span>
    };
    let none = match of {
        CountOf::Tenant => "not typed in",
        CountOf::Site(_) => "none",
    };
    let limit = ahead.limit.map_or_else(|| none.to_owned(), number);
    let full = ahead.limit.map(|limit| {
        let words = format!("{} %", number(percent(ahead.used, limit)));
        with_bar(words.into_any(), fullness(ahead.used, limit, ahead.tier.class()))
    });
    let (short, long) = ahead.forecast.map(told::ahead).unwrap_or_default();
    vec![
        Cell::view(dot).heads_row(),
        Cell::num(ahead.used),
        Cell::text(limit).class("num"),
        Cell::view(full).class("hide-small"),
        Cell::view(view! { {short} <small>{long}</small> }).class("forecast"),
    ]
}
