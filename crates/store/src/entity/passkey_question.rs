//! A question to a passkey that was not answered yet.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey_question")]
pub struct Model {
    /// SHA-256 of what it is bound to: a sign-in or an invitation, and what it is for. Each has one at most.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bound: Vec<u8>,
    /// What the answer is checked against, as JSON of the library that checks it.
    pub state: String,
    /// By the database's clock.
    pub asked: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
