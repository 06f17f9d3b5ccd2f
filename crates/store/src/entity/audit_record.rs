//! A record of the audit log. Never changed, never deleted; the truth.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_record")]
pub struct Model {
    /// Without gaps, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// How the fields were spelled for the hash.
    pub format: i16,
    /// `started`, `denied`, `finished` or `settled`.
    pub kind: String,
    pub act: Uuid,
    pub tenant: Uuid,
    pub at: i64,
    /// The state of the act from here on.
    pub state: String,
    pub code: Option<String>,
    pub after: Option<String>,
    /// From here on: only in first records.
    pub who: Option<String>,
    pub who_id: Option<String>,
    pub verb: Option<String>,
    pub object_kind: Option<String>,
    pub object: Option<String>,
    pub object_name: Option<String>,
    pub reason: Option<String>,
    pub before: Option<String>,
    pub reference: Option<String>,
    /// By which grant and approval; only from format 2 on.
    pub via: Option<String>,
    /// The account that did it, as the user agent names it; only from format 3 on.
    pub actor: Option<String>,
    /// SHA-256 of the hash before and of all fields above.
    pub hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
