//! A file that was turned into another layout, kept for a day.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conversion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant: Uuid,
    /// Whoever uploaded it, and nobody else.
    pub owner: Uuid,
    pub made: i64,
    /// What became of it, as JSON.
    pub told: String,
    pub for_tableau: Vec<u8>,
    pub for_spreadsheet: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
