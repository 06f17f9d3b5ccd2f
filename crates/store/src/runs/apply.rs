//! Applying a plan: once, and exactly what was seen.

use model::{
    Moment, PlanId, TenantId, UserId,
    plan::{PlanState, Step, Verdict, Weight, Why},
    runs::{RowState, RunState},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use crate::{
    Error, Result, Store,
    entity::{plan, plan_step, run, run_row},
    json,
    pieces::pieces,
    stamps::stamp,
};

/// Rows read at once.
const AT_A_TIME: u64 = 5_000;

/// A plan as somebody applies it.
#[derive(Debug, Clone)]
pub struct ApplyPlan<'a> {
    /// The tenant.
    pub tenant: TenantId,
    /// The plan.
    pub plan: PlanId,
    /// The hash of the rows that were seen.
    pub hash: &'a str,
    /// The dangers that are taken on purpose.
    pub include: &'a [Why],
    /// Who, by name.
    pub by: &'a str,
    /// Who, by the vendor's id.
    pub by_id: UserId,
    /// What the worker needs to act in that name; kept as it is.
    pub account: &'a str,
    /// Why, in their words.
    pub reason: Option<&'a str>,
    /// When.
    pub now: Moment,
}

/// Why a plan is not applied.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// The tenant has no such plan.
    #[error("there is no such plan")]
    NotFound,
    /// It was applied or discarded before.
    #[error("the plan was applied or discarded before")]
    NotOpen,
    /// It is too old.
    #[error("the plan has run out")]
    RunOut,
    /// Its rows are not those that were seen.
    #[error("the plan is not the one that was seen")]
    Changed,
    /// Another plan of theirs was applied since it was decided about.
    #[error("another plan was applied meanwhile")]
    Overtaken,
    /// No row would be sent.
    #[error("the plan has nothing to send")]
    Nothing,
    /// It could not be written down.
    #[error(transparent)]
    Store(#[from] Error),
}

impl From<DbErr> for ApplyError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Applies a plan: it becomes a run with a row for everything that will be sent.
    pub async fn apply_plan(&self, apply: ApplyPlan<'_>) -> std::result::Result<(), ApplyError> {
        let writing = self.write().await?;
        apply_on(&writing, &apply).await?;
        Ok(writing.commit().await?)
    }
}

/// The same within a transaction that does more.
pub(crate) async fn apply_on(
    on: &DatabaseTransaction,
    apply: &ApplyPlan<'_>,
) -> std::result::Result<(), ApplyError> {
    let found = plan::Entity::find_by_id(apply.plan.uuid())
        .filter(plan::Column::Tenant.eq(apply.tenant.uuid()))
        .lock_exclusive()
        .one(on)
        .await?;
    let plan = found.ok_or(ApplyError::NotFound)?;
    if plan.state != PlanState::Open.word() {
        return Err(ApplyError::NotOpen);
    }
    if plan.until <= stamp(apply.now) {
        return Err(ApplyError::RunOut);
    }
    if plan.hash != apply.hash {
        return Err(ApplyError::Changed);
    }
    let id = plan.id;
    run::Entity::insert(run_of(plan, apply)).exec_without_returning(on).await?;
    let harmless = [Verdict::Create, Verdict::Change].map(Verdict::word);
    let mut rows = take_over(on, id, plan_step::Column::Verdict.is_in(harmless)).await?;
    let dangerous = included(on, id, apply.include).await?;
    for piece in pieces(&dangerous) {
        let these = plan_step::Column::Number.is_in(piece.iter().copied());
        rows += take_over(on, id, these).await?;
    }
    if rows == 0 {
        return Err(ApplyError::Nothing);
    }
    plan::Entity::update_many()
        .col_expr(plan::Column::State, Expr::value(PlanState::Applied.word()))
        .filter(plan::Column::Id.eq(id))
        .exec(on)
        .await?;
    Ok(())
}

fn run_of(plan: plan::Model, apply: &ApplyPlan<'_>) -> run::ActiveModel {
    run::ActiveModel {
        id: Set(plan.id),
        tenant: Set(plan.tenant),
        title: Set(plan.title),
        by: Set(apply.by.to_owned()),
        by_id: Set(apply.by_id.uuid()),
        account: Set(apply.account.to_owned()),
        reason: Set(apply.reason.map(str::to_owned)),
        state: Set(RunState::Waiting.word().to_owned()),
        code: Set(None),
        began: Set(stamp(apply.now)),
        ended: Set(None),
        holder: Set(Uuid::nil()),
        fence: Set(0),
        lease_until: Set(0),
    }
}

/// Makes rows of a run out of those of its plan, inside the database. Returns how many.
async fn take_over(on: &DatabaseTransaction, plan: Uuid, which: Expr) -> Result<u64> {
    let steps = Query::select()
        .column(plan_step::Column::Plan)
        .column(plan_step::Column::Number)
        .expr(Expr::val(RowState::Waiting.word()))
        .expr(Expr::val(0_i64))
        .column(plan_step::Column::Words)
        .column(plan_step::Column::Step)
        .from(plan_step::Entity)
        .and_where(Expr::col(plan_step::Column::Plan).eq(plan))
        .and_where(which)
        .to_owned();
    let mut insert = Query::insert();
    insert.into_table(run_row::Entity).columns([
        run_row::Column::Run,
        run_row::Column::Number,
        run_row::Column::State,
        run_row::Column::Attempt,
        run_row::Column::Words,
        run_row::Column::Step,
    ]);
    insert.select_from(steps).map_err(|error| Error::Other(error.into()))?;
    Ok(on.execute(&insert).await?.rows_affected())
}

/// The numbers of the dangerous rows all of whose dangers are taken on purpose.
async fn included(on: &DatabaseTransaction, plan: Uuid, include: &[Why]) -> Result<Vec<i64>> {
    let mut numbers = Vec::new();
    let mut last = i64::MIN;
    while !include.is_empty() {
        let rows = plan_step::Entity::find()
            .filter(plan_step::Column::Plan.eq(plan))
            .filter(plan_step::Column::Verdict.eq(Verdict::Dangerous.word()))
            .filter(plan_step::Column::Number.gt(last))
            .order_by_asc(plan_step::Column::Number)
            .limit(AT_A_TIME)
            .all(on)
            .await?;
        let Some(end) = rows.last().map(|row| row.number) else { break };
        last = end;
        for row in rows {
            if is_included(&json::read(&row.step)?, include) {
                numbers.push(row.number);
            }
        }
    }
    Ok(numbers)
}

/// A dangerous row that names no danger is never included: nobody can have meant it.
fn is_included(step: &Step, include: &[Why]) -> bool {
    let mut dangers = step.why.iter().filter(|why| why.weight() == Weight::Danger).peekable();
    dangers.peek().is_some() && dangers.all(|why| include.contains(why))
}
