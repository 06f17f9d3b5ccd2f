//! A sign-in here. The cookie holds the id, this table only its hash.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in")]
pub struct Model {
    /// SHA-256 of the id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    /// What tower-sessions keeps, as JSON; no secrets.
    pub data: String,
    pub expires: i64,
    pub seen: i64,
    /// The credential this sign-in brought.
    pub credential: Option<Uuid>,
    /// It ends then, however busy it is.
    pub absolute_end: Option<i64>,
    /// Whose it is.
    pub account: Option<Uuid>,
    /// When they last proved who they are.
    pub began: Option<i64>,
    /// The network address.
    pub address: Option<String>,
    /// What the browser calls itself.
    pub browser: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
