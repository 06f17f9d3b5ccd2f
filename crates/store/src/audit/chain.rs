//! The chain: each record carries a hash of itself and of the record before it.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, sea_query::Expr,
};
use sha2::{Digest, Sha256};

use super::{is_first, rows};
use crate::{
    Error, Result, Store,
    entity::{act, audit_head, audit_record},
    write::Writing,
};

/// How the fields are spelled for the hash. A new spelling gets a new number; old records keep theirs.
pub(super) const FORMAT: i16 = 3;
/// The first spelling, which did not know by which grant something was done.
const FIRST_FORMAT: i16 = 1;
/// The second, which did not know the account under the id that Tableau sees.
const SECOND_FORMAT: i16 = 2;

/// Whether a record is spelled in a way that is known here.
pub(super) fn is_known(format: i16) -> bool {
    (FIRST_FORMAT..=FORMAT).contains(&format)
}

/// What stands before the first record.
pub(super) const BEFORE_THE_FIRST: [u8; 32] = [0; 32];

/// The end of the chain, held until the transaction ends.
///
/// The head's row is locked on PostgreSQL, and SQLite has one writer at a time: two replicas never append
/// to the same record.
pub(crate) struct Chain {
    writing: Writing,
    number: i64,
    hash: Vec<u8>,
}

impl Chain {
    /// Waits for the end of the chain and holds it.
    pub(crate) async fn take(store: &Store) -> Result<Self> {
        let writing = store.write().await?;
        let head = audit_head::Entity::find_by_id(audit_head::ONLY).lock_exclusive().one(&*writing).await?;
        let head = head.ok_or_else(|| Error::Other("the head of the audit chain is missing".into()))?;
        Ok(Self { writing, number: head.number, hash: head.hash })
    }

    /// The transaction.
    pub(crate) fn on(&self) -> &DatabaseTransaction {
        &self.writing
    }

    /// Appends a record and brings its act up to date.
    pub(super) async fn append(&mut self, mut record: audit_record::Model) -> Result<()> {
        self.link(&mut record);
        if is_first(&record) {
            let row = rows::act_of(&record).ok_or(Error::NotBegun)?;
            act::Entity::insert(row.into_active_model()).exec_without_returning(self.on()).await?;
        } else {
            act::Entity::update_many()
                .col_expr(act::Column::State, Expr::value(record.state.clone()))
                .col_expr(act::Column::Code, Expr::value(record.code.clone()))
                .col_expr(act::Column::After, Expr::value(record.after.clone()))
                .col_expr(act::Column::Ended, Expr::value(record.at))
                .filter(act::Column::Id.eq(record.act))
                .exec(self.on())
                .await?;
        }
        audit_record::Entity::insert(record.into_active_model()).exec_without_returning(self.on()).await?;
        Ok(())
    }

    /// Gives a record its place at the end of the chain.
    pub(super) fn link(&mut self, record: &mut audit_record::Model) {
        record.number = self.number + 1;
        record.hash = hash(&self.hash, record).to_vec();
        (self.number, self.hash) = (record.number, record.hash.clone());
    }

    /// Moves the head and makes everything appended last.
    pub(crate) async fn commit(self) -> Result<()> {
        let mut head = audit_head::ActiveModel {
            id: sea_orm::ActiveValue::Unchanged(audit_head::ONLY),
            ..Default::default()
        };
        head.number = sea_orm::ActiveValue::Set(self.number);
        head.hash = sea_orm::ActiveValue::Set(self.hash.clone());
        head.update(self.on()).await?;
        self.writing.commit().await
    }
}

/// SHA-256 of the hash before and of every field; each field with its length, so that no two records
/// have the same bytes.
pub(super) fn hash(previous: &[u8], record: &audit_record::Model) -> [u8; 32] {
    let mut bytes = Spelled(Sha256::new());
    bytes.field(b"steward audit record");
    bytes.field(previous);
    bytes.field(&record.format.to_be_bytes());
    bytes.field(&record.number.to_be_bytes());
    bytes.field(record.kind.as_bytes());
    bytes.field(record.act.as_bytes());
    bytes.field(record.tenant.as_bytes());
    bytes.field(&record.at.to_be_bytes());
    bytes.field(record.state.as_bytes());
    let rest = [
        &record.code,
        &record.after,
        &record.who,
        &record.who_id,
        &record.verb,
        &record.object_kind,
        &record.object,
        &record.object_name,
        &record.reason,
        &record.before,
        &record.reference,
    ];
    rest.into_iter().for_each(|text| bytes.text(text.as_deref()));
    if record.format > FIRST_FORMAT {
        bytes.text(record.via.as_deref());
    }
    if record.format > SECOND_FORMAT {
        bytes.text(record.actor.as_deref());
    }
    bytes.0.finalize().into()
}

struct Spelled(Sha256);

impl Spelled {
    fn field(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    /// Nothing and an empty text are two things.
    fn text(&mut self, text: Option<&str>) {
        match text {
            None => self.0.update([0]),
            Some(text) => {
                self.0.update([1]);
                self.field(text.as_bytes());
            }
        }
    }
}
