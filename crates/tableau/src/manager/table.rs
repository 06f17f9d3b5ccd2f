//! The operations of Tableau Cloud Manager: method, path, and how sure we are of both, as data.

mod names;
mod overrides;
mod rows;

use http::Method;
use model::vendor::{Certainty, Effect, OperationRow};
use reqwest::Url;

pub use names::OperationName;
pub use overrides::TableError;

use crate::{Error, Result};

/// One operation and its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Our name for it.
    pub name: OperationName,
    /// The HTTP method.
    pub method: Method,
    /// The path, with its changing parts in braces.
    pub path: String,
    /// How sure we are of method and path.
    pub certainty: Certainty,
    /// Whether the settings replaced our own row.
    pub overridden: bool,
    /// Whether it reads or changes. Signing in and out change nothing in the tenant.
    pub effect: Effect,
}

/// Every operation and its address. The vendor's page lost its methods and paths, so most are inferred,
/// and settings can replace any of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    rows: Vec<Row>,
}

impl Default for Table {
    /// The table as our reference has it.
    fn default() -> Self {
        Self { rows: OperationName::ALL.iter().copied().map(rows::row).collect() }
    }
}

impl Table {
    /// The table with rows replaced by a settings file: a JSON object from operation to
    /// `{"method": …, "path": …, "certainty": "confirmed"}`. Each part may be left out. A replaced row is
    /// inferred unless it says otherwise.
    pub fn with_overrides(json: &str) -> Result<Self, TableError> {
        overrides::read(json, Self::default())
    }

    /// All rows, for display. Whether one is locked is for `operations` to fill in.
    pub fn rows(&self) -> impl Iterator<Item = OperationRow> {
        self.rows.iter().map(Row::shown)
    }

    /// The row of one operation.
    pub fn row(&self, name: OperationName) -> &Row {
        // Rows stand in the order of the names; a test holds them to it.
        &self.rows[name as usize]
    }
}

impl Row {
    fn shown(&self) -> OperationRow {
        OperationRow {
            name: self.name.to_string(),
            method: self.method.to_string(),
            path: self.path.clone(),
            certainty: self.certainty,
            overridden: self.overridden,
            effect: self.effect,
            unlocked: None,
            locked: false,
        }
    }
}

/// The address of a path under this base, each value escaped as one part of it.
pub(crate) fn address(base: &Url, path: &str, values: &[(&'static str, String)]) -> Result<Url> {
    let mut url = base.clone();
    {
        let refused = || Error::NotSent { source: AddressError.into() };
        let mut parts = url.path_segments_mut().map_err(|()| refused())?;
        parts.clear();
        for part in path.trim_start_matches('/').split('/') {
            let part = match brace(part) {
                None => part,
                Some(wanted) => {
                    let found = values.iter().find(|(name, _)| *name == wanted);
                    found.map(|(_, value)| value.as_str()).ok_or_else(refused)?
                }
            };
            // These would leave the path they stand in, or vanish.
            if matches!(part, "" | "." | "..") {
                return Err(refused());
            }
            parts.push(part);
        }
    }
    Ok(url)
}

/// A value is missing, or cannot be a part of a path.
#[derive(Debug, thiserror::Error)]
#[error("the address of the operation cannot be built")]
struct AddressError;

/// The name in the braces, if the part is one.
fn brace(part: &str) -> Option<&str> {
    part.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(path: &str, value: &str) -> Option<String> {
        let base = Url::parse("https://host.example").unwrap();
        super::address(&base, path, &[("siteId", value.to_owned())]).ok().map(|url| url.to_string())
    }

    #[test]
    fn every_name_finds_its_own_row() {
        for name in OperationName::ALL.iter().copied() {
            assert_eq!(Table::default().row(name).name, name);
        }
    }

    #[test]
    fn a_value_stays_one_part_of_the_path() {
        let path = "/api/v1/sites/{siteId}/suspend";
        assert_eq!(
            address(path, "a/../b?c=d#e f%2f\\").unwrap(),
            "https://host.example/api/v1/sites/a%2F..%2Fb%3Fc=d%23e%20f%252f%5C/suspend"
        );
        for bad in ["", ".", ".."] {
            assert_eq!(address(path, bad), None, "{bad}");
        }
        assert_eq!(address("/api/v1/{jobId}", "x"), None);
    }

    #[test]
    fn only_what_somebody_has_seen_is_confirmed() {
        let table = Table::default();
        let confirmed: Vec<_> =
            table.rows().filter(|row| row.certainty == Certainty::Confirmed).map(|row| row.name).collect();
        assert_eq!(
            confirmed,
            [
                "pat.login",
                "session.delete",
                "site.list",
                "user.list",
                "user.import",
                "activitylog.list",
                "activitylog.urls",
                "site_activitylog.list",
                "site_activitylog.urls"
            ]
        );
        let changes: Vec<_> =
            table.rows().filter(|row| row.effect == Effect::Change).map(|row| row.name).collect();
        assert_eq!(
            changes,
            [
                "site.suspend",
                "site.reactivate",
                "user.create",
                "user.update",
                "user.delete",
                "user.batch_delete",
                "user.import",
                "site.create",
                "site.update_limits",
                "site.create_project",
                "tenant.accept_terms",
                "pat.create",
                "pat.revoke",
                "oidc.upsert",
                "oidc.delete"
            ]
        );
    }
}
