//! The vendor's own activity log: which part of it is asked for, and what a page shows of it.

mod compared;

use serde::{Deserialize, Serialize};

pub use compared::{Difference, Found, Numbers, Reconciled};

use crate::{Moment, Page, PageRequest, Problem, ProblemCode, SiteId};

/// The longest time that is asked for at once, in days. The vendor takes seven, so it is asked in parts.
pub const DAYS_AT_MOST: i64 = 90;
/// The longest time that the vendor takes in one question.
///
/// Vendor: Administrative Methods, "List tenant activity log paths".
pub const VENDOR_DAYS: i64 = 7;

/// The kinds of events of a tenant's log, in the vendor's words.
///
/// Vendor: Administrative Methods, "List tenant activity log paths", `eventType`.
pub const KINDS: [&str; 35] = [
    "batch_revoke_personal_access_token",
    "batch_revoke_session",
    "create_or_update_oidc_config",
    "create_or_update_saml_config",
    "create_personal_access_token",
    "create_private_connection",
    "create_site",
    "create_tenant",
    "create_user",
    "delete_oidc_config",
    "delete_private_connection",
    "delete_saml_config",
    "delete_site",
    "delete_tenant",
    "delete_user",
    "get_sites",
    "get_users",
    "list_personal_access_tokens",
    "merge_tenant",
    "migrate_site",
    "personal_access_token_login",
    "reactivate_site",
    "revoke_personal_access_token",
    "revoke_session",
    "site_limits_change",
    "suspend_site",
    "tcm_activity_log_access",
    "update_personal_access_token",
    "update_private_connection",
    "update_session",
    "update_tenant",
    "update_user",
    "update_user_site_role",
    "update_user_tenant_role",
    "user_login_create_session",
];

/// A kind of event in words: `suspend_site` is "suspend site".
pub fn kind_words(kind: &str) -> String {
    kind.replace('_', " ")
}

/// Whether an event of this kind changed something. Signing in and out, and reading, do not.
pub fn changes_something(kind: &str) -> bool {
    let verbs =
        ["create_", "delete_", "update_", "suspend_", "reactivate_", "merge_", "migrate_", "batch_revoke_"];
    let is_session = matches!(kind, "update_session" | "batch_revoke_session" | "revoke_session");
    !is_session
        && (verbs.iter().any(|verb| kind.starts_with(verb))
            || matches!(kind, "site_limits_change" | "revoke_personal_access_token"))
}

/// Which part of the log. The URL holds all of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LogQuery {
    /// The site whose log it is; `None` for the tenant's.
    pub site: Option<SiteId>,
    /// From when.
    pub from: Moment,
    /// Until when.
    pub to: Moment,
    /// The kind of event; empty for all.
    pub kind: String,
}

/// A file of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogFileRow {
    /// Its path, by which it is fetched.
    pub path: String,
    /// The kind of event, read from the path; empty where it does not say.
    pub kind: String,
    /// The hour, read from the path.
    pub hour: Option<Moment>,
    /// Its size in bytes.
    pub size: Option<u64>,
}

/// The files of a part of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogFiles {
    /// The files, newest first.
    pub page: Page<LogFileRow>,
    /// The size of all of them, as far as it is told.
    pub size: u64,
    /// In how many questions the vendor was asked.
    pub parts: u64,
    /// Names of the sites, to choose from.
    pub sites: Vec<(SiteId, String)>,
}

/// Which events of a part of the log.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EventsQuery {
    /// Part of a name, an address, a kind, a user agent or a request id.
    pub search: String,
    /// The kind of event; empty for all.
    pub kind: String,
    /// The outcome; empty for all.
    pub outcome: String,
    /// The page.
    pub page: PageRequest,
}

/// An event as a table shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// When; `None` where the event does not tell it.
    pub at: Option<Moment>,
    /// The kind, in the vendor's word.
    pub kind: String,
    /// How it ended, in the vendor's word.
    pub outcome: String,
    /// Who did it.
    pub who: String,
    /// From which network address.
    pub address: String,
    /// With which program.
    pub agent: String,
    /// The request of Steward's that it was, where it carries its mark.
    pub request: Option<String>,
}

/// How far the reading of a part of the log is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// Files read, and files left out.
    pub files: u64,
    /// Files there are.
    pub of: u64,
    /// Bytes fetched.
    pub bytes: u64,
    /// Events that are shown: those of all hours that are read whole.
    pub events: u64,
    /// The memory that they take, in bytes.
    pub memory: u64,
    /// Whether nothing more is to come.
    pub over: bool,
    /// Files whose MD5 differs from the one that was told. Nothing of them is shown.
    pub damaged: Vec<String>,
    /// Files for which the vendor told no MD5.
    pub not_compared: u64,
    /// Files that are gone.
    pub gone: Vec<String>,
    /// Files that did not come, after more than one try, and why.
    pub failed: Vec<(String, ProblemCode)>,
    /// Lines that are no event, such as half a line or one without an end.
    pub unreadable: u64,
    /// Why the reading ended early.
    pub problem: Option<Problem>,
}

impl Progress {
    /// Whether every file was read, to its end.
    pub fn is_whole(&self) -> bool {
        self.over && self.problem.is_none() && self.left_out() == 0
    }

    /// Files of which nothing is shown.
    pub fn left_out(&self) -> u64 {
        (self.damaged.len() + self.gone.len() + self.failed.len()) as u64
    }
}

/// How far the fetching of one file is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fetching {
    /// Its path.
    pub path: String,
    /// Bytes that came.
    pub bytes: u64,
    /// Bytes there are, where that is told.
    pub of: Option<u64>,
    /// Whether it is over, well or badly.
    pub over: bool,
    /// Why it did not come.
    pub problem: Option<Problem>,
}

/// Events as a page shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventsSheet {
    /// The rows.
    pub page: Page<EventRow>,
    /// Kinds that occur, with their numbers.
    pub kinds: Vec<(String, u64)>,
    /// Outcomes that occur, with their numbers.
    pub outcomes: Vec<(String, u64)>,
    /// How far the reading is.
    pub progress: Progress,
    /// Events that one export takes at most.
    pub exported_at_most: u64,
}

impl EventRow {
    /// An event of which nothing is known.
    pub fn nothing() -> Self {
        let none = String::new;
        Self {
            at: None,
            kind: none(),
            outcome: none(),
            who: none(),
            address: none(),
            agent: none(),
            request: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_and_signing_in_change_nothing() {
        for quiet in [
            "get_users",
            "list_personal_access_tokens",
            "personal_access_token_login",
            "revoke_session",
            "update_session",
            "tcm_activity_log_access",
            "user_login_create_session",
        ] {
            assert!(!changes_something(quiet), "{quiet}");
        }
        for loud in [
            "suspend_site",
            "site_limits_change",
            "revoke_personal_access_token",
            "update_user_site_role",
            "create_or_update_oidc_config",
        ] {
            assert!(changes_something(loud) && KINDS.contains(&loud), "{loud}");
        }
    }
}
