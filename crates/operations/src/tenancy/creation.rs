//! Making a site, and the project of a site.

use model::{
    Act, ActId, Freshness, Notice, Permission, Problem, ProblemCode, SiteId, SiteUserId,
    audit::ActState,
    site_names::{flaws_of_address, flaws_of_name, rewritten},
    sites::Site,
    tenancy::{NewSiteSheet, ProjectSheet, SitePlaceChoice},
    tenant_acts::TenantAct,
};
use tableau::{Fate, NewSite, NewSitePlace};

use super::change::{Seen, carried, reason};
use crate::{
    Caller, Operations,
    gate::{Begun, Outcome, ticket},
};

/// Acts shown on the page of a project.
const ACTS_SHOWN: u64 = 5;

/// What the form that makes a site carries.
#[derive(Debug, Clone)]
pub struct NewSiteForm {
    /// Its name.
    pub name: String,
    /// Its part of the address.
    pub address: String,
    /// The region, by its id; or empty.
    pub region: String,
    /// The pod, by its id; or empty.
    pub pod: String,
    /// Why; may be empty.
    pub reason: String,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

/// What the form that makes a project carries.
#[derive(Debug, Clone)]
pub struct ProjectForm {
    /// The site.
    pub site: SiteId,
    /// Who owns it: the name they sign in with, or their id on the site.
    pub owner: String,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

impl Operations {
    /// What the page that makes a site shows. Without places or names of sites it still stands, and says so.
    pub async fn new_site_sheet(&self, caller: &Caller) -> Result<NewSiteSheet, Problem> {
        caller.must(Permission::CreateSites)?;
        let (places, sites) = futures::join!(self.places(caller), self.sites_as(caller, Freshness::Recent));
        let ((regions, pods), places) = match places {
            Ok(places) => (places, None),
            Err(problem) => (Default::default(), Some(problem)),
        };
        let taken = sites.ok().map(|sites| sites.into_iter().map(|site| (site.name, site.content_url)));
        let taken = taken.map(Iterator::collect);
        Ok(NewSiteSheet { regions, pods, places, taken, ticket: ticket() })
    }

    /// Regions and pods where a site can be made. Those that the tenant may use come first; where they lie, the other
    /// list tells.
    async fn places(&self, caller: &Caller) -> Result<(Vec<SitePlaceChoice>, Vec<SitePlaceChoice>), Problem> {
        let (public, locations) = futures::join!(
            self.ask(caller, async |manager| manager.regions().await),
            self.ask(caller, async |manager| manager.locations().await),
        );
        if let (Err(_), Err(problem)) = (&public, &locations) {
            return Err(problem.clone());
        }
        let (public, locations) = (public.unwrap_or_default(), locations.unwrap_or_default());
        let position = |id: &str| public.iter().find(|region| region.id == id).and_then(|it| it.position);
        let own = if locations.regions.is_empty() { public.clone() } else { locations.regions };
        let mut regions: Vec<SitePlaceChoice> = own
            .into_iter()
            .map(|region| SitePlaceChoice {
                position: region.position.or_else(|| position(&region.id)),
                id: region.id,
                name: region.name,
                preview: region.preview,
            })
            .collect();
        let pods = locations.pods.into_iter();
        let mut pods: Vec<SitePlaceChoice> = pods
            .map(|pod| SitePlaceChoice { id: pod.id, name: pod.name, position: None, preview: false })
            .collect();
        regions.sort_by(|left, right| left.name.cmp(&right.name));
        pods.sort_by(|left, right| left.name.cmp(&right.name));
        Ok((regions, pods))
    }

