//! The rows of a job, each with its code in plain words and what to do next.

use leptos::prelude::*;
use model::{
    PageRequest,
    codes::{self, Source, Tone},
    jobs::{JobItem, JobSheet, Outcome},
};

use super::kinds;
use crate::parts::{
    badges::badge,
    code::code_link,
    query::address,
    table::{Cell, Head, Place, Row, Table, pager},
    text::number,
};

const CHOICES: &[(Outcome, &str, &str)] = &[
    (Outcome::All, "", "All"),
    (Outcome::Look, "look", "Need a look"),
    (Outcome::Done, "done", "Done as asked"),
    (Outcome::Open, "open", "No result yet"),
];

/// The rows.
#[component]
pub fn Items(
    /// The job with the page of rows.
    sheet: JobSheet,
    /// Which rows are shown.
    outcome: Outcome,
) -> impl IntoView {
    let JobSheet { job, items, cut_off, .. } = sheet;
    let word = CHOICES.iter().find(|(known, ..)| *known == outcome).map_or("", |(_, word, _)| word);
    let path = format!("/jobs/{}", job.id);
    let here = path.clone();
    let href = move |page: u32, size: u32| {
        let usual = PageRequest::default();
        let unless = |is_usual: bool, value: u32| if is_usual { String::new() } else { value.to_string() };
        address(
            &here,
            &[
                ("rows", word.to_owned()),
                ("page", unless(page == usual.number, page)),
                ("size", unless(size == usual.size, size)),
            ],
        )
    };
    let file = (items.of > 0).then(|| {
        let label = CHOICES.iter().find(|(known, ..)| *known == outcome).map_or("", |(.., label)| *label);
        let href = format!("{path}/file?rows={word}");
        view! { <small><a href=href rel="external">{format!("Download “{label}” as CSV")}</a></small> }
            .into_any()
    });
    let tabs = CHOICES
        .iter()
        .map(|(choice, word, label)| {
            let current = (*choice == outcome).then_some("true");
            let href = address(&path, &[("rows", (*word).to_owned())]);
            view! { <a href=href aria-current=current>{*label}</a> }
        })
        .collect_view();
    let pages = pager(Place::from(&items), &href);
    let body = if items.rows.is_empty() {
        view! { <NoRows of=items.of/> }.into_any()
    } else {
        let heads = vec![
            Head::num("Line").class("num hide-small"),
            Head::new("Person"),
            Head::new("Asked for").class("hide-small"),
            Head::new("Outcome"),
            Head::new("What happened, and what to do"),
        ];
        let rows = items.rows.into_iter().map(row).collect();
        view! { <Table label="Rows of the job" class="rows" heads rows/> {pages} }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="rows-title">
            <h2 id="rows-title">"Rows" {file}</h2>
            <nav class="tabs" aria-label="Which rows">{tabs}</nav>
            {cut_off.then(|| view! { <p class="notice warn">"The job has more rows than Steward reads here; the rest is left out."</p> })}
            {body}
        </section>
    }
}

#[component]
fn NoRows(of: u64) -> impl IntoView {
    if of == 0 {
        view! { <p class="empty">"Tableau has told no rows of this job so far."</p> }.into_any()
    } else {
        view! { <p class="empty">"None of the " {number(of)} " rows is of this kind."</p> }.into_any()
    }
}

fn row(item: JobItem) -> Row {
    let said = item.code.as_deref().map(|code| codes::explain_manager(code).unwrap_or_else(codes::unknown));
    let outcome = outcome_badge(&item.status, said.map(|said| said.tone));
    let role = item.site_role.or(item.tenant_role).map(|role| view! { <small>{role}</small> }.into_any());
    let person = item.user_name.or_else(|| item.user.map(|user| user.to_string()));
    vec![
        Cell::text(item.line.unwrap_or_default()).class("num hide-small"),
        Cell::text(person.unwrap_or_else(|| "not told".to_owned())).heads_row(),
        Cell::view(view! { {item.kind.as_deref().map(kinds::row)} {role} }).class("hide-small"),
        Cell::view(outcome),
        Cell::view(explanation(said, item.code)).class("told"),
    ]
}

/// The vendor's status decides; the code's tone adds "not as asked".
fn outcome_badge(status: &str, tone: Option<Tone>) -> AnyView {
    let (class, word) = match (status, tone) {
        ("SUCCESSFUL", Some(Tone::Warning | Tone::Bad)) => ("warn", "differs"),
        ("SUCCESSFUL", _) => ("good", "done"),
        ("FAILED", _) => ("bad", "failed"),
        ("NEW" | "PENDING", _) => ("", "waiting"),
        ("IN_PROGRESS", _) => ("info", "running"),
        (other, _) => ("", other),
    };
    badge(class, word.to_owned())
}

/// The code in plain words, what to do next, and where the words come from.
fn explanation(said: Option<codes::Explained>, code: Option<String>) -> AnyView {
    let Some((said, code)) = said.zip(code) else {
        return view! { <span class="soft">"No result yet."</span> }.into_any();
    };
    let source = match said.source {
        Source::VendorPage => "",
        Source::PublicClient => " · meaning inferred from a public client",
        Source::Unknown => " · not in any list we know",
    };
    let symbol = said.symbol.map_or_else(String::new, |symbol| format!(" {symbol}"));
    let next = said.next.map(|next| view! { " " <strong>"Next: "</strong> {next} }.into_any());
    view! {
        <p>{said.meaning} {next}</p>
        <small class="soft">{code_link(code)}{format!("{symbol}{source}")}</small>
    }
    .into_any()
}
