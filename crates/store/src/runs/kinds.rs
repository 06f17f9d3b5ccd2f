//! What runs do, found in their rows: each keeps its wish as JSON, whose quotes no name can hold as they are.

use model::{
    PlanId, TenantId,
    runs::{RowState, RunKind},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use super::lists::{rows_of, told_row};
use crate::{
    Result, Store,
    entity::{run, run_row},
};

/// What the columns of an import cannot say: wishes of the tenant, and changes on a site.
const BEYOND_WISHES: [&str; 5] = ["leave", "administer", "stop-administering", "delete", "limits"];
const BEYOND_CHANGES: [&str; 3] = ["join", "leave", "remove"];

impl Store {
    /// What a run does; `None` for one that is not there.
    pub async fn run_kind(&self, tenant: TenantId, id: PlanId) -> Result<Option<RunKind>> {
        if self.run_row(tenant, id).await?.is_none() {
            return Ok(None);
        }
        let first = rows_of(id).one(&self.db).await?.map(told_row).transpose()?;
        Ok(first.map(|row| RunKind::of(&row.wish)))
    }

    /// Whether the columns of an import can say all of a run's rows in these states.
    pub async fn rows_can_be_imported(
        &self,
        tenant: TenantId,
        id: PlanId,
        states: &[RowState],
    ) -> Result<bool> {
        if self.run_row(tenant, id).await?.is_none() {
            return Ok(true);
        }
        let step = Expr::col((run_row::Entity, run_row::Column::Step));
        let mut beyond = Condition::any();
        for kind in BEYOND_WISHES {
            beyond = beyond.add(wishes(&step, kind));
        }
        for change in BEYOND_CHANGES {
            beyond = beyond.add(changes(&step, change));
        }
        let rows = rows_of(id)
            .filter(run_row::Column::State.is_in(states.iter().map(|state| state.word())))
            .filter(beyond);
        Ok(rows.one(&self.db).await?.is_none())
    }
}

/// Runs of one kind: what the first row wishes.
pub(super) fn is_of(kind: RunKind) -> Condition {
    let first = run_row::Entity::find()
        .select_only()
        .column(run_row::Column::Step)
        .filter(Expr::col((run_row::Entity, run_row::Column::Run)).equals((run::Entity, run::Column::Id)))
        .order_by_asc(run_row::Column::Number)
        .limit(1)
        .into_query();
    let first = Expr::SubQuery(None, Box::new(first.into()));
    let on_site = || wishes(&first, "on-site");
    let of_group = || Condition::any().add(changes(&first, "join")).add(changes(&first, "leave"));
    let (deletes, limits) = (|| wishes(&first, "delete"), || wishes(&first, "limits"));
    match kind {
        RunKind::Deletion => Condition::all().add(deletes()),
        RunKind::Limits => Condition::all().add(limits()),
        RunKind::Groups => Condition::all().add(on_site()).add(of_group()),
        RunKind::SiteUsers => Condition::all().add(on_site()).add(of_group().not()),
        RunKind::People => Condition::any().add(on_site()).add(deletes()).add(limits()).not(),
    }
}

/// Whether a row kept as JSON wishes this.
fn wishes(step: &Expr, kind: &str) -> Expr {
    step.clone().like(format!("%\"wish\":{{\"kind\":\"{kind}\"%"))
}

/// Whether a row for a site kept as JSON wishes this change there.
fn changes(step: &Expr, change: &str) -> Expr {
    step.clone().like(format!("%\"change\":{{\"change\":\"{change}\"%"))
}
