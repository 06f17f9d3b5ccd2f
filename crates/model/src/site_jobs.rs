//! Jobs that one site runs: their state, and what they noted.

use serde::{Deserialize, Serialize};

use crate::{Moment, SiteJobId};

/// The state of a site's job. The vendor's list is open: an unknown word is kept and means "ask again".
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum SiteJobStatus {
    /// Accepted, not begun.
    Pending,
    /// Running.
    InProgress,
    /// Over, as asked.
    Success,
    /// Over without success.
    Failed,
    /// Stopped by somebody.
    Cancelled,
    /// Another word of the vendor's.
    Other(String),
}

impl SiteJobStatus {
    /// The vendor's word.
    pub fn code(&self) -> &str {
        match self {
            Self::Pending => "Pending",
            Self::InProgress => "InProgress",
            Self::Success => "Success",
            Self::Failed => "Failed",
            Self::Cancelled => "Cancelled",
            Self::Other(word) => word,
        }
    }

    /// The state in plain words.
    pub fn words(&self) -> &str {
        match self {
            Self::Pending => "Waiting",
            Self::InProgress => "Running",
            Self::Success => "Finished",
            Self::Failed => "Failed",
            Self::Cancelled => "Cancelled",
            Self::Other(word) => word,
        }
    }

    /// Whether the job is over.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Success | Self::Failed | Self::Cancelled)
    }

    /// What the figure for the end of a job means. It says so only of a job that has ended: before that the
    /// vendor prints the figure for "failed".
    pub fn of_finish_code(code: &str) -> Self {
        match code {
            // The second is "completed", which public clients take for a success.
            "0" | "3" => Self::Success,
            "1" => Self::Failed,
            "2" => Self::Cancelled,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl From<String> for SiteJobStatus {
    fn from(word: String) -> Self {
        match word.as_str() {
            "Pending" => Self::Pending,
            "InProgress" => Self::InProgress,
            "Success" => Self::Success,
            "Failed" => Self::Failed,
            "Cancelled" => Self::Cancelled,
            _ => Self::Other(word),
        }
    }
}

impl From<SiteJobStatus> for String {
    fn from(status: SiteJobStatus) -> Self {
        status.code().to_owned()
    }
}

/// A job that one site runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteJob {
    /// Its id on this site.
    pub id: SiteJobId,
    /// The kind of work, in the vendor's word: `UserImport`, `GroupSync`, …
    pub kind: String,
    /// Its state.
    pub status: SiteJobStatus,
    /// How far it is, in percent, where the vendor tells.
    pub progress: Option<u8>,
    /// The vendor's figure for its end; meaningless before it.
    pub finish_code: Option<String>,
    /// When it was made.
    pub created: Option<Moment>,
    /// When it began.
    pub started: Option<Moment>,
    /// When it last changed.
    pub updated: Option<Moment>,
    /// When it ended.
    pub completed: Option<Moment>,
    /// What it works on.
    pub title: Option<String>,
    /// What kind of thing that is.
    pub subtitle: Option<String>,
    /// Its place in the queue; small figures go first.
    pub priority: Option<u32>,
    /// What it counted and what went wrong.
    pub notes: Vec<JobNote>,
    /// What it wrote in plain text.
    pub texts: Vec<String>,
}

impl SiteJob {
    /// Whether it has ended, perhaps in a way that the vendor has no word for.
    pub fn is_over(&self) -> bool {
        let untold = matches!(self.status, SiteJobStatus::Other(_));
        self.status.is_over() || (untold && (self.completed.is_some() || self.progress == Some(100)))
    }

    /// Whether it ended without success, or ended with an error among its notes.
    pub fn has_failed(&self) -> bool {
        self.is_over() && (self.status == SiteJobStatus::Failed || self.notes.iter().any(JobNote::is_error))
    }

    /// Whether the vendor can stop it. Imports of people and groups run to their end.
    pub fn can_be_cancelled(&self) -> bool {
        !self.is_over() && !matches!(self.kind.as_str(), "UserImport" | "GroupImport" | "GroupSync")
    }
}

/// A note of a job: a figure, or an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobNote {
    /// What it is about, in the vendor's word.
    pub kind: String,
    /// The figure or the code.
    pub value: Option<String>,
    /// The vendor's own words.
    pub text: Option<String>,
}

