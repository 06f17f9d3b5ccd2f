//! The state of a site's list in the address, and what stands around its rows: search, filters, choices, orders, pages.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::{
    Direction, Page, PageRequest, Problem, ProblemCode,
    site_plane::{PlaneQuery, PlaneSort},
};

use super::parts::none;
use crate::parts::{
    choice::ChoiceOf,
    query::{address, direction, page, text},
    table::{Head, Place, Row, Table, pager},
    text::number,
};

/// What a list is asked for, out of the address.
pub fn read(url: &ParamsMap) -> Result<PlaneQuery, Problem> {
    let malformed = |name| Problem::about(ProblemCode::MalformedQuery, name);
    let sort = match url.get_str("sort") {
        None | Some("") => PlaneSort::default(),
        Some(word) => PlaneSort::parse(word).ok_or_else(|| malformed("sort"))?,
    };
    Ok(PlaneQuery {
        search: text(url, "q"),
        only: text(url, "only"),
        sign_in: text(url, "signin"),
        last: text(url, "last"),
        sort,
        direction: direction(url)?,
        page: page(url)?,
    })
}

/// The address of a list; what is as usual is left out.
pub fn href(path: &str, query: &PlaneQuery) -> String {
    let usual = PageRequest::default();
    let unless = |is_usual: bool, value: String| if is_usual { String::new() } else { value };
    address(
        path,
        &[
            ("q", query.search.clone()),
            ("only", query.only.clone()),
            ("signin", query.sign_in.clone()),
            ("last", query.last.clone()),
            ("sort", unless(query.sort == PlaneSort::Name, query.sort.word().to_owned())),
            ("direction", unless(query.direction == Direction::Up, "down".to_owned())),
            ("page", unless(query.page.number == usual.number, query.page.number.to_string())),
            ("size", unless(query.page.size == usual.size, query.page.size.to_string())),
        ],
    )
}

/// A heading that sorts the list: once more turns it round.
pub fn sorted(path: &str, query: &PlaneQuery, label: &'static str, sort: PlaneSort) -> Head {
    let now = (query.sort == sort).then_some(query.direction);
    let direction = if now == Some(Direction::Up) { Direction::Down } else { Direction::Up };
    let page = PageRequest { number: 1, ..query.page };
    Head::new(label).sorting(href(path, &PlaneQuery { sort, direction, page, ..query.clone() }), now)
}

/// A filter beside the search: its name in the address, its label, the word for no choice, and values with their words.
pub struct Narrowing {
    /// Its name in the address.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// The word for no choice.
    pub all: &'static str,
    /// Values and their words.
    pub pairs: Vec<(String, String)>,
}

/// The search above a list, with its filters. What else is asked stays as it is.
pub fn search(path: &str, query: &PlaneQuery, label: &'static str, by: Vec<Narrowing>) -> AnyView {
    let chosen = |name: &str| match name {
        "only" => query.only.clone(),
        "signin" => query.sign_in.clone(),
        _ => query.last.clone(),
    };
    let named: Vec<&str> = by.iter().map(|narrowing| narrowing.name).collect();
    let kept = [
        ("only", query.only.clone()),
        ("sort", if query.sort == PlaneSort::Name { String::new() } else { query.sort.word().to_owned() }),
        ("direction", if query.direction == Direction::Up { String::new() } else { "down".to_owned() }),
        ("size", query.page.size.to_string()),
    ];
    let kept = kept
        .into_iter()
        .filter(|(name, value)| !named.contains(name) && !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> }.into_any())
        .collect_view();
    let button = if by.is_empty() { "Find" } else { "Show" };
    let filters = by
        .into_iter()
        .map(|Narrowing { name, label, all, pairs }| {
            view! { <ChoiceOf label name all chosen=chosen(name) pairs/> }.into_any()
        })
        .collect_view();
    let clear = query.narrows().then(|| {
        let usual = PlaneQuery { sort: query.sort, direction: query.direction, ..PlaneQuery::default() };
        view! { <a href=href(path, &usual)>"Clear"</a> }
    });
    view! {
        <form method="get" action=path.to_owned() class="filters" role="search">
            <label>
                <span>{label}</span>
                <input class="field" type="search" name="q" value=query.search.clone() maxlength="200"/>
            </label>
            {filters}
            {kept}
            <button class="button first" type="submit">{button}</button>
            {clear}
        </form>
    }
    .into_any()
}

/// The choices of a list as tabs, each with its number of rows.
pub fn tabs(path: &str, query: &PlaneQuery, choices: &[(String, String, u64)]) -> Option<AnyView> {
    if choices.len() < 2 && query.only.is_empty() {
        return None;
    }
    let link = |value: &str, words: String, rows: u64| {
        let current = (value == query.only).then_some("true");
        let at = PageRequest { number: 1, ..query.page };
        let to = PlaneQuery { only: value.to_owned(), page: at, ..query.clone() };
        view! { <a href=href(path, &to) aria-current=current>{words} " " <small>{number(rows)}</small></a> }
            .into_any()
    };
    let all = choices.iter().map(|(_, _, rows)| rows).sum();
    let each = choices.iter().map(|(value, words, rows)| link(value, words.clone(), *rows)).collect_view();
    Some(
        view! { <nav class="tabs" aria-label="Which of them">{link("", "All".to_owned(), all)} {each}</nav> }
            .into_any(),
    )
}

/// Choices as the values of a filter, with their numbers of rows.
pub fn counted(choices: &[(String, String, u64)]) -> Vec<(String, String)> {
    choices
        .iter()
        .map(|(value, words, rows)| (value.clone(), format!("{words} ({})", number(*rows))))
        .collect()
}

/// What a table is made of.
pub struct Tabled {
    /// What the table is called.
    pub label: &'static str,
    /// Its headings.
    pub heads: Vec<Head>,
    /// What stands there where the list is empty.
    pub empty: &'static str,
}

/// The rows of a list as a table, and the way to its other pages. The table goes through `around`, such as a form.
pub fn table<Each>(
    path: &str,
    query: &PlaneQuery,
    page: Page<Each>,
    tabled: Tabled,
    row: impl FnMut(Each) -> Row,
    around: impl FnOnce(AnyView) -> AnyView,
) -> AnyView {
    if page.rows.is_empty() {
        return none(path, page.of, tabled.empty);
    }
    let pages =
        |number, size| href(path, &PlaneQuery { page: PageRequest { number, size }, ..query.clone() });
    let pages = pager(Place::from(&page), &pages);
    let rows = page.rows.into_iter().map(row).collect();
    let table = view! { <Table label=tabled.label heads=tabled.heads rows/> }.into_any();
    view! { {around(table)} {pages} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(pairs: &[(&'static str, &str)]) -> ParamsMap {
        pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    }

    #[test]
    fn an_address_keeps_what_was_asked() {
        let pairs = [
            ("q", "a+b"),
            ("only", "Viewer"),
            ("signin", "SAML"),
            ("last", "90"),
            ("sort", "last"),
            ("direction", "down"),
            ("page", "3"),
            ("size", "50"),
        ];
        let query = read(&url(&pairs)).ok().unwrap();
        let address = href("/x", &query);
        for part in ["q=a%2Bb", "only=Viewer", "signin=SAML", "last=90", "sort=last", "direction=down"] {
            assert!(address.contains(part), "{part}: {address}");
        }
        assert_eq!(href("/x", &PlaneQuery::default()), "/x");
        assert!(read(&url(&[("sort", "colour")])).is_err() && read(&url(&[("direction", "round")])).is_err());
    }
}
