//! A job with all of its rows, kept for a moment: twenty who have the same page open ask Tableau once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use model::{
    CredentialId, JobId, Moment, Problem,
    jobs::{Job, JobItem},
};
use moka::future::Cache;

use super::all_items;
use crate::{Caller, Operations};

/// How long a job is kept. A page that is opened again sees it move all the same.
const KEPT: Duration = Duration::from_secs(3);
/// How long a move is remembered: longer than a reading takes.
const MOVED: Duration = Duration::from_secs(120);
/// Jobs kept at once. One holds ten thousand rows at most.
const AT_MOST: u64 = 100;

/// A job as it was told at one moment.
pub(crate) struct WholeJob {
    pub(super) job: Job,
    pub(super) items: Vec<JobItem>,
    /// Whether there are more rows than these.
    pub(super) cut_off: bool,
    pub(super) as_of: Moment,
    /// How many moves of jobs had been seen when its reading began.
    begun: u64,
}

/// What one token may see is never shown to another.
type Key = (CredentialId, JobId);

/// The jobs of the last moment.
pub(crate) struct WholeJobs {
    kept: Cache<Key, Arc<WholeJob>>,
    /// Moves seen so far, and which of them was the last of each job.
    moves: AtomicU64,
    moved: Cache<Key, u64>,
}

impl WholeJobs {
    pub(crate) fn new() -> Self {
        Self {
            kept: Cache::builder().max_capacity(AT_MOST).time_to_live(KEPT).build(),
            moves: AtomicU64::new(0),
            moved: Cache::builder().max_capacity(10_000).time_to_live(MOVED).build(),
        }
    }

    /// Somebody saw a job just now. If it is not as it is kept here, whoever opens it next reads it anew.
    pub(super) async fn seen(&self, key: Key, job: &Job) {
        if self.kept.get(&key).await.is_none_or(|kept| kept.job != *job) {
            let moves = self.moves.fetch_add(1, Ordering::AcqRel) + 1;
            self.moved.insert(key, moves).await;
            self.kept.invalidate(&key).await;
        }
    }

    /// Whether the job moved after its reading began.
    async fn is_old(&self, key: &Key, whole: &WholeJob) -> bool {
        self.moved.get(key).await.is_some_and(|moved| whole.begun < moved)
    }
}

impl Operations {
    /// A job with its rows. Whoever comes while it is being read waits for the same answer; a failure is not kept.
    pub(super) async fn whole_job(&self, caller: &Caller, id: JobId) -> Result<Arc<WholeJob>, Problem> {
        let (jobs, key) = (&self.0.jobs, (caller.credential()?, id));
        let read = || async {
            let begun = jobs.moves.load(Ordering::Acquire);
            let job = self.read_job(caller, &id).await?;
            let (items, cut_off) = self.ask(caller, move |manager| all_items(manager, id)).await?;
            Ok::<_, Problem>(Arc::new(WholeJob { job, items, cut_off, as_of: caller.now, begun }))
        };
        // Another request may have asked; the reference shown is that of this one.
        let told = |problem: Arc<Problem>| Problem::clone(&problem).with_reference(&caller.request);
        let found = jobs.kept.try_get_with(key, read()).await.map_err(told)?;
        if !jobs.is_old(&key, &found).await {
            return Ok(found);
        }
        // What was read while the job moved would be shown to the end: nobody is told of that move again.
        jobs.kept.invalidate(&key).await;
        jobs.kept.try_get_with(key, read()).await.map_err(told)
    }
}
