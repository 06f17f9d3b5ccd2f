//! Our copy of a tenant's people, and who among them is protected.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::{directory, directory_person, protection};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0004_directory"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(directory()).await?;
        manager.create_table(directory_person()).await?;
        manager.create_table(protection()).await
    }
}

fn directory() -> TableCreateStatement {
    Table::create()
        .table(directory::Entity)
        .col(ColumnDef::new(directory::Column::Tenant).uuid().not_null().primary_key())
        .col(big_integer(directory::Column::AsOf))
        .col(boolean(directory::Column::Complete))
        .to_owned()
}

fn directory_person() -> TableCreateStatement {
    Table::create()
        .table(directory_person::Entity)
        .col(uuid(directory_person::Column::Tenant))
        .col(uuid(directory_person::Column::Id))
        .col(text(directory_person::Column::Record))
        .primary_key(Index::create().col(directory_person::Column::Tenant).col(directory_person::Column::Id))
        .to_owned()
}

fn protection() -> TableCreateStatement {
    Table::create()
        .table(protection::Entity)
        .col(uuid(protection::Column::Tenant))
        .col(uuid(protection::Column::Person))
        .col(text(protection::Column::Reason))
        .col(text(protection::Column::By))
        .col(big_integer(protection::Column::At))
        .primary_key(Index::create().col(protection::Column::Tenant).col(protection::Column::Person))
        .to_owned()
}
