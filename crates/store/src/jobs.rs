//! Job ids that Steward has met: the vendor has no list of jobs.

use model::{JobId, Page, PlanId, TenantId, UserId, jobs::KnownJob, runs::RunsQuery};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Func, OnConflict},
};

use crate::{
    Result, Store,
    entity::known_job,
    lists::{page, shown},
    stamps::{moment, now, stamp},
};

impl Store {
    /// Remembers a job as it was seen last.
    pub async fn remember_job(&self, tenant: TenantId, job: &KnownJob) -> Result<()> {
        self.remember_job_of(tenant, job, None, None).await
    }

    /// Remembers a job as it was seen last, with the account that started it and the run it is part of. Where these
    /// are not given, those that are known already stay.
    pub async fn remember_job_of(
        &self,
        tenant: TenantId,
        job: &KnownJob,
        owner: Option<UserId>,
        run: Option<PlanId>,
    ) -> Result<()> {
        let row = known_job::ActiveModel {
            tenant: Set(tenant.uuid()),
            id: Set(job.id.uuid()),
            operation: Set(job.operation.clone()),
            status: Set(job.status.code().to_owned()),
            seen: Set(stamp(job.seen)),
            owner: Set(owner.map(|owner| owner.uuid())),
            run: Set(run.map(|run| run.uuid())),
        };
        let new_or_known = |column: known_job::Column| {
            Func::coalesce([Expr::col(("excluded", column)), Expr::col((known_job::Entity, column))])
        };
        let there = OnConflict::columns([known_job::Column::Tenant, known_job::Column::Id])
            .update_columns([
                known_job::Column::Operation,
                known_job::Column::Status,
                known_job::Column::Seen,
            ])
            .value(known_job::Column::Owner, new_or_known(known_job::Column::Owner))
            .value(known_job::Column::Run, new_or_known(known_job::Column::Run))
            .to_owned();
        let writing = self.write().await?;
        known_job::Entity::insert(row).on_conflict(there).exec_without_returning(&*writing).await?;
        writing.commit().await
    }

    /// The jobs of a tenant, the one seen last first.
    pub async fn known_jobs(&self, tenant: TenantId, at_most: u64) -> Result<Vec<KnownJob>> {
        let found = jobs_of(tenant).limit(at_most).all(&self.db).await?;
        Ok(found.into_iter().map(told).collect())
    }

    /// One page of the jobs of a tenant, the one seen last first, each with the account that started it and the run it
    /// is part of.
    pub async fn known_jobs_page(
        &self,
        tenant: TenantId,
        query: &RunsQuery,
        mine: UserId,
    ) -> Result<Page<(KnownJob, Option<UserId>, Option<PlanId>)>> {
        let mut matching = jobs_of(tenant);
        let of = matching.clone().count(&self.db).await?;
        if query.whose == "mine" {
            matching = matching.filter(known_job::Column::Owner.eq(mine.uuid()));
        }
        if !query.state.is_empty() {
            matching = matching.filter(known_job::Column::Status.eq(&query.state));
        }
        if !query.kind.is_empty() {
            matching = matching.filter(known_job::Column::Operation.eq(&query.kind));
        }
        let found = page(&self.db, of, matching, query.page, now()).await?;
        shown(found, |row| {
            let (owner, run) = (row.owner.map(UserId::from), row.run.map(PlanId::from));
            Ok((told(row), owner, run))
        })
    }

    /// The run that a job is part of, where Steward started it.
    pub async fn run_of_job(&self, tenant: TenantId, job: JobId) -> Result<Option<PlanId>> {
        let found = jobs_of(tenant).filter(known_job::Column::Id.eq(job.uuid())).one(&self.db).await?;
        Ok(found.and_then(|row| row.run).map(PlanId::from))
    }

    /// The jobs that a run started, the one seen last first.
    pub async fn jobs_of_run(&self, tenant: TenantId, run: PlanId) -> Result<Vec<KnownJob>> {
        let found = jobs_of(tenant).filter(known_job::Column::Run.eq(run.uuid())).all(&self.db).await?;
        Ok(found.into_iter().map(told).collect())
    }
}

fn jobs_of(tenant: TenantId) -> Select<known_job::Entity> {
    known_job::Entity::find()
        .filter(known_job::Column::Tenant.eq(tenant.uuid()))
        .order_by_desc(known_job::Column::Seen)
        .order_by_desc(known_job::Column::Id)
}

fn told(row: known_job::Model) -> KnownJob {
    KnownJob {
        id: row.id.into(),
        operation: row.operation,
        status: row.status.into(),
        seen: moment(row.seen),
    }
}
