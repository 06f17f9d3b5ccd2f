//! News about licences on their way.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat_news")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant: Uuid,
    pub kind: String,
    /// In words, for pages.
    pub told: String,
    /// The bytes that are signed and sent.
    pub body: String,
    pub made: i64,
    pub state: String,
    pub tries: i32,
    /// Not before this time.
    pub next: i64,
    /// Held by a sender until then, by the database's clock.
    pub until: i64,
    /// Grows with every taking.
    pub fence: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
