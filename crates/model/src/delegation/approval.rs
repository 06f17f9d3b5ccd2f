//! What waits for the word of somebody else, and deposits: what a credential may be used for.

use serde::{Deserialize, Serialize};

use super::{HeldAct, MarkReason};
use crate::{ApprovalId, CredentialId, GrantId, Moment, PlanId, SiteId, UserId, act::Requested, plan::Why};

/// How a request for approval stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApprovalState {
    /// Nobody has decided.
    Waiting,
    /// Approved: the plan was applied, or the act was begun.
    Approved,
    /// Refused.
    Refused,
    /// Withdrawn, run out, or no longer what was asked for.
    Void,
}

impl ApprovalState {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Approved, Self::Refused, Self::Void];

    /// The word in the database and in URLs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Void => "void",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// How long a request waits.
pub const APPROVAL_SECONDS: i64 = 24 * 60 * 60;

/// What a request is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum About {
    /// A plan.
    Plan {
        /// The plan.
        plan: PlanId,
        /// The dangers that the requester includes on purpose.
        include: Vec<Why>,
    },
    /// A single act.
    Act(Box<HeldAct>),
}

/// A plan, or a single act, that waits for the word of somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Its id.
    pub id: ApprovalId,
    /// What it is about.
    pub about: About,
    /// The title of the plan, or what the act would do.
    pub title: String,
    /// The hash of the rows that were asked for, or of the act with what it was seen to change: nothing else is approved.
    pub hash: String,
    /// The requester's reason.
    pub reason: Option<String>,
    /// Why it waits.
    pub why: Vec<MarkReason>,
    /// The account that asked.
    pub asked_by: uuid::Uuid,
    /// Its name.
    pub asked_name: String,
    /// When it asked.
    pub asked: Moment,
    /// Until when it waits.
    pub until: Moment,
    /// How it stands.
    pub state: ApprovalState,
    /// The account that decided.
    #[serde(default)]
    pub decided_by: Option<uuid::Uuid>,
    /// Its name.
    pub decided_name: Option<String>,
    /// When.
    pub decided: Option<Moment>,
    /// What they said.
    pub answer: Option<String>,
}

impl Approval {
    /// The plan it is about, where it is about one.
    pub fn plan(&self) -> Option<PlanId> {
        match &self.about {
            About::Plan { plan, .. } => Some(*plan),
            About::Act(_) => None,
        }
    }

    /// What it is about, as the audit log names it.
    pub fn requested(&self) -> Requested {
        self.plan().map_or(Requested::Act(self.id), Requested::Plan)
    }

    /// How it stands at this time: what nobody decided within a day is void.
    pub fn state_at(&self, now: Moment) -> ApprovalState {
        match self.state {
            ApprovalState::Waiting if self.until <= now => ApprovalState::Void,
            state => state,
        }
    }
}

/// That a credential may be used for a grant. It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deposit {
    /// The sealed credential.
    pub credential: CredentialId,
    /// The grant.
    pub grant: GrantId,
    /// The site it opens; `None` for Tableau Cloud Manager.
    pub site: Option<SiteId>,
    /// Whose it is.
    pub owner: UserId,
    /// Their name.
    pub by: String,
    /// Since when.
    pub made: Moment,
    /// Until when.
    pub until: Moment,
}

/// That all delegation is paused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// By whom, by name.
    pub by: String,
    /// Since when.
    pub at: Moment,
}
