//! The connection doctor: tries every operation that reads, one after the other, and tells how each ended.
//!
//! It changes nothing, takes its turns in the same budget as runs, and ends in time for a page to be shown.

mod examine;
mod manager;
mod round;
mod servers;
mod sites;
mod tenancy;

use std::sync::Arc;

use model::{
    CredentialId, Permission, Problem, ProblemCode, doctor::Report, runs::RunsQuery, vendor::OperationRow,
};
use moka::future::Cache;

pub use examine::{examine, inferred_changes};

use self::{
    manager::{Asker, Learned},
    round::Round,
};
use crate::{Caller, Operations, runs};

/// Rounds that are under way: who asks for one meanwhile gets the same.
pub(crate) struct Rounds(Cache<CredentialId, Arc<Report>>);

impl Rounds {
    pub(crate) fn new() -> Self {
        Self(Cache::new(10_000))
    }
}

impl Operations {
    /// One round of the doctor as the caller: what their sign-in and their connections open.
    pub async fn doctor(&self, caller: &Caller) -> Result<Arc<Report>, Problem> {
        caller.must(Permission::SeeConnection)?;
        let (rounds, credential) = (&self.0.rounds, caller.credential()?);
        let report = rounds.0.try_get_with(credential, self.doctor_round(caller)).await;
        // It is not kept: the next press of the button asks Tableau.
        rounds.0.invalidate(&credential).await;
        report.map_err(|problem: Arc<Problem>| Problem::clone(&problem))
    }

    async fn doctor_round(&self, caller: &Caller) -> Result<Arc<Report>, Problem> {
        let round = Round::begin(&self.0.wire, Some(&self.0.pace));
        let owner = caller.credential_owner()?;
        let session = match self.session(caller).await {
            // A token that Tableau no longer takes ends the sign-in, here as everywhere.
            Err(problem) if problem.code == ProblemCode::SessionEnded => return Err(problem),
            session => session.map_err(|problem| problem.code),
        };
        let generation = session.as_ref().ok().map(|living| living.generation);
        let mut learned = Learned::of(owner);
        learned.job = self.newest_job(caller).await;
        let mut asker = Asker::new(&round, session.as_ref().map(|living| living.open.clone()), caller.tag());
        let manager = asker
            .all(&mut learned, move || async move {
                self.renew(caller, generation).await.ok().map(|living| living.open)
            })
            .await;
        let connections = self.0.store.site_connections(caller.tenant(), owner).await;
        let connections = connections.map_err(|error| caller.store_problem(&error))?;
        let (servers, left_out) = round.servers(learned.bases(), &caller.tag()).await;
        let (sites, not_reached) = self.connected_sites(caller, &round, connections, &learned).await;
        Ok(Arc::new(round.report(manager, servers, sites, left_out + not_reached)))
    }

    /// Every operation of Tableau Cloud Manager with what is known of its address, and whether it may be used. Nobody is
    /// asked.
    pub async fn addresses(&self, caller: &Caller) -> Result<Vec<OperationRow>, Problem> {
        caller.must(Permission::SeeConnection)?;
        self.operation_rows(caller).await
    }

    /// The job that Steward saw last; without one, nothing can be asked about jobs.
    async fn newest_job(&self, caller: &Caller) -> Option<model::JobId> {
        let newest = RunsQuery::default();
        let known = self.0.store.known_jobs_page(caller.tenant(), &newest, caller.account.author()).await;
        known.ok()?.rows.first().map(|(job, ..)| job.id)
    }
}

/// Calls a second that are sent to Tableau Cloud Manager at most.
fn a_second() -> u32 {
    runs::A_SECOND.get()
}
