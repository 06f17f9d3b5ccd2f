//! The state of the list of seats used in vain in the URL.

use leptos_router::params::ParamsMap;
use model::{
    Direction, PageRequest, Problem, ProblemCode,
    licences::idle::{IdleQuery, IdleSort},
};

use crate::parts::query::{address, direction, page, text};

/// The address of the list.
pub const PATH: &str = "/licences/idle";
/// The orders: their words in the URL.
pub const SORTS: [(&str, IdleSort); 4] = [
    ("last", IdleSort::Last),
    ("name", IdleSort::Name),
    ("seat", IdleSort::Seat),
    ("sites", IdleSort::Sites),
];

/// Which people the URL asks for, and in which order.
pub fn read(url: &ParamsMap) -> Result<IdleQuery, Problem> {
    let malformed = |name: &str| Problem::about(ProblemCode::MalformedQuery, name);
    let sort = match url.get_str("sort") {
        None | Some("") => IdleSort::default(),
        Some(word) => {
            let known = SORTS.iter().find(|(known, _)| *known == word);
            known.map(|(_, sort)| *sort).ok_or_else(|| malformed("sort"))?
        }
    };
    Ok(IdleQuery {
        search: text(url, "q"),
        site: text(url, "site"),
        seat: text(url, "seat"),
        days: text(url, "days"),
        only: text(url, "only"),
        sort,
        direction: direction(url)?,
        page: page(url)?,
    })
}

/// The address of the list; what is as usual is left out.
pub fn href(query: &IdleQuery) -> String {
    let unless = |usual: bool, word: String| if usual { String::new() } else { word };
    let usual = PageRequest::default();
    let mut values = words(query);
    values.extend([
        ("sort", unless(query.sort == IdleSort::Last, sort_word(query.sort).to_owned())),
        ("direction", unless(query.direction == Direction::Up, "down".to_owned())),
        ("page", unless(query.page.number == usual.number, query.page.number.to_string())),
        ("size", unless(query.page.size == usual.size, query.page.size.to_string())),
    ]);
    address(PATH, &values)
}

/// The words that leave people out, by their names in the URL.
pub fn words(query: &IdleQuery) -> Vec<(&'static str, String)> {
    vec![
        ("q", query.search.clone()),
        ("site", query.site.clone()),
        ("seat", query.seat.clone()),
        ("days", query.days.clone()),
        ("only", query.only.clone()),
    ]
}

/// The word for an order.
pub fn sort_word(sort: IdleSort) -> &'static str {
    SORTS.iter().find(|(_, known)| *known == sort).map_or("last", |(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_address_asks_for_comes_back_in_it() {
        let url: ParamsMap = [
            ("q", "a&b"),
            ("seat", "creator"),
            ("days", "180"),
            ("only", "never"),
            ("sort", "name"),
            ("direction", "down"),
            ("page", "2"),
        ]
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
        let query = read(&url).ok().unwrap();
        let there = href(&query);
        for part in
            ["q=a%26b", "seat=creator", "days=180", "only=never", "sort=name", "direction=down", "page=2"]
        {
            assert!(there.contains(part), "{part}: {there}");
        }
        assert_eq!(href(&IdleQuery::default()), PATH);
        let bad: ParamsMap = [("sort", "colour".to_owned())].into_iter().collect();
        assert!(read(&bad).is_err());
    }
}
