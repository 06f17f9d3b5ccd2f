//! A plan without its rows.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant: Uuid,
    pub title: String,
    pub source: String,
    pub by: String,
    pub by_id: Uuid,
    pub made: i64,
    pub until: i64,
    pub hash: String,
    pub state: String,
    /// Its counts, seats and dangers as JSON.
    pub sums: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
