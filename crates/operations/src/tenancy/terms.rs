//! The tenant's record, its terms and conditions, and names for tenants.

use model::{
    Act, ActId, Notice, Permission, Problem, ProblemCode, UserId,
    tenancy::{NameCheck, TenantSheet},
    tenant_acts::TenantAct,
};
use tableau::{Change, Manager, NameAnswer};

use super::change::carried;
use crate::{Caller, Operations, gate::ticket};

/// The longest name of a tenant.
///
/// Vendor: Tenant Methods, check of a tenant's name: "Maximum of 80 characters."
const NAME_AT_MOST: usize = 80;

impl Operations {
    /// The tenant, read from Tableau just now.
    pub async fn tenant_sheet(&self, caller: &Caller) -> Result<TenantSheet, Problem> {
        caller.must(Permission::SeeTenant)?;
        let tenant = self.ask(caller, async |manager| manager.tenant().await).await?;
        let by = tenant.terms.as_ref().and_then(|terms| terms.by.as_deref());
        let accepted_by = match by.map(UserId::parse) {
            Some(Ok(id)) => {
                let found = self.ask(caller, move |manager| async move { manager.person(&id).await }).await;
                found.ok().flatten().map(|person| person.name().to_owned())
            }
            _ => None,
        };
        Ok(TenantSheet { tenant, accepted_by, ticket: ticket(), as_of: caller.now })
    }

    /// Accepts the vendor's terms and conditions for the whole tenant.
    pub async fn accept_terms(
        &self,
        caller: &Caller,
        ticket: ActId,
        checked: bool,
    ) -> Result<Notice, Problem> {
        let act = Act::Tenant(TenantAct::AcceptTerms { tenant: caller.tenant() });
        self.permit(caller, ticket, &act).await?;
        if !checked {
            return Err(caller.problem(ProblemCode::NotConfirmed));
        }
        self.must_be_unlocked(caller, "tenant.accept_terms").await?;
        let tenant = self.ask(caller, async |manager| manager.tenant().await).await?;
        if tenant.terms.is_some_and(|terms| terms.accepted) {
            return Err(caller.problem(ProblemCode::TermsAlreadyAccepted));
        }
        let begun = self.begin(caller, ticket, &act, Some("not accepted")).await?;
        let (operations, caller) = (self.clone(), caller.clone());
        let work = async move {
            let look = |_: Option<()>| async {
                let tenant = operations.ask(&caller, async |manager| manager.tenant().await).await?;
                let accepted = tenant.terms.is_some_and(|terms| terms.accepted);
                Ok(accepted.then(|| "accepted".to_owned()))
            };
            let send = |manager: Manager<Change>| async move { manager.accept_terms().await };
            let seen = operations.send_and_look(&caller, &begun, send, look).await;
            begun.finish(seen.outcome).await.map(|()| Notice::TermsAccepted)
        };
        carried(tokio::spawn(work)).await
    }

    /// Whether a tenant could be called so.
    pub async fn check_tenant_name(&self, caller: &Caller, name: &str) -> Result<NameCheck, Problem> {
        caller.must(Permission::SeeTenant)?;
        let name = name.trim().to_owned();
        let length = name.chars().count();
        // A dot or two would leave the path that the name stands in.
        let unfit = !(1..=NAME_AT_MOST).contains(&length)
            || name.chars().any(char::is_control)
            || matches!(name.as_str(), "." | "..");
        if unfit {
            return Ok(NameCheck::Unfit);
        }
        let ask = |manager: Manager<tableau::Read>| {
            let name = name.clone();
            async move { manager.check_tenant_name(&name).await }
        };
        Ok(match self.ask(caller, ask).await? {
            NameAnswer::Free => NameCheck::Free,
            NameAnswer::Taken => NameCheck::Taken,
            NameAnswer::Refused => NameCheck::Refused,
        })
    }
}
