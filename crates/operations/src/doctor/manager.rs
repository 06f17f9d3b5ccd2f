//! Every operation of Tableau Cloud Manager that reads, in the order of the table: what an earlier one told is what a
//! later one asks about.

use std::{collections::BTreeSet, future::Future};

use model::{
    JobId, ProblemCode, SiteId, UserId,
    doctor::{Left, Outcome, Tried},
    sites::{Site, SiteStatus},
    vendor::{Effect, OperationRow},
};
use tableau::{Error, LogScope, Manager, OperationName, PeopleFilter, Read, Session, Tag};

use super::{
    round::{Ended, Round},
    tenancy,
};
use crate::caller::clock;

/// What the tries so far have told.
pub(super) struct Learned {
    user: UserId,
    user_name: Option<String>,
    sites: Vec<Site>,
    pub(super) job: Option<JobId>,
    pub(super) tenant_name: Option<String>,
    log_file: Option<String>,
    site_log_file: Option<String>,
}

impl Learned {
    pub(super) fn of(user: UserId) -> Self {
        Self {
            user,
            user_name: None,
            sites: Vec::new(),
            job: None,
            tenant_name: None,
            log_file: None,
            site_log_file: None,
        }
    }

    /// A site to ask about: one that answers, if there is any.
    pub(super) fn site(&self) -> Option<SiteId> {
        let active = self.sites.iter().find(|site| site.status == SiteStatus::Active);
        active.or(self.sites.first()).map(|site| site.id)
    }

    /// The name of a site.
    pub(super) fn name_of(&self, site: SiteId) -> String {
        let known = self.sites.iter().find(|known| known.id == site);
        known.map_or_else(|| site.to_string(), |site| site.name.clone())
    }

    /// Where the sites answer, each address once.
    pub(super) fn bases(&self) -> BTreeSet<String> {
        let base = |site: &Site| site.instance.as_ref()?.base_url.clone();
        self.sites.iter().filter_map(base).collect()
    }
}

/// Asks Tableau Cloud Manager with a session, which may be renewed once in a round.
pub(super) struct Asker<'a> {
    round: &'a Round<'a>,
    session: Result<Session, ProblemCode>,
    tag: Tag,
    renewed: bool,
}

impl<'a> Asker<'a> {
    pub(super) fn new<'code>(
        round: &'a Round<'a>,
        session: Result<Session, &'code ProblemCode>,
        tag: Tag,
    ) -> Self {
        Self { round, session: session.map_err(|code| *code), tag, renewed: false }
    }

    /// Tries them all.
    pub(super) async fn all<Renewing>(
        &mut self,
        learned: &mut Learned,
        renew: impl Fn() -> Renewing,
    ) -> Vec<Tried>
    where
        Renewing: Future<Output = Option<Session>>,
    {
        let mut tried = Vec::new();
        for row in self.round.wire.table().rows().filter(|row| row.effect == Effect::Read) {
            tried.push(self.one(row, learned, &renew).await);
        }
        tried
    }

    async fn one<Renewing>(
        &mut self,
        row: OperationRow,
        learned: &mut Learned,
        renew: &impl Fn() -> Renewing,
    ) -> Tried
    where
        Renewing: Future<Output = Option<Session>>,
    {
        let Some(name) = OperationName::parse(&row.name) else {
            return Tried::left(row, Left::NothingKnown);
        };
        let session = match &self.session {
            Ok(session) => session.clone(),
            Err(code) if name == OperationName::PatLogin => {
                let code = *code;
                return self.round.attempt(row, async move { Ended::Refused(code) }).await;
            }
            Err(_) => return Tried::left(row, Left::NoSession),
        };
        let manager = self.round.wire.reader(&session, self.tag.clone());
        let tried = self.round.attempt(row.clone(), probe(name, &manager, learned)).await;
        let ended = matches!(tried.outcome, Outcome::Failed(ProblemCode::SessionEnded, _));
        if !ended || self.renewed {
            return tried;
        }
        // The session may have run out a moment ago: one new session, and the same question once more.
        self.renewed = true;
        let Some(session) = renew().await else {
            // Without a session every further question would end in the same way.
            self.session = Err(ProblemCode::SessionEnded);
            return tried;
        };
        let manager = self.round.wire.reader(&session, self.tag.clone());
        self.session = Ok(session);
        self.round.attempt(row, probe(name, &manager, learned)).await
    }
}

