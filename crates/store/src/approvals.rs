//! Requests for approval: asked for once, decided once, by somebody else, and about exactly what was asked.

use model::{
    ApprovalId, Moment, PlanId, TenantId,
    delegation::{Approval, ApprovalState, MarkReason},
    plan::{PlanState, Why},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ApplyError, ApplyPlan, Error, Result, Store,
    entity::{approval, plan},
    json,
    runs::apply_on,
    stamps::{moment, stamp},
};

/// A request to be kept.
pub struct NewApproval<'a> {
    /// The tenant.
    pub tenant: TenantId,
    /// The request.
    pub approval: &'a Approval,
    /// What the worker needs to act in the requester's name; kept as it is.
    pub account: &'a str,
}

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
    /// The hash of the plan that they saw.
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
    /// It is about other rows than those that were seen.
    #[error("the plan is not the one that was seen")]
    Changed,
    /// The plan cannot be applied any more; the request waits on.
    #[error(transparent)]
    Apply(#[from] ApplyError),
    /// It could not be written down.
    #[error(transparent)]
    Store(#[from] Error),
}

impl From<DbErr> for DecideError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// What is kept as JSON.
#[derive(Serialize, Deserialize)]
struct AskedFor {
    include: Vec<Why>,
    reason: Option<String>,
    why: Vec<MarkReason>,
}

impl Store {
    /// Keeps a request. An earlier one for the same plan that still waits is void: one plan waits once.
    pub async fn ask_approval(&self, new: NewApproval<'_>) -> Result<()> {
        let asked = new.approval;
        let asked_for =
            AskedFor { include: asked.include.clone(), reason: asked.reason.clone(), why: asked.why.clone() };
        let row = approval::ActiveModel {
            id: Set(asked.id.uuid()),
            tenant: Set(new.tenant.uuid()),
            plan: Set(asked.plan.uuid()),
            title: Set(asked.title.clone()),
            hash: Set(asked.hash.clone()),
            asked_for: Set(json::write(&asked_for)?),
            account: Set(new.account.to_owned()),
            asked_by: Set(asked.asked_by),
            asked_name: Set(asked.asked_name.clone()),
            asked: Set(stamp(asked.asked)),
            until: Set(stamp(asked.until)),
            state: Set(ApprovalState::Waiting.word().to_owned()),
            decided_by: Set(None),
            decided_name: Set(None),
            decided: Set(None),
            answer: Set(None),
        };
        let writing = self.write().await?;
        void_requests_of(&writing, new.tenant, asked.plan).await?;
        approval::Entity::insert(row).exec_without_returning(&*writing).await?;
        // The plan counts for as long as somebody may approve it: it is compared with the live state once more then.
        plan::Entity::update_many()
            .col_expr(plan::Column::Until, Expr::value(stamp(asked.until)))
            .filter(plan::Column::Tenant.eq(new.tenant.uuid()))
            .filter(plan::Column::Id.eq(asked.plan.uuid()))
            .filter(plan::Column::State.eq(PlanState::Open.word()))
            .exec(&*writing)
            .await?;
        writing.commit().await
    }

    /// Requests of a tenant, the newest first, at most this many.
    pub async fn approvals(&self, tenant: TenantId, at_most: u64) -> Result<Vec<Approval>> {
        let rows = approval::Entity::find()
            .filter(approval::Column::Tenant.eq(tenant.uuid()))
            .order_by_desc(approval::Column::Asked)
            .order_by_desc(approval::Column::Id)
            .limit(at_most)
            .all(&self.db)
            .await?;
        rows.into_iter().map(told).collect()
    }

    /// One request.
    pub async fn approval(&self, tenant: TenantId, id: ApprovalId) -> Result<Option<Approval>> {
        self.approval_row(tenant, id).await?.map(told).transpose()
    }

    /// The request about a plan that waits, or was decided last.
    pub async fn approval_of(&self, tenant: TenantId, plan: PlanId) -> Result<Option<Approval>> {
        let row = approval::Entity::find()
            .filter(approval::Column::Tenant.eq(tenant.uuid()))
            .filter(approval::Column::Plan.eq(plan.uuid()))
            .order_by_desc(approval::Column::Asked)
            .order_by_desc(approval::Column::Id)
            .one(&self.db)
            .await?;
        row.map(told).transpose()
    }

    /// In whose name the requested plan is carried out.
    pub async fn approval_account(&self, tenant: TenantId, id: ApprovalId) -> Result<Option<String>> {
        Ok(self.approval_row(tenant, id).await?.map(|row| row.account))
    }

    async fn approval_row(&self, tenant: TenantId, id: ApprovalId) -> Result<Option<approval::Model>> {
        let row = approval::Entity::find_by_id(id.uuid()).filter(approval::Column::Tenant.eq(tenant.uuid()));
        Ok(row.one(&self.db).await?)
    }

    /// Decides a request, once. Of two who decide at the same time, one is told that it is not open any more. What is
    /// approved becomes a run in the same transaction: no request is ever approved with nothing sent.
    pub async fn decide_approval(
        &self,
        decide: Decide<'_>,
        apply: Option<ApplyPlan<'_>>,
    ) -> std::result::Result<Approval, DecideError> {
        let writing = self.write().await?;
        let found = approval::Entity::find_by_id(decide.approval.uuid())
            .filter(approval::Column::Tenant.eq(decide.tenant.uuid()))
            .lock_exclusive()
            .one(&*writing)
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
        let decided = changed.update(&*writing).await?;
        if let Some(apply) = apply {
            apply_on(&writing, &apply).await?;
        }
        writing.commit().await?;
        Ok(told(decided)?)
    }

    /// Voids a request that still waits: its plan can no longer be carried out as it was seen, or whoever asked does not
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

/// Voids the request about a plan that still waits, if there is one.
pub(crate) async fn void_requests_of(on: &DatabaseTransaction, tenant: TenantId, plan: PlanId) -> Result<()> {
    approval::Entity::update_many()
        .col_expr(approval::Column::State, Expr::value(ApprovalState::Void.word()))
        .filter(approval::Column::Tenant.eq(tenant.uuid()))
        .filter(approval::Column::Plan.eq(plan.uuid()))
        .filter(approval::Column::State.eq(ApprovalState::Waiting.word()))
        .exec(on)
        .await?;
    Ok(())
}

fn told(row: approval::Model) -> Result<Approval> {
    let asked_for: AskedFor = json::read(&row.asked_for)?;
    let state = ApprovalState::parse(&row.state);
    Ok(Approval {
        id: row.id.into(),
        plan: row.plan.into(),
        title: row.title,
        hash: row.hash,
        include: asked_for.include,
        reason: asked_for.reason,
        why: asked_for.why,
        asked_by: row.asked_by,
        asked_name: row.asked_name,
        asked: moment(row.asked),
        until: moment(row.until),
        state: state.ok_or_else(|| Error::Other("a request for approval in no known state".into()))?,
        decided_by: row.decided_by,
        decided_name: row.decided_name,
        decided: row.decided.map(moment),
        answer: row.answer,
    })
}
