//! Carrying out a run: round after round, until every row has its end or somebody says stop.

use std::time::Duration;

use futures::{StreamExt, stream};
use model::{
    PlanId, Problem, ProblemCode, TenantId,
    runs::{RowState, RunRow, RunState},
};
use store::{Fence, RowEnd};
use tokio::time::Instant;
use tracing::{info, warn};
use uuid::Uuid;

use super::{
    call::denial,
    held::{Held, LetGo},
    ways::{self, Call, Way},
};
use crate::{Operations, caller::clock, problems::Chain};

/// Calls about single people at once.
pub(super) const AT_ONCE: usize = 6;
/// The pause after a round in which nothing could be sent.
const PAUSE: Duration = Duration::from_secs(3);
/// How long rows wait for others to let go of their people.
const PATIENCE: Duration = Duration::from_secs(900);

/// The pause after a failure of Tableau's that may pass, and the longest one.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Whether waiting may help.
fn is_passing(problem: &Problem) -> bool {
    matches!(
        problem.code,
        ProblemCode::VendorBusy
            | ProblemCode::VendorDown
            | ProblemCode::VendorTimeout
            | ProblemCode::VendorUnreachable
            | ProblemCode::VendorGarbled
    )
}

impl Operations {
    /// Carries a run out, unless somebody else has it or it is over.
    pub(super) async fn carry_out_run(&self, tenant: TenantId, run: PlanId) {
        let holder = Uuid::now_v7();
        let fence = match self.0.store.take_run(tenant, run, holder, self.0.rhythm.lease_seconds).await {
            Ok(Some(fence)) => fence,
            Ok(None) => return,
            Err(error) => return warn!(%run, error = %Chain(&error), "A run could not be taken"),
        };
        let held = match self.hold(tenant, run, fence).await {
            Ok(Some(held)) => held,
            Ok(None) => return self.wait_for_somebody(tenant, run, fence).await,
            Err(error) => return warn!(%run, error = %Chain(&error), "A run could not be read"),
        };
        self.0.held.send_modify(|held| *held += 1);
        let ended = tokio::select! {
            ended = self.carry_on(&held) => ended,
            lost = self.stay_alive(&held) => Err(lost),
        };
        self.let_go(&held, ended).await;
        self.0.held.send_modify(|held| *held -= 1);
    }

    /// The sign-in that an earlier version of Steward left with a run is no longer understood: whoever resumes the run
    /// lends it theirs.
    async fn wait_for_somebody(&self, tenant: TenantId, run: PlanId, fence: Fence) {
        let code = ProblemCode::SignInOver.word();
        let paused = self.0.store.pause_run(tenant, run, Some(&code)).await.map(drop);
        if let Err(error) = paused.and(self.0.store.release_run(run, fence).await) {
            warn!(%run, error = %Chain(&error), "A run without a sign-in could not be paused");
        }
        self.run_moved(run);
    }

    async fn stay_alive(&self, held: &Held) -> LetGo {
        let lease = self.0.rhythm.lease_seconds;
        // A lost one or two leave time for the next.
        let pause = Duration::from_millis(lease.unsigned_abs() * 250);
        loop {
            tokio::time::sleep(pause).await;
            if let Err(error) = self.0.store.keep_run(held.run, held.fence, lease).await {
                warn!(run = %held.run, error = %Chain(&error), "The hold on a run is lost");
                return LetGo::Lost;
            }
        }
    }

    async fn let_go(&self, held: &Held, ended: Result<(), LetGo>) {
        let written = match ended {
            Ok(()) => {
                info!(run = %held.run, "A run is over");
                self.0.store.end_run(held.run, held.fence, clock()).await.map(drop)
            }
            Err(LetGo::Problem(problem)) => {
                warn!(run = %held.run, code = problem.code.word(), "A run cannot go on by itself");
                let code = match problem.code {
                    ProblemCode::SessionEnded | ProblemCode::NotSignedIn => ProblemCode::SignInOver,
                    code => code,
                };
                self.0.store.pause_run(held.tenant, held.run, Some(&code.word())).await.map(drop)
            }
            Err(LetGo::Paused | LetGo::Lost) => Ok(()),
        };
        if let Err(error) = written {
            warn!(run = %held.run, error = %Chain(&error), "The end of a run's turn could not be written down");
        }
        if let Err(error) = self.0.store.release_run(held.run, held.fence).await {
            warn!(run = %held.run, error = %Chain(&error), "The hold on a run could not be given back");
        }
        self.run_moved(held.run);
    }

