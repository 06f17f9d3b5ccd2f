//! Licences: the seats of the tenant, and the people of each site.

use model::{
    Aged, Freshness, Permission, Problem,
    licences::{SiteSeats, TenantSeats},
};

use crate::{Caller, Operations};

impl Operations {
    /// The seats of the tenant: each person once, at their highest role.
    pub async fn tenant_seats(
        &self,
        caller: &Caller,
        freshness: Freshness,
    ) -> Result<Aged<TenantSeats>, Problem> {
        caller.must(Permission::SeeTenant)?;
        let ask = || self.ask(caller, async |manager| manager.licences_of_tenant().await);
        let aged = self.0.tenant_seats.get(caller, freshness, ask).await?;
        let value = TenantSeats { seats: aged.value, as_of: aged.as_of };
        Ok(Aged { value, as_of: aged.as_of, stale: aged.stale })
    }

    /// The people of each site, at the role they have there.
    pub(crate) async fn seats_of_sites(
        &self,
        caller: &Caller,
        freshness: Freshness,
    ) -> Result<Aged<Vec<SiteSeats>>, Problem> {
        let ask = || self.ask(caller, async |manager| manager.licences_of_all_sites().await);
        self.0.site_seats.get(caller, freshness, ask).await
    }
}
