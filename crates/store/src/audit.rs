//! The audit log: a chain of records that only grows, and how each act stands.

mod bulk;
mod chain;
mod counts;
mod pages;
mod rows;
mod verify;

use model::{
    ActId, Moment, TenantId,
    audit::ActState,
    runs::{RowState, RunState},
};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{
    Error, Result, Store,
    entity::{act, audit_record, run, run_row},
    stamps::stamp,
};
pub(crate) use chain::Chain;

/// An act younger than this keeps others away from its object while it has no outcome.
const UNDER_WAY_SECONDS: i64 = 600;

/// Acts on a person's own sign-in. Many people sign in to one tenant at the same time, and one whose
/// sign-in was cut off must not lock the others out. Many take files away and look at lists at the same time, too.
const SHARED: [&str; 5] = ["sign-in", "sign-out", "account.step-up", "export", "list.see"];

/// An act as it begins.
#[derive(Debug, Clone)]
pub struct NewAct {
    /// Its id; the form carried it, so that the same form counts once.
    pub act: ActId,
    /// When.
    pub at: Moment,
    /// The tenant.
    pub tenant: TenantId,
    /// Who, by name.
    pub who: String,
    /// Who, by the vendor's id.
    pub who_id: String,
    /// The kind of act.
    pub verb: String,
    /// The kind of thing it changes.
    pub object_kind: String,
    /// The id of that thing.
    pub object: String,
    /// Its name now.
    pub object_name: String,
    /// Why, in the person's words.
    pub reason: Option<String>,
    /// The state before, in words.
    pub before: Option<String>,
    /// By which grant and approval; nothing for what was done by a token of one's own.
    pub via: Option<String>,
    /// The id of their account, which is what Tableau's log shows.
    pub actor: String,
    /// The request id.
    pub reference: String,
}

/// How an act ended.
#[derive(Debug, Clone)]
pub struct Finish {
    /// `Done`, `Failed` or `Unknown`.
    pub state: ActState,
    /// The problem code, when it did not succeed.
    pub code: Option<String>,
    /// The state after, as read back.
    pub after: Option<String>,
    /// When.
    pub at: Moment,
}

/// Why an act may not begin.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// The form was sent before: its act has begun already.
    #[error("this form has been used")]
    FormUsed,
    /// Somebody is changing the same thing right now.
    #[error("somebody is changing the same thing")]
    UnderWay,
    /// It could not be written down.
    #[error(transparent)]
    Store(#[from] Error),
}

impl From<DbErr> for BeginError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Writes down that an act begins. Only when this succeeds may anything be sent.
    pub async fn audit_begin(&self, new: &NewAct) -> std::result::Result<(), BeginError> {
        let mut chain = Chain::take(self).await?;
        begin_on(&mut chain, new).await?;
        Ok(chain.commit().await?)
    }

    /// Writes down that an act was refused; nothing was sent.
    pub async fn audit_deny(&self, new: &NewAct, code: &str) -> Result<()> {
        let mut chain = Chain::take(self).await?;
        let mut record = rows::first(new, ActState::Denied, Some(code));
        // The same form refused twice, or refused after it was used: a refusal of its own.
        if act::Entity::find_by_id(record.act).one(chain.on()).await?.is_some() {
            record.act = Uuid::now_v7();
        }
        chain.append(record).await?;
        chain.commit().await
    }

    /// Writes down how an act ended. A second outcome is taken only after `Unknown`: it settles the act.
    pub async fn audit_finish(&self, act: ActId, finish: &Finish) -> Result<()> {
        if matches!(finish.state, ActState::Started | ActState::Denied) {
            return Err(Error::NotAnOutcome);
        }
        let mut chain = Chain::take(self).await?;
        let row = act::Entity::find_by_id(act.uuid()).one(chain.on()).await?.ok_or(Error::NotBegun)?;
        chain.append(rows::next(&row, finish)?).await?;
        chain.commit().await
    }

    /// Ends acts whose process died before it wrote the outcome: nobody knows it. Returns how many.
    ///
    /// Acts of rows that are on their way are left to their run, which looks after them under its next worker.
    pub async fn audit_orphans(&self, now: Moment, older_than_seconds: i64) -> Result<usize> {
        let mut chain = Chain::take(self).await?;
        let orphans = act::Entity::find()
            .filter(act::Column::State.eq(ActState::Started.word()))
            .filter(act::Column::At.lt(stamp(now.plus_seconds(-older_than_seconds))))
            .filter(act::Column::Id.not_in_subquery(acts_on_their_way()))
            .order_by_asc(act::Column::Number)
            .all(chain.on())
            .await?;
        let finish = Finish { state: ActState::Unknown, code: None, after: None, at: now };
        let count = orphans.len();
        chain.advance_all(orphans.into_iter().map(|orphan| (orphan, finish.clone())).collect()).await?;
        chain.commit().await?;
        Ok(count)
    }
}

/// Writes down that an act begins, in a transaction that others may write in too.
pub(crate) async fn begin_on(chain: &mut Chain, new: &NewAct) -> std::result::Result<(), BeginError> {
    if act::Entity::find_by_id(new.act.uuid()).one(chain.on()).await?.is_some() {
        return Err(BeginError::FormUsed);
    }
    if !SHARED.contains(&new.verb.as_str()) {
        let other = under_way(new.tenant.uuid(), &new.object_kind)
            .filter(act::Column::Object.eq(&new.object))
            .filter(act::Column::At.gt(stamp(new.at.plus_seconds(-UNDER_WAY_SECONDS))))
            .one(chain.on())
            .await?;
        if other.is_some() {
            return Err(BeginError::UnderWay);
        }
    }
    Ok(chain.append(rows::first(new, ActState::Started, None)).await?)
}

/// Acts without an outcome on things of one kind: they keep others away from their object.
fn under_way(tenant: Uuid, object_kind: &str) -> Select<act::Entity> {
    act::Entity::find()
        .filter(act::Column::Tenant.eq(tenant))
        .filter(act::Column::ObjectKind.eq(object_kind))
        .filter(act::Column::State.eq(ActState::Started.word()))
        .filter(act::Column::Verb.is_not_in(SHARED))
}

/// The acts of rows that were sent and have no outcome yet, in runs that go on.
fn acts_on_their_way() -> SelectStatement {
    let runs = run::Entity::find()
        .select_only()
        .column(run::Column::Id)
        .filter(run::Column::State.ne(RunState::Over.word()));
    run_row::Entity::find()
        .select_only()
        .column(run_row::Column::Act)
        .filter(run_row::Column::Run.in_subquery(runs.into_query()))
        .filter(run_row::Column::State.eq(RowState::Sent.word()))
        // SQL finds nothing outside of a list that holds a NULL.
        .filter(run_row::Column::Act.is_not_null())
        .into_query()
}

/// The kinds of records.
pub(super) mod kind {
    pub(in crate::audit) const STARTED: &str = "started";
    pub(in crate::audit) const DENIED: &str = "denied";
    pub(in crate::audit) const FINISHED: &str = "finished";
    pub(in crate::audit) const SETTLED: &str = "settled";
}

/// Whether a record is the first of its act.
fn is_first(record: &audit_record::Model) -> bool {
    record.kind == kind::STARTED || record.kind == kind::DENIED
}
