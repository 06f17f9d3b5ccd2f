//! Files that were turned into another layout.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::conversion;

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0008_conversions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let conversion = Table::create()
            .table(conversion::Entity)
            .col(ColumnDef::new(conversion::Column::Id).uuid().not_null().primary_key())
            .col(uuid(conversion::Column::Tenant))
            .col(uuid(conversion::Column::Owner))
            .col(big_integer(conversion::Column::Made))
            .col(text(conversion::Column::Told))
            .col(blob(conversion::Column::ForTableau))
            .col(blob(conversion::Column::ForSpreadsheet))
            .to_owned();
        manager.create_table(conversion).await?;
        // What is swept is found by its age.
        manager
            .create_index(
                Index::create()
                    .name("conversion_by_age")
                    .table(conversion::Entity)
                    .col(conversion::Column::Made)
                    .to_owned(),
            )
            .await
    }
}
