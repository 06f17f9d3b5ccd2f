//! Whose token opens the API of one site.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "site_connection")]
pub struct Model {
    /// The sealed token. The connection ends with it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub credential: Uuid,
    pub tenant: Uuid,
    pub owner: Uuid,
    pub site: Uuid,
    pub content_url: String,
    pub token_name: String,
    pub version: String,
    pub site_user: Uuid,
    pub who: String,
    pub role: String,
    pub connected: i64,
    pub used: i64,
    pub expires: Option<i64>,
    pub trouble: Option<String>,
    pub surprised: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::credential::Entity",
        from = "Column::Credential",
        to = "super::credential::Column::Id"
    )]
    Credential,
}

impl Related<super::credential::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Credential.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
