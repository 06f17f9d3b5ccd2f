//! People whom somebody left out of the list of seats used in vain.

use model::{TenantId, UserId, licences::idle::Exclusion};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict};

use crate::{
    Result, Store,
    entity::seat_exclusion,
    stamps::{moment, stamp},
};

impl Store {
    /// Leaves a person out. Whoever does it last is the one on record.
    pub async fn exclude_seat(&self, tenant: TenantId, exclusion: &Exclusion) -> Result<()> {
        use seat_exclusion::Column;
        let row = seat_exclusion::ActiveModel {
            tenant: Set(tenant.uuid()),
            person: Set(exclusion.user.uuid()),
            reason: Set(exclusion.reason.clone()),
            by: Set(exclusion.by.clone()),
            at: Set(stamp(exclusion.at)),
        };
        let there = OnConflict::columns([Column::Tenant, Column::Person])
            .update_columns([Column::Reason, Column::By, Column::At])
            .to_owned();
        let writing = self.write().await?;
        seat_exclusion::Entity::insert(row).on_conflict(there).exec_without_returning(&*writing).await?;
        writing.commit().await
    }

    /// Puts a person back, if they are left out.
    pub async fn include_seat(&self, tenant: TenantId, user: UserId) -> Result<()> {
        let writing = self.write().await?;
        seat_exclusion::Entity::delete_by_id((tenant.uuid(), user.uuid())).exec(&*writing).await?;
        writing.commit().await
    }

    /// Everyone who is left out, the longest first.
    pub async fn seat_exclusions(&self, tenant: TenantId) -> Result<Vec<Exclusion>> {
        let found = seat_exclusion::Entity::find()
            .filter(seat_exclusion::Column::Tenant.eq(tenant.uuid()))
            .order_by_asc(seat_exclusion::Column::At)
            .order_by_asc(seat_exclusion::Column::Person)
            .all(&self.db)
            .await?;
        let told = |row: seat_exclusion::Model| Exclusion {
            user: row.person.into(),
            reason: row.reason,
            by: row.by,
            at: moment(row.at),
        };
        Ok(found.into_iter().map(told).collect())
    }
}
