//! Requests for approval: asked for once, decided once, by somebody else, and about exactly what was asked.

mod decide;

use model::{
    ApprovalId, PlanId, TenantId,
    delegation::{About, Approval, ApprovalState, MarkReason},
    plan::{PlanState, Why},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Error, Result, Store,
    entity::{approval, plan},
    json,
    stamps::{moment, stamp},
};

pub use decide::{Decide, DecideError};

/// A request to be kept.
pub struct NewApproval<'a> {
    /// The tenant.
    pub tenant: TenantId,
    /// The request.
    pub approval: &'a Approval,
    /// What is needed to act in the requester's name; kept as it is.
    pub account: &'a str,
}

/// What is kept as JSON.
#[derive(Serialize, Deserialize)]
struct AskedFor {
    include: Vec<Why>,
    reason: Option<String>,
    why: Vec<MarkReason>,
}

impl Store {
    /// Keeps a request. An earlier one for the same that still waits is void: one plan waits once, and so does one act that
    /// the same account asks for.
    pub async fn ask_approval(&self, new: NewApproval<'_>) -> Result<()> {
        let asked = new.approval;
        let (plan, include, held) = match &asked.about {
            About::Plan { plan, include } => (Some(*plan), include.clone(), None),
            About::Act(held) => (None, Vec::new(), Some(held)),
        };
        let asked_for = AskedFor { include, reason: asked.reason.clone(), why: asked.why.clone() };
        let row = approval::ActiveModel {
            id: Set(asked.id.uuid()),
            tenant: Set(new.tenant.uuid()),
            plan: Set(plan.map(|plan| plan.uuid()).unwrap_or_default()),
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
            act: Set(held.map(json::write).transpose()?),
            subject: Set(held.map(|held| held.subject())),
        };
        let writing = self.write().await?;
        match (plan, held) {
            (Some(plan), _) => void_requests_of(&writing, new.tenant, plan).await?,
            (None, Some(held)) => {
                void_earlier(&writing, new.tenant, asked.asked_by, &held.subject()).await?;
            }
            (None, None) => {}
        }
        approval::Entity::insert(row).exec_without_returning(&*writing).await?;
        if let Some(plan) = plan {
            // The plan counts for as long as somebody may approve it: it is compared with the live state once more then.
            plan::Entity::update_many()
                .col_expr(plan::Column::Until, Expr::value(stamp(asked.until)))
                .filter(plan::Column::Tenant.eq(new.tenant.uuid()))
                .filter(plan::Column::Id.eq(plan.uuid()))
                .filter(plan::Column::State.eq(PlanState::Open.word()))
                .exec(&*writing)
                .await?;
        }
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

    /// In whose name what was requested is carried out.
    pub async fn approval_account(&self, tenant: TenantId, id: ApprovalId) -> Result<Option<String>> {
        Ok(self.approval_row(tenant, id).await?.map(|row| row.account))
    }

    async fn approval_row(&self, tenant: TenantId, id: ApprovalId) -> Result<Option<approval::Model>> {
        let row = approval::Entity::find_by_id(id.uuid()).filter(approval::Column::Tenant.eq(tenant.uuid()));
        Ok(row.one(&self.db).await?)
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

/// Voids what the same account asked for before, where it still waits.
async fn void_earlier(on: &DatabaseTransaction, tenant: TenantId, by: Uuid, subject: &str) -> Result<()> {
    approval::Entity::update_many()
        .col_expr(approval::Column::State, Expr::value(ApprovalState::Void.word()))
        .filter(approval::Column::Tenant.eq(tenant.uuid()))
        .filter(approval::Column::AskedBy.eq(by))
        .filter(approval::Column::Subject.eq(subject))
        .filter(approval::Column::State.eq(ApprovalState::Waiting.word()))
        .exec(on)
        .await?;
    Ok(())
}

fn told(row: approval::Model) -> Result<Approval> {
    let asked_for: AskedFor = json::read(&row.asked_for)?;
    let state = ApprovalState::parse(&row.state);
    let about = match row.act {
        Some(held) => About::Act(json::read(&held)?),
        None => About::Plan { plan: row.plan.into(), include: asked_for.include },
    };
    Ok(Approval {
        id: row.id.into(),
        about,
        title: row.title,
        hash: row.hash,
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
