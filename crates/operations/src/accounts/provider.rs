//! Signing in by an identity provider: it proves the e-mail address, and the account must have been invited.

use model::{
    Act, ActId, Problem, ProblemCode,
    account_acts::AccountChange,
    accounts::{Member, Standing},
};
use outside::oidc::{Departure, Identity, OidcError, Provider};
use tracing::{info, warn};
use uuid::Uuid;

use super::act;
use crate::{Account, Caller, Fresh, Operations, gate::Outcome, problems::Chain};

/// How far the provider's clock may be off when somebody is to prove who they are anew.
const SKEW_SECONDS: i64 = 60;

/// The identity provider, and whom of those it knows we let in.
pub struct ByProvider {
    /// The provider.
    pub provider: Provider,
    /// What people call it.
    pub name: String,
    /// Domains of e-mail addresses; any, where there are none.
    pub domains: Vec<String>,
    /// A group that people must be in.
    pub group: Option<String>,
}

impl ByProvider {
    fn lets_in(&self, email: &str, identity: &Identity) -> bool {
        let domain = email.rsplit_once('@').map(|(_, domain)| domain.to_lowercase()).unwrap_or_default();
        let of_ours = self.domains.is_empty() || self.domains.iter().any(|it| it.to_lowercase() == domain);
        of_ours && self.group.as_ref().is_none_or(|group| identity.groups.contains(group))
    }
}

impl Operations {
    /// What people call the identity provider, where there is one.
    pub fn provider_name(&self) -> Option<String> {
        self.0.outside.provider.as_ref().map(|it| it.name.clone())
    }

    /// Sends somebody to the identity provider. `anew` has them prove who they are even if it knows them.
    pub async fn depart(&self, fresh: &Fresh, anew: bool) -> Result<Departure, Problem> {
        let by = self.by_provider(fresh)?;
        by.provider.depart(anew).await.map_err(|error| provider_problem(fresh, &error))
    }

    /// Lets somebody in who came back from the identity provider.
    pub async fn arrive(
        &self,
        fresh: &Fresh,
        code: String,
        departure: &Departure,
        anew: bool,
    ) -> Result<Account, Problem> {
        let by = self.by_provider(fresh)?;
        let identity = by.provider.arrive(code, departure).await;
        let identity = identity.map_err(|error| provider_problem(fresh, &error))?;
        let email = identity.email.clone().filter(|_| identity.verified);
        let email = email.ok_or_else(|| fresh.problem(ProblemCode::AddressNotVerified))?;
        let refuse = |code: ProblemCode| {
            let problem = fresh.problem(code);
            self.note_refusal(fresh, &email, &problem);
            problem
        };
        if !by.lets_in(&email, &identity) {
            info!(request = %fresh.request, "Somebody of the identity provider is not among those who may come in");
            return Err(refuse(ProblemCode::NotInvited));
        }
        // A provider that does not say when somebody proved who they are may have let them in by an old session: that
        // is no fresh proof.
        let too_old = fresh.now.plus_seconds(-crate::FRESH_SECONDS - SKEW_SECONDS - 1);
        let proved = identity.proved.map_or(too_old, model::Moment::from_seconds);
        if anew && proved.seconds_until(fresh.now) > crate::FRESH_SECONDS + SKEW_SECONDS {
            return Err(refuse(ProblemCode::ProviderRefused));
        }
        let found = self.0.store.proofs_by_address(&email).await;
        let found = found.map_err(|error| fresh.log_problem(&error))?.map(|it| it.member);
        let member = found.filter(|it| match it.standing {
            Standing::Active => true,
            Standing::Invited => it.invited_until.is_some_and(|until| fresh.now < until),
            Standing::Suspended => false,
        });
        let member = member.ok_or_else(|| refuse(ProblemCode::NotInvited))?;
        let account = Account { proved: proved.min(fresh.now), ..self.account_of_member(fresh, &member) };
        self.write_arrival(fresh, &account, &member).await?;
        Ok(account)
    }

    async fn write_arrival(&self, fresh: &Fresh, account: &Account, member: &Member) -> Result<(), Problem> {
        let caller = Caller::of(account.clone(), fresh.request.clone(), fresh.now);
        if member.standing == Standing::Invited {
            // The provider is what they prove themselves with: there is no password, and no second factor of ours.
            let join = act(member.id, &member.email, AccountChange::Join);
            let begun = self.begin(&caller, ActId::from(Uuid::now_v7()), &join, Some("invited")).await?;
            let (from, to) = (Standing::Invited, Standing::Active);
            let turned = self.0.store.turn_member(member.tenant, member.id, from, to).await;
            self.ended(&caller, begun, turned, "active, by the identity provider").await?;
        }
        let sign_in = Act::SignIn { tenant: member.tenant };
        let begun = self.begin(&caller, ActId::from(Uuid::now_v7()), &sign_in, None).await?;
        begun.finish(Outcome::done("signed in by the identity provider")).await?;
        if let Err(error) = self.0.store.member_signed_in(member.id, fresh.now).await {
            warn!(request = %fresh.request, error = %Chain(&error), "A sign-in could not be noted");
        }
        Ok(())
    }

    fn by_provider(&self, fresh: &Fresh) -> Result<&ByProvider, Problem> {
        self.0.outside.provider.as_ref().ok_or_else(|| fresh.problem(ProblemCode::PageNotFound))
    }
}

fn provider_problem(fresh: &Fresh, error: &OidcError) -> Problem {
    warn!(request = %fresh.request, error = %Chain(error), "The identity provider let nobody in");
    fresh.problem(match error {
        OidcError::CodeRefused | OidcError::Untrue(_) => ProblemCode::ProviderRefused,
        OidcError::Address(_) | OidcError::Unavailable(_) => ProblemCode::ProviderUnavailable,
    })
}
