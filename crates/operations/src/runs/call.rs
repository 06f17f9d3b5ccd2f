//! One call: compared once more, written down, sent once, watched, read back, and ended row by row.

use std::{collections::HashMap, time::Duration};

use model::{
    Act, ActId, JobId, Problem, ProblemCode, UserId,
    delegation::{Decision, Rule},
    people::Person,
    plan::{Why, none},
    runs::{RowState, RunJob, RunRow},
    tenant_acts::TenantAct,
};
use store::{AtMost, NewAct, RowEnd};
use tableau::{Accepted, Fate};
use uuid::Uuid;

use super::{
    held::{Held, LetGo},
    locked::lets_go,
    outcome::Watched,
    ways::{Call, Way},
};
use crate::{Caller, Operations, caller::clock, delegation::HOUR_SECONDS, gate};

impl Operations {
    pub(super) async fn send_call(&self, held: &Held, call: Call) -> Result<(), LetGo> {
        match call.way {
            Way::Members(site, group) => return self.send_members(held, site, group, call.rows).await,
            Way::OnSite(site) => return self.send_on_site(held, site, call).await,
            Way::SiteImport(site) => return self.import_on_site(held, site, call).await,
            Way::SiteRemoval(site) => return self.remove_by_file(held, site, call).await,
            Way::Limits(site) => return self.send_limits(held, site, call).await,
            _ => {}
        }
        let caller = held.caller();
        let _turn = self.turn_of_administrators(&caller, &call.rows).await;
        let people = self.people_of_rows(&caller, &call.rows, &HashMap::new()).await?;
        let mut lock_outs = self.lock_outs(&caller, &call.rows, &people).await?;
        let found = call.rows.iter().map(|row| Found {
            refused: lock_outs.remove(&row.number),
            ..Found::of(row, people.get(&row.user_name.to_lowercase()))
        });
        let found = found.collect();
        let Some((caller, call)) = self.ready(held, &caller, call, found).await? else { return Ok(()) };
        self.0.pace.turn().await;
        match self.send(&caller, &call, &people).await {
            Ok(accepted) => self.look_after(held, &caller, call, accepted).await,
            Err((problem, fate, pause)) => self.not_accepted(held, &caller, call, problem, fate, pause).await,
        }
    }

    /// Everything that comes before sending: rows that need not or may not be sent end here, and the others are written
    /// into the audit log. Tells by what right the rest goes.
    pub(super) async fn ready(
        &self,
        held: &Held,
        caller: &Caller,
        call: Call,
        found: Vec<Found>,
    ) -> Result<Option<(Caller, Call)>, LetGo> {
        let Some((caller, call)) = self.check_rows(held, caller, call, found).await? else { return Ok(None) };
        self.must_be_unlocked(&caller, call.operation()).await?;
        let written = self.write_down(held, &caller, call, hourly(&caller)).await?;
        Ok(written.map(|call| (caller, call)))
    }

