//! Pausing, resuming and stopping a run.

use model::{PlanId, TenantId, UserId, runs::RunState};

use super::{locked, write};
use crate::{Result, Store, entity::run, stamps::database_now};

impl Store {
    /// Pauses a run: nothing new is sent. The code is the problem that keeps it paused, if there is one. A paused run
    /// gets a problem too, when its worker meets one while looking after what was sent.
    ///
    /// Returns whether it could be paused for that.
    pub async fn pause_run(&self, tenant: TenantId, id: PlanId, code: Option<&str>) -> Result<bool> {
        let from: &[RunState] = match code {
            None => &[RunState::Waiting, RunState::Running],
            Some(_) => &[RunState::Waiting, RunState::Running, RunState::Paused],
        };
        self.steer(tenant, id, from, |run, _| {
            run.state = RunState::Paused.word().to_owned();
            run.code = code.map(str::to_owned);
        })
        .await
    }

    /// Lets a paused run go on, in the name and with the account of whoever resumes it. Returns whether it was paused.
    pub async fn resume_run(
        &self,
        tenant: TenantId,
        id: PlanId,
        account: &str,
        by: &str,
        by_id: UserId,
    ) -> Result<bool> {
        self.steer(tenant, id, &[RunState::Paused], |run, now| {
            let state = if run.lease_until > now { RunState::Running } else { RunState::Waiting };
            run.state = state.word().to_owned();
            run.code = None;
            run.account = account.to_owned();
            run.by = by.to_owned();
            run.by_id = by_id.uuid();
        })
        .await
    }

    /// Stops the remainder of a run: its worker looks after what is sent and leaves out the rest.
    ///
    /// Returns whether there was anything to stop.
    pub async fn stop_run(&self, tenant: TenantId, id: PlanId) -> Result<bool> {
        let from = [RunState::Waiting, RunState::Running, RunState::Paused];
        self.steer(tenant, id, &from, |run, _| {
            run.state = RunState::Stopping.word().to_owned();
            run.code = None;
        })
        .await
    }

    /// Turns a run that is in one of these states; the turn also gets the time of the database's clock.
    async fn steer(
        &self,
        tenant: TenantId,
        id: PlanId,
        from: &[RunState],
        turn: impl FnOnce(&mut run::Model, i64),
    ) -> Result<bool> {
        let writing = self.write().await?;
        let fits = |run: &run::Model| {
            run.tenant == tenant.uuid() && from.iter().any(|state| state.word() == run.state)
        };
        let Some(mut run) = locked(&writing, id).await?.filter(fits) else { return Ok(false) };
        turn(&mut run, database_now(&*writing).await?);
        write(&writing, run).await?;
        writing.commit().await?;
        Ok(true)
    }
}
