//! The audit log as a list: search, filters and pages, all in the URL.

use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use model::{
    Page, PageRequest, Problem,
    act::VERBS,
    audit::{ActState, AuditQuery, AuditRow},
};

use super::server::list_audit;
use crate::{
    failure::Failure,
    parts::{
        badges::act_badge,
        choice::{Choice, ChoiceOf},
        code::code_link,
        heading::Heading,
        loaded::{Loaded, reading},
        pairs::Fact,
        query::{address, page, text},
        table::{Cell, Head, Place, Row, Table, pager},
        text::number,
    },
};

/// The log.
#[component]
pub fn AuditListPage() -> impl IntoView {
    let url = use_query_map();
    let asked = Memo::new(move |_| url.with(read));
    let log = reading(
        move || url.with(ParamsMap::to_query_string),
        move || {
            let query = asked.get();
            async move { list_audit(query.map_err(Failure)?).await }
        },
    );
    let query = move || asked.with(|query| query.clone().unwrap_or_default());
    view! {
        <Heading title="Audit log"/>
        <p class="soft lead">
            "Every change is written here before it is sent to Tableau, and its outcome after it was read back. The records are chained: "
            <code>"steward audit verify"</code> " names the first one that was tampered with."
        </p>
        <Loaded from=log show=move |page| view! { <Found page query=query()/> }/>
    }
}

fn read(url: &ParamsMap) -> Result<AuditQuery, Problem> {
    Ok(AuditQuery {
        search: text(url, "q"),
        verb: text(url, "verb"),
        state: text(url, "state"),
        from: text(url, "from"),
        to: text(url, "to"),
        page: page(url)?,
    })
}

/// What the address of the list and of its files asks for, in the words of a URL.
pub fn read_audit(url: &ParamsMap) -> Result<AuditQuery, Problem> {
    read(url)
}

fn filters(query: &AuditQuery) -> Vec<(&'static str, String)> {
    vec![
        ("q", query.search.clone()),
        ("verb", query.verb.clone()),
        ("state", query.state.clone()),
        ("from", query.from.clone()),
        ("to", query.to.clone()),
    ]
}

/// The file of everything that matches, on all pages.
fn file(query: &AuditQuery, format: &str) -> String {
    let mut values = filters(query);
    values.push(("format", format.to_owned()));
    address("/audit/export", &values)
}

fn href(query: &AuditQuery) -> String {
    let usual = PageRequest::default();
    let unless = |is_usual: bool, value: u32| if is_usual { String::new() } else { value.to_string() };
    let mut values = filters(query);
    values.push(("page", unless(query.page.number == usual.number, query.page.number)));
    values.push(("size", unless(query.page.size == usual.size, query.page.size)));
    address("/audit", &values)
}

#[component]
fn Found(page: Page<AuditRow>, query: AuditQuery) -> impl IntoView {
    let filtered = filters(&query).iter().any(|(_, value)| !value.is_empty());
    let files = (!page.rows.is_empty()).then(|| {
        let (csv, json) = (file(&query, "csv"), file(&query, "json"));
        view! {
            <p class="soft">
                "As a file, all pages of it: "
                <a href=csv rel="external">"CSV"</a> " "
                <a href=json rel="external">"JSON"</a>
            </p>
        }
    });
    let table = if page.rows.is_empty() {
        view! { <Nothing filtered of=page.of/> }.into_any()
    } else {
        let pages = |number, size| href(&AuditQuery { page: PageRequest { number, size }, ..query.clone() });
        let pages = pager(Place::from(&page), &pages);
        let heads = vec![
            Head::new("When"),
            Head::new("Who").class("hide-small"),
            Head::new("What"),
            Head::new("Why").class("hide-small"),
            Head::new("Outcome"),
        ];
        let rows = page.rows.into_iter().map(row).collect();
        view! { <Table label="Audit log" heads rows/> {pages} }.into_any()
    };
    view! {
        <section class="card" aria-label="Entries">
            <Filter query filtered/>
            {table}
            {files}
        </section>
    }
}

#[component]
fn Filter(query: AuditQuery, filtered: bool) -> impl IntoView {
    let verbs = VERBS.iter().map(|(verb, words)| ((*verb).to_owned(), (*words).to_owned())).collect();
    let states = ActState::ALL.map(|state| state.word().to_owned());
    let clear = filtered.then(|| view! { <a class="button" href="/audit">"Clear filters"</a> });
    view! {
        <form method="get" action="/audit" class="filters" role="search">
            <label>
                <span>"Person, object, reason or reference"</span>
                <input class="field" type="search" name="q" value=query.search maxlength="200" aria-describedby="pairs"/>
            </label>
            <ChoiceOf label="Act" name="verb" all="Any act" chosen=query.verb pairs=verbs/>
            <Choice label="Outcome" name="state" all="Any outcome" chosen=query.state words=states/>
            <label><span>"First day"</span><input class="field" type="date" name="from" value=query.from/></label>
            <label><span>"Last day"</span><input class="field" type="date" name="to" value=query.to/></label>
            <input type="hidden" name="size" value=query.page.size.to_string()/>
            <button class="button first" type="submit">"Show"</button>
            {clear}
        </form>
        <p class="soft" id="pairs">
            "Pairs narrow it further: " <code>"who:dana on:\"Finance\" verb:person.role outcome:done via:\"First line\" reason:INC-7 ref:… from:2026-01-31 to:2026-02-28"</code>
        </p>
    }
}

/// Nothing was done, or the filter hides all: two different things.
#[component]
fn Nothing(filtered: bool, of: u64) -> impl IntoView {
    let words = if filtered {
        view! { {format!("No entry matches; {} are hidden by the filters. ", number(of))} <a href="/audit">"Show all"</a> }
            .into_any()
    } else {
        "Nothing was done yet.".into_any()
    };
    view! { <p class="empty">{words}</p> }.into_any()
}

fn row(row: AuditRow) -> Row {
    let code = row.code.clone().map(|code| view! { <small>{code_link(code)}</small> }.into_any());
    vec![
        Cell::view(Fact::Time(row.at).draw()).class("when"),
        Cell::text(row.who.clone()).class("hide-small"),
        Cell::link(format!("/audit/{}", row.act), row.sentence(), None),
        Cell::text(row.reason.clone().unwrap_or_default()).class("told hide-small"),
        Cell::view(view! { {act_badge(row.state)} " " {code} }),
    ]
}
