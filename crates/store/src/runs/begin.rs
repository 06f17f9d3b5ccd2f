//! Rows on their way: written down before they are sent.

use std::collections::HashSet;

use model::{
    ActId, Moment, PlanId, TenantId,
    audit::ActState,
    runs::{RowState, RunJob, RunState},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{fenced, rows_in, write_rows};
use crate::{Error, Fence, Finish, NewAct, Result, Store, audit::Chain, entity::run_row, pieces::pieces};

/// How many changes of people somebody may begin within a time.
#[derive(Debug, Clone, Copy)]
pub struct AtMost {
    /// The number.
    pub rows: u32,
    /// What was begun before counts no more.
    pub since: Moment,
}

impl Store {
    /// Writes down that rows are about to be sent, each with its act in the audit log. Returns their numbers: only
    /// these may be sent.
    ///
    /// Left out are rows that do not wait, rows whose object somebody else is changing right now, and all of them when
    /// the run was paused or stopped.
    pub async fn begin_rows(
        &self,
        tenant: TenantId,
        id: PlanId,
        fence: Fence,
        rows: &[(u32, NewAct)],
    ) -> Result<Vec<u32>> {
        self.begin_rows_within(tenant, id, fence, rows, None).await
    }

    /// The same for somebody who may begin so many and no more, whatever else of theirs is on its way at this moment:
    /// what is too much goes on waiting.
    pub async fn begin_rows_within(
        &self,
        tenant: TenantId,
        id: PlanId,
        fence: Fence,
        rows: &[(u32, NewAct)],
        at_most: Option<AtMost>,
    ) -> Result<Vec<u32>> {
        let mut chain = Chain::take(self).await?;
        let run = fenced(chain.on(), id, fence).await?;
        if run.tenant != tenant.uuid() {
            return Err(Error::Fenced);
        }
        if !sends(&run.state) {
            return Ok(Vec::new());
        }
        let numbers: Vec<u32> = rows.iter().map(|(number, _)| *number).collect();
        let mut waiting = rows_in(chain.on(), id, &numbers, &[RowState::Waiting]).await?;
        let acts: Vec<&NewAct> = rows.iter().map(|(_, act)| act).collect();
        let kept_away: HashSet<ActId> = chain.kept_away(&acts).await?;
        let room = match (at_most, rows.first()) {
            (Some(at_most), Some((_, act))) => {
                let before = chain.rows_begun_by(tenant, &act.who_id, at_most.since).await?;
                usize::try_from(u64::from(at_most.rows).saturating_sub(before)).unwrap_or(usize::MAX)
            }
            _ => usize::MAX,
        };
        let (mut begun, mut acts, mut changed) = (Vec::new(), Vec::new(), Vec::new());
        for (number, act) in rows.iter().filter(|(_, act)| !kept_away.contains(&act.act)) {
            if begun.len() == room {
                break;
            }
            let Some(mut row) = waiting.remove(number) else { continue };
            row.state = RowState::Sent.word().to_owned();
            row.attempt += 1;
            row.act = Some(act.act.uuid());
            (row.code, row.found) = (None, None);
            begun.push(*number);
            acts.push(act);
            changed.push(row);
        }
        if begun.is_empty() {
            return Ok(begun);
        }
        chain.begin_all(&acts).await?;
        write_rows(chain.on(), &changed).await?;
        chain.commit().await?;
        Ok(begun)
    }

    /// Writes down which job of Tableau's carries rows out.
    pub async fn rows_have_job(&self, id: PlanId, fence: Fence, rows: &[u32], job: RunJob) -> Result<()> {
        let job = match job {
            RunJob::OfTenant(job) => job.uuid(),
            // The site stands in the rows themselves.
            RunJob::OfSite(_, job) => job.uuid(),
        };
        let writing = self.write().await?;
        fenced(&writing, id, fence).await?;
        for piece in pieces(rows) {
            run_row::Entity::update_many()
                .col_expr(run_row::Column::Job, Expr::value(job))
                .filter(run_row::Column::Run.eq(id.uuid()))
                .filter(run_row::Column::Number.is_in(piece.iter().copied().map(i64::from)))
                .filter(run_row::Column::State.eq(RowState::Sent.word()))
                .exec(&*writing)
                .await?;
        }
        writing.commit().await
    }

    /// Lets rows wait again after a proof that they were not sent. Their acts end as failed, with that code.
    pub async fn back_to_waiting(
        &self,
        id: PlanId,
        fence: Fence,
        rows: &[u32],
        code: &str,
        now: Moment,
    ) -> Result<()> {
        let mut chain = Chain::take(self).await?;
        fenced(chain.on(), id, fence).await?;
        let mut sent = rows_in(chain.on(), id, rows, &[RowState::Sent]).await?;
        let finish = Finish { state: ActState::Failed, code: Some(code.to_owned()), after: None, at: now };
        let (mut ends, mut changed) = (Vec::new(), Vec::new());
        for mut row in rows.iter().filter_map(|number| sent.remove(number)) {
            ends.extend(row.act.take().map(|act| (act.into(), finish.clone())));
            row.state = RowState::Waiting.word().to_owned();
            row.job = None;
            changed.push(row);
        }
        chain.end_all(ends).await?;
        write_rows(chain.on(), &changed).await?;
        chain.commit().await
    }
}

/// Whether a run in this state sends anything new.
fn sends(state: &str) -> bool {
    matches!(RunState::parse(state), Some(RunState::Waiting | RunState::Running))
}
