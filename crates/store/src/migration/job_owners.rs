//! Whose account started a known job, and the run it is part of.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::known_job;

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0006_job_owners"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in [known_job::Column::Owner, known_job::Column::Run] {
            let more = Table::alter().table(known_job::Entity).add_column(uuid_null(column)).to_owned();
            manager.alter_table(more).await?;
        }
        manager
            .create_index(
                Index::create()
                    .name("known_job_by_run")
                    .table(known_job::Entity)
                    .col(known_job::Column::Tenant)
                    .col(known_job::Column::Run)
                    .to_owned(),
            )
            .await
    }
}
