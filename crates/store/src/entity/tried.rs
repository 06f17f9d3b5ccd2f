//! How often somebody tried to prove who they are.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tried")]
pub struct Model {
    /// SHA-256 of what is counted: an account's address, or a network address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub what: Vec<u8>,
    pub tries: i64,
    /// When the first of them was, by the database's clock.
    pub since: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
