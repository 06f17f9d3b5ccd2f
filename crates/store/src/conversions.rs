//! Files that were turned into another layout: for whoever uploaded them, for a day.

use model::{ConversionId, Moment, TenantId, UserId, conversions::Conversion};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select};

use crate::{Result, Store, entity::conversion, json, stamps::stamp};

/// How long a converted file is kept. It is full of names and addresses, and quickly made again.
const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// A file that was turned into another layout.
#[derive(Debug)]
pub struct NewConversion {
    /// The tenant.
    pub tenant: TenantId,
    /// Whoever uploaded it.
    pub owner: UserId,
    /// What became of it.
    pub told: Conversion,
    /// The file for Tableau.
    pub for_tableau: Vec<u8>,
    /// The same for a spreadsheet.
    pub for_spreadsheet: Vec<u8>,
}

/// Which file of a conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptFile {
    /// The one for Tableau.
    ForTableau,
    /// The one for a spreadsheet.
    ForSpreadsheet,
}

impl Store {
    /// Keeps a converted file.
    pub async fn keep_conversion(&self, new: NewConversion) -> Result<()> {
        let row = conversion::ActiveModel {
            id: Set(new.told.id.uuid()),
            tenant: Set(new.tenant.uuid()),
            owner: Set(new.owner.uuid()),
            made: Set(stamp(new.told.made)),
            told: Set(json::write(&new.told)?),
            for_tableau: Set(new.for_tableau),
            for_spreadsheet: Set(new.for_spreadsheet),
        };
        let writing = self.write().await?;
        conversion::Entity::insert(row).exec_without_returning(&*writing).await?;
        writing.commit().await
    }

    /// What became of somebody's file.
    pub async fn conversion(
        &self,
        tenant: TenantId,
        owner: UserId,
        id: ConversionId,
    ) -> Result<Option<Conversion>> {
        let found = of(tenant, owner, id).select_only().column(conversion::Column::Told);
        let found = found.into_tuple::<String>().one(&self.db).await?;
        found.map(|told| json::read(&told)).transpose()
    }

    /// A file of somebody's conversion.
    pub async fn converted_file(
        &self,
        tenant: TenantId,
        owner: UserId,
        id: ConversionId,
        which: KeptFile,
    ) -> Result<Option<Vec<u8>>> {
        let column = match which {
            KeptFile::ForTableau => conversion::Column::ForTableau,
            KeptFile::ForSpreadsheet => conversion::Column::ForSpreadsheet,
        };
        let found = of(tenant, owner, id).select_only().column(column);
        Ok(found.into_tuple::<Vec<u8>>().one(&self.db).await?)
    }

    /// Erases converted files that are older than a day. Returns how many.
    pub async fn sweep_conversions(&self, now: Moment) -> Result<u64> {
        let writing = self.write().await?;
        let swept = conversion::Entity::delete_many()
            .filter(conversion::Column::Made.lt(stamp(now.plus_seconds(-KEPT_SECONDS))))
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(swept.rows_affected)
    }
}

fn of(tenant: TenantId, owner: UserId, id: ConversionId) -> Select<conversion::Entity> {
    conversion::Entity::find_by_id(id.uuid())
        .filter(conversion::Column::Tenant.eq(tenant.uuid()))
        .filter(conversion::Column::Owner.eq(owner.uuid()))
}