    /// Makes a site, and compares it with what was asked for.
    pub async fn create_site(&self, caller: &Caller, form: NewSiteForm) -> Result<(Notice, SiteId), Problem> {
        let act = |reason: String| Act::Tenant(TenantAct::CreateSite { name: form.name.clone(), reason });
        self.permit(caller, form.ticket, &act(String::new())).await?;
        let why = reason(caller, &form.reason)?;
        let wanted = read(caller, &form)?;
        self.must_be_unlocked(caller, "site.create").await?;
        self.check_place(caller, &wanted.place).await?;
        let sites = self.sites_as(caller, Freshness::Now).await?;
        if sites.iter().any(|site| site.name.eq_ignore_ascii_case(&wanted.name)) {
            return Err(caller.problem(self.taken(caller, form.ticket, ProblemCode::SiteNameTaken).await));
        }
        let address = rewritten(&wanted.content_url);
        if sites.iter().any(|site| site.content_url.eq_ignore_ascii_case(&address)) {
            return Err(caller.problem(ProblemCode::SiteAddressTaken));
        }
        let begun = self.begin(caller, form.ticket, &act(why), Some("not there")).await?;
        let (operations, caller) = (self.clone(), caller.clone());
        carried(tokio::spawn(async move { operations.make_site(&caller, begun, wanted).await })).await
    }

    /// A name that is taken by this very form, sent twice, is told as that.
    async fn taken(&self, caller: &Caller, ticket: ActId, code: ProblemCode) -> ProblemCode {
        match self.0.store.audit_entry(caller.tenant(), ticket).await {
            Ok(Some(_)) => ProblemCode::FormUsed,
            _ => code,
        }
    }

    async fn check_place(&self, caller: &Caller, place: &NewSitePlace) -> Result<(), Problem> {
        // Where the lists do not come, Tableau itself decides.
        let Ok((regions, pods)) = self.places(caller).await else { return Ok(()) };
        let known = match place {
            NewSitePlace::Region(id) => regions.iter().any(|region| region.id == *id),
            NewSitePlace::Pod(id) => pods.iter().any(|pod| pod.id == *id),
        };
        known.then_some(()).ok_or_else(|| caller.problem(ProblemCode::SitePlaceUnfit))
    }

    async fn make_site(
        &self,
        caller: &Caller,
        begun: Begun,
        wanted: NewSite,
    ) -> Result<(Notice, SiteId), Problem> {
        let asked = &wanted;
        let Seen { answer, outcome } = self
            .send_and_look(
                caller,
                &begun,
                |manager| async move { manager.create_site(asked).await },
                |made: Option<Site>| async move {
                    let found = self.find_made(caller, asked, made.map(|site| site.id)).await?;
                    Ok(found.map(|site| in_words(&site)))
                },
            )
            .await;
        let is_there = outcome.state == ActState::Done;
        begun.finish(outcome).await?;
        let found = self.find_made(caller, asked, answer.map(|site| site.id)).await?;
        let found = found.filter(|_| is_there).ok_or_else(|| caller.problem(ProblemCode::NotReadBack))?;
        let notice =
            if is_as_asked(asked, &found) { Notice::SiteCreated } else { Notice::SiteCreatedOtherwise };
        Ok((notice, found.id))
    }

    /// The new site as Tableau tells it: by the id of the answer, else by its name, which nobody had before.
    async fn find_made(
        &self,
        caller: &Caller,
        asked: &NewSite,
        id: Option<SiteId>,
    ) -> Result<Option<Site>, Problem> {
        if let Some(id) = id {
            return match self.read_site(caller, &id).await {
                Err(problem) if problem.code == ProblemCode::SiteNotFound => Ok(None),
                found => found.map(Some),
            };
        }
        let sites = self.sites_as(caller, Freshness::Now).await?;
        Ok(sites.into_iter().find(|site| site.name == asked.name))
    }

    /// What the page that makes a project shows.
    pub async fn project_sheet(&self, caller: &Caller, site: &SiteId) -> Result<ProjectSheet, Problem> {
        caller.must(Permission::CreateSites)?;
        let found = self.read_site(caller, site).await?;
        let acts = self.0.store.audit_of(caller.tenant(), "site", &site.to_string(), 100).await;
        let acts = acts.map_err(|error| caller.store_problem(&error))?.into_iter();
        let acts = acts.filter(|act| act.verb == "site.project").take(ACTS_SHOWN as usize).collect();
        Ok(ProjectSheet { site: found.id, name: found.name, acts, ticket: ticket() })
    }

