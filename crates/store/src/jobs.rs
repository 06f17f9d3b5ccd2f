//! Job ids that Steward has met: the vendor has no list of jobs.

use model::{TenantId, jobs::KnownJob};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use crate::{
    Result, Store,
    entity::known_job,
    stamps::{moment, stamp},
};

impl Store {
    /// Remembers a job as it was seen last.
    pub async fn remember_job(&self, tenant: TenantId, job: &KnownJob) -> Result<()> {
        let row = known_job::ActiveModel {
            tenant: Set(tenant.uuid()),
            id: Set(job.id.uuid()),
            operation: Set(job.operation.clone()),
            status: Set(job.status.code().to_owned()),
            seen: Set(stamp(job.seen)),
        };
        let there = OnConflict::columns([known_job::Column::Tenant, known_job::Column::Id])
            .update_columns([
                known_job::Column::Operation,
                known_job::Column::Status,
                known_job::Column::Seen,
            ])
            .to_owned();
        let writing = self.write().await?;
        known_job::Entity::insert(row).on_conflict(there).exec_without_returning(&*writing).await?;
        writing.commit().await
    }

    /// The jobs of a tenant, the one seen last first.
    pub async fn known_jobs(&self, tenant: TenantId, at_most: u64) -> Result<Vec<KnownJob>> {
        let found = known_job::Entity::find()
            .filter(known_job::Column::Tenant.eq(tenant.uuid()))
            .order_by_desc(known_job::Column::Seen)
            .order_by_desc(known_job::Column::Id)
            .limit(at_most)
            .all(&self.db)
            .await?;
        let told = |row: known_job::Model| KnownJob {
            id: row.id.into(),
            operation: row.operation,
            status: row.status.into(),
            seen: moment(row.seen),
        };
        Ok(found.into_iter().map(told).collect())
    }
}
