//! Licence counts, which the vendor gives for all sites, for one, and for the tenant.

use model::{
    SiteId,
    licences::{Seats, SiteSeats},
};
use serde::Deserialize;

use super::{Manager, loose};
use crate::{OperationName, Result, Unreadable};

impl<Access> Manager<Access> {
    /// The people of every site by tier. Somebody on two sites counts on both.
    ///
    /// Vendor: Tableau Cloud Manager REST API, Administrative Methods, license counts of each site.
    pub async fn licences_of_all_sites(&self) -> Result<Vec<SiteSeats>> {
        let wire: AllSitesWire = self.ask(OperationName::LicensesAllSites).read().await?;
        wire.all_sites.into_iter().map(|site| site.read(None)).collect()
    }

    /// The people of one site by tier; `None` when the vendor says that there is no such site.
    ///
    /// Vendor: Administrative Methods, license counts of one site.
    pub async fn licences_of_site(&self, site: &SiteId) -> Result<Option<SiteSeats>> {
        let ask = self.ask(OperationName::LicensesSite).of("siteId", site);
        let wire: Option<SiteCountWire> = ask.find().await?;
        wire.map(|wire| wire.read(Some(*site))).transpose()
    }

    /// The people of the tenant by tier, each counted once, at their highest role.
    ///
    /// Vendor: Administrative Methods, license counts of the tenant.
    pub async fn licences_of_tenant(&self) -> Result<Seats> {
        self.ask(OperationName::LicensesTenant).read::<SeatsWire>().await?.read()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AllSitesWire {
    all_sites: Vec<SiteCountWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SiteCountWire {
    #[serde(default, deserialize_with = "loose::id")]
    site_id: Option<SiteId>,
    #[serde(default, deserialize_with = "loose::count")]
    user_count: Option<u64>,
    #[serde(default, deserialize_with = "loose::count")]
    site_admin_count: Option<u64>,
    #[serde(flatten)]
    seats: SeatsWire,
}

#[derive(Deserialize)]
struct SeatsWire {
    #[serde(default, deserialize_with = "loose::count")]
    creators: Option<u64>,
    #[serde(default, deserialize_with = "loose::count")]
    explorers: Option<u64>,
    #[serde(default, deserialize_with = "loose::count")]
    viewers: Option<u64>,
    #[serde(default, deserialize_with = "loose::count")]
    unlicensed: Option<u64>,
}

impl SiteCountWire {
    fn read(self, asked: Option<SiteId>) -> Result<SiteSeats> {
        let site = self.site_id.or(asked).ok_or(Unreadable::Field { field: "siteId" })?;
        let seats = self.seats.read()?;
        let sum = [seats.creators, seats.explorers, seats.viewers, seats.unlicensed];
        let people = self.user_count.unwrap_or_else(|| sum.into_iter().fold(0, u64::saturating_add));
        Ok(SiteSeats { site, people, administrators: self.site_admin_count.unwrap_or(0), seats })
    }
}

impl SeatsWire {
    /// Some JSON writers leave a zero out, so a missing tier beside others is zero. But an answer with
    /// none of them counts nothing: zeros everywhere would be a lie.
    fn read(self) -> Result<Seats> {
        let Self { creators, explorers, viewers, unlicensed } = self;
        if creators.or(explorers).or(viewers).or(unlicensed).is_none() {
            return Err(Unreadable::Field { field: "creators" }.into());
        }
        Ok(Seats {
            creators: creators.unwrap_or(0),
            explorers: explorers.unwrap_or(0),
            viewers: viewers.unwrap_or(0),
            unlicensed: unlicensed.unwrap_or(0),
        })
    }
}
