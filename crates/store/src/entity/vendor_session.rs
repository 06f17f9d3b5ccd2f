//! The vendor's session of a credential, shared by all replicas.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vendor_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub credential: Uuid,
    /// The fence of the renewal that brought it.
    pub generation: i64,
    pub sealed: Vec<u8>,
    pub expires: i64,
    pub last_used: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
