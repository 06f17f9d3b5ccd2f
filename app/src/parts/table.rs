//! What every list shares: a heading that sorts, and the way to the other pages.

use leptos::prelude::*;
use model::{Direction, Page, page::SIZES};

use crate::parts::text::number;

/// The heading of a column that sorts: a link, so that it works by itself.
#[component]
pub fn SortHead(
    /// The word.
    label: &'static str,
    /// How the list is sorted by this column now, if it is.
    sorted: Option<Direction>,
    /// The address that sorts by it, or turns it round.
    href: String,
    /// Whether the column holds numbers.
    #[prop(optional)]
    numeric: bool,
) -> impl IntoView {
    let (aria, arrow) = match sorted {
        Some(Direction::Up) => (Some("ascending"), " ↑"),
        Some(Direction::Down) => (Some("descending"), " ↓"),
        None => (None, ""),
    };
    view! {
        <th scope="col" class:num=numeric aria-sort=aria>
            <a href=href>{label}<span aria-hidden="true">{arrow}</span></a>
        </th>
    }
}

/// `1–25 of 1,284`, and the pages around this one.
#[component]
pub fn Pager<Row, Href>(
    /// The page shown.
    page: Page<Row>,
    /// The address of page so-and-so with so many rows.
    href: Href,
) -> impl IntoView
where
    Href: Fn(u32, u32) -> String,
{
    let (first, last) = page.span();
    let (at, size, end) = (page.at.number, page.at.size, page.last());
    let filtered = (page.total != page.of).then(|| format!(" (filtered from {})", number(page.of)));
    let step = |to: u32, word: &'static str, relation: &'static str| {
        if (1..=end).contains(&to) {
            view! { <a class="button" rel=relation href=href(to, size)>{word}</a> }.into_any()
        } else {
            view! { <span class="button off" aria-disabled="true">{word}</span> }.into_any()
        }
    };
    let sizes = SIZES
        .map(|choice| {
            let current = (choice == size).then_some("true");
            view! { <a href=href(1, choice) aria-current=current>{choice}</a> }
        })
        .into_iter()
        .collect_view();
    view! {
        <nav class="pager" aria-label="Pages">
            <p>{number(first)} "–" {number(last)} " of " {number(page.total)} {filtered}</p>
            <p class="row">
                {step(at - 1, "Previous", "prev")}
                <span class="soft">"page " {at} " of " {end}</span>
                {step(at + 1, "Next", "next")}
            </p>
            <p class="sizes soft">"Rows: " {sizes}</p>
        </nav>
    }
}
