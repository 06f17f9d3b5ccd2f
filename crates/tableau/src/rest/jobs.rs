//! Jobs that a site runs.

pub(super) mod wire;

use model::{PageRequest, SiteJobId, site_jobs::SiteJob};

use super::{
    SiteApi,
    filter::JobField,
    pages::{self, Listed, Listing, SitePage},
    table::SiteOperation,
};
use crate::{Change, Result};

pub use wire::{read, read_page};

/// The vendor's code for a job that it cannot tell about, met for jobs that had ended.
const CANNOT_TELL: &str = "400031";

impl<Access> SiteApi<Access> {
    /// One page of the site's jobs.
    ///
    /// Vendor: Tableau REST API, Jobs, Tasks and Schedules Methods, "Query Jobs".
    pub async fn jobs(&self, page: PageRequest, listing: &Listing<JobField>) -> Result<SitePage<SiteJob>> {
        let ask = self.ask(SiteOperation::JobList)?.listing(listing).page(page)?;
        ask.read::<wire::PageWire>().await?.read(page)
    }

    /// All of the site's jobs that fit. Ask for a short time only: a site has thousands.
    pub async fn all_jobs(&self, listing: &Listing<JobField>) -> Result<Listed<SiteJob>> {
        pages::all(|page| self.jobs(page, listing), |job| job.id).await
    }

    /// One job; `None` when the vendor does not know it, or cannot tell about it any more. Of a job that was seen
    /// running this means that it ended, and that nobody knows how.
    ///
    /// Vendor: Jobs, Tasks and Schedules Methods, "Query Job".
    pub async fn job(&self, job: &SiteJobId) -> Result<Option<SiteJob>> {
        let ask = self.ask(SiteOperation::JobGet)?.of("jobId", job);
        ask.find::<wire::OneWire>(&[CANNOT_TELL]).await?.map(|wire| wire.job.read()).transpose()
    }
}

impl SiteApi<Change> {
    /// Stops a job. Imports of people cannot be stopped.
    ///
    /// Vendor: Jobs, Tasks and Schedules Methods, "Cancel Job".
    pub async fn cancel_job(&self, job: &SiteJobId) -> Result<()> {
        self.ask(SiteOperation::JobCancel)?.of("jobId", job).done().await
    }
}
