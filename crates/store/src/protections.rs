//! People whom somebody protected from changes made in passing.

use model::{TenantId, UserId, people::Protection};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};

use crate::{
    Result, Store,
    entity::protection,
    stamps::{moment, stamp},
};

impl Store {
    /// Protects a person. Whoever does it last is the one on record.
    pub async fn protect(&self, tenant: TenantId, protection: &Protection) -> Result<()> {
        let row = protection::ActiveModel {
            tenant: Set(tenant.uuid()),
            person: Set(protection.user.uuid()),
            reason: Set(protection.reason.clone()),
            by: Set(protection.by.clone()),
            at: Set(stamp(protection.at)),
        };
        let there = OnConflict::columns([protection::Column::Tenant, protection::Column::Person])
            .update_columns([protection::Column::Reason, protection::Column::By, protection::Column::At])
            .to_owned();
        let writing = self.write().await?;
        protection::Entity::insert(row).on_conflict(there).exec_without_returning(&*writing).await?;
        writing.commit().await
    }

    /// Ends the protection of a person, if there is one.
    pub async fn unprotect(&self, tenant: TenantId, user: UserId) -> Result<()> {
        let writing = self.write().await?;
        protection::Entity::delete_by_id((tenant.uuid(), user.uuid())).exec(&*writing).await?;
        writing.commit().await
    }

    /// Everyone who is protected in a tenant, the longest first.
    pub async fn protections(&self, tenant: TenantId) -> Result<Vec<Protection>> {
        let found = protection::Entity::find()
            .filter(protection::Column::Tenant.eq(tenant.uuid()))
            .order_by_asc(protection::Column::At)
            .order_by_asc(protection::Column::Person)
            .all(&self.db)
            .await?;
        let told = |row: protection::Model| Protection {
            user: row.person.into(),
            reason: row.reason,
            by: row.by,
            at: moment(row.at),
        };
        Ok(found.into_iter().map(told).collect())
    }
}
