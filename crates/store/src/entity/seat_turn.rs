//! What became of one turn of six hours.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat_turn")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant: Uuid,
    /// When the turn began.
    #[sea_orm(primary_key, auto_increment = false)]
    pub begins: i64,
    /// Why it brought no count.
    pub missed: Option<String>,
    pub tries: i32,
    pub at: i64,
    pub by: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
