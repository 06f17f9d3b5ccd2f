//! Plans: what would happen to whom, kept until somebody applies them or they are too old.

use model::{
    Moment, Page, PlanId, TenantId,
    plan::{Plan, PlanState, SeatSum, Step, StepsQuery, Verdict, VerdictCounts, Why},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select,
    sea_query::Expr,
};
use serde::{Deserialize, Serialize};

use crate::{
    Error, Result, Store,
    approvals::void_requests_of,
    entity::{plan, plan_step},
    json,
    lists::{contains, page, shown},
    pieces::insert_all,
    stamps::{moment, now, stamp},
};

/// How long a plan that nobody applied is kept.
const KEPT_SECONDS: i64 = 7 * 24 * 60 * 60;

/// What is kept of a plan as JSON.
#[derive(Serialize, Deserialize)]
struct Sums {
    counts: VerdictCounts,
    seats: SeatSum,
    dangers: Vec<(Why, u64)>,
}

impl Store {
    /// Keeps a plan with its rows.
    pub async fn keep_plan(&self, plan: &Plan, steps: &[Step]) -> Result<()> {
        let head = written(plan)?;
        // Written out before the transaction: others wait for it.
        let rows: Vec<_> = steps.iter().map(|step| row_of(plan.id, step)).collect::<Result<_>>()?;
        let writing = self.write().await?;
        plan::Entity::insert(head).exec_without_returning(&*writing).await?;
        insert_all(&writing, &rows, None).await?;
        writing.commit().await
    }

    /// A plan of a tenant, without its rows.
    pub async fn plan(&self, tenant: TenantId, id: PlanId) -> Result<Option<Plan>> {
        self.plan_row(tenant, id).await?.map(read).transpose()
    }

    /// One page of a plan's rows. A verdict that is no word of ours matches nothing.
    pub async fn plan_steps(&self, tenant: TenantId, id: PlanId, query: &StepsQuery) -> Result<Page<Step>> {
        let Some(plan) = self.plan_row(tenant, id).await? else {
            return Ok(Page::cut(Vec::new(), 0, query.page, now()));
        };
        let all = steps_of(id);
        let of = all.clone().count(&self.db).await?;
        let found = page(&self.db, of, narrowed(all, query), query.page, moment(plan.made)).await?;
        shown(found, |row| json::read(&row.step))
    }

    /// All rows of a plan, or all of one verdict.
    pub async fn all_steps(
        &self,
        tenant: TenantId,
        id: PlanId,
        verdict: Option<Verdict>,
    ) -> Result<Vec<Step>> {
        if self.plan_row(tenant, id).await?.is_none() {
            return Ok(Vec::new());
        }
        let mut steps = steps_of(id);
        if let Some(verdict) = verdict {
            steps = steps.filter(plan_step::Column::Verdict.eq(verdict.word()));
        }
        steps.all(&self.db).await?.iter().map(|row| json::read(&row.step)).collect()
    }

    /// Throws a plan away, if it is still open, and with it what waits for somebody's word about it. Returns whether it
    /// was.
    pub async fn discard_plan(&self, tenant: TenantId, id: PlanId) -> Result<bool> {
        let writing = self.write().await?;
        // In the order in which an approval takes them, so that neither waits for the other.
        void_requests_of(&writing, tenant, id).await?;
        let discarded = plan::Entity::update_many()
            .col_expr(plan::Column::State, Expr::value(PlanState::Discarded.word()))
            .filter(plan::Column::Id.eq(id.uuid()))
            .filter(plan::Column::Tenant.eq(tenant.uuid()))
            .filter(plan::Column::State.eq(PlanState::Open.word()))
            .exec(&*writing)
            .await?;
        if discarded.rows_affected == 0 {
            return Ok(false);
        }
        writing.commit().await?;
        Ok(true)
    }

    /// Erases plans that nobody applied within a week, with their rows. Returns how many.
    pub async fn sweep_plans(&self, now: Moment) -> Result<u64> {
        let writing = self.write().await?;
        let swept = plan::Entity::delete_many()
            .filter(plan::Column::State.ne(PlanState::Applied.word()))
            .filter(plan::Column::Made.lt(stamp(now.plus_seconds(-KEPT_SECONDS))))
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(swept.rows_affected)
    }

    async fn plan_row(&self, tenant: TenantId, id: PlanId) -> Result<Option<plan::Model>> {
        let found = plan::Entity::find_by_id(id.uuid()).filter(plan::Column::Tenant.eq(tenant.uuid()));
        Ok(found.one(&self.db).await?)
    }
}

fn steps_of(plan: PlanId) -> Select<plan_step::Entity> {
    plan_step::Entity::find()
        .filter(plan_step::Column::Plan.eq(plan.uuid()))
        .order_by_asc(plan_step::Column::Number)
}

fn narrowed(mut steps: Select<plan_step::Entity>, query: &StepsQuery) -> Select<plan_step::Entity> {
    if !query.verdict.is_empty() {
        let word = Verdict::parse(&query.verdict).map(Verdict::word);
        steps = steps.filter(plan_step::Column::Verdict.is_in(word));
    }
    let search = query.search.trim();
    if !search.is_empty() {
        steps = steps.filter(plan_step::Column::Words.like(contains(search)));
    }
    steps
}

fn row_of(plan: PlanId, step: &Step) -> Result<plan_step::Model> {
    // A file may hold the character zero, which PostgreSQL keeps in no text.
    let words = [step.user_name.as_str(), &step.name].join("\n").to_lowercase().replace('\0', "");
    Ok(plan_step::Model {
        plan: plan.uuid(),
        number: i64::from(step.number),
        verdict: step.verdict.word().to_owned(),
        words,
        step: json::write(step)?,
    })
}

fn written(plan: &Plan) -> Result<plan::ActiveModel> {
    let sums = Sums { counts: plan.counts, seats: plan.seats, dangers: plan.dangers.clone() };
    Ok(plan::ActiveModel {
        id: Set(plan.id.uuid()),
        tenant: Set(plan.tenant.uuid()),
        title: Set(plan.title.clone()),
        source: Set(plan.source.clone()),
        by: Set(plan.by.clone()),
        by_id: Set(plan.by_id.uuid()),
        made: Set(stamp(plan.made)),
        until: Set(stamp(plan.until)),
        hash: Set(plan.hash.clone()),
        state: Set(plan.state.word().to_owned()),
        sums: Set(json::write(&sums)?),
    })
}

fn read(row: plan::Model) -> Result<Plan> {
    let sums: Sums = json::read(&row.sums)?;
    Ok(Plan {
        id: row.id.into(),
        tenant: row.tenant.into(),
        title: row.title,
        source: row.source,
        by: row.by,
        by_id: row.by_id.into(),
        made: moment(row.made),
        until: moment(row.until),
        hash: row.hash,
        state: PlanState::parse(&row.state).ok_or_else(|| Error::Other("a plan in no known state".into()))?,
        counts: sums.counts,
        seats: sums.seats,
        dangers: sums.dangers,
    })
}
