//! Counting seats: every six hours by itself, and whenever somebody asks for it.

use std::time::Duration;

use model::{
    Moment, Notice, Permission, Problem, ProblemCode, TenantId,
    licences::history::{CountOf, CountedSite, Missed, SeatCount, Turn},
};
use store::{CountRound, Fence};
use tracing::{info, warn};
use uuid::Uuid;

use crate::{Caller, Operations, caller::clock, problems::Chain, tenancy::carried};

/// How often it is looked whether a count is due.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// How long a count may take before another replica may take over.
const LEASE_SECONDS: i64 = 120;
/// How long Tableau is left alone after a count that failed.
const PAUSE_SECONDS: i64 = 300;
/// A count this young is new enough for whoever presses the button.
const YOUNG_SECONDS: i64 = 5;

impl Operations {
    /// Counts the seats of every tenant when their time has come, until the program stops.
    pub async fn count_by_itself(&self) {
        let mut thinned = None;
        loop {
            let now = clock();
            for tenant in self.tenants().await {
                self.count_when_due(tenant, now).await;
                // Once a day, and at the start.
                if thinned != Some(now.day()) {
                    self.tidy_counts(tenant, now).await;
                }
            }
            thinned = Some(now.day());
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn tenants(&self) -> Vec<TenantId> {
        self.0.store.tenants().await.unwrap_or_else(|error| {
            warn!(error = %Chain(&error), "The tenants whose seats are counted could not be read");
            Vec::new()
        })
    }

    async fn tidy_counts(&self, tenant: TenantId, now: Moment) {
        match self.0.store.thin_seats(tenant, now).await {
            Ok(0) => {}
            Ok(gone) => info!(%tenant, gone, "Old counts of seats are thinned to one a day"),
            Err(error) => warn!(error = %Chain(&error), "Old counts of seats could not be thinned"),
        }
        // A threshold that was passed just before a process died is told now.
        self.weigh_or_warn(tenant, now).await;
    }

    /// Counts the seats of a tenant, unless this turn has its count, another replica is at it, or there is nobody whose
    /// token could ask. Whatever becomes of it is noted, so that a gap has its reason.
    pub async fn count_when_due(&self, tenant: TenantId, now: Moment) {
        if let Err(error) = self.try_to_count(tenant, now).await {
            warn!(%tenant, error = %Chain(&error), "Seats could not be counted");
        }
    }

    async fn try_to_count(&self, tenant: TenantId, now: Moment) -> Result<(), store::Error> {
        let turn = self.0.store.seat_turn(tenant, now).await?;
        if !is_due(turn.as_ref(), now) {
            return Ok(());
        }
        let askers = self.askers(tenant, now).await?;
        // It is noted once in each turn that nobody is there, and not with every look.
        if askers.is_empty() && turn.is_some_and(|turn| turn.missed == Some(Missed::NobodySignedIn)) {
            return Ok(());
        }
        let lease = self.0.store.lease_seats(tenant, Uuid::now_v7(), LEASE_SECONDS).await?;
        let Some(fence) = lease else { return Ok(()) };
        // Another replica may have ended its own count between our look and our lease.
        if !is_due(self.0.store.seat_turn(tenant, now).await?.as_ref(), now) {
            return self.0.store.release_seats(tenant, fence).await;
        }
        let mut why = (Missed::NobodySignedIn, String::new());
        for asker in askers {
            match self.take_count(&asker).await {
                Ok(round) => return self.keep_count(tenant, fence, &round).await,
                Err(problem) => why = (Missed::Problem(problem.code), asker.account.name),
            }
        }
        self.0.store.miss_seats(tenant, fence, now, why.0, &why.1).await
    }

    async fn keep_count(
        &self,
        tenant: TenantId,
        fence: Fence,
        round: &CountRound,
    ) -> Result<(), store::Error> {
        self.0.store.save_seats(tenant, fence, round).await?;
        info!(%tenant, places = round.counts.len(), "Counted seats");
        self.weigh_or_warn(tenant, round.at).await;
        Ok(())
    }

    /// Counts now, because somebody asks for it.
    pub async fn count_now(&self, caller: &Caller) -> Result<Notice, Problem> {
        caller.must(Permission::SeeTenant)?;
        // A browser that goes away would leave the lease behind, and nobody could count for two minutes.
        let (operations, caller) = (self.clone(), caller.clone());
        carried(tokio::spawn(async move { operations.count_for(&caller).await })).await
    }

    async fn count_for(&self, caller: &Caller) -> Result<Notice, Problem> {
        let (tenant, store) = (caller.tenant(), &self.0.store);
        let failed = |error| caller.store_problem(&error);
        let lease = store.lease_seats(tenant, Uuid::now_v7(), LEASE_SECONDS).await.map_err(failed)?;
        let fence = lease.ok_or_else(|| caller.problem(ProblemCode::CountUnderWay))?;
        // A second press counts nothing twice.
        let last = store.last_seats(tenant).await.map_err(failed)?;
        if last.is_some_and(|(at, _)| at.seconds_until(caller.now).abs() < YOUNG_SECONDS) {
            store.release_seats(tenant, fence).await.map_err(failed)?;
            return Ok(Notice::SeatsCounted);
        }
        match self.take_count(caller).await {
            Ok(round) => {
                self.keep_count(tenant, fence, &round).await.map_err(failed)?;
                Ok(Notice::SeatsCounted)
            }
            Err(problem) => {
                let (why, by) = (Missed::Problem(problem.code), &caller.account.name);
                store.miss_seats(tenant, fence, caller.now, why, by).await.map_err(failed)?;
                Err(problem)
            }
        }
    }

    /// Asks Tableau for all counts and for the limits beside them, at once. A part that does not come makes the whole
    /// worthless: half a count would look like people who are gone.
    async fn take_count(&self, caller: &Caller) -> Result<CountRound, Problem> {
        let tenant = self.ask(caller, async |manager| manager.licences_of_tenant().await);
        let sites = self.ask(caller, async |manager| manager.licences_of_all_sites().await);
        let list = self.ask(caller, async |manager| manager.list_sites().await);
        let (tenant, sites, list) = futures::join!(tenant, sites, list);
        let (tenant, sites, list) = (tenant?, sites?, list?);
        let known: Vec<_> = list.into_iter().filter(|site| site.tenant == caller.tenant()).collect();
        let at = caller.now;
        let of_sites = sites
            .iter()
            .filter(|count| known.iter().any(|site| site.id == count.site))
            .map(|count| SeatCount { of: CountOf::Site(count.site), seats: count.seats });
        let counts = std::iter::once(SeatCount { of: CountOf::Tenant, seats: tenant }).chain(of_sites);
        let told = |site: &model::sites::Site| CountedSite {
            site: site.id,
            name: site.name.clone(),
            limits: site.limits,
            seen: at,
        };
        Ok(CountRound {
            at,
            by: caller.account.name.clone(),
            counts: counts.collect(),
            sites: known.iter().map(told).collect(),
        })
    }
}

fn is_due(turn: Option<&Turn>, now: Moment) -> bool {
    match turn {
        None => true,
        Some(Turn { missed: None, .. }) => false,
        Some(Turn { missed: Some(Missed::Problem(_)), at, .. }) => at.seconds_until(now) >= PAUSE_SECONDS,
        // As soon as somebody is there.
        Some(_) => true,
    }
}
