//! One row of a run.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "run_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub run: Uuid,
    /// Of the plan's row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub state: String,
    /// How often it was sent.
    pub attempt: i64,
    /// The id that the row gave its person: on the site where it is about the plane of a site, else in the tenant.
    pub person: Option<Uuid>,
    pub code: Option<String>,
    pub found: Option<String>,
    pub job: Option<Uuid>,
    pub act: Option<Uuid>,
    pub ended: Option<i64>,
    /// What a search looks through, in lower case.
    pub words: String,
    /// The plan's row as JSON.
    pub step: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
