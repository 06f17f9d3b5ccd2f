//! The rows of a site's lists: what a search looks through, which choice each belongs to, and how they are sorted.

use model::{
    Aged, Moment, Page,
    groups::{Group, GroupSet},
    site_plane::{PlaneList, PlaneQuery, PlaneSort, SiteHead},
    site_users::SiteUser,
};
use std::sync::Arc;

use crate::directory::fold;

/// The word for people of whom no sign-in is told.
pub(super) const NEVER: &str = "never";

/// A row of a list of a site.
pub(super) trait PlaneRow: Clone {
    /// The text that a search looks through, beginning with the name it is sorted by.
    fn words(&self) -> String;

    /// The choice that it belongs to: value and words.
    fn kind(&self) -> (String, String) {
        Default::default()
    }

    /// Whether it is wanted, search and choice aside.
    fn fits(&self, _query: &PlaneQuery, _now: Moment) -> bool {
        true
    }

    /// Its place in an order other than by name.
    fn weight(&self, _sort: PlaneSort) -> i64 {
        0
    }
}

impl PlaneRow for SiteUser {
    fn words(&self) -> String {
        format!("{} {} {}", self.shown_name(), self.name, self.id)
    }

    fn kind(&self) -> (String, String) {
        (self.site_role.code().to_owned(), self.site_role.words().to_owned())
    }

    fn fits(&self, query: &PlaneQuery, now: Moment) -> bool {
        let way = self.sign_in.as_ref().map_or("", |way| way.code());
        let is_long_ago = match (query.days(), self.last_login) {
            (None, last) => query.last != NEVER || last.is_none(),
            (Some(days), Some(last)) => last.seconds_until(now) > days * 86_400,
            // Who never signed in has not done so for that long either, as in the list of people.
            (Some(_), None) => true,
        };
        is_long_ago && (query.sign_in.is_empty() || query.sign_in == way)
    }

    fn weight(&self, sort: PlaneSort) -> i64 {
        match sort {
            PlaneSort::Role => i64::from(self.site_role.rank()),
            PlaneSort::Last => self.last_login.map_or(i64::MIN, Moment::seconds),
            PlaneSort::Name | PlaneSort::Members => 0,
        }
    }
}

impl PlaneRow for Group {
    fn words(&self) -> String {
        self.name.clone()
    }

    fn kind(&self) -> (String, String) {
        let (value, words) = match self {
            group if group.is_all_users() => ("everybody", "Everybody"),
            group if !group.is_local() => ("directory", "From a directory"),
            group if group.grants_licences() => ("grants", "Gives a role"),
            _ => ("plain", "Plain"),
        };
        (value.to_owned(), words.to_owned())
    }

    fn weight(&self, sort: PlaneSort) -> i64 {
        match sort {
            PlaneSort::Members => self.user_count.map_or(-1, i64::from),
            PlaneSort::Role => self.minimum_role.as_ref().map_or(-1, |role| i64::from(role.rank())),
            PlaneSort::Name | PlaneSort::Last => 0,
        }
    }
}

impl PlaneRow for GroupSet {
    fn words(&self) -> String {
        let groups: Vec<&str> = self.groups.iter().map(|group| group.name.as_str()).collect();
        format!("{} {}", self.name, groups.join(" "))
    }

    fn weight(&self, sort: PlaneSort) -> i64 {
        if sort == PlaneSort::Members { self.size() as i64 } else { 0 }
    }
}

/// Cuts one page out of a whole list, and counts what each choice would show.
pub(super) fn select<Row: PlaneRow>(
    head: SiteHead,
    all: Aged<Arc<Vec<Row>>>,
    query: &PlaneQuery,
) -> PlaneList<Row> {
    let sought = fold(query.search.trim());
    let is_sought = |row: &&Row| sought.is_empty() || fold(&row.words()).contains(&sought);
    let found = all.value.iter().filter(|row| row.fits(query, all.as_of)).filter(is_sought);
    let mut choices: Vec<(String, String, u64)> = Vec::new();
    let mut rows = Vec::new();
    for row in found {
        let (value, words) = row.kind();
        if query.only.is_empty() || query.only == value {
            rows.push(row.clone());
        }
        match choices.iter_mut().find(|(known, ..)| *known == value) {
            Some((.., count)) => *count += 1,
            None => choices.push((value, words, 1)),
        }
    }
    choices.sort_by(|left, right| left.1.cmp(&right.1));
    rows.sort_by_cached_key(|row| (row.weight(query.sort), fold(&row.words())));
    if query.direction == model::Direction::Down {
        rows.reverse();
    }
    let page = Page::cut(rows, all.value.len() as u64, query.page, all.as_of);
    PlaneList { head, page, choices, stale: all.stale, being_read: false }
}
