//! One row of a plan.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub plan: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub verdict: String,
    /// What a search looks through, in lower case.
    pub words: String,
    /// The row as JSON.
    pub step: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
