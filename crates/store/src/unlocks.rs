//! Operations that somebody unlocked after checking their address.

use model::{Moment, TenantId, vendor::Unlocked};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};

use crate::{
    Result, Store,
    entity::unlock,
    stamps::{moment, stamp},
};

impl Store {
    /// Unlocks an operation at one address. The first to do so is the one on record.
    pub async fn unlock(
        &self,
        tenant: TenantId,
        operation: &str,
        address: &str,
        by: &str,
        now: Moment,
    ) -> Result<()> {
        let row = unlock::ActiveModel {
            tenant: Set(tenant.uuid()),
            operation: Set(operation.to_owned()),
            address: Set(address.to_owned()),
            by: Set(by.to_owned()),
            at: Set(stamp(now)),
        };
        let key = [unlock::Column::Tenant, unlock::Column::Operation, unlock::Column::Address];
        let there = OnConflict::columns(key).do_nothing().to_owned();
        let writing = self.write().await?;
        unlock::Entity::insert(row).on_conflict(there).try_insert().exec_without_returning(&*writing).await?;
        writing.commit().await
    }

    /// Every unlock of a tenant: operation, the address it counts for, by whom and when.
    pub async fn unlocks(&self, tenant: TenantId) -> Result<Vec<(String, String, Unlocked)>> {
        let found = unlock::Entity::find()
            .filter(unlock::Column::Tenant.eq(tenant.uuid()))
            .order_by_asc(unlock::Column::At)
            .all(&self.db)
            .await?;
        let told =
            |row: unlock::Model| (row.operation, row.address, Unlocked { by: row.by, at: moment(row.at) });
        Ok(found.into_iter().map(told).collect())
    }
}
