//! The audit log as people read it: who did what to which object, when, why, with what outcome.

mod terms;

use serde::{Deserialize, Serialize};

pub use terms::{Field, Term, begin, end, terms};

use crate::{ActId, Moment, PageRequest};

/// How an act stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActState {
    /// Written down, and perhaps sent; no result yet.
    Started,
    /// Done, and seen to be done.
    Done,
    /// Not done.
    Failed,
    /// Refused by Steward; nothing was sent.
    Denied,
    /// Sent, and nobody knows whether it took effect.
    Unknown,
}

impl ActState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Started, Self::Done, Self::Failed, Self::Denied, Self::Unknown];

    /// The word in the log.
    pub fn word(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Denied => "denied",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the word in the log.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether the fate of the act is still open.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Started | Self::Unknown)
    }
}

/// One act as the log shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// The act's id.
    pub act: ActId,
    /// Where its first record stands in the chain.
    pub number: i64,
    /// When it began.
    pub at: Moment,
    /// Who, by name.
    pub who: String,
    /// Who, by the vendor's id; the account itself where it is no administrator's.
    pub who_id: String,
    /// The kind of act.
    pub verb: String,
    /// The kind of thing it changes.
    pub object_kind: String,
    /// The id of that thing.
    pub object: String,
    /// Its name at that time.
    pub object_name: String,
    /// Why, in the person's words.
    pub reason: Option<String>,
    /// The state before, in words.
    pub before: Option<String>,
    /// By which grant and approval, in words; nothing for what was done by a token of one's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// The id of the account that did it, which is part of the user agent that Tableau logs; none in older entries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// The state after, as read back.
    pub after: Option<String>,
    /// How it stands.
    pub state: ActState,
    /// The problem code, when it did not succeed.
    pub code: Option<String>,
    /// When it ended.
    pub ended: Option<Moment>,
    /// The request id, which finds it in Steward's log and, as part of the user agent, in Tableau's.
    pub reference: String,
}

impl AuditRow {
    /// What was done, in a few words.
    pub fn sentence(&self) -> String {
        crate::act::sentence(&self.verb, &self.object_name)
    }
}

/// Which part of the log. The URL holds all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AuditQuery {
    /// Part of a person's name, an object's name or id, a reason or a reference; or pairs such as `who:dana`.
    #[serde(default)]
    pub search: String,
    /// A verb; empty for all.
    #[serde(default)]
    pub verb: String,
    /// A state word; empty for all.
    #[serde(default)]
    pub state: String,
    /// The first day, or the moment, that counts; empty for the beginning.
    #[serde(default)]
    pub from: String,
    /// The last day, or the moment before which it counts; empty for today.
    #[serde(default)]
    pub to: String,
    /// The page.
    #[serde(default)]
    pub page: PageRequest,
}

/// What the chain says when it is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainReport {
    /// Records read.
    pub records: u64,
    /// The last record's hash; whoever keeps it can later prove that nothing was cut off.
    pub head: String,
    /// The first record that does not fit.
    pub broken_at: Option<i64>,
}