    /// Ends the rows that need not or may not be sent any more, each for its reason.
    async fn check_rows(
        &self,
        held: &Held,
        caller: &Caller,
        call: Call,
        found: Vec<Found>,
    ) -> Result<Option<(Caller, Call)>, LetGo> {
        let protected = self.protections(caller).await?;
        let locked = self.lock_of_rows(caller, &call.rows).await?;
        let mut acting: Option<Caller> = None;
        let (mut ends, mut denied) = (Vec::new(), Vec::new());
        let mut rows = Vec::new();
        for (row, found) in call.rows.into_iter().zip(found) {
            // Somebody may have been protected after the plan was made, without the extra step.
            let guarded = found.person.is_some_and(|person| protected.iter().any(|it| it.user == person))
                && !row.why.contains(&Why::Protected);
            let decided = locked.as_ref().map(|locked| locked.decide(&row, rows.len()));
            if let Some(pause) = decided.as_ref().and_then(|decided| lets_go(caller, decided)) {
                return Err(pause);
            }
            let refused = decided.as_ref().and_then(|decided| self.refusal(held, decided));
            let rule = decided.as_ref().and_then(Decision::rule);
            // What was found of somebody is told to whoever may still know of them. Limits are about sending alone.
            let closed = rule.is_some_and(|rule| rule < Rule::TooManyRows);
            let (state, code) = if let Some(code) = refused.clone().filter(|_| closed) {
                (RowState::Refused, Some(code))
            } else if found.is_met {
                (RowState::Done, None)
            } else if !is_allowed(held, caller, &row) {
                (RowState::Refused, Some(ProblemCode::NotAllowed.word()))
            } else if let Some(code) = refused.clone() {
                (RowState::Refused, Some(code))
            } else if guarded {
                (RowState::Refused, Some(ProblemCode::RowProtected.word()))
            } else if let Some(code) = found.refused {
                (RowState::Refused, Some(code.word()))
            } else if has_drifted(&row, &found.now) {
                (RowState::Refused, Some(ProblemCode::RowDrifted.word()))
            } else {
                let by = decided.map_or_else(|| caller.clone(), |decided| held.caller_by(caller, &decided));
                // One call goes by one grant, and with its credential. What another grant opens waits for the next round.
                if acting.get_or_insert_with(|| by.clone()).right == by.right {
                    rows.push(row);
                }
                continue;
            };
            if refused.is_some() && state == RowState::Refused {
                denied.push(denial(held, caller, &row));
            }
            ends.push(RowEnd {
                number: row.number,
                state,
                code,
                found: Some(found.now).filter(|_| !closed),
                // A row for a site keeps the id of its person there, not that of the tenant.
                user: found.person.filter(|_| row.wish.on_site().is_none() && !closed),
                site_user: row.site_user,
                at: clock(),
            });
        }
        if !ends.is_empty() {
            let store = &self.0.store;
            held.stored(store.finish_rows_denied(held.run, held.fence, &ends, &denied).await)?;
        }
        Ok(acting.filter(|_| !rows.is_empty()).map(|by| (by, Call { way: call.way, rows })))
    }

    /// Writes every row into the audit log before anything is sent. Rows whose person somebody else is changing at this
    /// moment stay waiting, and so do those that are more than an hour allows: other runs of the same person may be at
    /// work.
    pub(super) async fn write_down(
        &self,
        held: &Held,
        caller: &Caller,
        call: Call,
        at_most: Option<AtMost>,
    ) -> Result<Option<Call>, LetGo> {
        let entries: Vec<(u32, NewAct)> = call
            .rows
            .iter()
            .map(|row| {
                let ticket = ActId::from(Uuid::now_v7());
                (row.number, gate::entry(caller, ticket, &act(held, row), Some(&row.before)))
            })
            .collect();
        let store = &self.0.store;
        let begun = store.begin_rows_within(held.tenant, held.run, held.fence, &entries, at_most).await;
        let begun = held.stored(begun)?;
        let rows: Vec<RunRow> = call.rows.into_iter().filter(|row| begun.contains(&row.number)).collect();
        Ok((!rows.is_empty()).then_some(Call { way: call.way, rows }))
    }

    /// Tableau accepted the call: its job is watched to the end, and every row is read back.
    async fn look_after(
        &self,
        held: &Held,
        caller: &Caller,
        call: Call,
        accepted: Accepted,
    ) -> Result<(), LetGo> {
        let numbers: Vec<u32> = call.rows.iter().map(|row| row.number).collect();
        let watched = match accepted.job {
            Some(job) => {
                let of = RunJob::OfTenant(job);
                held.stored(self.0.store.rows_have_job(held.run, held.fence, &numbers, of).await)?;
                self.run_moved(held.run);
                self.watch(held, caller, job).await?
            }
            None => Watched::without_job(),
        };
        self.end_rows(held, call.rows, &watched).await
    }

