//! What Tableau's activity log and our own say of each other. Drawn on the server.

use leptos::prelude::*;
use model::{
    activity::{Difference, EventRow, Found, LogQuery, Progress, Reconciled, kind_words},
    audit::AuditRow,
};

use super::{
    activity::values,
    events::{above, event_row, heads, told},
};
use crate::parts::{
    badges::{act_badge, badge},
    drawn::{Drawing, Page},
    query::address,
    table::{Cell, Head, Row, Table},
    text::{Time, count, number},
};

/// Draws what the two logs say of each other.
pub fn draw(told_: Reconciled, progress: Progress, query: &LogQuery) -> Page {
    let again = address("/activity/compare", &values(query));
    let tiles = tiles(&told_);
    let notes = notes(&told_, &progress);
    let Reconciled { found, missing, differing, foreign, unmarked, numbers, .. } = told_;
    let foreign: Vec<Row> = foreign.into_iter().map(|row| event_row(row, false)).collect();
    let unmarked: Vec<Row> = unmarked.into_iter().map(|row| event_row(row, false)).collect();
    let differing: Vec<Row> = differing.into_iter().map(differing_row).collect();
    let found: Vec<Row> = found.into_iter().map(found_row).collect();
    let is_judged = numbers.missing.is_some();
    let missing: Vec<Row> = missing.into_iter().map(act_row).collect();
    let none = if is_judged { "None." } else { "Not judged: Tableau's log of this time is not read whole." };
    let body = view! {
        {told(&progress, &again)}
        <section class="tiles" aria-label="What was found">{tiles}</section>
        {notes}
        {part("differing", "Changes under a request of Steward's that do not fit it", "The request is one of ours, and something else about the event is not: whoever sends another program's change with a mark of ours, or twice, shows here. An event of many people at once says that Tableau took them, and not that all of them came to be.", differing_heads(), differing, "None.")}
        {part("unmarked", "Changes in your name that Steward did not make", "Tableau's log names the person and not the token. So these may be your own work in the browser, or another program with one of your tokens. Whatever you do not remember: swap your token.", heads(), unmarked, "None.")}
        {part("foreign", "Changes with the mark of a Steward that this audit log does not know", "Another Steward, or this one before its database was lost. Nobody else writes such marks by accident.", heads(), foreign, "None.")}
        {part("missing", "Changes of Steward's that Tableau's log does not have", "What is younger than two hours may still come. Anything older deserves a look.", act_heads(), missing, none)}
        {part("found", "Requests of Steward's that Tableau's log has too", "Found by the request id that Steward sends along, whatever the clocks say. One request may stand for many changes: the event proves that it arrived.", found_heads(), found, "None.")}
    };
    Page {
        title: "The two logs compared".to_owned(),
        above: above(query),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn tiles(told: &Reconciled) -> AnyView {
    let numbers = told.numbers;
    [
        ("Found there", Some(numbers.found), "requests of Steward's"),
        ("Not there", numbers.missing, "or not yet: it takes about two hours"),
        ("Not fitting", Some(numbers.differing), "under a request of Steward's"),
        ("With a mark we do not know", Some(numbers.foreign), "another Steward, or a lost database"),
        ("Without our mark", Some(numbers.unmarked), "in your name, by something else"),
    ]
    .map(|(label, value, note)| {
        let value = value.map_or_else(|| "not judged".to_owned(), number);
        view! {
            <div class="card tile"><span class="key">{label}</span><b>{value}</b><small>{note}</small></div>
        }
    })
    .collect_view()
    .into_any()
}

/// What the lists do not have.
fn notes(told: &Reconciled, progress: &Progress) -> AnyView {
    let mut notes: Vec<String> = Vec::new();
    let numbers = told.numbers;
    let lists = [
        (told.found.len(), numbers.found),
        (told.missing.len(), numbers.missing.unwrap_or_default()),
        (told.differing.len(), numbers.differing),
        (told.foreign.len(), numbers.foreign),
        (told.unmarked.len(), numbers.unmarked),
    ];
    if lists.iter().any(|(listed, of)| (*listed as u64) < *of) {
        notes.push(
            "There are more than 500 of a kind; 500 are listed. Choose a shorter time to see the rest."
                .to_owned(),
        );
    }
    if let Some(since) = told.judged_since {
        notes.push(format!(
            "Steward's own log of this time is too long to be compared whole: of what is older than {since}, nothing is said. Choose a shorter time."
        ));
    }
    if progress.over && numbers.missing.is_none() {
        notes.push(
            "Tableau's log did not come whole, so what is not there cannot be told from what was not read."
                .to_owned(),
        );
    }
    notes.into_iter().map(|note| view! { <p class="soft">{note}</p> }).collect_view().into_any()
}

fn act_heads() -> Vec<Head> {
    vec![Head::new("Change"), Head::new("State"), Head::new("By").class("hide-small"), Head::new("At")]
}

fn found_heads() -> Vec<Head> {
    let mut heads = act_heads();
    heads.extend([
        Head::new("In Tableau's log"),
        Head::new("Stands for"),
        Head::new("There at").class("hide-small"),
    ]);
    heads
}

fn differing_heads() -> Vec<Head> {
    let mut heads = act_heads();
    heads.extend([
        Head::new("In Tableau's log"),
        Head::new("What does not fit"),
        Head::new("There by").class("hide-small"),
    ]);
    heads
}

fn act_row(act: AuditRow) -> Row {
    let at = act.at;
    vec![
        Cell::view(view! { <a href=format!("/audit/{}", act.act)>{act.sentence()}</a> })
            .heads_row()
            .class("word"),
        Cell::view(act_badge(act.state)),
        Cell::text(act.who.clone()).class("hide-small word"),
        Cell::view(view! { <Time at/> }),
    ]
}

fn found_row(found: Found) -> Row {
    let Found { act, acts, event } = found;
    let mut row = act_row(act);
    row.push(Cell::view(event_words(&event)));
    row.push(Cell::text(count(acts, "change", "changes")));
    row.push(Cell::text(event.at.map(|at| at.to_string()).unwrap_or_default()).class("hide-small"));
    row
}

fn differing_row((difference, found): (Difference, Found)) -> Row {
    let Found { act, event, .. } = found;
    let mut row = act_row(act);
    row.push(Cell::view(event_words(&event)));
    row.push(Cell::view(badge("bad", difference_words(difference).to_owned())));
    row.push(Cell::text(event.who).class("hide-small word"));
    row
}

fn event_words(event: &EventRow) -> AnyView {
    let outcome = if event.outcome.is_empty() { "not told".to_owned() } else { kind_words(&event.outcome) };
    view! { {kind_words(&event.kind)} " " <span class="soft">{outcome}</span> }.into_any()
}

fn difference_words(difference: Difference) -> &'static str {
    match difference {
        Difference::OtherPerson => "somebody else did it",
        Difference::OtherKind => "not what Steward sent",
        Difference::Repeated => "more often than Steward sent it",
        Difference::NotDone => "went well there, not done here",
    }
}

fn part(
    id: &'static str,
    title: &'static str,
    note: &'static str,
    heads: Vec<Head>,
    rows: Vec<Row>,
    none: &'static str,
) -> AnyView {
    let body = if rows.is_empty() {
        view! { <p class="empty">{none}</p> }.into_any()
    } else {
        view! { <Table label=title heads rows/> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <p class="soft">{note}</p>
            {body}
        </section>
    }
    .into_any()
}
