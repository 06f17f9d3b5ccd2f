//! Plans with their rows, and the runs that carry them out.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::{plan, plan_step, run, run_row};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0005_plans"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(plan()).await?;
        manager.create_table(plan_step()).await?;
        manager.create_table(run()).await?;
        manager.create_table(run_row()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn plan() -> TableCreateStatement {
    Table::create()
        .table(plan::Entity)
        .col(ColumnDef::new(plan::Column::Id).uuid().not_null().primary_key())
        .col(uuid(plan::Column::Tenant))
        .col(text(plan::Column::Title))
        .col(text(plan::Column::Source))
        .col(text(plan::Column::By))
        .col(uuid(plan::Column::ById))
        .col(big_integer(plan::Column::Made))
        .col(big_integer(plan::Column::Until))
        .col(text(plan::Column::Hash))
        .col(text(plan::Column::State))
        .col(text(plan::Column::Sums))
        .to_owned()
}

fn plan_step() -> TableCreateStatement {
    Table::create()
        .table(plan_step::Entity)
        .col(uuid(plan_step::Column::Plan))
        .col(big_integer(plan_step::Column::Number))
        .col(text(plan_step::Column::Verdict))
        .col(text(plan_step::Column::Words))
        .col(text(plan_step::Column::Step))
        .primary_key(Index::create().col(plan_step::Column::Plan).col(plan_step::Column::Number))
        .foreign_key(
            ForeignKey::create()
                .from(plan_step::Entity, plan_step::Column::Plan)
                .to(plan::Entity, plan::Column::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

fn run() -> TableCreateStatement {
    Table::create()
        .table(run::Entity)
        .col(ColumnDef::new(run::Column::Id).uuid().not_null().primary_key())
        .col(uuid(run::Column::Tenant))
        .col(text(run::Column::Title))
        .col(text(run::Column::By))
        .col(uuid(run::Column::ById))
        .col(text(run::Column::Account))
        .col(text_null(run::Column::Reason))
        .col(text(run::Column::State))
        .col(text_null(run::Column::Code))
        .col(big_integer(run::Column::Began))
        .col(big_integer_null(run::Column::Ended))
        .col(uuid(run::Column::Holder))
        .col(big_integer(run::Column::Fence))
        .col(big_integer(run::Column::LeaseUntil))
        .to_owned()
}

fn run_row() -> TableCreateStatement {
    Table::create()
        .table(run_row::Entity)
        .col(uuid(run_row::Column::Run))
        .col(big_integer(run_row::Column::Number))
        .col(text(run_row::Column::State))
        .col(big_integer(run_row::Column::Attempt))
        .col(uuid_null(run_row::Column::Person))
        .col(text_null(run_row::Column::Code))
        .col(text_null(run_row::Column::Found))
        .col(uuid_null(run_row::Column::Job))
        .col(uuid_null(run_row::Column::Act))
        .col(big_integer_null(run_row::Column::Ended))
        .col(text(run_row::Column::Words))
        .col(text(run_row::Column::Step))
        .primary_key(Index::create().col(run_row::Column::Run).col(run_row::Column::Number))
        .foreign_key(
            ForeignKey::create()
                .from(run_row::Entity, run_row::Column::Run)
                .to(run::Entity, run::Column::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 5] {
    [
        Index::create()
            .name("plan_by_state")
            .table(plan::Entity)
            .col(plan::Column::State)
            .col(plan::Column::Made)
            .to_owned(),
        Index::create()
            .name("plan_step_by_verdict")
            .table(plan_step::Entity)
            .col(plan_step::Column::Plan)
            .col(plan_step::Column::Verdict)
            .col(plan_step::Column::Number)
            .to_owned(),
        Index::create()
            .name("run_by_tenant")
            .table(run::Entity)
            .col(run::Column::Tenant)
            .col(run::Column::Began)
            .to_owned(),
        Index::create().name("run_by_state").table(run::Entity).col(run::Column::State).to_owned(),
        Index::create()
            .name("run_row_by_state")
            .table(run_row::Entity)
            .col(run_row::Column::Run)
            .col(run_row::Column::State)
            .col(run_row::Column::Number)
            .to_owned(),
    ]
}
