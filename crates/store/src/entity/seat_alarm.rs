//! How full a limit was when it was last looked at, so that each threshold is told once.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seat_alarm")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant: Uuid,
    /// Nil for the tenant itself.
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub tier: String,
    /// The highest threshold that is passed, in percent; 0 for none.
    pub passed: i32,
    pub at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
