//! Which of the owner's tokens in Tableau a credential is.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::credential;

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0009_credential_tokens"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = uuid_null(credential::Column::Token);
        manager.alter_table(Table::alter().table(credential::Entity).add_column(column).to_owned()).await
    }
}
