//! How people sign in to the tenant and to its sites: seen in one table, and changed for the tenant with care.

use std::collections::HashMap;

use model::{
    Act, ActId, Freshness, Notice, Permission, Problem, ProblemCode,
    sign_on::{Authentication, Oidc},
    tenancy::{SignOnSheet, WayRow},
    tenant_acts::TenantAct,
};
use tableau::{Change, KeptOidc, Manager, OidcFields};

use super::change::{carried, reason};
use crate::{
    Caller, Operations,
    gate::{Begun, ticket},
};

/// The longest provider or domain that is taken.
const FIELD_AT_MOST: usize = 253;
/// The provider that wants a domain.
///
/// Vendor: Single Sign-On Methods, `salesforceDomain`: "For Salesforce authentication only."
const SALESFORCE: &str = "Salesforce";

/// What the form that makes or changes the configuration carries.
#[derive(Debug, Clone)]
pub struct OidcForm {
    /// Whether it is in force.
    pub enabled: bool,
    /// The provider.
    pub provider: String,
    /// The domain, for Salesforce alone.
    pub domain: String,
    /// Why; may be empty.
    pub reason: String,
    /// The name of the tenant as the person typed it.
    pub typed: String,
    /// Whether the person said that they know what it may end.
    pub checked: bool,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

impl Operations {
    /// How people sign in to the tenant and to its sites. What Tableau does not tell is said to be missing.
    pub async fn sign_on_sheet(&self, caller: &Caller) -> Result<SignOnSheet, Problem> {
        caller.must(Permission::SeeSignOn)?;
        let sites = self.sites_as(caller, Freshness::Recent).await?;
        let ids: Vec<_> = sites.iter().map(|site| site.id).collect();
        let ways = self.ask(caller, |manager| {
            let ids = ids.clone();
            async move { manager.authentications(&ids).await }
        });
        let oidc = self.ask(caller, async |manager| manager.oidc().await);
        let (ways, oidc, tenant) = futures::join!(ways, oidc, self.tenant(caller, Freshness::Recent));
        let tenant = tenant.map(|aged| aged.value.name).unwrap_or_default();
        let (ways, ways_problem) = split(ways);
        let (oidc, oidc_problem) = split(oidc);
        let mut of: HashMap<String, Vec<Authentication>> = HashMap::new();
        for way in ways.unwrap_or_default() {
            of.entry(way.resource.to_lowercase()).or_default().push(way);
        }
        let places = std::iter::once((None, caller.tenant().to_string(), tenant.clone()));
        let places =
            places.chain(sites.into_iter().map(|site| (Some(site.id), site.id.to_string(), site.name)));
        let ways = places.flat_map(|(site, id, place)| {
            let found = of.remove(&id).unwrap_or_default();
            let none = found.is_empty().then(|| WayRow {
                site,
                place: place.clone(),
                kind: String::new(),
                name: String::new(),
                enabled: None,
            });
            let rows = found.into_iter().map(move |way| WayRow {
                site,
                place: place.clone(),
                kind: way.kind,
                name: way.provider.or(way.name).unwrap_or_default(),
                enabled: way.enabled,
            });
            none.into_iter().chain(rows)
        });
        Ok(SignOnSheet {
            ways: ways.collect(),
            ways_problem,
            oidc: oidc.flatten().map(|kept| kept.told()),
            oidc_problem,
            tenant,
            ticket: ticket(),
            as_of: caller.now,
        })
    }

    /// Makes the tenant's OpenID Connect configuration, or changes it. Only the fields that differ from what was just
    /// read are changed; the rest is written back as it was read.
    pub async fn change_oidc(&self, caller: &Caller, form: OidcForm) -> Result<Notice, Problem> {
        let provider = as_tableau_writes(form.provider.trim()).to_owned();
        let act = |reason: String| {
            Act::Tenant(TenantAct::ChangeOidc { tenant: caller.tenant(), provider: provider.clone(), reason })
        };
        self.permit(caller, form.ticket, &act(String::new())).await?;
        caller.must_be_fresh()?;
        let why = reason(caller, &form.reason)?;
        let domain = form.domain.trim().to_owned();
        check(caller, &provider, &domain)?;
        self.confirm(caller, &form.typed, form.checked).await?;
        self.must_be_unlocked(caller, "oidc.upsert").await?;
        let before = self.ask(caller, async |manager| manager.oidc().await).await?;
        let told = before.as_ref().map(KeptOidc::told);
        let wanted = Wanted { enabled: form.enabled, provider: provider.clone(), domain };
        let Some(fields) = wanted.changes(told.as_ref()) else {
            return Err(caller.problem(ProblemCode::NothingChanged));
        };
        let words = told.as_ref().map_or_else(|| "none".to_owned(), in_words);
        let begun = self.begin(caller, form.ticket, &act(why), Some(&words)).await?;
        let (operations, caller) = (self.clone(), caller.clone());
        let work = async move { operations.write_oidc(&caller, begun, before, fields, wanted).await };
        carried(tokio::spawn(work)).await
    }

