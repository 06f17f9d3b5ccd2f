//! Whether there is room for a role: the site's own limits, and the licences that the tenant bought.

use super::State;
use super::licences::{self, Count};
use super::roles::{SiteRole, Tier};
use super::settings::Purchased;
use super::sites::Limits;

/// The licences in use, kept up to date while rows are carried out.
#[derive(Debug)]
pub(crate) struct Room {
    tenant: Count,
    sites: Vec<Count>,
}

impl Room {
    pub(crate) fn of(state: &State) -> Self {
        Self { tenant: licences::tenant(&state.people), sites: licences::sites(&state.sites, &state.people) }
    }

    /// Whether the site's own limit lets somebody change to this role.
    pub(crate) fn on_site(
        &self,
        site: usize,
        limits: Limits,
        before: Option<SiteRole>,
        after: SiteRole,
    ) -> bool {
        let limit = match after.tier() {
            Tier::Creator => limits.creator,
            Tier::Explorer => limits.explorer,
            Tier::Viewer => limits.viewer,
            Tier::Unlicensed => None,
        };
        stays(before, after) || limit.is_none_or(|limit| self.sites[site].used(after.tier()) < limit)
    }

    /// Whether the tenant has a licence left for somebody whose highest role changes so.
    ///
    /// Vendor help, "Site role limits": a person counts once in the tenant, at the highest role.
    pub(crate) fn in_tenant(
        &self,
        purchased: Purchased,
        before: Option<SiteRole>,
        after: Option<SiteRole>,
    ) -> bool {
        let Some(after) = after else { return true };
        let bought = match after.tier() {
            Tier::Creator => purchased.creator,
            Tier::Explorer => purchased.explorer,
            Tier::Viewer => purchased.viewer,
            Tier::Unlicensed => return true,
        };
        stays(before, after) || self.tenant.used(after.tier()) < bought
    }

    /// Notes that a role on a site changed, and the person's highest role with it.
    pub(crate) fn moved(&mut self, site: usize, role: Step, highest: Step) {
        for (count, (before, after)) in [(&mut self.sites[site], role), (&mut self.tenant, highest)] {
            before.inspect(|before| count.remove(*before));
            after.inspect(|after| count.add(*after));
        }
    }
}

/// A role before and after.
pub(crate) type Step = (Option<SiteRole>, Option<SiteRole>);

/// The same licence as before needs no new one.
fn stays(before: Option<SiteRole>, after: SiteRole) -> bool {
    before.is_some_and(|before| before.tier() == after.tier())
}
