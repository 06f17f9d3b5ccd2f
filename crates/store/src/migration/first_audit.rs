//! The audit chain, and how each act stands.

use sea_orm::{ActiveValue::Set, EntityTrait};
use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::{act, audit_head, audit_record};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0002_first_audit"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(audit_record()).await?;
        manager.create_table(audit_head()).await?;
        manager.create_table(act()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        let head =
            audit_head::ActiveModel { id: Set(audit_head::ONLY), number: Set(0), hash: Set(vec![0; 32]) };
        audit_head::Entity::insert(head).exec(manager.get_connection()).await?;
        Ok(())
    }
}

fn audit_record() -> TableCreateStatement {
    Table::create()
        .table(audit_record::Entity)
        .col(ColumnDef::new(audit_record::Column::Number).big_integer().not_null().primary_key())
        .col(small_integer(audit_record::Column::Format))
        .col(text(audit_record::Column::Kind))
        .col(uuid(audit_record::Column::Act))
        .col(uuid(audit_record::Column::Tenant))
        .col(big_integer(audit_record::Column::At))
        .col(text(audit_record::Column::State))
        .col(text_null(audit_record::Column::Code))
        .col(text_null(audit_record::Column::After))
        .col(text_null(audit_record::Column::Who))
        .col(text_null(audit_record::Column::WhoId))
        .col(text_null(audit_record::Column::Verb))
        .col(text_null(audit_record::Column::ObjectKind))
        .col(text_null(audit_record::Column::Object))
        .col(text_null(audit_record::Column::ObjectName))
        .col(text_null(audit_record::Column::Reason))
        .col(text_null(audit_record::Column::Before))
        .col(text_null(audit_record::Column::Reference))
        .col(blob(audit_record::Column::Hash))
        .to_owned()
}

fn audit_head() -> TableCreateStatement {
    Table::create()
        .table(audit_head::Entity)
        .col(ColumnDef::new(audit_head::Column::Id).integer().not_null().primary_key())
        .col(big_integer(audit_head::Column::Number))
        .col(blob(audit_head::Column::Hash))
        .to_owned()
}

fn act() -> TableCreateStatement {
    Table::create()
        .table(act::Entity)
        .col(ColumnDef::new(act::Column::Id).uuid().not_null().primary_key())
        .col(big_integer(act::Column::Number))
        .col(uuid(act::Column::Tenant))
        .col(big_integer(act::Column::At))
        .col(text(act::Column::Who))
        .col(text(act::Column::WhoId))
        .col(text(act::Column::Verb))
        .col(text(act::Column::ObjectKind))
        .col(text(act::Column::Object))
        .col(text(act::Column::ObjectName))
        .col(text_null(act::Column::Reason))
        .col(text_null(act::Column::Before))
        .col(text(act::Column::Reference))
        .col(text(act::Column::State))
        .col(text_null(act::Column::Code))
        .col(text_null(act::Column::After))
        .col(big_integer_null(act::Column::Ended))
        .col(text(act::Column::Words))
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 5] {
    [
        Index::create()
            .name("audit_record_by_act")
            .table(audit_record::Entity)
            .col(audit_record::Column::Act)
            .to_owned(),
        Index::create().name("act_by_number").table(act::Entity).col(act::Column::Number).unique().to_owned(),
        Index::create()
            .name("act_by_tenant")
            .table(act::Entity)
            .col(act::Column::Tenant)
            .col(act::Column::Number)
            .to_owned(),
        Index::create()
            .name("act_by_object")
            .table(act::Entity)
            .col(act::Column::Tenant)
            .col(act::Column::ObjectKind)
            .col(act::Column::Object)
            .to_owned(),
        Index::create()
            .name("act_by_state")
            .table(act::Entity)
            .col(act::Column::State)
            .col(act::Column::At)
            .to_owned(),
    ]
}
