//! Jobs that Tableau runs: their state, their counts and what became of each row.

use serde::{Deserialize, Serialize};

use crate::{JobId, Moment, PlanId, SiteId, TenantId, UserId};

/// The state of a job. The vendor's list is open: an unknown word is kept and means "ask again".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum JobStatus {
    /// Accepted, not begun.
    New,
    /// Running.
    InProgress,
    /// The rows are done; Tableau tidies up.
    PostProcessing,
    /// Over; single rows may still have failed.
    Successful,
    /// Over without success.
    Failed,
    /// Tableau will try again by itself.
    RetryRequested,
    /// Over; there was nothing to do.
    Skipped,
    /// Another word of the vendor's.
    Other(String),
}

impl JobStatus {
    /// The vendor's word.
    pub fn code(&self) -> &str {
        match self {
            Self::New => "NEW",
            Self::InProgress => "IN_PROGRESS",
            Self::PostProcessing => "POST_PROCESSING",
            Self::Successful => "SUCCESSFUL",
            Self::Failed => "FAILED",
            Self::RetryRequested => "RETRY_REQUESTED",
            Self::Skipped => "SKIPPED",
            Self::Other(word) => word,
        }
    }

    /// The state in plain words.
    pub fn words(&self) -> &str {
        match self {
            Self::New => "Waiting",
            Self::InProgress => "Running",
            Self::PostProcessing => "Finishing",
            Self::Successful => "Finished",
            Self::Failed => "Failed",
            Self::RetryRequested => "Will be tried again",
            Self::Skipped => "Skipped",
            Self::Other(word) => word,
        }
    }

    /// Whether the job is over. Terminal states are inferred from public clients; others mean "ask again".
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Successful | Self::Failed | Self::Skipped)
    }
}

impl From<String> for JobStatus {
    fn from(word: String) -> Self {
        match word.as_str() {
            "NEW" => Self::New,
            "IN_PROGRESS" => Self::InProgress,
            "POST_PROCESSING" => Self::PostProcessing,
            "SUCCESSFUL" => Self::Successful,
            "FAILED" => Self::Failed,
            "RETRY_REQUESTED" => Self::RetryRequested,
            "SKIPPED" => Self::Skipped,
            _ => Self::Other(word),
        }
    }
}

impl From<JobStatus> for String {
    fn from(status: JobStatus) -> Self {
        status.code().to_owned()
    }
}

/// A job that Tableau runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// The tenant it runs in.
    pub tenant: TenantId,
    /// The kind of work, in the vendor's word.
    pub operation: String,
    /// Its state.
    pub status: JobStatus,
    /// The person whose credential started it.
    pub owner: Option<UserId>,
    /// The role they had, in the vendor's word.
    pub owner_role: Option<String>,
    /// The site it works on, if it is one.
    pub site: Option<SiteId>,
    /// What set it off, in the vendor's word.
    pub trigger: Option<String>,
    /// Further facts the vendor gives.
    pub attributes: Vec<(String, String)>,
    /// Rows it is to do.
    pub expected: u64,
    /// Rows done.
    pub successful: u64,
    /// Rows failed.
    pub failed: u64,
    /// Lines skipped because they were empty.
    pub skipped: Option<u64>,
    /// When it was handed in.
    pub submitted: Option<Moment>,
    /// When it was made.
    pub created: Option<Moment>,
    /// When it last changed.
    pub updated: Option<Moment>,
    /// Every state it had.
    pub history: Vec<JobStep>,
    /// The job that goes on where this one ends.
    pub child: Option<JobId>,
    /// The job this one goes on from.
    pub parent: Option<JobId>,
}

impl Job {
    /// Rows neither done nor failed yet.
    pub fn waiting(&self) -> u64 {
        self.expected.saturating_sub(self.successful + self.failed)
    }

    /// Whether the job is over but single rows failed: `SUCCESSFUL` alone would be a lie.
    pub fn is_partial(&self) -> bool {
        self.status == JobStatus::Successful && self.failed > 0
    }
}

/// A state that a job had, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobStep {
    /// The state.
    pub status: JobStatus,
    /// Since when.
    pub at: Option<Moment>,
}

/// One row of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobItem {
    /// The line of the file it came from; the vendor sends it as text.
    pub line: Option<String>,
    /// The person's user name.
    pub user_name: Option<String>,
    /// The person.
    pub user: Option<UserId>,
    /// The site.
    pub site: Option<String>,
    /// What was to be done, in the vendor's word.
    pub kind: Option<String>,
    /// `SUCCESSFUL`, `FAILED`, … in the vendor's word.
    pub status: String,
    /// The code that tells what happened.
    pub code: Option<String>,
    /// The site role concerned.
    pub site_role: Option<String>,
    /// The tenant role concerned.
    pub tenant_role: Option<String>,
    /// The way of signing in.
    pub sign_in: Option<String>,
}

impl JobItem {
    /// Whether the vendor says that this row failed.
    pub fn has_failed(&self) -> bool {
        self.status == "FAILED"
    }
}

/// Which rows of a job to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// All of them.
    #[default]
    All,
    /// Those that failed or ended otherwise than asked.
    Look,
    /// Those that are done as asked.
    Done,
    /// Those without a result yet.
    Open,
}

/// A job as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobSheet {
    /// The job.
    pub job: Job,
    /// The site in words.
    pub site_name: Option<String>,
    /// The run it is part of, where Steward started it.
    pub run: Option<PlanId>,
    /// One page of its rows.
    pub items: crate::Page<JobItem>,
    /// Whether the rows were cut off at our own limit.
    pub cut_off: bool,
}

/// A job id Steward has met, kept because the vendor has no list of jobs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownJob {
    /// Its id.
    pub id: JobId,
    /// The kind of work, in the vendor's word.
    pub operation: String,
    /// The state at the last look.
    pub status: JobStatus,
    /// When somebody last looked.
    pub seen: Moment,
}
