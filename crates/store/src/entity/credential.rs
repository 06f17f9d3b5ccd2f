//! A sealed credential.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant: Uuid,
    pub owner: Uuid,
    /// The only host it may be sent to; bound into the seal.
    pub host: String,
    pub sealed: Vec<u8>,
    /// Which of the owner's tokens in Tableau it is, where that is known.
    pub token: Option<Uuid>,
    pub kept: i64,
    pub used: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
