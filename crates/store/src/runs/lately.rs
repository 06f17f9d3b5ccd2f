//! Whom somebody's plans were about lately, as far as nobody else approved them.

use std::collections::HashSet;

use model::{Moment, TenantId, UserId, delegation::ApprovalState, runs::RowState};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::{ApplyError, ApplyPlan, apply_on};
use crate::{
    Result, Store,
    entity::{approval, member, run, run_row},
    stamps::stamp,
};

/// Whom somebody's plans were about since a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lately {
    /// The names they sign in with, in small letters.
    pub names: HashSet<String>,
    /// Rows that ended before count no more.
    pub since: Moment,
}

impl Store {
    /// Whom somebody's applied plans were about since then without anybody's approval. A row counts from the moment at which
    /// its plan is applied, and for as long as it waits; one that ended without being done does not count.
    pub async fn people_lately(&self, tenant: TenantId, by: UserId, since: Moment) -> Result<Lately> {
        let names = names(&self.db, tenant, by, since).await?;
        Ok(Lately { names, since })
    }

    /// Applies a plan of somebody whose plans were about these people when it was decided about. Another plan of theirs that
    /// came between is a change: of two small plans applied at the same time, one is decided about anew.
    pub async fn apply_plan_after(
        &self,
        apply: ApplyPlan<'_>,
        lately: &Lately,
    ) -> std::result::Result<(), ApplyError> {
        let writing = self.write().await?;
        // Whoever applies two at once stands in line at their own account. One that is gone applies nothing any more.
        let account = member::Entity::find_by_id(apply.by_id.uuid())
            .filter(member::Column::Tenant.eq(apply.tenant.uuid()))
            .lock_exclusive();
        account.one(&*writing).await?.ok_or(ApplyError::Overtaken)?;
        let now = names(&*writing, apply.tenant, apply.by_id, lately.since).await?;
        if !now.is_subset(&lately.names) {
            return Err(ApplyError::Overtaken);
        }
        apply_on(&writing, &apply).await?;
        Ok(writing.commit().await?)
    }
}

async fn names(
    on: &impl ConnectionTrait,
    tenant: TenantId,
    by: UserId,
    since: Moment,
) -> Result<HashSet<String>> {
    let approved = approval::Entity::find()
        .select_only()
        .column(approval::Column::Plan)
        .filter(approval::Column::Tenant.eq(tenant.uuid()))
        .filter(approval::Column::State.eq(ApprovalState::Approved.word()))
        // SQL finds nothing outside of a list that holds a NULL.
        .filter(approval::Column::Plan.is_not_null())
        .into_query();
    let runs = run::Entity::find()
        .select_only()
        .column(run::Column::Id)
        .filter(run::Column::Tenant.eq(tenant.uuid()))
        .filter(run::Column::ById.eq(by.uuid()))
        .filter(run::Column::Id.not_in_subquery(approved))
        .filter(Condition::any().add(run::Column::Ended.is_null()).add(run::Column::Ended.gt(stamp(since))))
        .into_query();
    let ended = run_row::Column::Ended;
    let lately = Condition::any().add(ended.is_null()).add(ended.gt(stamp(since)));
    let not_done = [RowState::Refused, RowState::Failed, RowState::Stopped].map(RowState::word);
    let words: Vec<String> = run_row::Entity::find()
        .select_only()
        .column(run_row::Column::Words)
        .distinct()
        .filter(run_row::Column::Run.in_subquery(runs))
        .filter(run_row::Column::State.is_not_in(not_done))
        .filter(lately)
        .into_tuple()
        .all(on)
        .await?;
    // The first of the words that a search looks through is the name somebody signs in with, in small letters already.
    let first = |words: String| words.lines().next().unwrap_or_default().to_owned();
    Ok(words.into_iter().map(first).collect())
}
