//! Sites: the list, one site, and suspending and reactivating it.

mod change;
mod list;

use model::{
    ActId, Freshness, Permission, Problem, ProblemCode, SiteId,
    licences::history::CountOf,
    sites::{Site, SiteRow, SiteSheet},
};
use uuid::Uuid;

pub(crate) use change::REASON_AT_MOST;
pub use change::SuspendForm;

use crate::{Caller, Operations};

/// Acts shown on a site's page.
const ACTS_SHOWN: u64 = 10;

impl Operations {
    /// One site, read from Tableau just now, with its counts and the newest acts on it.
    pub async fn site(&self, caller: &Caller, id: &SiteId) -> Result<SiteSheet, Problem> {
        caller.must(Permission::SeeSites)?;
        if !caller.sees_site(id) {
            return Err(caller.problem(ProblemCode::SiteNotFound));
        }
        let site = self.read_site(caller, id).await?;
        let id = *id;
        let seats = self.ask(caller, move |manager| async move { manager.licences_of_site(&id).await });
        let regions = self.regions(caller);
        let (seats, regions) = futures::join!(seats, regions);
        let counted = caller.counts(Permission::SeeSites, CountOf::Site(id));
        let acts = self.acts_on(caller, "site", &id.to_string(), ACTS_SHOWN).await;
        Ok(SiteSheet {
            row: SiteRow {
                region: list::region_word(&site, &regions),
                // Without counts the page still stands, and says so.
                seats: seats.ok().flatten().filter(|_| counted),
                uncounted: !counted,
                site,
            },
            standing: self.site_connection(caller, &id).await.ok().map(|it| it.standing(caller.now)),
            acts: acts?,
            ticket: ActId::from(Uuid::now_v7()),
            stale: caller.must_be_fresh().is_err(),
            as_of: caller.now,
        })
    }

    /// One site, read from Tableau just now. A site of another tenant and a site that is not there look the same.
    pub(crate) async fn read_site(&self, caller: &Caller, id: &SiteId) -> Result<Site, Problem> {
        self.must_see_site(caller, id)?;
        let id = *id;
        let mut found = match self.ask(caller, move |manager| async move { manager.site(&id).await }).await {
            Err(problem) if problem.code != ProblemCode::VendorNotFound => return Err(problem),
            told => told.ok().flatten(),
        };
        if found.is_none() {
            // The address of one site is inferred, that of the list is confirmed: before a site is called gone, the
            // list is asked.
            let listed = self.ask(caller, async |manager| manager.list_sites().await).await?;
            found = listed.into_iter().find(|site| site.id == id);
        }
        found
            .filter(|site| site.tenant == caller.tenant() && site.id == id)
            .ok_or_else(|| caller.problem(ProblemCode::SiteNotFound))
    }

    /// The regions' names by id. A courtesy: without them the vendor's own words are shown.
    pub(crate) async fn regions(&self, caller: &Caller) -> Vec<(String, String)> {
        let ask = || async {
            let (regions, locations) = futures::join!(
                self.ask(caller, async |manager| manager.regions().await),
                self.ask(caller, async |manager| manager.locations().await),
            );
            let named =
                regions.into_iter().flatten().chain(locations.into_iter().flat_map(|found| found.regions));
            Ok(named.map(|region| (region.id, region.name)).collect())
        };
        self.0.regions.get(caller, Freshness::Recent, ask).await.map(|aged| aged.value).unwrap_or_default()
    }
}
