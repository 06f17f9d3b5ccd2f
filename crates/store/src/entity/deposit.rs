//! Which sealed credential a grant may work by.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deposit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub grant: Uuid,
    /// The site that it opens; the nil id for Tableau Cloud Manager, because a key holds no null.
    #[sea_orm(primary_key, auto_increment = false)]
    pub site: Uuid,
    pub tenant: Uuid,
    /// The sealed credential. The deposit ends with it.
    pub credential: Uuid,
    pub owner: Uuid,
    pub by: String,
    pub made: i64,
    pub until: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
