//! Rows that an earlier worker sent: they are looked after and read back, and never sent again by themselves.

use std::collections::HashMap;

use model::{
    JobId, PlanId, Problem, ProblemCode,
    jobs::KnownJob,
    runs::{RowState, RunRow},
};
use tokio::time::timeout;

use super::{
    held::{Held, LetGo},
    outcome::Watched,
};
use crate::{Caller, Operations, caller::clock, jobs::all_items};

impl Operations {
    pub(super) async fn settle_sent(&self, held: &Held) -> Result<(), LetGo> {
        let sent = held.stored(self.0.store.all_rows(held.tenant, held.run, &[RowState::Sent]).await)?;
        let (on_sites, sent): (Vec<RunRow>, Vec<RunRow>) =
            sent.into_iter().partition(|row| row.wish.on_site().is_some());
        self.settle_on_sites(held, on_sites.clone()).await?;
        self.tenant_follows(held, &on_sites).await;
        let (limits, sent): (Vec<RunRow>, Vec<RunRow>) =
            sent.into_iter().partition(|row| row.wish.limits().is_some());
        self.settle_limits(held, limits).await?;
        let mut by_job: HashMap<Option<JobId>, Vec<RunRow>> = HashMap::new();
        for row in sent {
            by_job.entry(row.job.and_then(|job| job.of_tenant())).or_default().push(row);
        }
        for (job, rows) in by_job {
            let watched = match job {
                Some(job) => self.watch(held, &held.caller(), job).await?,
                // Written down and perhaps sent; no answer ever came back to us.
                None => Watched::lost(),
            };
            self.end_rows(held, rows, &watched).await?;
            self.run_moved(held.run);
        }
        Ok(())
    }

    /// Watches a job, and the one that goes on where it ends, until nothing more is to be waited for.
    pub(super) async fn watch_job(&self, caller: &Caller, job: JobId) -> Result<Watched, Problem> {
        match timeout(self.0.rhythm.watch_at_most, self.watch_to_the_end(caller, job)).await {
            Ok(watched) => watched,
            Err(_elapsed) => Ok(Watched::unknown(ProblemCode::JobEndless)),
        }
    }

    async fn watch_to_the_end(&self, caller: &Caller, first: JobId) -> Result<Watched, Problem> {
        let mut items = Vec::new();
        let mut id = first;
        loop {
            let mut feed = match self.feed_of_job(caller, &id).await {
                Ok(feed) => feed,
                Err(problem) if problem.code == ProblemCode::JobNotFound => {
                    return Ok(Watched::unknown(ProblemCode::JobForgotten));
                }
                Err(problem) => return Err(problem),
            };
            while !feed.job().status.is_over() {
                if feed.next().await.is_none() {
                    break;
                }
            }
            let job = feed.job();
            if !job.status.is_over() {
                // The feed ended early: the session is over, or the job is gone. Asking once more tells which.
                match self.read_job(&Caller { now: clock(), ..caller.clone() }, &id).await {
                    Ok(_) => continue,
                    Err(problem) if problem.code == ProblemCode::JobNotFound => {
                        return Ok(Watched::unknown(ProblemCode::JobForgotten));
                    }
                    Err(problem) => return Err(problem),
                }
            }
            let later = Caller { now: clock(), ..caller.clone() };
            items.extend(self.ask(&later, move |manager| all_items(manager, id)).await?.0);
            match job.child {
                Some(child) if child != first && child != id => id = child,
                _ => return Ok(Watched::over(&job.status, items)),
            }
        }
    }

    /// Keeps the id of a job that a run started: the vendor has no list of jobs, so a lost id is a lost job.
    pub(super) async fn remember_job_of(&self, caller: &Caller, id: JobId, run: PlanId) {
        let seen =
            self.ask(caller, move |manager| async move { manager.job(&id).await }).await.ok().flatten();
        let known = KnownJob {
            id,
            operation: seen.as_ref().map(|job| job.operation.clone()).unwrap_or_default(),
            status: seen.map_or_else(|| "NEW".to_owned().into(), |job| job.status),
            seen: clock(),
        };
        let owner = Some(caller.account.author());
        if let Err(error) = self.0.store.remember_job_of(caller.tenant(), &known, owner, Some(run)).await {
            tracing::warn!(%run, error = %crate::problems::Chain(&error), "A job could not be remembered");
        }
    }
}
