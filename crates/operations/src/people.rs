//! People of the tenant: the list from the directory, one person from Tableau itself, exports, and protection.

mod export;
mod protect;
pub(crate) mod rows;

use model::{
    ActId, Freshness, Page, Permission, PlanId, Problem, ProblemCode, SiteId, UserId,
    page::SIZES,
    people::{PeoplePage, PeopleQuery, Person, PersonSheet, PlaceSheet, Protection, Resource, RunOfPerson},
    runs::RunRow,
    sites::Site,
};

pub use export::{ExportAs, Exported};
pub use protect::{ProtectForm, Wanted};

use crate::{Caller, Operations, audit::seen::ListOf, directory::Sought};

/// Acts shown on the page of a person.
const ACTS_SHOWN: u64 = 10;
/// Rows of runs shown there.
const ROWS_SHOWN: u64 = 10;

impl Operations {
    /// People of the tenant, as the query asks for them.
    pub async fn list_people(
        &self,
        caller: &Caller,
        query: &PeopleQuery,
        freshness: Freshness,
    ) -> Result<PeoplePage, Problem> {
        caller.must(Permission::SeePeople)?;
        if !SIZES.contains(&query.page.size) || query.page.number == 0 {
            return Err(caller.problem(ProblemCode::MalformedQuery));
        }
        let (view, sites) = futures::join!(self.directory(caller, freshness), self.site_names(caller));
        let view = view?;
        let (sought, protected) = self.sought(caller, query).await?;
        let found = view.people.find(&sought);
        let at = query.page.within(found.total());
        let shown = found.some(at.first(), at.size as usize).into_iter();
        let rows = shown.map(|at| rows::row(&view.people, at, &sites, &protected)).collect();
        let of = view.people.len() as u64;
        let page = Page { rows, total: found.total(), of, at, as_of: view.as_of };
        self.looks_at(caller, ListOf::tenant("people", "people of the tenant"), query, &page).await?;
        Ok(PeoplePage {
            page,
            choices: rows::choices(&view.people, &sites),
            loading: view.loading,
            stale: view.stale,
        })
    }

    /// Reads a query's words, and who is protected.
    async fn sought(
        &self,
        caller: &Caller,
        query: &PeopleQuery,
    ) -> Result<(Sought, Vec<uuid::Uuid>), Problem> {
        let protected: Vec<uuid::Uuid> =
            self.protections(caller).await?.iter().map(|protection| protection.user.uuid()).collect();
        let sought = Sought::read(query, caller.now, protected.clone());
        Ok((sought.ok_or_else(|| caller.problem(ProblemCode::MalformedQuery))?, protected))
    }

    /// Everyone who matches a query at this moment, by id, in the order asked for.
    pub(crate) async fn matching(
        &self,
        caller: &Caller,
        query: &PeopleQuery,
    ) -> Result<Vec<UserId>, Problem> {
        let view = self.directory(caller, Freshness::Recent).await?;
        let (sought, _) = self.sought(caller, query).await?;
        let found = view.people.find(&sought).all();
        Ok(found.into_iter().map(|at| UserId::from(view.people.id_at(at))).collect())
    }

    /// One person, read from Tableau just now, with what Steward knows about them.
    pub async fn person(&self, caller: &Caller, id: &UserId) -> Result<PersonSheet, Problem> {
        caller.must(Permission::SeePeople)?;
        let person = self.read_person(caller, id).await?;
        let (sites, resources, protections) =
            futures::join!(self.all_sites(caller), self.resources(caller, &person), self.protections(caller));
        let sites = sites.unwrap_or_default();
        let acts = self.acts_on(caller, "person", &id.to_string(), ACTS_SHOWN).await;
        let runs = match caller.is_member() {
            // What others did to somebody is for those who see everybody's runs.
            true => Vec::new(),
            false => {
                let runs = self.0.store.rows_of_person(caller.tenant(), &person.user_name, ROWS_SHOWN).await;
                runs.map_err(|error| caller.store_problem(&error))?
            }
        };
        let seat = person.seat();
        let places: Vec<PlaceSheet> =
            person.places.iter().flatten().map(|place| rows::place(place.clone(), &sites)).collect();
        let on_sites: Vec<(SiteId, String)> =
            places.iter().map(|it| (it.place.site, it.site_name.clone())).collect();
        let groups = self.groups_everywhere(caller, &person.user_name, &on_sites).await;
        let seat_by = places.iter().filter(|it| it.place.role.tier() == seat).map(|it| it.site_name.clone());
        Ok(PersonSheet {
            seat,
            seat_by: seat_by.collect(),
            protected: protections?.into_iter().find(|protection| protection.user == *id),
            resources,
            acts: acts?,
            runs: runs.into_iter().map(run_of_person).collect(),
            groups,
            is_you: caller.account.identities().contains(id),
            ticket: ActId::from(uuid::Uuid::now_v7()),
            as_of: caller.now,
            places,
            person,
        })
    }

