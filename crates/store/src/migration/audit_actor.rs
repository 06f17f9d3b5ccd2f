//! The id of the account that did something, as Tableau's log shows it: from format 3 of the records on.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::{act, audit_record};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0013_audit_actor"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let record = Table::alter()
            .table(audit_record::Entity)
            .add_column(text_null(audit_record::Column::Actor))
            .to_owned();
        manager.alter_table(record).await?;
        let act = Table::alter().table(act::Entity).add_column(text_null(act::Column::Actor)).to_owned();
        manager.alter_table(act).await
    }
}
