//! One call: which operation, whose key, and what travels along.

use model::SiteId;
use secrecy::SecretString;
use tokio::time::Instant;

use super::Content;
use crate::{
    OperationName, Session, Tag,
    rest::{host::SiteHost, table::SiteRow},
};

/// One call of one operation.
pub(crate) struct Call<'a> {
    pub(crate) door: Door<'a>,
    pub(crate) kind: Kind,
    pub(crate) key: Key<'a>,
    pub(crate) tag: &'a Tag,
    /// The site whose budget it takes from; `None` for what is asked before a session and for Tableau Cloud Manager.
    pub(crate) site: Option<SiteId>,
    /// What stands in the braces of the path.
    pub(crate) values: Vec<(&'static str, String)>,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) content: Option<Content>,
    /// What the content holds that an answer must not echo, besides the key.
    pub(crate) secrets: &'a [SecretString],
    /// The end of all attempts.
    pub(crate) until: Instant,
}

/// Which of the vendor's APIs is asked, and for what.
pub(crate) enum Door<'a> {
    /// Tableau Cloud Manager, which speaks JSON.
    Manager(OperationName),
    /// A site, which speaks XML.
    Site { host: &'a SiteHost, row: &'static SiteRow },
}

/// What a call is for. It decides about repeats, and about what a bare 401 means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    SignIn,
    Read,
    Change,
}

/// What opens the door.
pub(crate) enum Key<'a> {
    /// A personal access token, which travels in the content.
    Pat(&'a SecretString),
    /// A session with Tableau Cloud Manager.
    Session(&'a Session),
    /// The token of a session with a site.
    Site(&'a SecretString),
    /// The door is open to anybody.
    None,
}

impl Call<'_> {
    /// The secrets that this call sends, so that an echo of them can be blanked.
    pub(super) fn all_secrets(&self) -> Vec<&SecretString> {
        let key = match self.key {
            Key::Pat(pat) => Some(pat),
            Key::Session(session) => Some(session.token()),
            Key::Site(token) => Some(token),
            Key::None => None,
        };
        key.into_iter().chain(self.secrets).collect()
    }
}

impl Door<'_> {
    /// The operation's name, for the log.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Manager(name) => name.as_str(),
            Self::Site { row, .. } => row.name.as_str(),
        }
    }
}
