//! The one table: headings that may sort, cells of a few kinds, and the way to the other pages.

use leptos::prelude::*;
use model::{Direction, Page, page::SIZES};

use crate::parts::text::number;

/// A heading.
pub struct Head {
    label: &'static str,
    view: Option<AnyView>,
    class: &'static str,
    /// The address that sorts by it, and how it is sorted now.
    sorting: Option<(String, Option<Direction>)>,
}

impl Head {
    /// A heading of words.
    pub const fn new(label: &'static str) -> Self {
        Self { label, view: None, class: "", sorting: None }
    }

    /// A heading over numbers.
    pub const fn num(label: &'static str) -> Self {
        Self { label, view: None, class: "num", sorting: None }
    }

    /// A heading of anything.
    pub fn view(view: impl IntoView + 'static) -> Self {
        Self { view: Some(view.into_any()), ..Self::new("") }
    }

    /// With classes such as `hide-small`.
    pub fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// A heading that sorts: a link, so that it works by itself.
    pub fn sorting(self, href: String, now: Option<Direction>) -> Self {
        Self { sorting: Some((href, now)), ..self }
    }

    fn draw(self) -> AnyView {
        let Self { label, view, class, sorting } = self;
        let (aria, arrow) = match sorting {
            Some((_, Some(Direction::Up))) => (Some("ascending"), " ↑"),
            Some((_, Some(Direction::Down))) => (Some("descending"), " ↓"),
            _ => (None, ""),
        };
        let inner = match sorting {
            Some((href, _)) => {
                view! { <a href=href>{label}<span aria-hidden="true">{arrow}</span></a> }.into_any()
            }
            None => view.unwrap_or_else(|| label.into_any()),
        };
        view! { <th scope="col" class=class aria-sort=aria>{inner}</th> }.into_any()
    }
}

/// What stands in a cell.
pub struct Cell {
    view: AnyView,
    class: &'static str,
    span: Option<&'static str>,
    heads_row: bool,
}

impl Cell {
    /// Anything.
    pub fn view(view: impl IntoView + 'static) -> Self {
        Self { view: view.into_any(), class: "", span: None, heads_row: false }
    }

    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        let text: String = text.into();
        Self::view(text.into_any())
    }

    /// A number.
    pub fn num(value: u64) -> Self {
        Self::text(number(value)).class("num")
    }

    /// The cell that names its row: a link to the thing itself, with a smaller word below.
    pub fn link(href: String, words: String, below: Option<String>) -> Self {
        let below = below.map(|below| view! { <small>{below}</small> }.into_any());
        Self::view(view! { <a href=href>{words}</a> {below} }.into_any()).heads_row()
    }

    /// With classes such as `num` or `hide-small`.
    pub fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// Over so many columns.
    pub fn over(self, columns: &'static str) -> Self {
        Self { span: Some(columns), ..self }
    }

    /// The cell that names its row.
    pub fn heads_row(self) -> Self {
        Self { heads_row: true, ..self }
    }

    fn draw(self) -> AnyView {
        let Self { view, class, span, heads_row } = self;
        if heads_row {
            view! { <th scope="row" class=class colspan=span>{view}</th> }.into_any()
        } else {
            view! { <td class=class colspan=span>{view}</td> }.into_any()
        }
    }
}

/// A row of cells.
pub type Row = Vec<Cell>;

/// A table that scrolls by itself where the screen is too small.
#[component]
pub fn Table(
    /// What the table is called, for those who do not see it.
    #[prop(into)]
    label: String,
    /// What to know of it.
    #[prop(optional, into)]
    caption: String,
    /// The class of the table.
    #[prop(optional)]
    class: &'static str,
    /// The headings.
    heads: Vec<Head>,
    /// The rows.
    rows: Vec<Row>,
    /// Sums below.
    #[prop(optional)]
    feet: Option<AnyView>,
) -> impl IntoView {
    let heads = heads.into_iter().map(Head::draw).collect_view();
    let rows = rows.into_iter().map(draw_row).collect_view();
    let caption = (!caption.is_empty()).then(|| view! { <caption>{caption}</caption> }.into_any());
    let feet = feet.map(|feet| view! { <tfoot>{feet}</tfoot> }.into_any());
    view! {
        <div class="table" role="region" aria-label=format!("{label}, table") tabindex="0">
            <table class=class>
                {caption}
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
                {feet}
            </table>
        </div>
    }
    .into_any()
}

/// One row.
pub fn draw_row(cells: Row) -> AnyView {
    let cells = cells.into_iter().map(Cell::draw).collect_view();
    view! { <tr>{cells}</tr> }.into_any()
}

/// Where a page stands among all, without its rows.
#[derive(Clone, Copy)]
pub struct Place {
    span: (u64, u64),
    total: u64,
    of: u64,
    number: u32,
    size: u32,
    last: u32,
}

impl<Each> From<&Page<Each>> for Place {
    fn from(page: &Page<Each>) -> Self {
        Self {
            span: page.span(),
            total: page.total,
            of: page.of,
            number: page.at.number,
            size: page.at.size,
            last: page.last(),
        }
    }
}

/// `1–25 of 1,284`, and the pages around this one. `href` gives the address of page so-and-so with so many rows.
pub fn pager(place: Place, href: &dyn Fn(u32, u32) -> String) -> AnyView {
    let Place { span: (first, last), total, of, number: at, size, last: end } = place;
    let filtered = if total == of { String::new() } else { format!(" (filtered from {})", number(of)) };
    let told = format!("{}–{} of {}{filtered}", number(first), number(last), number(total));
    let step = |to: u32, word: &'static str, relation: &'static str| {
        if (1..=end).contains(&to) {
            view! { <a class="button" rel=relation href=href(to, size)>{word}</a> }.into_any()
        } else {
            view! { <span class="button off" aria-disabled="true">{word}</span> }.into_any()
        }
    };
    let sizes = SIZES
        .into_iter()
        .map(|choice| {
            let current = (choice == size).then_some("true");
            view! { <a href=href(1, choice) aria-current=current>{choice.to_string()}</a> }.into_any()
        })
        .collect_view();
    view! {
        <nav class="pager" aria-label="Pages">
            <p>{told}</p>
            <p class="row">
                {step(at - 1, "Previous", "prev")}
                <span class="soft">{format!("page {at} of {end}")}</span>
                {step(at + 1, "Next", "next")}
            </p>
            <p class="sizes soft">"Rows: " {sizes}</p>
        </nav>
    }
    .into_any()
}
