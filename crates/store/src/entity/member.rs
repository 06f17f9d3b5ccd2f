//! Somebody with an account of Steward's own.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant: Uuid,
    /// As it was typed.
    pub email: String,
    /// In small letters; one account each.
    pub folded: String,
    pub name: String,
    pub standing: String,
    /// Argon2id, with its salt and its cost.
    pub password: Option<String>,
    /// The sealed secret of the second factor.
    pub totp: Option<Vec<u8>>,
    /// The last step of it that was used.
    pub totp_step: Option<i64>,
    pub created: i64,
    pub created_by: String,
    pub seen: Option<i64>,
    /// SHA-256 of the key in the last invitation's link, open or not.
    pub invitation: Option<Vec<u8>>,
    /// Until when it counts; none once it was used or taken back.
    pub invited_until: Option<i64>,
    /// The names in Tableau that are theirs, as a JSON list.
    pub names: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
