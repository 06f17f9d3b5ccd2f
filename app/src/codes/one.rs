//! The page of one code. Drawn on the server.

use leptos::prelude::*;
use model::dictionary::{Entry, Kind};

use super::sheet::tone;
use crate::parts::{
    drawn::{Drawing, Page},
    pairs::{Fact, Pairs, facts},
    query::address,
    table::{Cell, Head, Table},
};

/// Draws the page.
pub fn draw(entry: Entry) -> Page {
    let Entry { code, kind, name, .. } = entry.clone();
    let statuses: Vec<String> = entry.http.iter().map(u16::to_string).collect();
    let http =
        if statuses.is_empty() { Fact::None(no_status(kind)) } else { Fact::Text(statuses.join(", ")) };
    let more = address("/codes", &[("kind", kind.word().to_owned())]);
    let facts = facts([
        ("Code", Fact::Code(code.clone())),
        (name_of(kind), if name.is_empty() { Fact::None("none") } else { Fact::Text(name.to_owned()) }),
        ("From", Fact::Link(more, kind.words().to_owned())),
        ("HTTP status", http),
        (
            "Asking again",
            entry
                .again
                .map_or(Fact::None("see what to do next"), |again| Fact::Text(again.words().to_owned())),
        ),
        (
            "Known from",
            Fact::Text(entry.source.map_or("This program.", model::codes::Source::words).to_owned()),
        ),
        ("Where it is shown", Fact::Text(where_shown(kind).to_owned())),
    ]);
    let changed = entry.changed.map(|changed| view! { <p><strong>"Changed: "</strong>{changed}</p> });
    let next = entry.next.map(|next| view! { <p><strong>"Next: "</strong>{next}</p> });
    let body = view! {
        <section class="card" aria-labelledby="meaning-title">
            <h2 id="meaning-title">"What it means"</h2>
            <p class="lead-in">{tone(entry.tone)} " " {entry.meaning}</p>
            {changed}
            {next}
        </section>
        {elsewhere(&entry)}
        <section class="card" aria-labelledby="about-title">
            <h2 id="about-title">"About this code"</h2>
            <Pairs facts/>
        </section>
    };
    Page {
        title: code,
        above: vec![("Error codes".to_owned(), "/codes".to_owned())],
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn elsewhere(entry: &Entry) -> Option<AnyView> {
    if entry.elsewhere.is_empty() {
        return None;
    }
    let rows = entry.elsewhere.iter().map(|other| {
        let next = other.next.map(|next| view! { " " <strong>"Next: "</strong> {next} }.into_any());
        let names = other.operations.iter().map(|name| view! { <code class="word">{*name}</code> " " });
        vec![
            Cell::view(names.collect_view()).heads_row(),
            Cell::view(view! { <p>{other.meaning} {next}</p> }).class("told"),
        ]
    });
    let rows = rows.collect();
    let heads = vec![Head::new("Operation"), Head::new("What it means there, and what to do")];
    let card = view! {
        <section class="card" aria-labelledby="elsewhere-title">
            <h2 id="elsewhere-title">"What it means for certain operations"</h2>
            <Table label="Meaning for certain operations" heads rows/>
        </section>
    };
    Some(card.into_any())
}

fn name_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Steward => "Heading",
        _ => "Tableau's name",
    }
}

fn no_status(kind: Kind) -> &'static str {
    match kind {
        Kind::Operation => "none: the number in the code is not one; the request itself was answered well",
        Kind::Row => "none: it stands in a row of a job",
        _ => "not told",
    }
}

fn where_shown(kind: Kind) -> &'static str {
    match kind {
        Kind::Steward => "Below every problem, in rows of runs, and in the audit log.",
        Kind::Operation | Kind::Row => "In the rows of Tableau's jobs and of runs.",
        Kind::Request => "In the audit log, where a request was refused.",
        Kind::Site => "In the rows of runs about a single site, and in the audit log.",
    }
}
