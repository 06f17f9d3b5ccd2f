//! Following a job: one poller per job on the server, however many people look.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use model::{CredentialId, JobId, Problem, jobs::Job};
use tokio::sync::watch;

use crate::{Caller, Operations, caller::clock};

/// The first pause between two looks; each is half as long again.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause between two looks.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// A job as it changes. Ends when the job is over or cannot be read any more.
pub struct JobFeed {
    news: watch::Receiver<Arc<Job>>,
    /// Keeps the poller alive as long as somebody follows.
    _alive: Arc<Poller>,
}

impl JobFeed {
    /// The job as last seen.
    pub fn job(&self) -> Arc<Job> {
        self.news.borrow().clone()
    }

    /// Waits for the next change; `None` when there will be none.
    pub async fn next(&mut self) -> Option<Arc<Job>> {
        self.news.changed().await.ok()?;
        Some(self.news.borrow_and_update().clone())
    }
}

/// The pollers at work. One token never sees what another one reads, so each has its own.
pub(crate) struct Watchers(Mutex<HashMap<(CredentialId, JobId), Weak<Poller>>>);

struct Poller {
    news: watch::Receiver<Arc<Job>>,
    stop: tokio::task::AbortHandle,
}

impl Drop for Poller {
    fn drop(&mut self) {
        self.stop.abort();
    }
}

impl Watchers {
    pub(crate) fn new() -> Self {
        Self(Mutex::default())
    }

    fn find(&self, key: (CredentialId, JobId)) -> Option<Arc<Poller>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).and_then(Weak::upgrade)
    }

    /// Adds a poller, or gives back the one that another request started meanwhile.
    fn add(&self, key: (CredentialId, JobId), start: impl FnOnce() -> Poller) -> Arc<Poller> {
        let mut pollers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pollers.retain(|_, poller| poller.strong_count() > 0);
        if let Some(running) = pollers.get(&key).and_then(Weak::upgrade) {
            return running;
        }
        let poller = Arc::new(start());
        pollers.insert(key, Arc::downgrade(&poller));
        poller
    }
}

impl Operations {
    /// Follows a job until it is over.
    pub async fn follow_job(&self, caller: &Caller, id: &JobId) -> Result<JobFeed, Problem> {
        caller.must_see_all_jobs()?;
        self.feed_of_job(caller, id).await
    }

    /// Refuses whoever may not, or may no longer, follow jobs.
    pub fn may_follow_jobs(&self, caller: &Caller) -> Result<(), Problem> {
        caller.must_see_all_jobs()
    }

    /// The same for a run, which looks after its own jobs.
    pub(crate) async fn feed_of_job(&self, caller: &Caller, id: &JobId) -> Result<JobFeed, Problem> {
        let key = (caller.credential()?, *id);
        let poller = match self.0.watchers.find(key) {
            Some(poller) => poller,
            None => {
                let job = self.read_job(caller, id).await?;
                self.0.jobs.seen(key, &job).await;
                self.0.watchers.add(key, || self.start_poller(caller, job))
            }
        };
        Ok(JobFeed { news: poller.news.clone(), _alive: poller })
    }

    fn start_poller(&self, caller: &Caller, job: Job) -> Poller {
        let (tell, news) = watch::channel(Arc::new(job));
        let (operations, caller) = (self.clone(), caller.clone());
        let task = tokio::spawn(async move { operations.poll(caller, tell).await });
        Poller { news, stop: task.abort_handle() }
    }

    /// Looks until the job is over. A failed look is not the end of the job: the next one comes later. What is refused by
    /// Steward itself stays refused: the sign-in is over, nothing is lent any more, or the job is not there.
    async fn poll(&self, caller: Caller, tell: watch::Sender<Arc<Job>>) {
        let id = tell.borrow().id;
        let mut pause = FIRST_PAUSE;
        while !tell.borrow().status.is_over() {
            tokio::time::sleep(pause).await;
            pause = (pause * 3 / 2).min(LONGEST_PAUSE);
            let caller = Caller { now: clock(), ..caller.clone() };
            match self.read_job(&caller, &id).await {
                Ok(job) => {
                    let moved = **tell.borrow() != job;
                    if let (true, Ok(credential)) = (moved, caller.credential()) {
                        // Before anybody is told: whoever then looks at its rows must not see those of a moment ago.
                        self.0.jobs.seen((credential, id), &job).await;
                    }
                    // While it moves, look often; while it rests, rest.
                    let moved = tell.send_if_modified(|known| {
                        let moved = **known != job;
                        *known = Arc::new(job);
                        moved
                    });
                    if moved {
                        pause = FIRST_PAUSE;
                    }
                }
                Err(problem) if is_for_good(problem.code.status()) => return,
                Err(_) => {}
            }
        }
    }
}

/// Whether looking again later is of no use.
fn is_for_good(status: u16) -> bool {
    status < 500 && status != 429
}

#[cfg(test)]
mod tests {
    use model::ProblemCode;

    use super::is_for_good;

    #[test]
    fn a_poller_ends_where_nothing_is_lent_any_more_and_outlasts_the_bad_days_of_tableau() {
        let over = [ProblemCode::NothingDeposited, ProblemCode::SessionEnded, ProblemCode::JobNotFound];
        assert!(over.iter().all(|code| is_for_good(code.status())));
        let passing = [ProblemCode::VendorBusy, ProblemCode::VendorDown, ProblemCode::StoreUnavailable];
        assert!(!passing.iter().any(|code| is_for_good(code.status())));
    }
}
