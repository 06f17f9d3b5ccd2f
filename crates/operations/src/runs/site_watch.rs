//! Looking after what a file started on a site: its job until it is over, and the people of the site as they are then.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use model::{
    Problem, ProblemCode, SiteId, SiteJobId, SiteUserId, runs::RunRow, site_jobs::SiteJob,
    site_users::SiteUser,
};
use tableau::{Fields, Listing, Read, SiteApi};

use super::{held::Held, on_site::found_of, read_back::LAG};
use crate::{Caller, Operations};

/// How often a list is read again that changed while it was read.
const READS: u32 = 3;
/// The first pause between two looks, and the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// How a job of a site ended, as far as anybody can tell.
pub(super) enum JobEnd {
    /// It is over.
    Over(Box<SiteJob>),
    /// The site no longer knows it.
    Forgotten,
    /// It did not end while it was watched.
    Endless,
}

/// Everybody of a site.
#[derive(Default)]
pub(super) struct Everyone {
    users: HashMap<SiteUserId, SiteUser>,
    names: HashMap<String, SiteUserId>,
}

impl Everyone {
    pub(super) fn of(users: Vec<SiteUser>) -> Self {
        let names = users.iter().map(|user| (user.name.to_lowercase(), user.id)).collect();
        Self { users: users.into_iter().map(|user| (user.id, user)).collect(), names }
    }

    /// The person of a row: by id, and by name where the row has none.
    pub(super) fn find(&self, row: &RunRow) -> Option<&SiteUser> {
        let id = match row.site_user {
            Some(id) => id,
            None => *self.names.get(&row.user_name.to_lowercase())?,
        };
        self.users.get(&id)
    }
}

impl Operations {
    /// Watches a job of a site until nothing more is to be waited for. A failed look is not the end of the job.
    pub(super) async fn watch_on_site(
        &self,
        held: &Held,
        site: SiteId,
        job: SiteJobId,
    ) -> Result<JobEnd, Problem> {
        let began = Instant::now();
        let mut pause = FIRST_PAUSE;
        loop {
            let ask = move |api: SiteApi<Read>| async move { api.job(&job).await };
            match self.ask_site(&held.caller(), &site, ask).await {
                Ok(Some(job)) if job.is_over() => return Ok(JobEnd::Over(Box::new(job))),
                Ok(Some(_)) => {}
                Ok(None) => return Ok(JobEnd::Forgotten),
                Err(problem) if problem.code.status() >= 500 => {
                    tracing::info!(%job, code = problem.code.word(), "A look at a job of a site failed");
                }
                Err(problem) => return Err(problem),
            }
            let left = self.0.rhythm.watch_at_most.saturating_sub(began.elapsed());
            if left.is_zero() {
                return Ok(JobEnd::Endless);
            }
            tokio::time::sleep(pause.min(left)).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Everybody of a site, read until the list stood still while it was read: somebody missed would look gone.
    pub(super) async fn everyone_on(&self, caller: &Caller, site: &SiteId) -> Result<Everyone, Problem> {
        let listing = &Listing { fields: Fields::All, ..Listing::default() };
        for _ in 0..READS {
            let ask = |api: SiteApi<Read>| {
                let listing = listing.clone();
                async move { api.all_users(&listing).await }
            };
            let listed = self.ask_site(caller, site, ask).await?;
            if listed.steady {
                return Ok(Everyone::of(listed.rows));
            }
        }
        Err(caller.problem(ProblemCode::VendorGarbled))
    }

    /// Everybody once what was sent had its time to show. Rows that `lags` tells are waited for, at first as long as the
    /// site's own lists may be late, and then up to `patience`.
    pub(super) async fn everyone_after(
        &self,
        held: &Held,
        site: SiteId,
        rows: &[RunRow],
        patience: Duration,
        lags: impl Fn(&RunRow) -> bool,
    ) -> Result<Everyone, Problem> {
        let began = Instant::now();
        let mut pauses = LAG.into_iter().map(Duration::from_millis);
        let mut pause = FIRST_PAUSE * 2;
        loop {
            let everyone = self.everyone_on(&held.caller(), &site).await?;
            // Whoever moved is where the site put them; only those who did not may still be on their way.
            let waits = |row: &RunRow| {
                let found = found_of(row, everyone.find(row));
                lags(row) && !found.is_met && found.now == row.before
            };
            if !rows.iter().any(waits) {
                return Ok(everyone);
            }
            let next = match pauses.next() {
                Some(short) => short,
                None => {
                    let left = patience.saturating_sub(began.elapsed());
                    if left.is_zero() || self.is_halted() {
                        return Ok(everyone);
                    }
                    pause = (pause * 2).min(LONGEST_PAUSE);
                    pause.min(left)
                }
            };
            tokio::time::sleep(next).await;
        }
    }

    fn is_halted(&self) -> bool {
        *self.0.halted.borrow()
    }
}
