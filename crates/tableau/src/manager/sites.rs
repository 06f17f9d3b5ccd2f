//! Sites of a tenant, as Tableau Cloud Manager tells them.

mod create;
mod limits;
mod wire;

use model::{SiteId, sites::Site};
use tokio::time::Instant;
use wire::{SiteWire, SitesWire};

pub use create::{NewSite, NewSitePlace, Project};

use super::{Change, Manager, pages::Trail};
use crate::{OperationName, Result};

/// Sites asked for at once, as the vendor's own loader does.
const PAGE: &str = "100";
/// More pages than any tenant has; the vendor allows fifty sites.
const MOST_PAGES: usize = 100;

impl<Access> Manager<Access> {
    /// All sites of the tenant, over all pages, within one deadline.
    ///
    /// Vendor: Tableau Cloud Manager REST API, Site Methods, "List tenant sites".
    pub async fn list_sites(&self) -> Result<Vec<Site>> {
        let until = Instant::now() + self.wire.deadline();
        let mut sites = Vec::new();
        let mut trail = Trail::of_at_most(MOST_PAGES);
        let mut token: Option<String> = None;
        loop {
            let mut ask = self.ask(OperationName::SiteList).until(until).query("maxResults", PAGE);
            if let Some(token) = token {
                ask = ask.query("pageToken", token);
            }
            let page: SitesWire = ask.read().await?;
            for site in page.sites {
                sites.push(site.read(self.tenant_id())?);
            }
            token = trail.on_to(page.page.next())?;
            if token.is_none() {
                return Ok(sites);
            }
        }
    }

    /// One site; `None` when the vendor says that there is none with this id.
    ///
    /// Vendor: Site Methods, details of one site.
    pub async fn site(&self, site: &SiteId) -> Result<Option<Site>> {
        let wire: Option<SiteWire> = self.ask(OperationName::SiteGet).of("siteId", site).find().await?;
        wire.map(|wire| wire.read(self.tenant_id())).transpose()
    }
}

impl Manager<Change> {
    /// Suspends a site: nobody can sign in to it until it is reactivated. Read it back afterwards.
    ///
    /// Vendor: Site Methods, suspend a site.
    pub async fn suspend_site(&self, site: &SiteId) -> Result<()> {
        self.ask(OperationName::SiteSuspend).of("siteId", site).change().await
    }

    /// Reactivates a suspended site. Read it back afterwards.
    ///
    /// Vendor: Site Methods, reactivate a site.
    pub async fn reactivate_site(&self, site: &SiteId) -> Result<()> {
        self.ask(OperationName::SiteReactivate).of("siteId", site).change().await
    }
}
