//! Rows replaced by a settings file, checked before anything is sent with them.

use std::collections::BTreeMap;

use http::Method;
use model::vendor::{Certainty, Effect};
use serde::Deserialize;
use serde_json::Value;

use super::{OperationName, Row, Table, brace};

/// Why a settings file with operations cannot be used. Each names the row.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file is not a JSON object.
    #[error("the file of operations is not a JSON object")]
    NotAnObject(#[source] serde_json::Error),
    /// A row is not of the right shape.
    #[error("{name}: expected an object with \"method\", \"path\" and \"certainty\"")]
    Row {
        /// The row.
        name: String,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// There is no such operation.
    #[error("{name}: there is no such operation")]
    UnknownOperation {
        /// The row.
        name: String,
    },
    /// The method is unknown, or would let a read change something.
    #[error("{name}: the method must be one of {allowed}")]
    Method {
        /// The row.
        name: String,
        /// The methods that are possible here.
        allowed: String,
    },
    /// The path is not a plain path of the API.
    #[error("{name}: the path must start with /api/ and have only plain parts and braces")]
    Path {
        /// The row.
        name: String,
    },
    /// A brace without which the operation does not know its object is missing.
    #[error("{name}: the path must have {{{brace}}}, once")]
    MissingBrace {
        /// The row.
        name: String,
        /// The name in the brace.
        brace: String,
    },
    /// A brace that has no value here.
    #[error("{name}: the path has the unknown {{{brace}}}")]
    UnknownBrace {
        /// The row.
        name: String,
        /// The name in the brace.
        brace: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Override {
    method: Option<String>,
    path: Option<String>,
    certainty: Option<Certainty>,
}

pub(super) fn read(json: &str, mut table: Table) -> Result<Table, TableError> {
    let wanted: BTreeMap<String, Value> = serde_json::from_str(json).map_err(TableError::NotAnObject)?;
    for (name, value) in wanted {
        let Some(operation) = OperationName::parse(&name) else {
            return Err(TableError::UnknownOperation { name });
        };
        let wanted: Override =
            serde_json::from_value(value).map_err(|source| TableError::Row { name, source })?;
        let row = replace(table.row(operation), wanted)?;
        table.rows[operation as usize] = row;
    }
    Ok(table)
}

fn replace(own: &Row, wanted: Override) -> Result<Row, TableError> {
    let method = match wanted.method {
        Some(word) => method(own, &word)?,
        None => own.method.clone(),
    };
    let path = match wanted.path {
        Some(path) => checked(own, path)?,
        None => own.path.clone(),
    };
    // Whoever types an address has not yet said that they checked it.
    let certainty = wanted.certainty.unwrap_or(Certainty::Inferred);
    Ok(Row { name: own.name, method, path, certainty, overridden: true, effect: own.effect })
}

/// A read is repeated by itself, so it may only get a method that changes nothing, or keep its own.
fn method(own: &Row, word: &str) -> Result<Method, TableError> {
    let allowed = match own.effect {
        Effect::Read if own.method == Method::GET => vec![Method::GET],
        Effect::Read => vec![Method::GET, own.method.clone()],
        Effect::Change => vec![Method::POST, Method::PUT, Method::PATCH, Method::DELETE],
    };
    let words: Vec<_> = allowed.iter().map(Method::as_str).collect();
    let allowed_words = words.join(", ");
    allowed
        .into_iter()
        .find(|method| method.as_str().eq_ignore_ascii_case(word))
        .ok_or_else(|| TableError::Method { name: own.name.to_string(), allowed: allowed_words })
}

fn checked(own: &Row, path: String) -> Result<String, TableError> {
    let name = || own.name.to_string();
    if !path.starts_with("/api/") {
        return Err(TableError::Path { name: name() });
    }
    let needed: Vec<_> = own.path.split('/').filter_map(brace).collect();
    let mut found = Vec::new();
    for part in path.split('/').skip(1) {
        match brace(part) {
            Some(inner) if needed.contains(&inner) || is_at_hand(own, inner) => found.push(inner),
            Some(inner) => return Err(TableError::UnknownBrace { name: name(), brace: inner.to_owned() }),
            None if is_plain(part) => {}
            None => return Err(TableError::Path { name: name() }),
        }
    }
    for brace in needed {
        if found.iter().filter(|inner| **inner == brace).count() != 1 {
            return Err(TableError::MissingBrace { name: name(), brace: brace.to_owned() });
        }
    }
    Ok(path)
}

/// What a path may name although ours does not: the tenant's id is there wherever there is a session, and the name
/// of a person stands in our own query.
fn is_at_hand(own: &Row, inner: &str) -> bool {
    match inner {
        "tenantId" => own.name != OperationName::PatLogin,
        "userName" => own.name == OperationName::UserResources,
        _ => false,
    }
}

fn is_plain(part: &str) -> bool {
    let letters = part.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    letters && !matches!(part, "" | "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(json: &str) -> String {
        Table::with_overrides(json).unwrap_err().to_string()
    }

    #[test]
    fn a_row_can_be_replaced_and_says_so() {
        let json = r#"{"site.suspend": {"method": "post", "path": "/api/v1/tenants/{tenantId}/sites/{siteId}/suspend"},
            "job.get": {"path": "/api/v1/tenants/{tenantId}/users/jobs/{jobId}", "certainty": "confirmed"}}"#;
        let table = Table::with_overrides(json).unwrap();
        let suspend = table.row(OperationName::SiteSuspend);
        assert_eq!((suspend.method.as_str(), suspend.overridden), ("POST", true));
        assert!(suspend.path.ends_with("/suspend"));
        assert_eq!(suspend.certainty, Certainty::Inferred);
        assert_eq!(table.row(OperationName::JobGet).certainty, Certainty::Confirmed);
        assert_eq!(table.rows().filter(|row| row.overridden).count(), 2);
    }

    #[test]
    fn a_confirmed_row_that_is_replaced_is_inferred_again() {
        let table =
            Table::with_overrides(r#"{"site.list":{"path":"/api/v9/tenants/{tenantId}/sites"}}"#).unwrap();
        assert_eq!(table.row(OperationName::SiteList).certainty, Certainty::Inferred);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_row() {
        assert_eq!(error("[]"), "the file of operations is not a JSON object");
        assert_eq!(error(r#"{"site.delete":{}}"#), "site.delete: there is no such operation");
        assert!(error(r#"{"site.get":{"verb":"GET"}}"#).starts_with("site.get: expected an object"));
        assert_eq!(
            error(r#"{"site.suspend":{"method":"GRAB"}}"#),
            "site.suspend: the method must be one of POST, PUT, PATCH, DELETE"
        );
        assert_eq!(error(r#"{"site.get":{"method":"DELETE"}}"#), "site.get: the method must be one of GET");
        assert_eq!(
            error(r#"{"site.get":{"path":"/api/v1/tenants/{tenantId}/sites"}}"#),
            "site.get: the path must have {siteId}, once"
        );
        assert_eq!(
            error(r#"{"tenant.get":{"path":"/api/v1/tenants/{tenantId}/{siteId}"}}"#),
            "tenant.get: the path has the unknown {siteId}"
        );
        assert_eq!(
            error(r#"{"pat.login":{"path":"/api/{tenantId}"}}"#),
            "pat.login: the path has the unknown {tenantId}"
        );
        assert_eq!(
            error(r#"{"user.list":{"path":"/api/v1/tenants/{tenantId}/users/{userName}"}}"#),
            "user.list: the path has the unknown {userName}"
        );
    }

    #[test]
    fn a_path_may_name_what_is_at_hand() {
        let json = r#"{"user.resources":{"path":"/api/v1/tenants/{tenantId}/users/{userName}/resources"},
            "user.batch_delete":{"method":"DELETE","path":"/api/v1/tenants/{tenantId}/bulk/users"}}"#;
        assert!(Table::with_overrides(json).is_ok());
    }

    #[test]
    fn a_read_that_is_a_post_never_gets_a_method_that_changes() {
        assert_eq!(
            error(r#"{"user.batch_details":{"method":"DELETE"}}"#),
            "user.batch_details: the method must be one of GET, POST"
        );
    }

    #[test]
    fn a_path_cannot_leave_the_api() {
        for path in [
            "/v1/pat",
            "api/v1",
            "//evil.example/api/",
            "/api/../x",
            "/api//x",
            "/api/x?y",
            "/api/x#y",
            "/api/%2e",
            "/api/x{y}",
            "/api/@x",
        ] {
            let json = format!(r#"{{"regions.list":{{"path":"{path}"}}}}"#);
            assert!(error(&json).starts_with("regions.list: the path must start with /api/"), "{path}");
        }
    }
}
