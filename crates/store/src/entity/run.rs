//! The run of an applied plan.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "run")]
pub struct Model {
    /// The plan's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant: Uuid,
    pub title: String,
    /// In whose name it goes on.
    pub by: String,
    pub by_id: Uuid,
    /// What the worker needs to act in that name; nothing that this crate reads.
    pub account: String,
    pub reason: Option<String>,
    pub state: String,
    pub code: Option<String>,
    pub began: i64,
    pub ended: Option<i64>,
    /// The worker that has it.
    pub holder: Uuid,
    /// Grows with every lease.
    pub fence: i64,
    /// By the database's clock.
    pub lease_until: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
