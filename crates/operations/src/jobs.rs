//! Jobs that Tableau runs: one page of a job, and following it while it runs.

mod feed;
mod file;
mod whole;

use model::{
    Freshness, JobId, Page, PageRequest, PlanId, Problem, ProblemCode, UserId,
    codes::{self, Tone},
    jobs::{Job, JobItem, JobSheet, KnownJob, Outcome},
    page::SIZES,
    runs::RunsQuery,
};
use tableau::{Manager, Read};

use crate::{Caller, Operations};

pub use feed::JobFeed;
pub(crate) use feed::Watchers;
pub(crate) use whole::WholeJobs;

/// Rows of one job that are read at most. A larger job says that it was cut off.
const ROWS_AT_MOST: usize = 10_000;

impl Operations {
    /// One job with a page of its rows.
    pub async fn job(
        &self,
        caller: &Caller,
        id: &JobId,
        outcome: Outcome,
        page: PageRequest,
    ) -> Result<JobSheet, Problem> {
        caller.must_see_all_jobs()?;
        if !SIZES.contains(&page.size) || page.number == 0 {
            return Err(caller.problem(ProblemCode::MalformedQuery));
        }
        let whole = self.whole_job(caller, *id).await?;
        let of = whole.items.len() as u64;
        let matching = whole.items.iter().filter(|item| matches(item, outcome)).cloned().collect();
        let items = Page::cut(matching, of, page, whole.as_of);
        // The way to its run is a courtesy: the job is shown without it as well.
        let run = self.0.store.run_of_job(caller.tenant(), *id).await.unwrap_or_default();
        let (job, cut_off) = (whole.job.clone(), whole.cut_off);
        Ok(JobSheet { site_name: self.site_name(caller, &job).await, run, job, items, cut_off })
    }

    /// One page of the jobs Steward has met in this tenant, newest first, each with the person who started it and the
    /// run it is part of, where they are known. The vendor has no list of jobs.
    pub async fn list_jobs(
        &self,
        caller: &Caller,
        query: &RunsQuery,
    ) -> Result<Page<(KnownJob, Option<UserId>, Option<PlanId>)>, Problem> {
        caller.must_see_all_jobs()?;
        let whose = matches!(query.whose.as_str(), "" | "mine");
        if !whose || !SIZES.contains(&query.page.size) || query.page.number == 0 {
            return Err(caller.problem(ProblemCode::MalformedQuery));
        }
        let known = self.0.store.known_jobs_page(caller.tenant(), query, caller.account.author()).await;
        known.map_err(|error| caller.store_problem(&error))
    }

    /// A job as it stands now. A job of another tenant and a job that is not there look the same.
    pub(crate) async fn read_job(&self, caller: &Caller, id: &JobId) -> Result<Job, Problem> {
        let id = *id;
        let found = self.ask(caller, move |manager| async move { manager.job(&id).await }).await?;
        let job = found
            .filter(|job| job.tenant == caller.tenant())
            .ok_or_else(|| caller.problem(ProblemCode::JobNotFound))?;
        let known =
            KnownJob { id, operation: job.operation.clone(), status: job.status.clone(), seen: caller.now };
        // Remembering is a courtesy to the list: a full disk must not hide the job.
        if let Err(error) = self.0.store.remember_job(caller.tenant(), &known).await {
            tracing::warn!(request = %caller.request, error = %crate::problems::Chain(&error), "A job could not be remembered");
        }
        Ok(job)
    }

    async fn site_name(&self, caller: &Caller, job: &Job) -> Option<String> {
        let site = job.site?;
        let ask = || self.ask(caller, async |manager| manager.list_sites().await);
        let sites = self.0.sites.get(caller, Freshness::Recent, ask).await.ok()?;
        sites.value.into_iter().find(|known| known.id == site).map(|known| known.name)
    }
}

/// All rows of a job, and whether they were cut off.
pub(crate) async fn all_items(manager: Manager<Read>, id: JobId) -> tableau::Result<(Vec<JobItem>, bool)> {
    let mut items = Vec::new();
    let mut token: Option<String> = None;
    loop {
        let Some((page, next)) = manager.job_items(&id, token.clone()).await? else {
            return Ok((items, false));
        };
        items.extend(page);
        match next {
            // A token that repeats would go round for ever.
            Some(next) if Some(&next) != token.as_ref() && items.len() < ROWS_AT_MOST => token = Some(next),
            next => return Ok((items, next.is_some())),
        }
    }
}

/// The row's `status` decides success; its code adds the warnings.
fn matches(item: &JobItem, outcome: Outcome) -> bool {
    let warned = item
        .code
        .as_deref()
        .and_then(codes::explain)
        .is_some_and(|said| matches!(said.tone, Tone::Warning | Tone::Bad));
    let done = item.status == "SUCCESSFUL";
    match outcome {
        Outcome::All => true,
        Outcome::Look => item.has_failed() || (done && warned),
        Outcome::Done => done && !warned,
        Outcome::Open => !done && !item.has_failed(),
    }
}
