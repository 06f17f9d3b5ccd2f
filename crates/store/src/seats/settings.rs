//! What people set about licences: purchased seats and thresholds.

use model::{
    Moment, TenantId,
    licences::keeping::{Purchased, SeatSettings, Set as SetBy, Thresholds},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Result, Store,
    entity::seat_setting,
    json,
    stamps::{moment, stamp},
};

const PURCHASED: &str = "purchased";
const THRESHOLDS: &str = "thresholds";

impl Store {
    /// What is set for a tenant.
    pub async fn seat_settings(&self, tenant: TenantId) -> Result<SeatSettings> {
        let found = seat_setting::Entity::find()
            .filter(seat_setting::Column::Tenant.eq(tenant.uuid()))
            .all(&self.db)
            .await?;
        Ok(SeatSettings { purchased: told(&found, PURCHASED)?, thresholds: told(&found, THRESHOLDS)? })
    }

    /// Keeps how many seats were bought.
    pub async fn set_purchased(&self, tenant: TenantId, set: &SetBy<Purchased>) -> Result<()> {
        self.set(tenant, PURCHASED, json::write(&set.value)?, &set.by, set.at).await
    }

    /// Keeps the thresholds.
    pub async fn set_thresholds(&self, tenant: TenantId, set: &SetBy<Thresholds>) -> Result<()> {
        self.set(tenant, THRESHOLDS, json::write(&set.value)?, &set.by, set.at).await
    }

    async fn set(&self, tenant: TenantId, kind: &str, value: String, by: &str, at: Moment) -> Result<()> {
        use seat_setting::Column;
        let row = seat_setting::ActiveModel {
            tenant: Set(tenant.uuid()),
            kind: Set(kind.to_owned()),
            value: Set(value),
            by: Set(by.to_owned()),
            at: Set(stamp(at)),
        };
        let there = OnConflict::columns([Column::Tenant, Column::Kind])
            .update_columns([Column::Value, Column::By, Column::At])
            .to_owned();
        let writing = self.write().await?;
        seat_setting::Entity::insert(row).on_conflict(there).exec_without_returning(&*writing).await?;
        writing.commit().await
    }
}

fn told<Value>(rows: &[seat_setting::Model], kind: &str) -> Result<Option<SetBy<Value>>>
where
    Value: Serialize + DeserializeOwned,
{
    let row = rows.iter().find(|row| row.kind == kind);
    row.map(|row| Ok(SetBy { value: json::read(&row.value)?, by: row.by.clone(), at: moment(row.at) }))
        .transpose()
}
