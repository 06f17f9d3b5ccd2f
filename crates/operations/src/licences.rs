//! Licences: the seats of the tenant, and the people of each site; their past, what lies ahead, and who needs them.

mod asker;
mod count;
mod export;
mod frees;
mod idle;
mod keep;
mod lower;
mod news;
mod show;

use model::{
    Aged, Freshness, Permission, Problem,
    licences::{SiteSeats, TenantSeats, history::CountOf},
};

pub use keep::{ExcludeForm, HookForm, PurchasedForm};
pub use lower::LowerForm;

use crate::{Caller, Operations};

impl Operations {
    /// The seats of the tenant: each person once, at their highest role.
    pub async fn tenant_seats(
        &self,
        caller: &Caller,
        freshness: Freshness,
    ) -> Result<Aged<TenantSeats>, Problem> {
        caller.must(Permission::SeeTenant)?;
        caller.must_count(CountOf::Tenant)?;
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
        let aged = self.0.site_seats.get(caller, freshness, ask).await?;
        if !caller.is_member() {
            return Ok(aged);
        }
        let seen = aged.value.into_iter().filter(|of| caller.reaches_site(&of.site));
        Ok(Aged { value: seen.collect(), ..aged })
    }
}
