//! The handle's methods for tests and the control endpoint: look into the world, and change it.

mod jobs;
mod people;
mod site;
mod tenant;

use std::time::Duration;

use time::OffsetDateTime;
use uuid::Uuid;

use super::World;
use super::facts::{LicenceFacts, SiteFacts, SiteLimits};
use super::keys::Plane;
use super::licences;
use super::sites::{Limits, Site};
use crate::faults::Fault;
use crate::ledger::{ChangeEntry, RequestEntry};

impl World {
    /// The site with this name.
    pub fn site(&self, name: &str) -> Option<SiteFacts> {
        self.sites().into_iter().find(|site| site.name == name)
    }

    /// Every site, in the vendor's order.
    pub fn sites(&self) -> Vec<SiteFacts> {
        self.read(|state| state.sites.iter().map(SiteFacts::of).collect())
    }

    /// Sets a site's state behind everyone's back; false when there is no such site.
    pub fn set_site_status(&self, id: &str, status: &str) -> bool {
        let now = self.now();
        self.drift(id, |site| site.set_status(status, now))
    }

    /// Gives a site another name behind everyone's back; false when there is no such site.
    pub fn set_site_name(&self, id: &str, name: &str) -> bool {
        self.drift(id, |site| site.name = name.to_owned())
    }

    /// Sets a site's role limits behind everyone's back; false when there is no such site.
    pub fn set_site_limits(&self, id: &str, limits: SiteLimits) -> bool {
        let SiteLimits { creator, explorer, viewer } = limits;
        self.drift(id, |site| site.limits = Limits { creator, explorer, viewer })
    }

    /// Sets a site's storage in MB behind everyone's back; false when there is no such site.
    pub fn set_site_storage(&self, id: &str, quota: Option<u64>, used: u64) -> bool {
        self.drift(id, |site| (site.storage_quota, site.storage_used) = (quota, used))
    }

    fn drift(&self, id: &str, change: impl FnOnce(&mut Site)) -> bool {
        let id = Uuid::parse_str(id).unwrap_or_default();
        self.change(|state| state.site_mut(id).map(change).is_some())
    }

    /// The tenant's licence count, by the vendor's rules.
    pub fn tenant_licences(&self) -> LicenceFacts {
        self.read(|state| LicenceFacts::of(&licences::tenant(&state.people)))
    }

    /// A site's licence count.
    pub fn site_licences(&self, id: &str) -> Option<LicenceFacts> {
        let id = Uuid::parse_str(id).ok()?;
        self.read(|state| licences::site(&state.sites, &state.people, id)).as_ref().map(LicenceFacts::of)
    }

    /// How many changes of this kind were made, for example `site.suspend`.
    pub fn applied(&self, kind: &str) -> usize {
        self.changes().iter().filter(|change| change.kind == kind).count()
    }

    /// Every change in the ledger, oldest first.
    pub fn changes(&self) -> Vec<ChangeEntry> {
        // Jobs write down late what they had to do by now.
        drop(self.present());
        self.ledger().changes()
    }

    /// Every request in the ledger, oldest first.
    pub fn requests(&self) -> Vec<RequestEntry> {
        self.ledger().requests()
    }

    /// Empties the ledger.
    pub fn clear_ledger(&self) {
        drop(self.present());
        self.ledger().clear();
    }

    /// Orders a fault.
    pub fn inject(&self, fault: Fault) {
        self.faults().add(fault);
    }

    /// Cancels every fault that still waits.
    pub fn clear_faults(&self) {
        self.faults().clear();
    }

    /// Makes every API request wait this long.
    pub fn set_latency(&self, latency: Duration) {
        self.slow_down(latency);
    }

    /// The pretend time.
    pub fn now(&self) -> OffsetDateTime {
        self.clock().now()
    }

    /// Moves the pretend clock on.
    pub fn advance(&self, by: Duration) {
        self.clock().advance(by);
    }

    /// Ends every session of both APIs.
    pub fn expire_sessions(&self) {
        self.change(|state| state.keys.end_all_sessions());
    }

    /// How many sessions of Tableau Cloud Manager are live.
    pub fn manager_sessions(&self) -> usize {
        let now = self.now();
        self.read(|state| state.keys.live_sessions(|plane| plane == Plane::Manager, now))
    }

    /// How many sessions of the site API are live.
    pub fn site_sessions(&self) -> usize {
        let now = self.now();
        self.read(|state| state.keys.live_sessions(|plane| plane != Plane::Manager, now))
    }

    /// Takes a token away, with its sessions; false when nobody has it.
    pub fn revoke_pat(&self, secret: &str) -> bool {
        self.change(|state| state.keys.revoke(secret))
    }

    /// Lets a token run out now; false when nobody has it.
    pub fn expire_pat(&self, secret: &str) -> bool {
        let now = self.now();
        self.change(|state| state.keys.expire(secret, now))
    }

    /// Gives the first administrator another token for Tableau Cloud Manager.
    pub fn add_pat(&self, secret: &str, name: &str, expires: OffsetDateTime) {
        let now = self.now();
        self.change(|state| {
            let owner = state.people[0].id;
            let secret = secret.to_owned();
            state.keys.add_until(Plane::Manager, name, secret, owner, (now, expires), now);
        });
    }
}
