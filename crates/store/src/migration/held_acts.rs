//! Single acts that wait for the word of somebody else, beside plans that do.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::approval;

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0014_held_acts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in [approval::Column::Act, approval::Column::Subject] {
            let more = Table::alter().table(approval::Entity).add_column(text_null(column)).to_owned();
            manager.alter_table(more).await?;
        }
        Ok(())
    }
}
