//! What a site answers about a job that it runs.

use model::{Moment, SiteJobId};
use serde::Deserialize;

use super::xml;
use crate::Result;

/// A job of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteJob {
    /// Its id on this site.
    pub id: SiteJobId,
    /// The vendor's word for the kind of work.
    pub kind: String,
    /// How far it is, in percent.
    pub progress: u8,
    /// When it was made.
    pub created: Option<Moment>,
    /// When it ended; `None` while it runs.
    pub completed: Option<Moment>,
    /// The vendor's figure for how it ended. It is there before the end and says nothing then.
    pub finish_code: Option<String>,
}

impl SiteJob {
    /// The figure for how it ended, once it has ended.
    pub fn outcome(&self) -> Option<&str> {
        self.completed.and(self.finish_code.as_deref())
    }
}

/// Reads one job.
///
/// Vendor: Tableau REST API, Users and Groups Methods, "Import Users to Site from CSV file".
pub fn read(answer: &[u8]) -> Result<SiteJob> {
    let wire: AnswerWire = xml::read(answer)?;
    let JobWire { id, kind, progress, created, completed, finish_code } = wire.job;
    Ok(SiteJob {
        id,
        kind,
        progress,
        created: created.as_deref().and_then(Moment::parse),
        completed: completed.as_deref().and_then(Moment::parse),
        finish_code,
    })
}

#[derive(Deserialize)]
struct AnswerWire {
    job: JobWire,
}

#[derive(Deserialize)]
struct JobWire {
    #[serde(rename = "@id")]
    id: SiteJobId,
    #[serde(rename = "@type", default)]
    kind: String,
    #[serde(rename = "@progress", default)]
    progress: u8,
    #[serde(rename = "@createdAt")]
    created: Option<String>,
    #[serde(rename = "@completedAt")]
    completed: Option<String>,
    #[serde(rename = "@finishCode")]
    finish_code: Option<String>,
}
