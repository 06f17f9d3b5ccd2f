//! Cancelling a job of a site, where the vendor allows it.

use model::{
    Act, ActId, Notice, Permission, Problem, ProblemCode, SiteId, SiteJobId, site_jobs::SiteJobStatus,
};

use super::changes::Sending;
use crate::{Caller, Operations};

impl Operations {
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
        caller.must(Permission::SeeJobs)?;
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
