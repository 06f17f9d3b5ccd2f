//! The list of codes. Drawn on the server.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::{
    PageRequest, Problem,
    codes::Tone,
    dictionary::{CodesQuery, Entry, Kind},
};

use crate::parts::{
    badges::badge,
    choice::ChoiceOf,
    drawn::{Drawing, Page},
    query::{address, page, text},
    table::{Cell, Head, Place, Row, Table, pager},
    text::number,
};

/// The address of the list.
const PATH: &str = "/codes";

/// Reads the address.
pub fn read(url: &ParamsMap) -> Result<CodesQuery, Problem> {
    let (search, kind, tone) = (text(url, "q"), text(url, "kind"), text(url, "tone"));
    Ok(CodesQuery { search, kind, tone, page: page(url)? })
}

fn href(query: &CodesQuery) -> String {
    let usual = PageRequest::default();
    let unless = |is_usual: bool, value: u32| if is_usual { String::new() } else { value.to_string() };
    address(
        PATH,
        &[
            ("q", query.search.clone()),
            ("kind", query.kind.clone()),
            ("tone", query.tone.clone()),
            ("page", unless(query.page.number == usual.number, query.page.number)),
            ("size", unless(query.page.size == usual.size, query.page.size)),
        ],
    )
}

/// Draws the list.
pub fn draw(found: model::Page<Entry>, query: &CodesQuery) -> Page {
    let table = if found.rows.is_empty() {
        let words = format!("No code is like this, of {}. ", number(found.of));
        view! { <p class="empty">{words} <a href=PATH>"Show all"</a></p> }.into_any()
    } else {
        let pages = |number, size| href(&CodesQuery { page: PageRequest { number, size }, ..query.clone() });
        let pages = pager(Place::from(&found), &pages);
        let heads = vec![
            Head::new("Code"),
            Head::new("From").class("hide-small"),
            Head::new("News"),
            Head::new("What happened, and what to do"),
        ];
        let rows = found.rows.into_iter().map(row).collect();
        view! { <Table label="Codes" class="rows" heads rows/> {pages} }.into_any()
    };
    let body = view! {
        <section class="card" aria-label="Codes">
            <p class="soft lead-in">
                "Every code that a page, a row or the audit log may show: those of Tableau Cloud Manager, those of the API of a site, and Steward's own. They are part of this program; Tableau is not asked."
            </p>
            {filter(query)}
            {table}
        </section>
        <section class="card" aria-labelledby="keep-title">
            <h2 id="keep-title">"For the day when Steward is down"</h2>
            <p>"Keep a copy of this dictionary elsewhere. It is one file and needs nothing else."</p>
            <p class="row lead-out">
                <a class="button" href="/codes/file?format=html" rel="external">"Download as HTML"</a>
                <a class="button" href="/codes/file?format=text" rel="external">"Download as text"</a>
            </p>
            <p class="soft">"On the server " <code>"steward codes"</code> " prints the same, also while Steward does not run."</p>
        </section>
    };
    Page { title: "Error codes".to_owned(), body: Drawing::of(body), ..Page::default() }
}

fn filter(query: &CodesQuery) -> AnyView {
    let filtered = !(query.search.is_empty() && query.kind.is_empty() && query.tone.is_empty());
    let clear = filtered.then(|| view! { <a class="button" href=PATH>"Clear filters"</a> });
    let kinds = Kind::ALL.map(|kind| (kind.word().to_owned(), kind.words().to_owned())).into();
    let tones = Tone::ALL.map(|tone| (tone.word().to_owned(), tone.words().to_owned())).into();
    view! {
        <form method="get" action=PATH class="filters" role="search">
            <label>
                <span>"Code or words"</span>
                <input class="field" type="search" name="q" value=query.search.clone() maxlength="200"/>
            </label>
            <ChoiceOf label="From" name="kind" all="Everywhere" chosen=query.kind.clone() pairs=kinds/>
            <ChoiceOf label="News" name="tone" all="Any" chosen=query.tone.clone() pairs=tones/>
            <input type="hidden" name="size" value=query.page.size.to_string()/>
            <button class="button first" type="submit">"Show"</button>
            {clear}
        </form>
    }
    .into_any()
}

fn row(entry: Entry) -> Row {
    let below = (!entry.name.is_empty()).then(|| entry.name.to_owned());
    let next = entry.next.map(|next| view! { " " <strong>"Next: "</strong> {next} }.into_any());
    vec![
        Cell::link(format!("{PATH}/{}", entry.code), entry.code.clone(), below),
        Cell::text(entry.kind.words()).class("hide-small"),
        Cell::view(tone(entry.tone)),
        Cell::view(view! { <p>{entry.meaning} {next}</p> }).class("told"),
    ]
}

/// How good or bad the news is.
pub fn tone(tone: Tone) -> AnyView {
    let class = match tone {
        Tone::Good => "good",
        Tone::Neutral => "",
        Tone::Warning => "warn",
        Tone::Bad => "bad",
    };
    badge(class, tone.words().to_owned())
}
