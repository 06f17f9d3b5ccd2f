//! What a site answers about the jobs that it runs: in one way where it lists them, in another where it shows one.

use model::{
    Moment, PageRequest,
    site_jobs::{JobNote, SiteJob, SiteJobStatus},
};
use serde::Deserialize;

use crate::{
    Result,
    rest::{
        loose,
        pages::{PaginationWire, SitePage},
        xml,
    },
};

/// Reads one job.
///
/// Vendor: Tableau REST API, Users and Groups Methods, "Import Users to Site from CSV file".
pub fn read(answer: &[u8]) -> Result<SiteJob> {
    xml::read::<OneWire>(answer)?.job.read()
}

/// Reads a page of jobs.
///
/// Vendor: Tableau REST API, Jobs, Tasks and Schedules Methods, "Query Jobs".
pub fn read_page(answer: &[u8], at: PageRequest) -> Result<SitePage<SiteJob>> {
    xml::read::<PageWire>(answer)?.read(at)
}

#[derive(Deserialize)]
pub(in crate::rest) struct OneWire {
    pub(in crate::rest) job: JobWire,
}

#[derive(Deserialize)]
pub(in crate::rest) struct PageWire {
    #[serde(default)]
    pagination: PaginationWire,
    #[serde(rename = "backgroundJobs", default)]
    jobs: JobsWire,
}

#[derive(Default, Deserialize)]
struct JobsWire {
    #[serde(rename = "backgroundJob", default)]
    job: Vec<JobWire>,
}

#[derive(Deserialize)]
pub(in crate::rest) struct JobWire {
    #[serde(rename = "@id")]
    id: Option<String>,
    #[serde(rename = "@type")]
    kind: Option<String>,
    #[serde(rename = "@jobType")]
    listed_kind: Option<String>,
    #[serde(rename = "@status")]
    status: Option<String>,
    #[serde(rename = "@progress")]
    progress: Option<String>,
    #[serde(rename = "@finishCode")]
    finish_code: Option<String>,
    #[serde(rename = "@createdAt")]
    created: Option<String>,
    #[serde(rename = "@startedAt")]
    started: Option<String>,
    #[serde(rename = "@updatedAt")]
    updated: Option<String>,
    #[serde(rename = "@completedAt")]
    completed: Option<String>,
    #[serde(rename = "@endedAt")]
    ended: Option<String>,
    #[serde(rename = "@title")]
    title: Option<String>,
    #[serde(rename = "@subtitle")]
    subtitle: Option<String>,
    #[serde(rename = "@priority")]
    priority: Option<String>,
    #[serde(rename = "statusNotes", default)]
    notes: NotesWire,
    #[serde(rename = "extractRefreshJob", default)]
    extract: ExtractWire,
}

#[derive(Default, Deserialize)]
struct NotesWire {
    #[serde(rename = "statusNote", default)]
    note: Vec<NoteWire>,
}

#[derive(Deserialize)]
struct NoteWire {
    #[serde(rename = "@type", default)]
    kind: String,
    #[serde(rename = "@value")]
    value: Option<String>,
    #[serde(rename = "@text")]
    text: Option<String>,
}

#[derive(Default, Deserialize)]
struct ExtractWire {
    #[serde(default)]
    notes: Vec<TextWire>,
}

#[derive(Deserialize)]
struct TextWire {
    #[serde(rename = "$text")]
    text: Option<String>,
}

impl PageWire {
    pub(in crate::rest) fn read(self, at: PageRequest) -> Result<SitePage<SiteJob>> {
        let jobs = self.jobs.job.into_iter().map(JobWire::read).collect::<Result<_>>()?;
        Ok(self.pagination.page(jobs, at))
    }
}

impl JobWire {
    pub(in crate::rest) fn read(self) -> Result<SiteJob> {
        let started = loose::moment(self.started.as_deref());
        let completed = loose::moment(self.completed.as_deref().or(self.ended.as_deref()));
        let progress = loose::number::<u8>(self.progress.as_deref()).map(|percent| percent.min(100));
        let finish_code = loose::text(self.finish_code);
        let status = match loose::text(self.status) {
            Some(word) => SiteJobStatus::from(word),
            None => derived(started, completed, progress, finish_code.as_deref()),
        };
        let note = |note: NoteWire| JobNote {
            kind: note.kind,
            value: loose::text(note.value),
            text: loose::text(note.text),
        };
        Ok(SiteJob {
            id: loose::id(self.id.as_deref())?,
            kind: self.kind.or(self.listed_kind).unwrap_or_default(),
            status,
            progress,
            finish_code,
            created: loose::moment(self.created.as_deref()),
            started,
            updated: loose::moment(self.updated.as_deref()),
            completed,
            title: loose::text(self.title),
            subtitle: loose::text(self.subtitle),
            priority: loose::number(self.priority.as_deref()),
            notes: self.notes.note.into_iter().map(note).collect(),
            texts: self.extract.notes.into_iter().filter_map(|note| loose::text(note.text)).collect(),
        })
    }
}

/// The state of a job that has no word for it. The figure for its end counts only once it has ended.
fn derived(
    started: Option<Moment>,
    completed: Option<Moment>,
    progress: Option<u8>,
    finish_code: Option<&str>,
) -> SiteJobStatus {
    if completed.is_some() || progress == Some(100) {
        return SiteJobStatus::of_finish_code(finish_code.unwrap_or("Completed"));
    }
    if started.is_some() || progress.is_some_and(|percent| percent > 0) {
        return SiteJobStatus::InProgress;
    }
    SiteJobStatus::Pending
}
