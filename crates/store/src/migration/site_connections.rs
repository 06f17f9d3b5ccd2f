//! Whose tokens open the APIs of single sites.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::{credential, site_connection};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0007_site_connections"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(site_connection()).await?;
        manager
            .create_index(
                Index::create()
                    .name("site_connection_of_owner")
                    .table(site_connection::Entity)
                    .col(site_connection::Column::Tenant)
                    .col(site_connection::Column::Owner)
                    .col(site_connection::Column::Site)
                    .unique()
                    .to_owned(),
            )
            .await
    }
}

fn site_connection() -> TableCreateStatement {
    Table::create()
        .table(site_connection::Entity)
        .col(ColumnDef::new(site_connection::Column::Credential).uuid().not_null().primary_key())
        .col(uuid(site_connection::Column::Tenant))
        .col(uuid(site_connection::Column::Owner))
        .col(uuid(site_connection::Column::Site))
        .col(text(site_connection::Column::ContentUrl))
        .col(text(site_connection::Column::TokenName))
        .col(text(site_connection::Column::Version))
        .col(uuid(site_connection::Column::SiteUser))
        .col(text(site_connection::Column::Who))
        .col(text(site_connection::Column::Role))
        .col(big_integer(site_connection::Column::Connected))
        .col(big_integer(site_connection::Column::Used))
        .col(big_integer_null(site_connection::Column::Expires))
        .col(text_null(site_connection::Column::Trouble))
        .col(big_integer_null(site_connection::Column::Surprised))
        .foreign_key(
            ForeignKey::create()
                .from(site_connection::Entity, site_connection::Column::Credential)
                .to(credential::Entity, credential::Column::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}
