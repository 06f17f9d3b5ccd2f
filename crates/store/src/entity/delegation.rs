//! What an account may do by the credential of somebody else.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delegation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant: Uuid,
    pub account: Uuid,
    pub made: i64,
    /// The grant as JSON, but for its end before its time.
    pub terms: String,
    pub revoked: Option<i64>,
    /// Until when it is activated, where it has to be.
    pub active_until: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