impl JobNote {
    /// What it is about, in plain words; the vendor's word where we have none.
    pub fn words(&self) -> &str {
        match self.kind.as_str() {
            "CountOfUsersAddedToGroup" => "People added to the group",
            "CountOfUsersAddedToSite" => "People added to the site",
            "CountOfUsersInActiveDirectoryGroup" => "People in the Active Directory group",
            "CountOfUsersInformationUpdated" => "People whose details changed",
            "CountOfUsersProcessed" => "People looked at",
            "CountOfUsersRemovedFromGroup" => "People taken out of the group",
            "CountOfUsersSiteRoleUpdated" => "People whose role changed",
            "CountOfUsersSkipped" => "People skipped",
            "CountOfUsersUnlicensed" => "People who lost their licence",
            "CountOfUsersWithInsufficientLicenses" => "People for whom no licence was left",
            _ if self.is_error() => "Error",
            _ => &self.kind,
        }
    }

    /// Whether it tells of an error. Public clients have met the word in several spellings.
    pub fn is_error(&self) -> bool {
        self.kind.eq_ignore_ascii_case("errorCode")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(kind: &str, status: SiteJobStatus, notes: &[&str]) -> SiteJob {
        let note = |kind: &&str| JobNote { kind: (*kind).to_owned(), value: None, text: None };
        SiteJob {
            id: SiteJobId::parse("3fa85f64-5717-4562-b3fc-2c963f66afa6").unwrap(),
            kind: kind.to_owned(),
            status,
            progress: None,
            finish_code: None,
            created: None,
            started: None,
            updated: None,
            completed: None,
            title: None,
            subtitle: None,
            priority: None,
            notes: notes.iter().map(note).collect(),
            texts: Vec::new(),
        }
    }

    #[test]
    fn an_error_among_the_notes_is_a_failure_once_the_job_is_over() {
        assert!(!job("UserImport", SiteJobStatus::Success, &["CountOfUsersSkipped"]).has_failed());
        assert!(job("UserImport", SiteJobStatus::Success, &["ErrorCode"]).has_failed());
        assert!(!job("UserImport", SiteJobStatus::InProgress, &["errorCode"]).has_failed());
        assert!(job("UserImport", SiteJobStatus::Failed, &[]).has_failed());
    }

    #[test]
    fn a_job_that_ended_in_an_unknown_way_has_ended() {
        let status = SiteJobStatus::of_finish_code("9");
        assert!(!job("UserImport", status.clone(), &[]).is_over());
        assert!(SiteJob { progress: Some(100), ..job("UserImport", status, &[]) }.is_over());
        assert!(
            !SiteJob { progress: Some(100), ..job("UserImport", SiteJobStatus::InProgress, &[]) }.is_over()
        );
    }

    #[test]
    fn an_import_of_people_cannot_be_stopped() {
        assert!(!job("UserImport", SiteJobStatus::InProgress, &[]).can_be_cancelled());
        assert!(job("RefreshExtract", SiteJobStatus::Pending, &[]).can_be_cancelled());
        assert!(!job("RefreshExtract", SiteJobStatus::Success, &[]).can_be_cancelled());
    }

    #[test]
    fn figures_and_words_for_the_end_are_kept_apart() {
        for (code, status) in [
            ("0", SiteJobStatus::Success),
            ("1", SiteJobStatus::Failed),
            ("2", SiteJobStatus::Cancelled),
            ("3", SiteJobStatus::Success),
        ] {
            assert_eq!(SiteJobStatus::of_finish_code(code), status);
        }
        assert!(!SiteJobStatus::of_finish_code("9").is_over());
        for word in ["Pending", "InProgress", "Success", "Failed", "Cancelled", "Dreaming"] {
            assert_eq!(SiteJobStatus::from(word.to_owned()).code(), word);
        }
    }
}
