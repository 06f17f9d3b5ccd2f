//! The end of the audit chain: a row to lock, and a witness when records are cut off.

use sea_orm::entity::prelude::*;

/// The id of the only row.
pub const ONLY: i32 = 1;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_head")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The number of the last record; 0 when there is none.
    pub number: i64,
    /// Its hash.
    pub hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