    /// The sites that forms about people offer: id and name, by name.
    pub async fn site_choices(&self, caller: &Caller) -> Result<Vec<(String, String)>, Problem> {
        caller.must(Permission::SeePeople)?;
        Ok(rows::site_choices(&self.all_sites(caller).await?))
    }

    /// One person from Tableau. Where the inferred address of one person does not answer, the list is asked, whose
    /// address is confirmed.
    pub(crate) async fn read_person(&self, caller: &Caller, id: &UserId) -> Result<Person, Problem> {
        let id = *id;
        let mut found = match self.ask(caller, move |manager| async move { manager.person(&id).await }).await
        {
            Err(problem) if problem.code != ProblemCode::VendorNotFound => return Err(problem),
            told => told.ok().flatten(),
        };
        if found.is_none() {
            found = self.person_listed(caller, id).await?;
        }
        let found = found.filter(|person| person.id == id);
        if let Some(person) = &found {
            self.take_over(caller.tenant(), std::slice::from_ref(person), &[]).await;
        }
        // Not in scope and not there look the same.
        let found = match self.sight(caller).await? {
            Some(sight) => found.and_then(|person| sight.narrow(person)),
            None => found,
        };
        found.ok_or_else(|| caller.problem(ProblemCode::PersonNotFound))
    }

    async fn resources(&self, caller: &Caller, person: &Person) -> Result<Vec<Resource>, Problem> {
        if caller.is_member() {
            // They name every site that somebody reaches, in scope or not.
            return Err(caller.problem(ProblemCode::NotAllowed));
        }
        let name = person.user_name.clone();
        let ask = move |manager: tableau::Manager<tableau::Read>| {
            let name = name.clone();
            async move { manager.resources_of(&name).await }
        };
        self.ask(caller, ask).await
    }

    /// The tenant's sites by name, for forms that let one be chosen.
    pub async fn sites_to_choose(&self, caller: &Caller) -> Result<Vec<(SiteId, String)>, Problem> {
        caller.must(Permission::SeeSites)?;
        let sites = self.all_sites(caller).await?;
        let seen = sites.into_iter().filter(|site| caller.sees_site(&site.id));
        let mut sites: Vec<_> = seen.map(|site| (site.id, site.name)).collect();
        sites.sort_unstable_by_key(|(_, name)| name.to_lowercase());
        Ok(sites)
    }

    /// The tenant's sites as last read.
    pub(crate) async fn all_sites(&self, caller: &Caller) -> Result<Vec<Site>, Problem> {
        self.sites_as(caller, Freshness::Recent).await
    }

    /// The tenant's sites, read afresh where somebody is about to decide.
    pub(crate) async fn sites_as(&self, caller: &Caller, freshness: Freshness) -> Result<Vec<Site>, Problem> {
        let ask = || self.ask(caller, async |manager| manager.list_sites().await);
        let sites = self.0.sites.get(caller, freshness, ask).await?.value;
        let seen = |site: &Site| site.tenant == caller.tenant() && caller.reaches_site(&site.id);
        Ok(sites.into_iter().filter(seen).collect())
    }

    /// The sites' names, where Tableau tells them.
    async fn site_names(&self, caller: &Caller) -> Vec<Site> {
        self.all_sites(caller).await.unwrap_or_default()
    }

    /// Everyone who is protected in this tenant.
    pub(crate) async fn protections(&self, caller: &Caller) -> Result<Vec<Protection>, Problem> {
        let found = self.0.store.protections(caller.tenant()).await;
        found.map_err(|error| caller.store_problem(&error))
    }
}

fn run_of_person((run, title, row): (PlanId, String, RunRow)) -> RunOfPerson {
    RunOfPerson { run, title, after: row.after, state: row.state, job: row.job, ended: row.ended }
}
