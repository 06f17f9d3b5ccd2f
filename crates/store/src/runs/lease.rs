//! Leases of runs: one worker at a time has a run, and one that fell behind is noticed.

use model::{
    PlanId, ProblemCode, TenantId,
    runs::{RowState, RunState},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::{fenced, locked, write};
use crate::{
    Fence, Result, Store,
    entity::{run, run_row},
    stamps::database_now,
};

impl Store {
    /// Takes a run for so many seconds of the database's clock.
    ///
    /// `None` while somebody else has it, when it is over, and when there is no such run.
    pub async fn take_run(
        &self,
        tenant: TenantId,
        id: PlanId,
        holder: Uuid,
        seconds: i64,
    ) -> Result<Option<Fence>> {
        let writing = self.write().await?;
        let Some(mut run) = locked(&writing, id).await?.filter(|run| run.tenant == tenant.uuid()) else {
            return Ok(None);
        };
        let now = database_now(&*writing).await?;
        let is_held = run.lease_until > now && run.holder != holder;
        if is_held || run.state == RunState::Over.word() {
            return Ok(None);
        }
        run.holder = holder;
        run.fence += 1;
        let fence = Fence(run.fence);
        write(&writing, kept(run, now, seconds)).await?;
        writing.commit().await?;
        Ok(Some(fence))
    }

    /// Keeps a run for so many seconds more.
    pub async fn keep_run(&self, id: PlanId, fence: Fence, seconds: i64) -> Result<()> {
        let writing = self.write().await?;
        let run = fenced(&writing, id, fence).await?;
        let now = database_now(&*writing).await?;
        write(&writing, kept(run, now, seconds)).await?;
        writing.commit().await
    }

    /// Gives a run back early. An older lease than the last has no effect.
    pub async fn release_run(&self, id: PlanId, fence: Fence) -> Result<()> {
        let writing = self.write().await?;
        run::Entity::update_many()
            .col_expr(run::Column::LeaseUntil, Expr::value(0_i64))
            .filter(run::Column::Id.eq(id.uuid()))
            .filter(run::Column::Fence.eq(fence.0))
            .exec(&*writing)
            .await?;
        writing.commit().await
    }

    /// Runs that a worker should have, in all tenants, the oldest first: those neither over nor paused, and paused ones
    /// of which something is under way. What was sent is looked after even while nothing new is sent; only where the
    /// sign-in is over nobody can look before somebody resumes.
    pub async fn unfinished_runs(&self) -> Result<Vec<(TenantId, PlanId)>> {
        let under_way = Query::select()
            .column(run_row::Column::Run)
            .from(run_row::Entity)
            .and_where(run_row::Column::State.eq(RowState::Sent.word()))
            .to_owned();
        let can_look = run::Column::Code.is_null().or(run::Column::Code.ne(ProblemCode::SignInOver.word()));
        let paused_in_the_middle = run::Column::State
            .eq(RunState::Paused.word())
            .and(can_look)
            .and(run::Column::Id.in_subquery(under_way));
        let goes_on = run::Column::State.is_not_in([RunState::Over, RunState::Paused].map(RunState::word));
        let found = run::Entity::find()
            .select_only()
            .columns([run::Column::Tenant, run::Column::Id])
            .filter(goes_on.or(paused_in_the_middle))
            .order_by_asc(run::Column::Began)
            .order_by_asc(run::Column::Id)
            .into_tuple::<(Uuid, Uuid)>()
            .all(&self.db)
            .await?;
        Ok(found.into_iter().map(|(tenant, id)| (tenant.into(), id.into())).collect())
    }

    /// How a run stands, for its worker.
    pub async fn run_state(&self, id: PlanId) -> Result<Option<RunState>> {
        let found = run::Entity::find_by_id(id.uuid()).one(&self.db).await?;
        Ok(found.and_then(|run| RunState::parse(&run.state)))
    }
}

/// The run with a worker at it for so many seconds.
fn kept(mut run: run::Model, now: i64, seconds: i64) -> run::Model {
    run.lease_until = now.saturating_add(seconds.saturating_mul(1_000_000));
    if run.state == RunState::Waiting.word() {
        run.state = RunState::Running.word().to_owned();
    }
    run
}