    async fn not_accepted(
        &self,
        held: &Held,
        caller: &Caller,
        call: Call,
        problem: Problem,
        fate: Fate,
        pause: Option<Duration>,
    ) -> Result<(), LetGo> {
        let numbers: Vec<u32> = call.rows.iter().map(|row| row.number).collect();
        let code = problem.code.word();
        let back = || self.0.store.back_to_waiting(held.run, held.fence, &numbers, &code, clock());
        let again = matches!(problem.code, ProblemCode::VendorBusy | ProblemCode::VendorConflict)
            || (fate == Fate::NotSent && problem.code != ProblemCode::SessionEnded);
        match fate {
            // Proved not to have happened: the rows wait for another turn.
            Fate::NotSent | Fate::Refused if again => {
                held.stored(back().await)?;
                self.0.pace.be_silent(pause.unwrap_or(self.0.rhythm.busy_pause));
                Ok(())
            }
            Fate::NotSent | Fate::Refused if problem.code == ProblemCode::SessionEnded => {
                held.stored(back().await)?;
                Err(LetGo::Problem(problem))
            }
            Fate::NotSent | Fate::Refused => {
                let watched = Watched::refused(problem.code);
                self.end_rows(held, call.rows, &watched).await
            }
            // Nobody knows. What reading back shows is true; what it does not show stays unknown.
            Fate::Unknown => {
                tracing::warn!(request = %caller.request, run = %held.run, "The answer to a call of a run was lost");
                self.end_rows(held, call.rows, &Watched::lost()).await
            }
        }
    }

    /// Watches a job until it is over, with the one poller that pages share.
    pub(super) async fn watch(&self, held: &Held, caller: &Caller, job: JobId) -> Result<Watched, LetGo> {
        self.remember_job_of(caller, job, held.run).await;
        let watched = self.watch_job(caller, job).await;
        self.remember_job_of(&held.caller(), job, held.run).await;
        watched.map_err(LetGo::Problem)
    }
}

/// How many rows the grant by which somebody acts lets them begin within an hour.
fn hourly(caller: &Caller) -> Option<AtMost> {
    let grant = caller.right.as_ref()?.grant;
    let held = caller.standing().find(|held| held.delegation.id == grant)?;
    let rows = held.delegation.limits.rows_in_hour?;
    Some(AtMost { rows, since: caller.now.plus_seconds(-HOUR_SECONDS) })
}

/// What is found of a row's person just before the row is sent.
pub(super) struct Found {
    /// Their state, in words.
    pub(super) now: String,
    /// Whether it is the one wanted.
    pub(super) is_met: bool,
    /// Their id in the tenant.
    pub(super) person: Option<UserId>,
    /// Why the row must not be sent, whatever the plan said.
    pub(super) refused: Option<ProblemCode>,
}

impl Found {
    fn of(row: &RunRow, person: Option<&Person>) -> Self {
        Self {
            now: row.wish.now(person),
            is_met: person.is_some() && row.wish.is_met_by(person),
            person: person.map(|person| person.id),
            refused: None,
        }
    }
}

/// Whether the caller may do what a row asks for, with the grants they have now.
fn is_allowed(held: &Held, caller: &Caller, row: &RunRow) -> bool {
    let first = act(held, row).permission().unwrap_or(model::Permission::PlanPeople);
    let rest = row.wish.on_site().map_or(&[][..], |wish| wish.change.permissions());
    rest.iter().chain([&first]).all(|permission| caller.must(*permission).is_ok())
}

/// A row that was refused to a member, as the audit log tells it.
pub(super) fn denial(held: &Held, caller: &Caller, row: &RunRow) -> (u32, NewAct) {
    let ticket = ActId::from(Uuid::now_v7());
    (row.number, gate::entry(caller, ticket, &act(held, row), Some(&row.before)))
}

/// The act a row becomes.
fn act(held: &Held, row: &RunRow) -> Act {
    if let Some(wish) = row.wish.limits() {
        let (site_name, reason) = (row.name.clone(), held.reason.clone());
        return Act::Tenant(TenantAct::ChangeLimits { site: wish.site, site_name, reason });
    }
    Act::ChangePerson {
        user: row.user,
        user_name: row.user_name.clone(),
        site_name: row.site_name.clone(),
        wish: row.wish.clone(),
        creates: row.user.is_none() && row.wish.on_site().is_none(),
        reason: held.reason.clone(),
    }
}

/// Whether the person changed since the plan was made. Somebody created by an earlier row of the same run is not yet on
/// the site, which is what the plan meant.
fn has_drifted(row: &RunRow, now: &str) -> bool {
    now != row.before && !(row.before == none::PERSON && now == none::PLACE)
}