    /// Carries on over bad moments of Tableau's. What keeps failing lets go of the run, for a person to decide.
    async fn carry_on(&self, held: &Held) -> Result<(), LetGo> {
        let mut pause = FIRST_PAUSE;
        let mut waited = Duration::ZERO;
        loop {
            match self.carry(held).await {
                Err(LetGo::Problem(problem)) if is_passing(&problem) && waited < PATIENCE => {
                    let asked = problem.wait_seconds().map_or(Duration::ZERO, Duration::from_secs);
                    let now = pause.max(asked).min(PATIENCE);
                    tokio::time::sleep(now).await;
                    waited += now;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
                ended => return self.deny_what_waits(held, ended).await,
            }
        }
    }

    /// What waits for a grant that is over is not sent any more, also where nobody lends what it takes to look after the
    /// rest: only that is left for a person.
    async fn deny_what_waits(&self, held: &Held, ended: Result<(), LetGo>) -> Result<(), LetGo> {
        if let Err(LetGo::Problem(problem)) = &ended
            && problem.code == ProblemCode::NothingDeposited
            && let Some(rule) = self.rearm(held).await?
        {
            let rows = self.0.store.all_rows(held.tenant, held.run, &[RowState::Waiting]).await;
            self.deny(held, &held.stored(rows)?, &rule.code()).await?;
        }
        ended
    }

    async fn carry(&self, held: &Held) -> Result<(), LetGo> {
        self.rearm(held).await?;
        // What an earlier worker sent comes first: it is looked after, never sent again.
        self.settle_sent(held).await?;
        let mut waited_since = Instant::now();
        loop {
            let waiting =
                held.stored(self.0.store.all_rows(held.tenant, held.run, &[RowState::Waiting]).await)?;
            if waiting.is_empty() {
                return Ok(());
            }
            if self.must_stop(held).await? {
                self.stop_rest(held).await?;
                return Ok(());
            }
            if let Some(rule) = self.rearm(held).await? {
                return self.deny(held, &waiting, &rule.code()).await;
            }
            let before = waiting.len();
            self.round(held, waiting).await?;
            let left =
                held.stored(self.0.store.all_rows(held.tenant, held.run, &[RowState::Waiting]).await)?;
            if left.len() < before {
                waited_since = Instant::now();
            } else if waited_since.elapsed() > PATIENCE {
                let code = ProblemCode::ChangeUnderWay.word();
                self.refuse(held, left.iter().map(|row| row.number), RowState::Refused, &code).await?;
            } else {
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    async fn round(&self, held: &Held, waiting: Vec<RunRow>) -> Result<(), LetGo> {
        let (single, large) = ways::calls(waiting);
        let of_sites: Vec<RunRow> = single
            .iter()
            .chain(&large)
            .filter(|call| matches!(call.way, Way::OnSite(_) | Way::SiteImport(_) | Way::SiteRemoval(_)))
            .flat_map(|call| call.rows.clone())
            .collect();
        let mut sent = stream::iter(single).map(|call| self.one_call(held, call)).buffer_unordered(AT_ONCE);
        let mut first = Ok(());
        // Calls under way are carried to their end even when one of them says that the run cannot go on.
        while let Some(ended) = sent.next().await {
            if first.is_ok() {
                first = ended;
            }
        }
        for call in large {
            if first.is_ok() {
                first = self.one_call(held, call).await;
            }
        }
        self.tenant_follows(held, &of_sites).await;
        first
    }

    /// One call, unless somebody said pause or stop meanwhile.
    async fn one_call(&self, held: &Held, call: Call) -> Result<(), LetGo> {
        if self.must_stop(held).await? {
            return Ok(());
        }
        if self.rearm(held).await?.is_some() {
            // The next round ends what waits.
            return Ok(());
        }
        let ended = self.send_call(held, call).await;
        self.run_moved(held.run);
        ended
    }

    /// Whether the remainder shall be left out. A pause lets go of the run at once.
    pub(super) async fn must_stop(&self, held: &Held) -> Result<bool, LetGo> {
        if *self.0.halted.borrow() {
            return Err(LetGo::Lost);
        }
        match held.stored(self.0.store.run_state(held.run).await)? {
            Some(RunState::Stopping) => Ok(true),
            Some(RunState::Paused) => Err(LetGo::Paused),
            Some(RunState::Waiting | RunState::Running) => Ok(false),
            Some(RunState::Over) | None => Err(LetGo::Lost),
        }
    }

    async fn stop_rest(&self, held: &Held) -> Result<(), LetGo> {
        let waiting =
            held.stored(self.0.store.all_rows(held.tenant, held.run, &[RowState::Waiting]).await)?;
        self.refuse(held, waiting.iter().map(|row| row.number), RowState::Stopped, "").await
    }

    /// Ends rows that were refused to a member, and says so in the audit log.
    async fn deny(&self, held: &Held, rows: &[RunRow], code: &str) -> Result<(), LetGo> {
        let caller = held.caller();
        let ends: Vec<RowEnd> = rows.iter().map(|row| refused(row.number, RowState::Refused, code)).collect();
        let denied: Vec<_> = rows.iter().map(|row| denial(held, &caller, row)).collect();
        let ended = self.0.store.finish_rows_denied(held.run, held.fence, &ends, &denied).await;
        held.stored(ended).map(drop)
    }

    /// Ends rows that were never sent.
    pub(super) async fn refuse(
        &self,
        held: &Held,
        rows: impl Iterator<Item = u32>,
        state: RowState,
        code: &str,
    ) -> Result<(), LetGo> {
        let ends: Vec<RowEnd> = rows.map(|number| refused(number, state, code)).collect();
        held.stored(self.0.store.finish_rows(held.run, held.fence, &ends).await).map(drop)
    }
}

/// The end of a row that was never sent.
fn refused(number: u32, state: RowState, code: &str) -> RowEnd {
    RowEnd {
        number,
        state,
        code: (!code.is_empty()).then(|| code.to_owned()),
        found: None,
        user: None,
        site_user: None,
        at: clock(),
    }
}
