//! Following a run: whoever looks at it is told when it moved. Other replicas' work is seen by looking at the database.

use std::{collections::HashMap, sync::Mutex, sync::PoisonError, time::Duration};

use model::{PlanId, Problem, TenantId, runs::Run};
use tokio::sync::watch;

use crate::{Caller, Operations};

/// How long a silent run is left alone before the database is asked.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Bells that ring in this process when a run moved.
#[derive(Default)]
pub(crate) struct Bells(Mutex<HashMap<PlanId, watch::Sender<u64>>>);

impl Bells {
    fn listen(&self, run: PlanId) -> watch::Receiver<u64> {
        let mut bells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        bells.retain(|_, bell| bell.receiver_count() > 0);
        bells.entry(run).or_insert_with(|| watch::channel(0).0).subscribe()
    }

    fn ring(&self, run: PlanId) {
        if let Some(bell) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&run) {
            bell.send_modify(|rung| *rung += 1);
        }
    }
}

/// A run as it changes.
pub struct RunFeed {
    operations: Operations,
    tenant: TenantId,
    bell: watch::Receiver<u64>,
    run: Run,
}

impl RunFeed {
    /// The run as last seen.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// Waits for the next change; `None` when there will be none.
    pub async fn next(&mut self) -> Option<&Run> {
        loop {
            _ = tokio::time::timeout(LOOK_EVERY, self.bell.changed()).await;
            let now = self.operations.0.store.run(self.tenant, self.run.id).await.ok().flatten()?;
            if now != self.run {
                self.run = now;
                return Some(&self.run);
            }
        }
    }
}

impl Operations {
    /// Follows a run.
    pub async fn follow_run(&self, caller: &Caller, id: &PlanId) -> Result<RunFeed, Problem> {
        caller.must_see_runs()?;
        let bell = self.0.bells.listen(*id);
        let run = self.read_run(caller, id).await?;
        Ok(RunFeed { operations: self.clone(), tenant: caller.tenant(), bell, run })
    }

    /// Refuses whoever may not, or may no longer, follow a run.
    pub async fn may_follow_run(&self, caller: &Caller, id: &PlanId) -> Result<(), Problem> {
        caller.must_see_runs()?;
        self.read_run(caller, id).await.map(drop)
    }

    /// Tells whoever looks at a run that it moved.
    pub(crate) fn run_moved(&self, run: PlanId) {
        self.0.bells.ring(run);
    }
}
