//! A passkey: the public half of a key that a person's device holds.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub member: Uuid,
    /// What the device calls it; one account each.
    pub credential: Vec<u8>,
    pub name: String,
    /// The public key with what belongs to it, as JSON of the library that checks it.
    pub key: String,
    /// How often it was used, as the device counts; 0 where it does not.
    pub counter: i64,
    pub made: i64,
    pub used: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
