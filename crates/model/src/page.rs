//! Pages of lists: what is asked for, and what comes back.

use serde::{Deserialize, Serialize};

use crate::{Moment, Problem};

/// The page sizes a person can choose.
pub const SIZES: [u32; 4] = [25, 50, 100, 250];

/// One page of a list: which one, and how many rows it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRequest {
    /// Counted from 1.
    pub number: u32,
    /// One of [`SIZES`].
    pub size: u32,
}

impl Default for PageRequest {
    fn default() -> Self {
        Self { number: 1, size: SIZES[0] }
    }
}

impl PageRequest {
    /// The page that is shown of so many rows: one past the end is the last one.
    pub fn within(self, total: u64) -> Self {
        Self { number: self.number.clamp(1, last_page(total, self.size)), size: self.size }
    }

    /// The rows that stand before it.
    pub fn first(self) -> usize {
        (self.number.max(1) as usize - 1) * self.size as usize
    }
}

/// A value with its age, and the problem that kept it from being newer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aged<T> {
    /// The value.
    pub value: T,
    /// When Tableau told it.
    pub as_of: Moment,
    /// Why it is not newer, when asking again failed.
    pub stale: Option<Problem>,
}

/// How new an answer must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Freshness {
    /// Half a minute old is good enough.
    #[default]
    Recent,
    /// Ask now: somebody pressed "refresh", or is about to decide.
    Now,
}

/// The direction of a sorted column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// A to Z, few to many, old to new.
    #[default]
    Up,
    /// The other way round.
    Down,
}

/// One page of rows, the number of all that match, and the age of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<Row> {
    /// The rows of this page.
    pub rows: Vec<Row>,
    /// Rows that match on all pages.
    pub total: u64,
    /// Rows there are before any filter.
    pub of: u64,
    /// Which page this is.
    pub at: PageRequest,
    /// When the data was read from Tableau, or from the log.
    pub as_of: Moment,
}

impl<Row> Page<Row> {
    /// Cuts the page asked for out of rows that already match; a page past the end is the last one.
    pub fn cut(matching: Vec<Row>, of: u64, asked: PageRequest, as_of: Moment) -> Self {
        let total = matching.len() as u64;
        let at = asked.within(total);
        let rows = matching.into_iter().skip(at.first()).take(at.size as usize).collect();
        Self { rows, total, of, at, as_of }
    }

    /// The number of the last page; an empty list has one page.
    pub fn last(&self) -> u32 {
        last_page(self.total, self.at.size)
    }

    /// What the page shows of the whole, counted from 1: `(26, 50)`; `(0, 0)` when nothing matches.
    pub fn span(&self) -> (u64, u64) {
        if self.rows.is_empty() {
            return (0, 0);
        }
        let first = u64::from(self.at.number - 1) * u64::from(self.at.size) + 1;
        (first, first + self.rows.len() as u64 - 1)
    }
}

fn last_page(total: u64, size: u32) -> u32 {
    total.div_ceil(u64::from(size.max(1))).clamp(1, u64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_past_the_end_is_the_last_page() {
        let now = Moment::parse("2026-03-03T12:00:00Z").unwrap();
        let page = Page::cut((0..30).collect(), 40, PageRequest { number: 9, size: 25 }, now);
        assert_eq!((page.at.number, page.rows.len(), page.span(), page.last()), (2, 5, (26, 30), 2));
        let none = Page::<u8>::cut(vec![], 40, PageRequest::default(), now);
        assert_eq!((none.at.number, none.span(), none.last()), (1, (0, 0), 1));
    }
}