    async fn write_oidc(
        &self,
        caller: &Caller,
        begun: Begun,
        before: Option<KeptOidc>,
        fields: OidcFields,
        wanted: Wanted,
    ) -> Result<Notice, Problem> {
        let (before, fields) = (before.as_ref(), &fields);
        let send = |manager: Manager<Change>| async move { manager.put_oidc(before, fields).await };
        let look = |_: Option<()>| async {
            let now = self.ask(caller, async |manager| manager.oidc().await).await?;
            let now = now.map(|kept| kept.told());
            Ok(now.filter(|now| wanted.is(now)).map(|now| in_words(&now)))
        };
        let seen = self.send_and_look(caller, &begun, send, look).await;
        begun.finish(seen.outcome).await.map(|()| Notice::SignOnChanged)
    }

    /// Deletes the tenant's OpenID Connect configuration.
    pub async fn delete_oidc(
        &self,
        caller: &Caller,
        typed: &str,
        checked: bool,
        why: &str,
        ticket: ActId,
    ) -> Result<Notice, Problem> {
        let act = |reason: String| Act::Tenant(TenantAct::DeleteOidc { tenant: caller.tenant(), reason });
        self.permit(caller, ticket, &act(String::new())).await?;
        caller.must_be_fresh()?;
        let why = reason(caller, why)?;
        self.confirm(caller, typed, checked).await?;
        self.must_be_unlocked(caller, "oidc.delete").await?;
        let before = self.ask(caller, async |manager| manager.oidc().await).await?;
        let Some(before) = before else { return Err(caller.problem(ProblemCode::NothingChanged)) };
        let begun = self.begin(caller, ticket, &act(why), Some(&in_words(&before.told()))).await?;
        let (operations, caller) = (self.clone(), caller.clone());
        let work = async move {
            let send = |manager: Manager<Change>| async move { manager.delete_oidc().await };
            let look = |_: Option<()>| async {
                let now = operations.ask(&caller, async |manager| manager.oidc().await).await?;
                Ok(now.is_none().then(|| "none".to_owned()))
            };
            let seen = operations.send_and_look(&caller, &begun, send, look).await;
            begun.finish(seen.outcome).await.map(|()| Notice::SignOnDeleted)
        };
        carried(tokio::spawn(work)).await
    }

    /// Nobody changes how everybody signs in without having read what that may end.
    async fn confirm(&self, caller: &Caller, typed: &str, checked: bool) -> Result<(), Problem> {
        if !checked {
            return Err(caller.problem(ProblemCode::NotConfirmed));
        }
        let tenant = self.tenant(caller, Freshness::Recent).await?.value;
        if typed.trim() != tenant.name.trim() {
            return Err(caller.problem(ProblemCode::WrongName));
        }
        Ok(())
    }
}

fn split<T>(told: Result<T, Problem>) -> (Option<T>, Option<Problem>) {
    match told {
        Ok(told) => (Some(told), None),
        Err(problem) => (None, Some(problem)),
    }
}

/// Salesforce in the vendor's own spelling, however it was typed: without its domain nobody could sign in.
fn as_tableau_writes(provider: &str) -> &str {
    if provider.eq_ignore_ascii_case(SALESFORCE) { SALESFORCE } else { provider }
}

fn check(caller: &Caller, provider: &str, domain: &str) -> Result<(), Problem> {
    let unfit = |text: &str| text.chars().count() > FIELD_AT_MOST || text.chars().any(char::is_control);
    if provider.is_empty() || unfit(provider) {
        return Err(caller.problem(ProblemCode::ProviderUnfit));
    }
    let is_domain = |text: &str| {
        text.contains('.') && text.chars().all(|at| at.is_ascii_alphanumeric() || matches!(at, '.' | '-'))
    };
    if provider == SALESFORCE && (unfit(domain) || !is_domain(domain)) {
        return Err(caller.problem(ProblemCode::DomainMissing));
    }
    Ok(())
}

/// The configuration as it shall be, as far as the form is about it.
struct Wanted {
    enabled: bool,
    provider: String,
    domain: String,
}

impl Wanted {
    /// The domain that goes along: another provider than Salesforce has none.
    fn domain(&self) -> &str {
        if self.provider == SALESFORCE { &self.domain } else { "" }
    }

    /// The fields that differ from what there is; nothing where none does.
    fn changes(&self, now: Option<&Oidc>) -> Option<OidcFields> {
        let Some(now) = now else {
            let domain = Some(self.domain().to_owned()).filter(|domain| !domain.is_empty());
            return Some(OidcFields {
                enabled: Some(self.enabled),
                provider: Some(self.provider.clone()),
                domain,
            });
        };
        let domain = now.domain.as_deref().unwrap_or_default();
        let fields = OidcFields {
            enabled: (now.enabled != self.enabled).then_some(self.enabled),
            provider: (now.provider != self.provider).then(|| self.provider.clone()),
            domain: (domain != self.domain()).then(|| self.domain().to_owned()),
        };
        (fields != OidcFields::default()).then_some(fields)
    }

    fn is(&self, now: &Oidc) -> bool {
        self.changes(Some(now)).is_none()
    }
}

fn in_words(oidc: &Oidc) -> String {
    let force = if oidc.enabled { "in force" } else { "not in force" };
    match &oidc.domain {
        Some(domain) => format!("{}, {domain}, {force}", oidc.provider),
        None => format!("{}, {force}", oidc.provider),
    }
}
