//! How each act stands now: what pages read. Derived from the records and checked against them.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "act")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of its first record.
    pub number: i64,
    pub tenant: Uuid,
    pub at: i64,
    pub who: String,
    pub who_id: String,
    pub verb: String,
    pub object_kind: String,
    pub object: String,
    pub object_name: String,
    pub reason: Option<String>,
    pub before: Option<String>,
    /// By which grant and approval.
    pub via: Option<String>,
    /// The account that did it, as the user agent names it; none in acts before format 3.
    pub actor: Option<String>,
    pub reference: String,
    pub state: String,
    pub code: Option<String>,
    pub after: Option<String>,
    pub ended: Option<i64>,
    /// What a search looks through, in lower case.
    pub words: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
