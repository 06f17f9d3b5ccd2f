//! Jobs that Tableau runs: their state, and what became of each row.

mod wire;

use model::{
    JobId,
    jobs::{Job, JobItem},
};
use wire::{ItemsWire, JobWire};

use super::Manager;
use crate::{OperationName, Result};

impl<Access> Manager<Access> {
    /// A job without its rows; `None` when the vendor says that there is none with this id.
    ///
    /// Vendor: Tableau Cloud Manager REST API, User Methods, "List status for job".
    pub async fn job(&self, job: &JobId) -> Result<Option<Job>> {
        let wire: Option<JobWire> = self.ask(OperationName::JobGet).of("jobId", job).find().await?;
        Ok(wire.map(|wire| wire.read(*job, self.tenant_id())))
    }

    /// One page of a job's rows, and the token of the next page if there is one.
    ///
    /// Vendor: User Methods, "List status for job", with `showDetailed`.
    pub async fn job_items(
        &self,
        job: &JobId,
        page_token: Option<String>,
    ) -> Result<Option<(Vec<JobItem>, Option<String>)>> {
        let mut ask = self.ask(OperationName::JobGet).of("jobId", job).query("showDetailed", "true");
        if let Some(token) = page_token {
            ask = ask.query("pageToken", token);
        }
        Ok(ask.find::<ItemsWire>().await?.map(ItemsWire::read))
    }
}
