//! A plan or a single act that waits for the word of somebody else.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant: Uuid,
    /// The plan; nil where it is about a single act.
    pub plan: Uuid,
    pub title: String,
    pub hash: String,
    /// What else was asked for, as JSON.
    pub asked_for: String,
    /// What the worker needs to act in the requester's name; nothing that this crate reads.
    pub account: String,
    pub asked_by: Uuid,
    pub asked_name: String,
    pub asked: i64,
    pub until: i64,
    pub state: String,
    pub decided_by: Option<Uuid>,
    pub decided_name: Option<String>,
    pub decided: Option<i64>,
    pub answer: Option<String>,
    /// The single act with what it was seen to change, as JSON; nothing where it is about a plan.
    pub act: Option<String>,
    /// What the act does to which thing.
    pub subject: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