    /// Makes the project of a site. Tableau Cloud Manager has no list of projects, so its own answer is the only proof.
    pub async fn create_project(&self, caller: &Caller, form: ProjectForm) -> Result<Notice, Problem> {
        let act = |site_name: &str| {
            Act::Tenant(TenantAct::CreateProject { site: form.site, site_name: site_name.to_owned() })
        };
        self.permit(caller, form.ticket, &act("")).await?;
        self.must_be_unlocked(caller, "site.create_project").await?;
        let site = self.read_site(caller, &form.site).await?;
        let owner = self.owner_on(caller, &site.id, form.owner.trim()).await?;
        let begun = self.begin(caller, form.ticket, &act(&site.name), Some("not there")).await?;
        let (operations, caller) = (self.clone(), caller.clone());
        let work = async move {
            let (id, forget) = (site.id, operations.clone());
            let sent = begun.change(|manager| async move { manager.create_project(&id, &owner).await }).await;
            forget.forget_what_was_read();
            let outcome = match sent {
                Ok(project) if project.owner.is_none_or(|told| told == owner) => {
                    Outcome::done(&format!("{}, owner {owner}", project.name))
                }
                Ok(_) => Outcome::unknown(caller.problem(ProblemCode::NotVerified)),
                Err((_, Fate::Unknown)) => Outcome::unknown(caller.problem(ProblemCode::FateUnknown)),
                Err((problem, Fate::NotSent | Fate::Refused)) => Outcome::failed(problem),
            };
            begun.finish(outcome).await.map(|()| Notice::ProjectCreated)
        };
        carried(tokio::spawn(work)).await
    }

    /// Somebody on a site, by their id there or by the name they sign in with.
    async fn owner_on(&self, caller: &Caller, site: &SiteId, text: &str) -> Result<SiteUserId, Problem> {
        if let Ok(id) = SiteUserId::parse(text) {
            return Ok(id);
        }
        let unfit = || caller.problem(ProblemCode::OwnerUnfit);
        if text.is_empty() || text.chars().count() > 256 {
            return Err(unfit());
        }
        let people = self.people_named(caller, vec![text.to_lowercase()]).await?;
        let place = people.iter().find_map(|person| person.place(site)).ok_or_else(unfit)?;
        place.site_user.as_deref().and_then(|id| SiteUserId::parse(id).ok()).ok_or_else(unfit)
    }
}

/// Reads the form by the vendor's rules. Reserved words and the like are told on the page and not refused here.
fn read(caller: &Caller, form: &NewSiteForm) -> Result<NewSite, Problem> {
    if flaws_of_name(&form.name).iter().any(|flaw| flaw.refused) {
        return Err(caller.problem(ProblemCode::SiteNameUnfit));
    }
    if flaws_of_address(&form.address).iter().any(|flaw| flaw.refused) || form.address.chars().count() > 255 {
        return Err(caller.problem(ProblemCode::SiteAddressUnfit));
    }
    let place = match (form.region.trim(), form.pod.trim()) {
        (region, "") if !region.is_empty() => NewSitePlace::Region(region.to_owned()),
        ("", pod) if !pod.is_empty() => NewSitePlace::Pod(pod.to_owned()),
        _ => return Err(caller.problem(ProblemCode::SitePlaceUnfit)),
    };
    Ok(NewSite { name: form.name.clone(), content_url: form.address.clone(), place })
}

fn in_words(site: &Site) -> String {
    format!("{}, address {}, {}", site.name, site.content_url, site.status.word())
}

fn is_as_asked(asked: &NewSite, site: &Site) -> bool {
    let instance = site.instance.clone().unwrap_or_default();
    let in_place = match &asked.place {
        NewSitePlace::Region(id) => instance.region.is_none_or(|told| told == *id),
        NewSitePlace::Pod(id) => instance.id.is_none_or(|told| told == *id),
    };
    site.name == asked.name && site.content_url == rewritten(&asked.content_url) && in_place
}
