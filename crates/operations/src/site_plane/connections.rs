//! Which sites are connected, and how each connection stands.

use model::{
    ActId, Freshness, Permission, Problem, SiteId,
    site_connections::{ConnectSheet, SiteConnection, SiteConnectionRow, SiteConnections},
    sites::Site,
};
use uuid::Uuid;

use crate::{Caller, Operations};

impl Operations {
    /// Every site of the tenant with the caller's connection to it.
    pub async fn site_connections(&self, caller: &Caller) -> Result<SiteConnections, Problem> {
        caller.must(Permission::ConnectSites)?;
        let ask = || self.ask(caller, async |manager| manager.list_sites().await);
        let sites = self.0.sites.get(caller, Freshness::Recent, ask).await?;
        let mine = self.0.store.site_connections(caller.tenant(), caller.credential_owner()?).await;
        let mine = mine.map_err(|error| caller.store_problem(&error))?;
        let mut rows: Vec<SiteConnectionRow> = sites
            .value
            .into_iter()
            .map(|site| {
                let connection = mine.iter().find(|connection| connection.site == site.id);
                row(&site, connection.cloned())
            })
            .collect();
        rows.sort_by_key(|row| row.name.to_lowercase());
        Ok(SiteConnections { rows, as_of: sites.as_of })
    }

    /// One site with the caller's connection to it, for the form that connects it.
    pub async fn connect_sheet(&self, caller: &Caller, site: &SiteId) -> Result<ConnectSheet, Problem> {
        caller.must(Permission::ConnectSites)?;
        let site = self.read_site(caller, site).await?;
        let connection = self.connection_to(caller, &site.id).await?;
        Ok(ConnectSheet {
            base_url: site.instance.as_ref().and_then(|instance| instance.base_url.clone()),
            row: row(&site, connection),
            ticket: ActId::from(Uuid::now_v7()),
            as_of: caller.now,
        })
    }

    /// The caller's connection to a site, if there is one.
    pub(crate) async fn connection_to(
        &self,
        caller: &Caller,
        site: &SiteId,
    ) -> Result<Option<SiteConnection>, Problem> {
        let Some((owner, deposited)) = caller.site_owner(site) else { return Ok(None) };
        let found = self.0.store.site_connection(caller.tenant(), owner, *site).await;
        let found = found.map_err(|error| caller.store_problem(&error))?;
        // Whoever deposited a token did not deposit the one that took its place.
        Ok(found.filter(|it| deposited.is_none_or(|deposited| deposited == it.credential)))
    }
}

fn row(site: &Site, connection: Option<SiteConnection>) -> SiteConnectionRow {
    SiteConnectionRow { site: site.id, name: site.name.clone(), status: site.status.clone(), connection }
}