/// Asks one question, and learns from the answer.
async fn probe(name: OperationName, manager: &Manager<Read>, learned: &mut Learned) -> Ended {
    use OperationName as Name;
    match name {
        Name::PatLogin => Ended::Left(Left::AtSignIn),
        Name::SessionDelete => Ended::Left(Left::EndsSession),
        Name::SessionGet => told(manager.session().await, |_| "the session is alive".to_owned()),
        Name::PatList => told(manager.tokens().await, |tokens| many(tokens.len(), "token", "tokens")),
        Name::TenantGet => told(manager.tenant().await, |tenant| {
            learned.tenant_name = Some(tenant.name.clone());
            format!("the tenant is {}", tenant.status)
        }),
        Name::TenantCheckName => tenancy::name(manager, learned).await,
        Name::AuthConfigs => tenancy::sign_in(manager, learned).await,
        Name::OidcGet => told(manager.oidc().await, |found| match found {
            Some(_) => "an OpenID Connect configuration".to_owned(),
            None => "no OpenID Connect configuration".to_owned(),
        }),
        Name::ActivityList => {
            tenancy::files(manager, Some(LogScope::Tenant), clock(), &mut learned.log_file).await
        }
        Name::ActivityUrls => {
            tenancy::addresses(manager, Some(LogScope::Tenant), learned.log_file.as_ref()).await
        }
        Name::SiteActivityList => {
            let site = learned.site().map(LogScope::Site);
            tenancy::files(manager, site, clock(), &mut learned.site_log_file).await
        }
        Name::SiteActivityUrls => {
            let site = learned.site().map(LogScope::Site);
            tenancy::addresses(manager, site, learned.site_log_file.as_ref()).await
        }
        Name::SiteList => match manager.list_sites().await {
            Ok(sites) => {
                learned.sites = sites;
                Ended::Told(many(learned.sites.len(), "site", "sites"))
            }
            Err(error) => Ended::Failed(error),
        },
        Name::SiteGet => match learned.site() {
            Some(site) => found(manager.site(&site).await, "one site"),
            None => Ended::Left(Left::NothingKnown),
        },
        Name::LicensesAllSites => told(manager.licences_of_all_sites().await, |sites| {
            format!("counts of {}", many(sites.len(), "site", "sites"))
        }),
        Name::LicensesSite => match learned.site() {
            Some(site) => found(manager.licences_of_site(&site).await, "counts of one site"),
            None => Ended::Left(Left::NothingKnown),
        },
        Name::LicensesTenant => {
            told(manager.licences_of_tenant().await, |_| "counts of the tenant".to_owned())
        }
        Name::RegionsList => {
            told(manager.regions().await, |regions| many(regions.len(), "region", "regions"))
        }
        Name::LocationsList => told(manager.locations().await, |places| {
            many(places.pods.len() + places.regions.len(), "place for a site", "places for sites")
        }),
        Name::JobGet => match learned.job {
            Some(job) => told(manager.job(&job).await, |job| match job {
                Some(_) => "one job".to_owned(),
                None => "the job asked for is forgotten".to_owned(),
            }),
            None => Ended::Left(Left::NothingKnown),
        },
        Name::UserGet => match manager.person(&learned.user).await {
            Ok(Some(person)) => {
                learned.user_name = Some(person.user_name.clone()).filter(|name| !name.is_empty());
                Ended::Told("one person".to_owned())
            }
            Ok(None) => nobody(),
            Err(error) => Ended::Failed(error),
        },
        Name::UserList => {
            let page = manager.list_people(&PeopleFilter::default(), None).await;
            told(page, |(people, more)| {
                let people = many(people.len(), "person", "people");
                if more.is_some() { format!("a page of {people}, and more exist") } else { people }
            })
        }
        Name::UserBatchDetails => {
            told(manager.people_by_id(&[learned.user]).await, |people| many(people.len(), "person", "people"))
        }
        Name::UserResources => match &learned.user_name {
            Some(user_name) => {
                told(manager.resources_of(user_name).await, |them| many(them.len(), "resource", "resources"))
            }
            None => Ended::Left(Left::NothingKnown),
        },
        // Changes are never tried. The list is whole, so that a new operation has to say how it is tried.
        Name::SiteSuspend
        | Name::SiteReactivate
        | Name::UserCreate
        | Name::UserUpdate
        | Name::UserDelete
        | Name::UserBatchDelete
        | Name::UserImport
        | Name::SiteCreate
        | Name::SiteUpdateLimits
        | Name::SiteCreateProject
        | Name::TenantAcceptTerms
        | Name::PatCreate
        | Name::PatRevoke
        | Name::OidcUpsert
        | Name::OidcDelete => Ended::Left(Left::NothingKnown),
    }
}

pub(super) fn told<T>(answer: tableau::Result<T>, words: impl FnOnce(&T) -> String) -> Ended {
    match answer {
        Ok(value) => Ended::Told(words(&value)),
        Err(error) => Ended::Failed(error),
    }
}

/// Something whose id Tableau told a moment ago should be found.
fn found<T>(answer: tableau::Result<Option<T>>, words: &str) -> Ended {
    match answer {
        Ok(Some(_)) => Ended::Told(words.to_owned()),
        Ok(None) => nobody(),
        Err(error) => Ended::Failed(error),
    }
}

fn nobody() -> Ended {
    Ended::Failed(Error::NotFound { words: None })
}

pub(super) fn many(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
