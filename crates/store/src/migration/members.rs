//! Accounts of Steward's own, their recovery codes, counted tries, and whose a sign-in is.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::{account, member, recovery_code, sign_in, tried};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0010_members"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(member()).await?;
        let address = Index::create().name("member_by_address").table(member::Entity).unique().to_owned();
        manager.create_index(address.clone().col(member::Column::Folded).to_owned()).await?;
        manager.create_table(recovery_code()).await?;
        manager
            .create_table(
                Table::create()
                    .table(tried::Entity)
                    .col(ColumnDef::new(tried::Column::What).blob().not_null().primary_key())
                    .col(big_integer(tried::Column::Tries))
                    .col(big_integer(tried::Column::Since))
                    .to_owned(),
            )
            .await?;
        // SQLite adds one column at a time.
        for column in [
            uuid_null(sign_in::Column::Account),
            big_integer_null(sign_in::Column::Began),
            text_null(sign_in::Column::Address),
            text_null(sign_in::Column::Browser),
        ] {
            let more = Table::alter().table(sign_in::Entity).add_column(column).to_owned();
            manager.alter_table(more).await?;
        }
        let suspended = big_integer_null(account::Column::Suspended);
        manager.alter_table(Table::alter().table(account::Entity).add_column(suspended).to_owned()).await?;
        let of_account = Index::create().name("sign_in_by_account").table(sign_in::Entity).to_owned();
        manager.create_index(of_account.clone().col(sign_in::Column::Account).to_owned()).await
    }
}

fn member() -> TableCreateStatement {
    Table::create()
        .table(member::Entity)
        .col(ColumnDef::new(member::Column::Id).uuid().not_null().primary_key())
        .col(uuid(member::Column::Tenant))
        .col(text(member::Column::Email))
        .col(text(member::Column::Folded))
        .col(text(member::Column::Name))
        .col(text(member::Column::Standing))
        .col(text_null(member::Column::Password))
        .col(blob_null(member::Column::Totp))
        .col(big_integer_null(member::Column::TotpStep))
        .col(big_integer(member::Column::Created))
        .col(text(member::Column::CreatedBy))
        .col(big_integer_null(member::Column::Seen))
        .col(blob_null(member::Column::Invitation))
        .col(big_integer_null(member::Column::InvitedUntil))
        .col(text(member::Column::Names))
        .to_owned()
}

fn recovery_code() -> TableCreateStatement {
    Table::create()
        .table(recovery_code::Entity)
        .col(uuid(recovery_code::Column::Member))
        .col(blob(recovery_code::Column::Hash))
        .primary_key(Index::create().col(recovery_code::Column::Member).col(recovery_code::Column::Hash))
        .foreign_key(
            ForeignKey::create()
                .from(recovery_code::Entity, recovery_code::Column::Member)
                .to(member::Entity, member::Column::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}
