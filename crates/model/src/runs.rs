//! A run: the rows of an applied plan on their way to Tableau, each with its outcome.

mod kind;
mod states;

use serde::{Deserialize, Serialize};

pub use kind::{AgainFile, RunKind};
pub use states::{RowCounts, RowState, RunState};

use crate::{
    JobId, Moment, Page, PageRequest, PlanId, SiteId, SiteJobId, SiteUserId, TenantId, UserId,
    plan::{Verdict, Why, Wish},
};

/// A run without its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The plan it carries out.
    pub id: PlanId,
    /// The tenant.
    pub tenant: TenantId,
    /// The plan's title.
    pub title: String,
    /// Who applied it, by name.
    pub by: String,
    /// Who applied it, by the vendor's id.
    pub by_id: UserId,
    /// Why, in their words.
    pub reason: Option<String>,
    /// How it stands.
    pub state: RunState,
    /// The problem code that keeps it paused.
    pub code: Option<String>,
    /// When it was applied.
    pub began: Moment,
    /// When its last row ended.
    pub ended: Option<Moment>,
    /// Its rows by state.
    pub counts: RowCounts,
}

/// A job of Tableau's that carries rows of a run out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunJob {
    /// Of Tableau Cloud Manager.
    OfTenant(JobId),
    /// Of a site's own API, which alone knows it.
    OfSite(SiteId, SiteJobId),
}

impl RunJob {
    /// The address of its page.
    pub fn address(&self) -> String {
        match self {
            Self::OfTenant(job) => format!("/jobs/{job}"),
            Self::OfSite(site, job) => format!("/sites/{site}/jobs/{job}"),
        }
    }

    /// Its id where it is one of Tableau Cloud Manager.
    pub fn of_tenant(&self) -> Option<JobId> {
        match self {
            Self::OfTenant(job) => Some(*job),
            Self::OfSite(..) => None,
        }
    }

    /// Its id where it is one of a site.
    pub fn of_site(&self) -> Option<SiteJobId> {
        match self {
            Self::OfTenant(_) => None,
            Self::OfSite(_, job) => Some(*job),
        }
    }

    /// Its id in words.
    pub fn words(&self) -> String {
        match self {
            Self::OfTenant(job) => job.to_string(),
            Self::OfSite(_, job) => job.to_string(),
        }
    }
}

/// One row of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRow {
    /// The number of the plan's row.
    pub number: u32,
    /// The line of the file it came from.
    pub line: Option<u32>,
    /// The person, once they have an id.
    pub user: Option<UserId>,
    /// The person on the site, where the row is about the plane of a site and they are there.
    #[serde(default)]
    pub site_user: Option<SiteUserId>,
    /// The name they sign in with.
    pub user_name: String,
    /// The name to show.
    pub name: String,
    /// The site's name, where it is about one.
    pub site_name: String,
    /// What is wanted.
    pub wish: Wish,
    /// The state the plan was made on, in words.
    pub before: String,
    /// The state wanted, in words.
    pub after: String,
    /// What the plan said.
    pub verdict: Verdict,
    /// The plan's reasons.
    pub why: Vec<Why>,
    /// What became of it.
    pub state: RowState,
    /// How often it was sent.
    pub attempt: u32,
    /// The code that explains its outcome: one of Tableau's, or one of our problem codes.
    pub code: Option<String>,
    /// The state that was read back, in words.
    pub found: Option<String>,
    /// The job of Tableau's that carried it out.
    pub job: Option<RunJob>,
    /// The act in the audit log.
    pub act: Option<crate::ActId>,
    /// When it ended.
    pub ended: Option<Moment>,
}

/// Which rows of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RowsQuery {
    /// A state's word; `look` for those that need one; empty for all.
    #[serde(default)]
    pub state: String,
    /// Part of a person's name or address.
    #[serde(default)]
    pub search: String,
    /// The page.
    #[serde(default)]
    pub page: PageRequest,
}

/// A run as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunSheet {
    /// The site whose own API it is about, and its name; `None` for a run of the tenant.
    pub site: Option<(SiteId, String)>,
    /// What it does.
    pub kind: RunKind,
    /// What a file of the rows to look at holds.
    pub again: AgainFile,
    /// The run.
    pub run: Run,
    /// One page of its rows.
    pub rows: Page<RunRow>,
    /// The jobs of Tableau's that it started.
    pub jobs: Vec<RunJob>,
    /// The time of the answer.
    pub now: Moment,
}

/// Which runs and jobs a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RunsQuery {
    /// `mine` for those of the person who asks; empty for everyone's.
    #[serde(default)]
    pub whose: String,
    /// A state's word; empty for all.
    #[serde(default)]
    pub state: String,
    /// A kind: a word of ours for runs, an operation word of the vendor's for jobs; empty for all.
    #[serde(default)]
    pub kind: String,
    /// The page.
    #[serde(default)]
    pub page: PageRequest,
}
