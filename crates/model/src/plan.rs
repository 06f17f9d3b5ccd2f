//! A plan: what would happen to whom, before anything does. Each row is a typed wish compared with the live state.

mod limits;
mod on_site;
mod reasons;
mod wish;

use serde::{Deserialize, Serialize};

pub use limits::{LimitWish, LimitsWish};
pub use on_site::{Heir, OnSite, SiteState, SiteWish};
pub use reasons::{Weight, Why};
pub use wish::{Wish, none};

use crate::{
    GrantId, Moment, Page, PageRequest, PlanId, SiteId, SiteUserId, TenantId, UserId, delegation::MarkReason,
    licences::Tier,
};

/// What the comparison with the live state says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A person or a place on a site comes into being.
    Create,
    /// Something changes.
    Change,
    /// It is so already.
    Nothing,
    /// It will not be sent.
    Refused,
    /// It is left out unless it is included on purpose.
    Dangerous,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Create, Self::Change, Self::Nothing, Self::Refused, Self::Dangerous];

    /// The word in URLs and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Change => "change",
            Self::Nothing => "nothing",
            Self::Refused => "refused",
            Self::Dangerous => "dangerous",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    /// The verdict for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Nothing => "nothing to do",
            other => other.word(),
        }
    }
}

/// A seat that a row takes or frees in the tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SeatMove {
    /// The seat before; `Unlicensed` for none.
    pub from: Option<Tier>,
    /// The seat afterwards.
    pub to: Option<Tier>,
}

/// One row of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its place in the plan, from 1.
    pub number: u32,
    /// The line of the file it came from.
    pub line: Option<u32>,
    /// The person; `None` for somebody who is not in the tenant yet.
    pub user: Option<UserId>,
    /// The person on the site; only where the row is about the plane of a site, and they are there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site_user: Option<SiteUserId>,
    /// The name they sign in with.
    pub user_name: String,
    /// The name to show: of the person, or for the person to be.
    pub name: String,
    /// The site's name, where it is about one.
    pub site_name: String,
    /// What is wanted. `None` for a row that could not even be read; it is refused.
    pub wish: Option<Wish>,
    /// The state before, in words.
    pub before: String,
    /// The state wanted, in words.
    pub after: String,
    /// What the comparison says.
    pub verdict: Verdict,
    /// Why: every reason that refuses it, makes it dangerous, or is worth knowing.
    pub why: Vec<Why>,
    /// What a reason is about, by name: the groups that hold a role up.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// By which grant it goes; nothing for what Tableau itself allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permit: Option<Permit>,
    /// The seat this person takes before and after the whole plan; on their first row only.
    pub seat: SeatMove,
}

/// By which grant a row goes, and what is asked for before it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permit {
    /// The grant.
    pub grant: GrantId,
    /// Why it waits for somebody else's word; empty where it does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits: Vec<MarkReason>,
    /// Whether it wants a sign-in or second factor of the last five minutes.
    #[serde(default)]
    pub fresh: bool,
    /// Whether it wants a reason.
    #[serde(default)]
    pub reason: bool,
    /// How the ticket looks that the reason has to name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<crate::delegation::TicketPattern>,
}

/// How a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlanState {
    /// Made, and not applied.
    Open,
    /// Applied; the run has its rows.
    Applied,
    /// Thrown away.
    Discarded,
}

impl PlanState {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Applied => "applied",
            Self::Discarded => "discarded",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Open, Self::Applied, Self::Discarded].into_iter().find(|state| state.word() == word)
    }
}

/// How many rows have which verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct VerdictCounts {
    /// To be created.
    pub create: u64,
    /// To be changed.
    pub change: u64,
    /// So already.
    pub nothing: u64,
    /// Not to be sent.
    pub refused: u64,
    /// Left out unless included.
    pub dangerous: u64,
}

impl VerdictCounts {
    /// The rows of one verdict.
    pub fn of(&self, verdict: Verdict) -> u64 {
        match verdict {
            Verdict::Create => self.create,
            Verdict::Change => self.change,
            Verdict::Nothing => self.nothing,
            Verdict::Refused => self.refused,
            Verdict::Dangerous => self.dangerous,
        }
    }

    /// Counts one row more.
    pub fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Create => self.create += 1,
            Verdict::Change => self.change += 1,
            Verdict::Nothing => self.nothing += 1,
            Verdict::Refused => self.refused += 1,
            Verdict::Dangerous => self.dangerous += 1,
        }
    }

    /// All rows.
    pub fn all(&self) -> u64 {
        self.create + self.change + self.nothing + self.refused + self.dangerous
    }
}

/// Seats that a plan takes and frees in the tenant, each person counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SeatSum {
    /// Creator seats taken, less those freed.
    pub creators: i64,
    /// Explorer seats taken, less those freed.
    pub explorers: i64,
    /// Viewer seats taken, less those freed.
    pub viewers: i64,
    /// Whether these are the most there can be: a group gives its role at the next sign-in, if at all. Dangerous rows
    /// then count as well.
    #[serde(default)]
    pub at_most: bool,
}

/// A plan without its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// The tenant.
    pub tenant: TenantId,
    /// What it does, in a few words: `Viewer on Sales for 61 people`.
    pub title: String,
    /// Where it came from, in a few words: `the people list`, `import of people.csv`.
    pub source: String,
    /// Who made it, by name.
    pub by: String,
    /// Who made it, by the vendor's id.
    pub by_id: UserId,
    /// When.
    pub made: Moment,
    /// Until when it can be applied.
    pub until: Moment,
    /// A hash over all of its rows: what is applied is what was seen.
    pub hash: String,
    /// How it stands.
    pub state: PlanState,
    /// Its rows by verdict.
    pub counts: VerdictCounts,
    /// The seats it takes, dangerous rows left out.
    pub seats: SeatSum,
    /// The reasons of its dangerous rows, each with the number of rows.
    pub dangers: Vec<(Why, u64)>,
}

/// Which rows of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StepsQuery {
    /// A verdict's word; empty for all.
    #[serde(default)]
    pub verdict: String,
    /// Part of a person's name or address.
    #[serde(default)]
    pub search: String,
    /// The page.
    #[serde(default)]
    pub page: PageRequest,
}

/// A plan as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSheet {
    /// The site whose own API it is about, and its name; `None` for a plan of the tenant.
    pub site: Option<(SiteId, String)>,
    /// The plan.
    pub plan: Plan,
    /// One page of its rows.
    pub steps: Page<Step>,
    /// Whether it can be applied now: open, not run out, and with something to send.
    pub can_apply: bool,
    /// What the person must type before it is applied, where that is asked for.
    pub type_to_confirm: Option<String>,
    /// Why somebody else has to approve it first; empty where nobody has to. Only for whoever made it by a grant.
    #[serde(default)]
    pub waits: Vec<MarkReason>,
    /// Whether a grant wants a reason for it.
    #[serde(default)]
    pub wants_reason: bool,
    /// How the tickets look that the reason has to name.
    #[serde(default)]
    pub tickets: Vec<String>,
    /// Until when a request for approval of it stands, where it waits for one.
    #[serde(default)]
    pub asked_until: Option<Moment>,
    /// The time of the answer.
    pub now: Moment,
}
