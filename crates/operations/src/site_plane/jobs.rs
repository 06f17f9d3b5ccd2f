//! Jobs of a site: the newest, one of them, and cancelling it where the vendor allows that.

use model::{
    Act, ActId, Direction, Moment, Notice, Page, PageRequest, Permission, Problem, ProblemCode, SiteId,
    SiteJobId,
    site_jobs::{SiteJob, SiteJobStatus},
    site_plane::{PlaneList, PlaneQuery, SiteJobSheet},
};
use tableau::{Filter, JobField, Listing, Operator, SitePage, Sort};
use uuid::Uuid;

use super::{changes::Sending, lists::check};
use crate::{Caller, Operations};

/// Jobs that a list goes back to.
const JOBS_AT_MOST: u32 = 250;

impl Operations {
    /// The newest jobs of a site, read now.
    pub async fn site_jobs(
        &self,
        caller: &Caller,
        site: &SiteId,
        query: &PlaneQuery,
    ) -> Result<PlaneList<SiteJob>, Problem> {
        self.must_see_whole_site(caller, site, Permission::SeeJobs)?;
        check(caller, query)?;
        let head = self.site_head(caller, site).await?;
        let found = self.newest_jobs(caller, site, query, "").await?;
        let fits = |job: &SiteJob| is_since(job, query, caller.now) && is_sought(job, &query.search);
        let of = found.total;
        let mut choices: Vec<(String, String, u64)> = Vec::new();
        for job in found.rows.iter().filter(|job| fits(job)) {
            match choices.iter_mut().find(|(known, ..)| known == job.status.code()) {
                Some((.., count)) => *count += 1,
                None => choices.push((job.status.code().to_owned(), job.status.words().to_owned(), 1)),
            }
        }
        // A busy site has more jobs than are read at once: those of one state are asked for by that state.
        let of_state = if query.only.is_empty() {
            found.rows
        } else {
            self.newest_jobs(caller, site, query, &query.only).await?.rows
        };
        let is_wanted = |job: &SiteJob| query.only.is_empty() || job.status.code() == query.only;
        let rows = of_state.into_iter().filter(|job| fits(job) && is_wanted(job)).collect();
        let page = Page::cut(rows, of, query.page, caller.now);
        Ok(PlaneList { head, page, choices, stale: None, being_read: false })
    }

    /// The newest jobs that the site's own filters leave; an empty state means any. A site that does not know a filter is asked without one; what it
    /// tells is filtered here as well.
    async fn newest_jobs(
        &self,
        caller: &Caller,
        site: &SiteId,
        query: &PlaneQuery,
        state: &str,
    ) -> Result<SitePage<SiteJob>, Problem> {
        let newest = Listing { sort: Sort::by(JobField::CreatedAt, Direction::Down), ..Listing::default() };
        let first = PageRequest { number: 1, size: JOBS_AT_MOST };
        let mut filter = Filter::default();
        if let Some(days) = query.days() {
            let since = caller.now.plus_seconds(-days * 86_400).machine();
            filter = and(caller, filter, JobField::CreatedAt, Operator::Gte, &since)?;
        }
        if !state.is_empty() {
            filter = and(caller, filter, JobField::Status, Operator::Eq, state)?;
        }
        let listing = Listing { filter, ..newest.clone() };
        match self.ask_site(caller, site, async |api| api.jobs(first, &listing).await).await {
            Err(problem) if problem.code == ProblemCode::VendorRejected && listing != newest => {
                self.ask_site(caller, site, async |api| api.jobs(first, &newest).await).await
            }
            found => found,
        }
    }

    /// One job of a site, read now.
    pub async fn site_job(
        &self,
        caller: &Caller,
        site: &SiteId,
        job: &SiteJobId,
    ) -> Result<SiteJobSheet, Problem> {
        self.must_see_whole_site(caller, site, Permission::SeeJobs)?;
        let head = self.site_head(caller, site).await?;
        let found = self.ask_site(caller, site, async |api| api.job(job).await).await?;
        let job = found.ok_or_else(|| caller.problem(ProblemCode::JobNotFound))?;
        Ok(SiteJobSheet { head, job, ticket: ActId::from(Uuid::now_v7()), as_of: caller.now })
    }

    /// Cancels a job of a site.
    pub async fn cancel_site_job(
        &self,
        caller: &Caller,
        site: &SiteId,
        job: &SiteJobId,
        ticket: ActId,
    ) -> Result<Notice, Problem> {
        let act = |title: &str| Act::CancelSiteJob { site: *site, job: *job, title: title.to_owned() };
        self.permit(caller, ticket, &act("")).await?;
        self.must_see_whole_site(caller, site, Permission::SeeJobs)?;
        let found = self.ask_site(caller, site, async |api| api.job(job).await).await?;
        let found = found.ok_or_else(|| caller.problem(ProblemCode::JobNotFound))?;
        if !found.can_be_cancelled() {
            return Err(caller.problem(ProblemCode::JobNotCancellable));
        }
        let (site, job) = (*site, *job);
        let sending = Sending {
            site,
            ticket,
            act: act(found.title.as_deref().unwrap_or(&found.kind)),
            before: found.status.words().to_owned(),
            after: SiteJobStatus::Cancelled.words().to_owned(),
            notice: Notice::JobCancelled,
        };
        let send = |api: tableau::SiteApi<tableau::Change>| async move { api.cancel_job(&job).await };
        let look = move |operations: Operations, caller: Caller, _: Option<()>| async move {
            let now = operations.ask_site(&caller, &site, async |api| api.job(&job).await).await?;
            // A job that is forgotten is over, and one that ended by itself meanwhile is too.
            Ok(now.is_none_or(|now| now.is_over()))
        };
        self.change_and_look(caller, sending, send, look).await.map(|(notice, _)| notice)
    }
}

/// Also this. What no filter can carry is a word that Steward never offered.
fn and(
    caller: &Caller,
    filter: Filter<JobField>,
    field: JobField,
    operator: Operator,
    value: &str,
) -> Result<Filter<JobField>, Problem> {
    filter.and(field, operator, value).map_err(|_| caller.problem(ProblemCode::MalformedQuery))
}

fn is_since(job: &SiteJob, query: &PlaneQuery, now: Moment) -> bool {
    let is_new = |days: i64| job.created.is_some_and(|at| at.seconds_until(now) <= days * 86_400);
    query.days().is_none_or(is_new)
}

fn is_sought(job: &SiteJob, search: &str) -> bool {
    let sought = search.trim().to_lowercase();
    let words = format!("{} {} {}", job.kind, job.id, job.title.clone().unwrap_or_default());
    sought.is_empty() || words.to_lowercase().contains(&sought)
}
