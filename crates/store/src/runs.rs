//! Runs of applied plans: rows on their way to Tableau, and the worker who has them.

mod apply;
mod begin;
mod end;
mod kinds;
mod lately;
mod lease;
mod lists;
mod steering;

use std::collections::HashMap;

use model::{PlanId, runs::RowState};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, sea_query::OnConflict,
};

pub(crate) use apply::apply_on;
pub use apply::{ApplyError, ApplyPlan};
pub use begin::AtMost;
pub use end::RowEnd;
pub use lately::Lately;

use crate::{
    Error, Fence, Result,
    entity::{run, run_row},
    pieces::{insert_all, pieces},
};

/// A run, held until the transaction ends.
///
/// Whoever also appends to the audit chain takes the chain first, so that no two wait for each other.
async fn locked(on: &DatabaseTransaction, id: PlanId) -> Result<Option<run::Model>> {
    Ok(run::Entity::find_by_id(id.uuid()).lock_exclusive().one(on).await?)
}

/// The same for a worker; refuses whoever does not hold the last lease.
async fn fenced(on: &DatabaseTransaction, id: PlanId, fence: Fence) -> Result<run::Model> {
    locked(on, id).await?.filter(|run| run.fence == fence.0).ok_or(Error::Fenced)
}

/// Writes a run that was locked and changed.
async fn write(on: &DatabaseTransaction, run: run::Model) -> Result<()> {
    run.into_active_model().reset_all().update(on).await?;
    Ok(())
}

/// Those of the rows that are in one of these states, by their number.
async fn rows_in(
    on: &DatabaseTransaction,
    run: PlanId,
    numbers: &[u32],
    states: &[RowState],
) -> Result<HashMap<u32, run_row::Model>> {
    let mut rows = HashMap::with_capacity(numbers.len());
    for piece in pieces(numbers) {
        let found = run_row::Entity::find()
            .filter(run_row::Column::Run.eq(run.uuid()))
            .filter(run_row::Column::Number.is_in(piece.iter().copied().map(i64::from)))
            .filter(run_row::Column::State.is_in(states.iter().map(|state| state.word())))
            .all(on)
            .await?;
        rows.extend(found.into_iter().map(|row| (number(row.number), row)));
    }
    Ok(rows)
}

/// Writes rows that were read in the same transaction and changed.
async fn write_rows(on: &DatabaseTransaction, rows: &[run_row::Model]) -> Result<()> {
    // Each row is there. An insert that meets it is the one statement that changes many rows, each in its own way.
    let there = OnConflict::columns([run_row::Column::Run, run_row::Column::Number])
        .update_columns([
            run_row::Column::State,
            run_row::Column::Attempt,
            run_row::Column::Person,
            run_row::Column::Code,
            run_row::Column::Found,
            run_row::Column::Job,
            run_row::Column::Act,
            run_row::Column::Ended,
        ])
        .to_owned();
    insert_all(on, rows, Some(there)).await
}

/// A number as the model has it; it was one when it was written.
fn number(kept: i64) -> u32 {
    u32::try_from(kept).unwrap_or(u32::MAX)
}
