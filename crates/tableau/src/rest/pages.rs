//! Lists of a site: one page, or all of them although the list may change meanwhile.

use std::{collections::HashSet, future::Future, hash::Hash};

use model::PageRequest;
use serde::Deserialize;

use super::{
    ask::Ask,
    fields::Fields,
    filter::{Filter, Sort, SortField},
    loose,
};
use crate::{Error, Result, Unfit, Unreadable, VendorWords};

/// The vendor's limit of rows on a page.
pub const LARGEST_PAGE: u32 = 1000;
/// More pages than any site has people; beyond it something is wrong.
const MOST_PAGES: u32 = 2000;
/// The vendor's code for a page past the end, which is normal where a list shrinks while it is read.
const PAST_THE_END: &str = "400006";

/// Which rows of a list, in which order, with which fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<Field> {
    /// Which rows.
    pub filter: Filter<Field>,
    /// In which order; without one the vendor's is undefined.
    pub sort: Sort<Field>,
    /// With which fields.
    pub fields: Fields,
}

impl<Field> Default for Listing<Field> {
    fn default() -> Self {
        Self { filter: Filter::default(), sort: Sort::default(), fields: Fields::default() }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitePage<Row> {
    /// Its rows.
    pub rows: Vec<Row>,
    /// How many rows there are on all pages; it may change from page to page.
    pub total: u64,
    /// Which page was asked for.
    pub at: PageRequest,
}

/// A list that was read over all of its pages, each row once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<Row> {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Whether the list stood still while it was read. If not, rows may be missing: read it again.
    pub steady: bool,
}

/// Where a page of a list stands.
#[derive(Default, Deserialize)]
pub(super) struct PaginationWire {
    #[serde(rename = "@totalAvailable")]
    total: Option<String>,
}

impl PaginationWire {
    /// The page; without the vendor's figure it is taken for the whole list.
    pub(super) fn page<Row>(&self, rows: Vec<Row>, at: PageRequest) -> SitePage<Row> {
        let total = loose::number(self.total.as_deref()).unwrap_or(rows.len() as u64);
        SitePage { rows, total, at }
    }
}

impl<Access> Ask<'_, Access> {
    /// Asks for this page of the list.
    pub(super) fn page(self, page: PageRequest) -> Result<Self> {
        if page.number == 0 || page.size == 0 || page.size > LARGEST_PAGE {
            return Err(Unfit::Page.into());
        }
        Ok(self.query("pageSize", page.size.to_string()).query("pageNumber", page.number.to_string()))
    }

    /// Asks for these rows and fields of the list.
    pub(super) fn listing<Field: SortField>(mut self, listing: &Listing<Field>) -> Self {
        let Listing { filter, sort, fields } = listing;
        for (name, value) in
            [("filter", filter.expression()), ("sort", sort.expression()), ("fields", fields.expression())]
        {
            if let Some(value) = value {
                self = self.query(name, value);
            }
        }
        self
    }
}

/// Reads all pages. Rows move between pages when the list changes, so each id counts once, and an empty page or one
/// past the end is the end.
pub(super) async fn all<Row, Id, Get, Got>(get: Get, id: impl Fn(&Row) -> Id) -> Result<Listed<Row>>
where
    Id: Eq + Hash,
    Get: Fn(PageRequest) -> Got,
    Got: Future<Output = Result<SitePage<Row>>>,
{
    let (mut rows, mut seen, mut first_total) = (Vec::new(), HashSet::new(), None);
    let mut steady = true;
    for number in 1..=MOST_PAGES {
        let page = match get(PageRequest { number, size: LARGEST_PAGE }).await {
            Ok(page) => page,
            Err(error) if number > 1 && is_past_the_end(&error) => return Ok(Listed { rows, steady: false }),
            Err(error) => return Err(error),
        };
        let total = *first_total.get_or_insert(page.total);
        let (before, came) = (rows.len(), page.rows.len());
        rows.extend(page.rows.into_iter().filter(|row| seen.insert(id(row))));
        steady &= page.total == total && rows.len() - before == came;
        let is_last = u64::from(number) * u64::from(LARGEST_PAGE) >= page.total;
        if is_last || rows.len() == before {
            return Ok(Listed { steady: steady && rows.len() as u64 == total, rows });
        }
    }
    Err(Unreadable::EndlessPages.into())
}

fn is_past_the_end(error: &Error) -> bool {
    error.vendor_words().and_then(VendorWords::code) == Some(PAST_THE_END)
}
