//! Grants, the credentials deposited for them, the pause of all of them, and what waits for approval.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::{act, approval, audit_record, credential, delegation, deposit, pause};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0011_delegation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(grants()).await?;
        manager.create_table(deposits()).await?;
        manager.create_table(pauses()).await?;
        manager.create_table(approvals()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        let record = Table::alter()
            .table(audit_record::Entity)
            .add_column(text_null(audit_record::Column::Via))
            .to_owned();
        manager.alter_table(record).await?;
        let act = Table::alter().table(act::Entity).add_column(text_null(act::Column::Via)).to_owned();
        manager.alter_table(act).await
    }
}

fn grants() -> TableCreateStatement {
    Table::create()
        .table(delegation::Entity)
        .col(ColumnDef::new(delegation::Column::Id).uuid().not_null().primary_key())
        .col(uuid(delegation::Column::Tenant))
        .col(uuid(delegation::Column::Account))
        .col(big_integer(delegation::Column::Made))
        .col(text(delegation::Column::Terms))
        .col(big_integer_null(delegation::Column::Revoked))
        .col(big_integer_null(delegation::Column::ActiveUntil))
        .to_owned()
}

fn deposits() -> TableCreateStatement {
    Table::create()
        .table(deposit::Entity)
        .col(uuid(deposit::Column::Grant))
        .col(uuid(deposit::Column::Site))
        .col(uuid(deposit::Column::Tenant))
        .col(uuid(deposit::Column::Credential))
        .col(uuid(deposit::Column::Owner))
        .col(text(deposit::Column::By))
        .col(big_integer(deposit::Column::Made))
        .col(big_integer(deposit::Column::Until))
        // One credential for a grant on each plane: nothing ever falls back to another owner's.
        .primary_key(Index::create().col(deposit::Column::Grant).col(deposit::Column::Site))
        .foreign_key(
            ForeignKey::create()
                .from(deposit::Entity, deposit::Column::Grant)
                .to(delegation::Entity, delegation::Column::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(
            ForeignKey::create()
                .from(deposit::Entity, deposit::Column::Credential)
                .to(credential::Entity, credential::Column::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

fn pauses() -> TableCreateStatement {
    Table::create()
        .table(pause::Entity)
        .col(ColumnDef::new(pause::Column::Tenant).uuid().not_null().primary_key())
        .col(text(pause::Column::By))
        .col(big_integer(pause::Column::At))
        .to_owned()
}

fn approvals() -> TableCreateStatement {
    Table::create()
        .table(approval::Entity)
        .col(ColumnDef::new(approval::Column::Id).uuid().not_null().primary_key())
        .col(uuid(approval::Column::Tenant))
        .col(uuid(approval::Column::Plan))
        .col(text(approval::Column::Title))
        .col(text(approval::Column::Hash))
        .col(text(approval::Column::AskedFor))
        .col(text(approval::Column::Account))
        .col(uuid(approval::Column::AskedBy))
        .col(text(approval::Column::AskedName))
        .col(big_integer(approval::Column::Asked))
        .col(big_integer(approval::Column::Until))
        .col(text(approval::Column::State))
        .col(uuid_null(approval::Column::DecidedBy))
        .col(text_null(approval::Column::DecidedName))
        .col(big_integer_null(approval::Column::Decided))
        .col(text_null(approval::Column::Answer))
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 3] {
    [
        Index::create()
            .name("delegation_of_account")
            .table(delegation::Entity)
            .col(delegation::Column::Tenant)
            .col(delegation::Column::Account)
            .to_owned(),
        Index::create()
            .name("deposit_by_credential")
            .table(deposit::Entity)
            .col(deposit::Column::Credential)
            .to_owned(),
        Index::create()
            .name("approval_by_state")
            .table(approval::Entity)
            .col(approval::Column::Tenant)
            .col(approval::Column::State)
            .col(approval::Column::Asked)
            .to_owned(),
    ]
}
