//! The rows of a plan and of a run: the same table, tabs and search. Drawn on the server.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::{Page, PageRequest, Problem};

use crate::parts::{
    badges::badge,
    code::code_link,
    query::{address, page, text},
    table::{Cell, Head, Place, Row, Table, pager},
    text::{count, number},
};

/// One row in words. What is empty is not shown.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// The line of the file it came from.
    pub line: String,
    /// The person.
    pub name: String,
    /// The address of the person's page.
    pub href: String,
    /// The name they sign in with, and the site.
    pub below: String,
    /// The state before.
    pub before: String,
    /// The state wanted.
    pub after: String,
    /// The colour of the badge.
    pub tone: String,
    /// The word in the badge.
    pub word: String,
    /// Why, or what happened.
    pub told: String,
    /// What to do next.
    pub next: String,
    /// The code behind the words.
    pub code: String,
    /// Where more stands: words and addresses.
    pub links: Vec<(String, String)>,
}

/// A choice of rows: its word in the address, its words for people, and how many there are.
pub type Tab = (String, String, u64);

/// Which rows the address asks for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// A tab's word; empty for all.
    pub rows: String,
    /// Part of a name.
    pub search: String,
    /// The page.
    pub page: PageRequest,
}

impl Asked {
    /// Reads the address.
    pub fn read(query: &ParamsMap) -> Result<Self, Problem> {
        Ok(Self { rows: text(query, "rows"), search: text(query, "q"), page: page(query)? })
    }

    fn href(&self, path: &str) -> String {
        let usual = PageRequest::default();
        let unless = |is_usual: bool, value: u32| if is_usual { String::new() } else { value.to_string() };
        address(
            path,
            &[
                ("rows", self.rows.clone()),
                ("q", self.search.clone()),
                ("page", unless(self.page.number == usual.number, self.page.number)),
                ("size", unless(self.page.size == usual.size, self.page.size)),
            ],
        )
    }
}

/// The rows of a plan or of a run.
#[component]
pub fn Lines(
    /// The address of the page.
    path: String,
    /// Which rows are shown.
    asked: Asked,
    /// The choices, all rows first.
    tabs: Vec<Tab>,
    /// The rows.
    lines: Page<Line>,
    /// The address of these rows as a file; empty for none.
    #[prop(optional)]
    file: String,
    /// The headings over the badge and over its words.
    heads: [&'static str; 2],
) -> impl IntoView {
    let file = (!file.is_empty()).then(|| {
        let label = tabs.iter().find(|(word, ..)| *word == asked.rows).map(|(_, label, _)| label.clone());
        let words = format!("Download “{}” as CSV", label.unwrap_or_default());
        view! { <small><a href=file rel="external">{words}</a></small> }.into_any()
    });
    let links = tabs
        .into_iter()
        .map(|(word, label, rows)| {
            let current = (word == asked.rows).then_some("true");
            let href = Asked { rows: word, page: PageRequest { number: 1, ..asked.page }, ..asked.clone() };
            view! { <a href=href.href(&path) aria-current=current>{label} " " <small>{number(rows)}</small></a> }
                .into_any()
        })
        .collect_view();
    let body = if lines.rows.is_empty() {
        let words = format!("No row is like this, of {}. ", count(lines.of, "row", "rows"));
        view! { <p class="empty">{words} <a href=path.clone()>"Show all"</a></p> }.into_any()
    } else {
        let pages = |number, size| Asked { page: PageRequest { number, size }, ..asked.clone() }.href(&path);
        let pages = pager(Place::from(&lines), &pages);
        let with_lines = lines.rows.iter().any(|row| !row.line.is_empty());
        let [badge, told] = heads;
        let mut heads =
            vec![Head::new("Person and site"), Head::new("Change"), Head::new(badge), Head::new(told)];
        if with_lines {
            heads.insert(0, Head::num("Line").class("num hide-small"));
        }
        let rows = lines.rows.into_iter().map(|row| draw(row, with_lines)).collect();
        view! { <Table label="Rows" class="rows" heads rows/> {pages} }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="rows-title">
            <h2 id="rows-title">"Rows" {file}</h2>
            <nav class="tabs" aria-label="Which rows">{links}</nav>
            <form method="get" action=path class="filters" role="search">
                <label>
                    <span>"Name or e-mail address"</span>
                    <input class="field" type="search" name="q" value=asked.search maxlength="200"/>
                </label>
                <input type="hidden" name="rows" value=asked.rows/>
                <input type="hidden" name="size" value=asked.page.size.to_string()/>
                <button class="button" type="submit">"Find"</button>
            </form>
            {body}
        </section>
    }
    .into_any()
}

fn draw(row: Line, with_line: bool) -> Row {
    let name = if row.href.is_empty() {
        row.name.into_any()
    } else {
        view! { <a href=row.href>{row.name}</a> }.into_any()
    };
    let small = |text: String| (!text.is_empty()).then(|| view! { <small>{text}</small> }.into_any());
    // A change that is none, and one whose beginning is not known, has nothing to strike out.
    let change = if row.before.is_empty() || row.before == row.after {
        row.after.into_any()
    } else {
        view! { <del>{row.before}</del> " → " <ins>{row.after}</ins> }.into_any()
    };
    let next = (!row.next.is_empty()).then(|| view! { " " <strong>"Next: "</strong> {row.next} }.into_any());
    let more = (!row.code.is_empty()).then(|| code_link(row.code));
    let links = row.links.into_iter().map(|(word, href)| view! { <a href=href>{word}</a> }.into_any());
    let apart = |(at, view): (usize, AnyView)| view! { {(at > 0).then_some(" · ")} {view} }.into_any();
    let more = more.into_iter().chain(links).enumerate().map(apart).collect::<Vec<_>>();
    let mut cells = vec![
        Cell::view(view! { {name} {small(row.below)} }).heads_row(),
        Cell::view(change).class("moved"),
        Cell::view(badge(&row.tone, row.word)),
        Cell::view(view! { <p>{row.told} {next}</p> <small>{more}</small> }).class("told"),
    ];
    if with_line {
        cells.insert(0, Cell::text(row.line).class("num hide-small"));
    }
    cells
}
