//! Passkeys of members, and the questions to them.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::{member, passkey, passkey_question};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0012_passkeys"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(passkey()).await?;
        let once = Index::create().name("passkey_by_credential").table(passkey::Entity).unique().to_owned();
        manager.create_index(once.clone().col(passkey::Column::Credential).to_owned()).await?;
        let of_member = Index::create().name("passkey_by_member").table(passkey::Entity).to_owned();
        manager.create_index(of_member.clone().col(passkey::Column::Member).to_owned()).await?;
        manager
            .create_table(
                Table::create()
                    .table(passkey_question::Entity)
                    .col(ColumnDef::new(passkey_question::Column::Bound).blob().not_null().primary_key())
                    .col(text(passkey_question::Column::State))
                    .col(big_integer(passkey_question::Column::Asked))
                    .to_owned(),
            )
            .await
    }
}

fn passkey() -> TableCreateStatement {
    Table::create()
        .table(passkey::Entity)
        .col(ColumnDef::new(passkey::Column::Id).uuid().not_null().primary_key())
        .col(uuid(passkey::Column::Member))
        .col(blob(passkey::Column::Credential))
        .col(text(passkey::Column::Name))
        .col(text(passkey::Column::Key))
        .col(big_integer(passkey::Column::Counter))
        .col(big_integer(passkey::Column::Made))
        .col(big_integer_null(passkey::Column::Used))
        .foreign_key(
            ForeignKey::create()
                .from(passkey::Entity, passkey::Column::Member)
                .to(member::Entity, member::Column::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}
