//! The operations of a site: method, path, the first version that knows them, and how sure we are, as data.

mod names;
mod rows;
mod written;

use http::Method;
use model::vendor::{Certainty, Effect, OperationRow};

pub use names::SiteOperation;
pub use rows::SITE_OPERATIONS;

use super::version::ApiVersion;

/// One operation of a site and its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRow {
    /// Our name for it.
    pub name: SiteOperation,
    /// The HTTP method.
    pub method: Method,
    /// The path, with its changing parts in braces.
    pub path: &'static str,
    /// The first version that knows it.
    pub since: ApiVersion,
    /// Whether it reads or changes. Signing in and out change nothing on the site.
    pub effect: Effect,
    /// How sure we are of method and path.
    pub certainty: Certainty,
    /// Where the vendor describes it.
    pub vendor: &'static str,
}

impl SiteRow {
    /// The row for display. An address of a site is never overridden and never locked.
    pub fn shown(&self) -> OperationRow {
        OperationRow {
            name: self.name.to_string(),
            method: self.method.to_string(),
            path: self.path.to_owned(),
            certainty: self.certainty,
            overridden: false,
            effect: self.effect,
            unlocked: None,
            locked: false,
        }
    }
}

impl SiteOperation {
    /// Its method and path.
    pub fn row(self) -> &'static SiteRow {
        // Rows stand in the order of the names; a test holds them to it.
        &SITE_OPERATIONS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_name_finds_its_own_row() {
        for row in &SITE_OPERATIONS {
            assert_eq!(row.name.row().name, row.name);
            assert_eq!(row.shown().name, row.name.as_str());
        }
    }

    #[test]
    fn names_are_told_apart() {
        let names: HashSet<_> = SITE_OPERATIONS.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names.len(), SITE_OPERATIONS.len());
    }

    #[test]
    fn what_is_asked_by_get_reads_and_what_is_deleted_changes() {
        for row in &SITE_OPERATIONS {
            match row.method {
                Method::GET => assert_eq!(row.effect, Effect::Read, "{}", row.name),
                Method::DELETE => assert_eq!(row.effect, Effect::Change, "{}", row.name),
                _ => {}
            }
        }
    }

    #[test]
    fn only_the_address_that_clients_contradict_is_inferred() {
        let inferred = SITE_OPERATIONS.iter().filter(|row| row.certainty == Certainty::Inferred);
        assert_eq!(inferred.map(|row| row.name).collect::<Vec<_>>(), [SiteOperation::SetUpdateAsPrinted]);
    }
}
