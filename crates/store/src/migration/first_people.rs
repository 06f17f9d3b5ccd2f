//! Accounts, sign-ins, credentials and the vendor's sessions.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::{account, credential, lease, sign_in, vendor_session};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0001_first_people"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(account()).await?;
        manager.create_table(credential()).await?;
        manager.create_table(vendor_session()).await?;
        manager.create_table(lease()).await?;
        manager.create_table(sign_in()).await?;
        manager
            .create_index(
                Index::create()
                    .name("account_by_person")
                    .table(account::Entity)
                    .col(account::Column::Tenant)
                    .col(account::Column::VendorUser)
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("sign_in_by_credential")
                    .table(sign_in::Entity)
                    .col(sign_in::Column::Credential)
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("sign_in_by_expiry")
                    .table(sign_in::Entity)
                    .col(sign_in::Column::Expires)
                    .to_owned(),
            )
            .await?;
        Ok(())
    }
}

fn account() -> TableCreateStatement {
    Table::create()
        .table(account::Entity)
        .col(ColumnDef::new(account::Column::Id).uuid().not_null().primary_key())
        .col(uuid(account::Column::Tenant))
        .col(uuid(account::Column::VendorUser))
        .col(text(account::Column::Name))
        .col(big_integer(account::Column::Created))
        .col(big_integer(account::Column::Seen))
        .to_owned()
}

fn credential() -> TableCreateStatement {
    Table::create()
        .table(credential::Entity)
        .col(ColumnDef::new(credential::Column::Id).uuid().not_null().primary_key())
        .col(uuid(credential::Column::Tenant))
        .col(uuid(credential::Column::Owner))
        .col(text(credential::Column::Host))
        .col(blob(credential::Column::Sealed))
        .col(big_integer(credential::Column::Kept))
        .col(big_integer(credential::Column::Used))
        .to_owned()
}

fn vendor_session() -> TableCreateStatement {
    Table::create()
        .table(vendor_session::Entity)
        .col(ColumnDef::new(vendor_session::Column::Credential).uuid().not_null().primary_key())
        .col(big_integer(vendor_session::Column::Generation))
        .col(blob(vendor_session::Column::Sealed))
        .col(big_integer(vendor_session::Column::Expires))
        .col(big_integer(vendor_session::Column::LastUsed))
        .foreign_key(
            ForeignKey::create()
                .from(vendor_session::Entity, vendor_session::Column::Credential)
                .to(credential::Entity, credential::Column::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

fn lease() -> TableCreateStatement {
    Table::create()
        .table(lease::Entity)
        .col(ColumnDef::new(lease::Column::Credential).uuid().not_null().primary_key())
        .col(uuid(lease::Column::Holder))
        .col(big_integer(lease::Column::Fence))
        .col(big_integer(lease::Column::Until))
        .foreign_key(
            ForeignKey::create()
                .from(lease::Entity, lease::Column::Credential)
                .to(credential::Entity, credential::Column::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

fn sign_in() -> TableCreateStatement {
    Table::create()
        .table(sign_in::Entity)
        .col(ColumnDef::new(sign_in::Column::Hash).blob().not_null().primary_key())
        .col(text(sign_in::Column::Data))
        .col(big_integer(sign_in::Column::Expires))
        .col(big_integer(sign_in::Column::Seen))
        .col(uuid_null(sign_in::Column::Credential))
        .col(big_integer_null(sign_in::Column::AbsoluteEnd))
        .to_owned()
}
