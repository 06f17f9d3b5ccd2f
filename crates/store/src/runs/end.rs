//! The outcome of rows, and of the run when no row is left.

use model::{
    ActId, Moment, PlanId, SiteUserId, UserId,
    audit::ActState,
    runs::{RowState, RunState},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{fenced, rows_in, write, write_rows};
use crate::{Error, Fence, Finish, NewAct, Result, Store, audit::Chain, entity::run_row, stamps::stamp};

/// How a row ended.
#[derive(Debug, Clone)]
pub struct RowEnd {
    /// The number of the plan's row.
    pub number: u32,
    /// Its last state.
    pub state: RowState,
    /// The code that explains it.
    pub code: Option<String>,
    /// The state that was read back, in words.
    pub found: Option<String>,
    /// The person's id, once there is one.
    pub user: Option<UserId>,
    /// Their id on the site, for a row that is about the plane of a site.
    pub site_user: Option<SiteUserId>,
    /// When.
    pub at: Moment,
}

const OPEN: [RowState; 2] = [RowState::Waiting, RowState::Sent];

impl Store {
    /// Writes down how rows ended, with their acts where they were sent. A row ends once: one that has its end already
    /// is left as it is. Returns the numbers of those that ended now.
    pub async fn finish_rows(&self, id: PlanId, fence: Fence, ends: &[RowEnd]) -> Result<Vec<u32>> {
        self.finish_rows_denied(id, fence, ends, &[]).await
    }

    /// The same for rows of which some were refused to whoever asked for them: these stand in the audit log as denied,
    /// each with the code of its end, or do not end.
    pub async fn finish_rows_denied(
        &self,
        id: PlanId,
        fence: Fence,
        ends: &[RowEnd],
        denied: &[(u32, NewAct)],
    ) -> Result<Vec<u32>> {
        if !ends.iter().all(|end| end.state.is_final()) {
            return Err(Error::NotAnOutcome);
        }
        let mut chain = Chain::take(self).await?;
        fenced(chain.on(), id, fence).await?;
        let numbers: Vec<u32> = ends.iter().map(|end| end.number).collect();
        let mut open = rows_in(chain.on(), id, &numbers, &OPEN).await?;
        let (mut finished, mut acts, mut changed) = (Vec::new(), Vec::new(), Vec::new());
        for end in ends {
            let Some(mut row) = open.remove(&end.number) else { continue };
            if row.state == RowState::Sent.word() {
                acts.push(finish_of(&row, end)?);
            } else if needs_sending(end.state) {
                return Err(Error::NotBegun);
            }
            row.state = end.state.word().to_owned();
            row.code.clone_from(&end.code);
            row.found.clone_from(&end.found);
            let person = end.user.map(|user| user.uuid()).or(end.site_user.map(|user| user.uuid()));
            row.person = person.or(row.person);
            row.ended = Some(stamp(end.at));
            finished.push(end.number);
            changed.push(row);
        }
        chain.end_all(acts).await?;
        let code = |number: &u32| ends.iter().find(|end| end.number == *number)?.code.as_deref();
        let refused = denied.iter().filter(|(number, _)| finished.contains(number));
        chain
            .deny_all(refused.map(|(number, act)| (act, code(number).unwrap_or_default())).collect())
            .await?;
        write_rows(chain.on(), &changed).await?;
        chain.commit().await?;
        Ok(finished)
    }

    /// Leaves out all rows of a run that wait, after somebody stopped it. Returns how many.
    pub async fn stop_rows(&self, id: PlanId, fence: Fence, now: Moment) -> Result<u64> {
        let writing = self.write().await?;
        let run = fenced(&writing, id, fence).await?;
        if run.state != RunState::Stopping.word() {
            return Ok(0);
        }
        let stopped = run_row::Entity::update_many()
            .col_expr(run_row::Column::State, Expr::value(RowState::Stopped.word()))
            .col_expr(run_row::Column::Ended, Expr::value(stamp(now)))
            .filter(run_row::Column::Run.eq(id.uuid()))
            .filter(run_row::Column::State.eq(RowState::Waiting.word()))
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(stopped.rows_affected)
    }

    /// Ends a run in which every row has its end, and with it the lease. Returns whether it is over.
    pub async fn end_run(&self, id: PlanId, fence: Fence, now: Moment) -> Result<bool> {
        let writing = self.write().await?;
        let mut run = fenced(&writing, id, fence).await?;
        if run.state == RunState::Over.word() {
            return Ok(true);
        }
        let open = run_row::Entity::find()
            .filter(run_row::Column::Run.eq(id.uuid()))
            .filter(run_row::Column::State.is_in(OPEN.map(RowState::word)))
            .one(&*writing)
            .await?;
        if open.is_some() {
            return Ok(false);
        }
        run.state = RunState::Over.word().to_owned();
        run.code = None;
        run.ended = Some(stamp(now));
        run.lease_until = 0;
        write(&writing, run).await?;
        writing.commit().await?;
        Ok(true)
    }
}

/// How the act of a row that was sent ends.
fn finish_of(row: &run_row::Model, end: &RowEnd) -> Result<(ActId, Finish)> {
    let state = match end.state {
        RowState::Done => ActState::Done,
        RowState::Unknown => ActState::Unknown,
        // Carried out otherwise than asked, or proved not to be sent at the last moment: not done.
        _ => ActState::Failed,
    };
    let act = row.act.ok_or(Error::NotBegun)?.into();
    Ok((act, Finish { state, code: end.code.clone(), after: end.found.clone(), at: end.at }))
}

/// Whether only a row that was sent can end so. One that was not may be done too: somebody else did it before.
fn needs_sending(state: RowState) -> bool {
    matches!(state, RowState::Differs | RowState::Unknown)
}
