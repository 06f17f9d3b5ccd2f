//! Deciding a request: once, by somebody else, about exactly what was seen, together with what comes of it.

use model::{
    ApprovalId, Moment, TenantId,
    delegation::{Approval, ApprovalState},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use super::told;
use crate::{
    ApplyError, ApplyPlan, BeginError, Error, NewAct, Result, Store,
    audit::{Chain, begin_on},
    entity::approval,
    runs::apply_on,
    stamps::stamp,
};

/// What somebody decides about a request.
#[derive(Debug, Clone, Copy)]
pub struct Decide<'a> {
    /// The tenant.
    pub tenant: TenantId,
    /// The request.
    pub approval: ApprovalId,
    /// The account of whoever decides.
    pub by: Uuid,
    /// Their name.
    pub name: &'a str,
    /// The hash of what they saw.
    pub hash: &'a str,
    /// What the request becomes.
    pub state: ApprovalState,
    /// What they say.
    pub answer: Option<&'a str>,
    /// When.
    pub now: Moment,
}

/// Why a request cannot be decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// The tenant has no such request.
    #[error("there is no such request for approval")]
    NotFound,
    /// Whoever asked does not decide.
    #[error("nobody approves what they asked for themselves")]
    Own,
    /// Somebody decided before, or it ran out.
    #[error("the request is not open any more")]
    NotOpen,
    /// It is about something else than what was seen.
    #[error("this is not what was seen")]
    Changed,
    /// The plan cannot be applied any more; the request waits on.
    #[error(transparent)]
    Apply(#[from] ApplyError),
    /// The act cannot begin now; the request waits on.
    #[error(transparent)]
    Begin(#[from] BeginError),
    /// It could not be written down.
    #[error(transparent)]
    Store(#[from] Error),
}

impl From<DbErr> for DecideError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Decides a request, once. Of two who decide at the same time, one is told that it is not open any more. What is
    /// approved becomes a run in the same transaction: no request is ever approved with nothing sent.
    pub async fn decide_approval(
        &self,
        decide: Decide<'_>,
        apply: Option<ApplyPlan<'_>>,
    ) -> std::result::Result<Approval, DecideError> {
        let writing = self.write().await?;
        let decided = decide_on(&writing, &decide).await?;
        if let Some(apply) = apply {
            apply_on(&writing, &apply).await?;
        }
        writing.commit().await?;
        Ok(told(decided)?)
    }

    /// Approves an act, once, and writes down that it begins, in one transaction: whoever approves at the same time is told
    /// that it is not open any more, and nothing is approved that does not stand in the log as begun.
    pub async fn approve_act(
        &self,
        decide: Decide<'_>,
        act: &NewAct,
    ) -> std::result::Result<Approval, DecideError> {
        let mut chain = Chain::take(self).await?;
        let decided = decide_on(chain.on(), &decide).await?;
        begin_on(&mut chain, act).await?;
        chain.commit().await?;
        Ok(told(decided)?)
    }

    /// Voids a request that still waits: what it is about can no longer be done as it was seen, or whoever asked does not
    /// want it any more. Returns whether it waited; what was decided meanwhile stays as it is.
    pub async fn void_approval(&self, tenant: TenantId, id: ApprovalId) -> Result<bool> {
        let writing = self.write().await?;
        let voided = approval::Entity::update_many()
            .col_expr(approval::Column::State, Expr::value(ApprovalState::Void.word()))
            .filter(approval::Column::Tenant.eq(tenant.uuid()))
            .filter(approval::Column::Id.eq(id.uuid()))
            .filter(approval::Column::State.eq(ApprovalState::Waiting.word()))
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(voided.rows_affected == 1)
    }
}

async fn decide_on(
    on: &DatabaseTransaction,
    decide: &Decide<'_>,
) -> std::result::Result<approval::Model, DecideError> {
    let found = approval::Entity::find_by_id(decide.approval.uuid())
        .filter(approval::Column::Tenant.eq(decide.tenant.uuid()))
        .lock_exclusive()
        .one(on)
        .await?;
    let row = found.ok_or(DecideError::NotFound)?;
    if row.asked_by == decide.by {
        return Err(DecideError::Own);
    }
    if row.state != ApprovalState::Waiting.word() || row.until <= stamp(decide.now) {
        return Err(DecideError::NotOpen);
    }
    if row.hash != decide.hash {
        return Err(DecideError::Changed);
    }
    let mut changed = row.into_active_model();
    changed.state = Set(decide.state.word().to_owned());
    changed.decided_by = Set(Some(decide.by));
    changed.decided_name = Set(Some(decide.name.to_owned()));
    changed.decided = Set(Some(stamp(decide.now)));
    changed.answer = Set(decide.answer.map(str::to_owned));
    Ok(changed.update(on).await?)
}
