//! What people unlocked, and the jobs that Steward has met.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::{known_job, unlock};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0003_first_vendor"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(unlock()).await?;
        manager.create_table(known_job()).await?;
        manager
            .create_index(
                Index::create()
                    .name("known_job_by_time")
                    .table(known_job::Entity)
                    .col(known_job::Column::Tenant)
                    .col(known_job::Column::Seen)
                    .to_owned(),
            )
            .await?;
        Ok(())
    }
}

fn unlock() -> TableCreateStatement {
    Table::create()
        .table(unlock::Entity)
        .col(uuid(unlock::Column::Tenant))
        .col(text(unlock::Column::Operation))
        .col(text(unlock::Column::Address))
        .col(text(unlock::Column::By))
        .col(big_integer(unlock::Column::At))
        .primary_key(
            Index::create()
                .col(unlock::Column::Tenant)
                .col(unlock::Column::Operation)
                .col(unlock::Column::Address),
        )
        .to_owned()
}

fn known_job() -> TableCreateStatement {
    Table::create()
        .table(known_job::Entity)
        .col(uuid(known_job::Column::Tenant))
        .col(uuid(known_job::Column::Id))
        .col(text(known_job::Column::Operation))
        .col(text(known_job::Column::Status))
        .col(big_integer(known_job::Column::Seen))
        .primary_key(Index::create().col(known_job::Column::Tenant).col(known_job::Column::Id))
        .to_owned()
}
