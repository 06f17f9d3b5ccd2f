//! The state of the list of people in the URL: which people, in which order, with which columns.

use leptos_router::params::ParamsMap;
use model::{
    Direction, PageRequest, Problem, ProblemCode,
    people::{PeopleQuery, PeopleSort},
};

use crate::parts::query::{address, direction, page, text};

/// A column beside the name. The name is always there.
pub struct Column {
    /// Its word in the URL.
    pub word: &'static str,
    /// Its heading.
    pub label: &'static str,
    /// How the list is sorted by it, where it can be.
    pub sort: Option<PeopleSort>,
    /// Whether it is shown when nothing is chosen.
    pub usual: bool,
}

const fn column(word: &'static str, label: &'static str, sort: Option<PeopleSort>, usual: bool) -> Column {
    Column { word, label, sort, usual }
}

/// All columns, in their order.
pub const COLUMNS: [Column; 10] = [
    column("email", "E-mail", Some(PeopleSort::Email), false),
    column("role", "Highest role", Some(PeopleSort::Role), true),
    column("sites", "Sites", Some(PeopleSort::Sites), true),
    column("names", "On sites", None, false),
    column("signin", "Sign-in type", None, false),
    column("last", "Last sign-in", Some(PeopleSort::Last), true),
    column("status", "Status", Some(PeopleSort::Status), true),
    column("tenant", "Tenant role", None, false),
    column("language", "Language", None, false),
    column("locale", "Locale", None, false),
];

/// The words for the orders in the URL.
pub const SORTS: [(&str, PeopleSort, &str); 6] = [
    ("name", PeopleSort::Name, "Name"),
    ("email", PeopleSort::Email, "E-mail"),
    ("role", PeopleSort::Role, "Highest role"),
    ("sites", PeopleSort::Sites, "Sites"),
    ("last", PeopleSort::Last, "Last sign-in"),
    ("status", PeopleSort::Status, "Status"),
];

/// What the URL asks for.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// Which people, in which order.
    pub query: PeopleQuery,
    /// The chosen columns, as bits by their place in [`COLUMNS`]; none for the usual ones.
    columns: u16,
}

impl Asked {
    /// Whether a column is shown.
    pub fn shows(&self, at: usize) -> bool {
        if self.columns == 0 { COLUMNS[at].usual } else { self.columns >> at & 1 == 1 }
    }

    /// The same list with another query, from its first page.
    pub fn with(&self, query: PeopleQuery) -> Self {
        let page = PageRequest { number: 1, ..query.page };
        Self { query: PeopleQuery { page, ..query }, columns: self.columns }
    }

    /// The same list on another page.
    pub fn on(&self, page: PageRequest) -> Self {
        Self { query: PeopleQuery { page, ..self.query.clone() }, columns: self.columns }
    }

    /// The address of the list; what is as usual is left out.
    pub fn href(&self) -> String {
        let query = &self.query;
        let unless = |usual: bool, word: String| if usual { String::new() } else { word };
        let usual = PageRequest::default();
        let chosen = COLUMNS.iter().enumerate().filter(|(at, _)| self.columns >> at & 1 == 1);
        let chosen: Vec<&str> = chosen.map(|(_, column)| column.word).collect();
        let mut values = words(query);
        values.extend([
            ("sort", unless(query.sort == PeopleSort::Name, sort_word(query.sort).to_owned())),
            ("direction", unless(query.direction == Direction::Up, "down".to_owned())),
            ("page", unless(query.page.number == usual.number, query.page.number.to_string())),
            ("size", unless(query.page.size == usual.size, query.page.size.to_string())),
            ("columns", chosen.join(",")),
        ]);
        address("/people", &values)
    }

    /// The address of the file with everyone who matches.
    pub fn export(&self, format: &str) -> String {
        let mut values = words(&self.query);
        values.push(("format", format.to_owned()));
        address("/people/export", &values)
    }
}

/// The words that leave people out, by their names in the URL.
pub fn words(query: &PeopleQuery) -> Vec<(&'static str, String)> {
    vec![
        ("q", query.search.clone()),
        ("role", query.role.clone()),
        ("tenant", query.tenant.clone()),
        ("status", query.status.clone()),
        ("site", query.site.clone()),
        ("signin", query.signin.clone()),
        ("last", query.last.clone()),
        ("mark", query.mark.clone()),
    ]
}

/// Which people the URL asks for, and in which order.
pub fn read_query(url: &ParamsMap) -> Result<PeopleQuery, Problem> {
    let sort = match url.get_str("sort") {
        None | Some("") => PeopleSort::default(),
        Some(word) => {
            let known = SORTS.iter().find(|(known, ..)| *known == word);
            known.map(|(_, sort, _)| *sort).ok_or_else(|| malformed("sort"))?
        }
    };
    Ok(PeopleQuery {
        search: text(url, "q"),
        role: text(url, "role"),
        tenant: text(url, "tenant"),
        status: text(url, "status"),
        site: text(url, "site"),
        signin: text(url, "signin"),
        last: text(url, "last"),
        mark: text(url, "mark"),
        sort,
        direction: direction(url)?,
        page: page(url)?,
    })
}

/// What the URL asks for. A form names each column by itself, a link all of them with commas between.
pub fn read(url: &ParamsMap) -> Result<Asked, Problem> {
    let mut columns = 0;
    for words in url.get_all("columns").unwrap_or_default() {
        for word in words.split(',').filter(|word| !word.is_empty()) {
            let at = COLUMNS.iter().position(|column| column.word == word);
            columns |= 1 << at.ok_or_else(|| malformed("columns"))?;
        }
    }
    Ok(Asked { query: read_query(url)?, columns })
}

/// The word for an order.
pub fn sort_word(sort: PeopleSort) -> &'static str {
    SORTS.iter().find(|(_, known, _)| *known == sort).map_or("name", |(word, ..)| word)
}

fn malformed(name: &str) -> Problem {
    Problem::about(ProblemCode::MalformedQuery, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(pairs: &[(&'static str, &str)]) -> ParamsMap {
        pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    }

    #[test]
    fn columns_are_read_from_a_form_and_from_a_link() {
        let form = read(&url(&[("columns", "email"), ("columns", "last")])).ok().unwrap();
        let link = read(&url(&[("columns", "email,last")])).ok().unwrap();
        assert!(form == link && form.shows(0) && form.shows(5) && !form.shows(1));
        assert!(form.href().contains("columns=email%2Clast"), "{}", form.href());
        assert!(read(&url(&[("columns", "colour")])).is_err());
        assert!(Asked::default().shows(1) && !Asked::default().shows(0));
    }

    #[test]
    fn an_address_keeps_what_was_asked_and_another_query_begins_on_the_first_page() {
        let pairs =
            [("q", "a+b & c"), ("role", "Viewer"), ("page", "3"), ("sort", "last"), ("direction", "down")];
        let asked = read(&url(&pairs)).ok().unwrap();
        for part in ["q=a%2Bb%20%26%20c", "role=Viewer", "page=3", "sort=last", "direction=down"] {
            assert!(asked.href().contains(part), "{part}: {}", asked.href());
        }
        assert!(!asked.with(asked.query.clone()).href().contains("page"));
        assert!(!asked.export("csv").contains("sort"));
        assert_eq!(Asked::default().href(), "/people");
    }
}
