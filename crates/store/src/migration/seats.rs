//! Seats over time: counts, what people set, news about them, and who is left out.

use sea_orm_migration::{prelude::*, schema::*};

use crate::entity::{
    seat_alarm, seat_count, seat_exclusion, seat_hook, seat_news, seat_setting, seat_site, seat_try,
    seat_turn, seat_watch,
};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0009_seats"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            seat_count(),
            seat_site(),
            seat_turn(),
            seat_watch(),
            seat_setting(),
            seat_alarm(),
            seat_hook(),
            seat_news(),
            seat_try(),
            seat_exclusion(),
        ] {
            manager.create_table(table).await?;
        }
        // One address for each tenant.
        let hook = Index::create()
            .name("seat_hook_of_tenant")
            .table(seat_hook::Entity)
            .col(seat_hook::Column::Tenant)
            .unique()
            .to_owned();
        manager.create_index(hook).await?;
        // What is due, and the newest of a tenant.
        let due = Index::create()
            .name("seat_news_due")
            .table(seat_news::Entity)
            .col(seat_news::Column::State)
            .col(seat_news::Column::Next)
            .to_owned();
        manager.create_index(due).await?;
        let newest = Index::create()
            .name("seat_news_of_tenant")
            .table(seat_news::Entity)
            .col(seat_news::Column::Tenant)
            .col(seat_news::Column::Made)
            .to_owned();
        manager.create_index(newest).await
    }
}

fn seat_count() -> TableCreateStatement {
    use seat_count::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(uuid(Column::Tenant))
        .col(uuid(Column::Site))
        .col(big_integer(Column::At))
        .col(big_integer(Column::Creators))
        .col(big_integer(Column::Explorers))
        .col(big_integer(Column::Viewers))
        .col(big_integer(Column::Unlicensed))
        .primary_key(Index::create().col(Column::Tenant).col(Column::Site).col(Column::At))
        .to_owned()
}

fn seat_site() -> TableCreateStatement {
    use seat_site::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(uuid(Column::Tenant))
        .col(uuid(Column::Site))
        .col(text(Column::Name))
        .col(text(Column::Limits))
        .col(big_integer(Column::Seen))
        .primary_key(Index::create().col(Column::Tenant).col(Column::Site))
        .to_owned()
}

fn seat_turn() -> TableCreateStatement {
    use seat_turn::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(uuid(Column::Tenant))
        .col(big_integer(Column::Begins))
        .col(text_null(Column::Missed))
        .col(integer(Column::Tries))
        .col(big_integer(Column::At))
        .col(text(Column::By))
        .primary_key(Index::create().col(Column::Tenant).col(Column::Begins))
        .to_owned()
}

fn seat_watch() -> TableCreateStatement {
    use seat_watch::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Tenant).uuid().not_null().primary_key())
        .col(uuid(Column::Holder))
        .col(big_integer(Column::Fence))
        .col(big_integer(Column::Until))
        .to_owned()
}

fn seat_setting() -> TableCreateStatement {
    use seat_setting::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(uuid(Column::Tenant))
        .col(text(Column::Kind))
        .col(text(Column::Value))
        .col(text(Column::By))
        .col(big_integer(Column::At))
        .primary_key(Index::create().col(Column::Tenant).col(Column::Kind))
        .to_owned()
}

fn seat_alarm() -> TableCreateStatement {
    use seat_alarm::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(uuid(Column::Tenant))
        .col(uuid(Column::Site))
        .col(text(Column::Tier))
        .col(integer(Column::Passed))
        .col(big_integer(Column::At))
        .primary_key(Index::create().col(Column::Tenant).col(Column::Site).col(Column::Tier))
        .to_owned()
}

fn seat_hook() -> TableCreateStatement {
    use seat_hook::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(uuid(Column::Tenant))
        .col(uuid(Column::Owner))
        .col(text(Column::Url))
        .col(text(Column::Host))
        .col(blob(Column::Sealed))
        .col(text(Column::By))
        .col(big_integer(Column::At))
        .to_owned()
}

fn seat_news() -> TableCreateStatement {
    use seat_news::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(uuid(Column::Tenant))
        .col(text(Column::Kind))
        .col(text(Column::Told))
        .col(text(Column::Body))
        .col(big_integer(Column::Made))
        .col(text(Column::State))
        .col(integer(Column::Tries))
        .col(big_integer(Column::Next))
        .col(big_integer(Column::Until))
        .col(big_integer(Column::Fence))
        .to_owned()
}

fn seat_try() -> TableCreateStatement {
    use seat_try::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(uuid(Column::News))
        .col(integer(Column::Number))
        .col(big_integer(Column::At))
        .col(text(Column::Outcome))
        .col(big_integer(Column::Milliseconds))
        .primary_key(Index::create().col(Column::News).col(Column::Number))
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::News)
                .to(seat_news::Entity, seat_news::Column::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

fn seat_exclusion() -> TableCreateStatement {
    use seat_exclusion::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(uuid(Column::Tenant))
        .col(uuid(Column::Person))
        .col(text(Column::Reason))
        .col(text(Column::By))
        .col(big_integer(Column::At))
        .primary_key(Index::create().col(Column::Tenant).col(Column::Person))
        .to_owned()
}
