//! Rows about role limits of a site: compared once more, written down, sent whole from a fresh read, and read back.

use std::{future::Future, time::Duration};

use model::{
    ProblemCode, SiteId,
    plan::LimitsWish,
    runs::{RowState, RunRow},
    sites::Site,
};
use store::RowEnd;
use tableau::{Change, Error, Fate, Manager};

use super::{
    call::Found,
    held::{Held, LetGo},
    on_site::site_end,
    read_back::LAG,
    site_send::Said,
    ways::Call,
};
use crate::{Caller, Operations};

impl Operations {
    /// Sends a row about one site. All three limits go along, from a read of this moment: whether Tableau would leave
    /// alone what is not named is not known.
    pub(super) async fn send_limits(&self, held: &Held, site: SiteId, call: Call) -> Result<(), LetGo> {
        let caller = held.caller();
        let now = match self.read_site(&caller, &site).await {
            Ok(now) => now,
            Err(problem) if problem.code == ProblemCode::SiteNotFound => {
                let numbers = call.rows.iter().map(|row| row.number);
                return self.refuse(held, numbers, RowState::Refused, &problem.code.word()).await;
            }
            Err(problem) => return Err(LetGo::Problem(problem)),
        };
        let found = call.rows.iter().map(|row| found(row, &now)).collect();
        let Some((caller, call)) = self.ready(held, &caller, call, found).await? else { return Ok(()) };
        for row in &call.rows {
            let Some(wish) = row.wish.limits() else { continue };
            self.0.pace.turn().await;
            let limits = &wish.onto(&now.limits);
            let send = |manager: Manager<Change>| async move { manager.update_limits(&site, limits).await };
            match self.change_manager(&caller, send).await {
                Ok(said) => self.end_limits(held, row, &said).await?,
                Err((problem, pause)) => {
                    let code = problem.code.word();
                    let back = [row.number];
                    let now = crate::caller::clock();
                    held.stored(self.0.store.back_to_waiting(held.run, held.fence, &back, &code, now).await)?;
                    if problem.code == ProblemCode::SessionEnded {
                        return Err(LetGo::Problem(problem));
                    }
                    self.0.pace.be_silent(pause.unwrap_or(self.0.rhythm.busy_pause));
                }
            }
        }
        self.forget_what_was_read();
        Ok(())
    }

    /// Sends a change to Tableau Cloud Manager as the caller. It goes a second time only after Tableau's own word that
    /// the session had ended. An error is one that proves that nothing happened.
    async fn change_manager<Sent>(
        &self,
        caller: &Caller,
        send: impl Fn(Manager<Change>) -> Sent,
    ) -> Result<Said, (model::Problem, Option<Duration>)>
    where
        Sent: Future<Output = tableau::Result<()>>,
    {
        let session = self.session(caller).await.map_err(|problem| (problem, None))?;
        let answer = send(self.0.wire.changer(&session.open, caller.tag())).await;
        let answer = match answer {
            Err(error @ Error::SessionEnded { .. }) if error.fate() == Fate::Refused => {
                let renewed = self.renew(caller, Some(session.generation)).await;
                let session = renewed.map_err(|problem| (problem, None))?;
                send(self.0.wire.changer(&session.open, caller.tag())).await
            }
            answer => answer,
        };
        let Err(error) = answer else { return Ok(Said::Done) };
        let problem = caller.vendor_problem(&error);
        match (error.fate(), &error) {
            (Fate::Unknown, _) => Ok(Said::Lost),
            (_, Error::Busy { retry_after, .. }) => Err((problem, *retry_after)),
            (_, Error::NotSent { .. } | Error::SessionEnded { .. }) => Err((problem, None)),
            _ => {
                let code = error.vendor_words().and_then(|words| words.code());
                Ok(Said::Refused(code.map_or_else(|| problem.code.word(), str::to_owned)))
            }
        }
    }

    /// Reads the site back and ends the row by what is true now.
    async fn end_limits(&self, held: &Held, row: &RunRow, said: &Said) -> Result<(), LetGo> {
        let Some(wish) = row.wish.limits() else { return Ok(()) };
        let mut now = self.read_site(&held.caller(), &wish.site).await?;
        for pause in LAG {
            if matches!(said, Said::Refused(_)) || wish.is_met_by(&now.limits) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(pause)).await;
            now = self.read_site(&held.caller(), &wish.site).await?;
        }
        let found = found(row, &now);
        let end: RowEnd = site_end(row, said, found.now, found.is_met);
        held.stored(self.0.store.finish_rows(held.run, held.fence, &[end]).await).map(drop)
    }

    /// Rows about limits that an earlier worker sent: they are read back, and never sent again by themselves.
    pub(super) async fn settle_limits(&self, held: &Held, rows: Vec<RunRow>) -> Result<(), LetGo> {
        for row in rows {
            self.end_limits(held, &row, &Said::Lost).await?;
            self.run_moved(held.run);
        }
        Ok(())
    }
}

/// How a site stands to its row.
fn found(row: &RunRow, site: &Site) -> Found {
    let told = |wish: &LimitsWish| (wish.now(&site.limits), wish.is_met_by(&site.limits));
    let (now, is_met) = row.wish.limits().map(told).unwrap_or_default();
    Found { now, is_met, person: None, refused: None }
}
