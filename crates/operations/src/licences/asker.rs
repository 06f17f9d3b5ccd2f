//! Whose token asks Tableau when nobody asks: the one seam between background work and credentials.

use model::{Moment, TenantId};
use uuid::Uuid;

use crate::{Account, Caller, Operations, caller::Who};

impl Operations {
    /// Those in whose name the background may read from a tenant, the best first.
    ///
    /// These are people who are signed in at this moment with a token of their own. Reading in their name keeps nobody
    /// signed in: only a person's own requests count as use. A token that is deposited for background work belongs in
    /// front of this list.
    pub(crate) async fn askers(&self, tenant: TenantId, now: Moment) -> Result<Vec<Caller>, store::Error> {
        let signed_in = self.0.store.signed_in(tenant, now).await?;
        let caller = |it: store::SignedIn| {
            let account = Account {
                id: it.account,
                tenant,
                name: it.name,
                who: Who::Administrator { user: it.user, credential: it.credential },
                ends: it.ends,
                // Work in the background proves nothing of anybody, and reads only.
                proved: Moment::from_seconds(0),
            };
            Caller::administrator(account, format!("count-{}", Uuid::now_v7()), now)
        };
        Ok(signed_in.into_iter().map(caller).collect())
    }
}
