//! From seats used in vain to a plan: each person's roles go down on every site that holds the seat up.

use model::{
    Freshness, Permission, PlanId, Problem, ProblemCode, SiteId, UserId,
    licences::{
        Tier,
        idle::{IdleQuery, TARGETS},
    },
    people::Person,
    plan::Wish,
    roles::SiteRole,
};

use crate::{
    Caller, Operations,
    plans::{Row, Who},
};

/// Up to so many people are read from Tableau before their rows are chosen; of more, the directory is asked.
const READ_AFRESH: usize = 2_000;

/// The form that lowers people to a seat. Words as the form sends them.
#[derive(Debug, Clone, Default)]
pub struct LowerForm {
    /// People ticked in the list.
    pub ids: Vec<UserId>,
    /// Everyone whom the list shows.
    pub query: Option<IdleQuery>,
    /// The seat they shall have at most: `unlicensed`, `viewer` or `explorer`.
    pub to: String,
    /// One site's id; empty for every site where they have more.
    pub site: String,
}

impl Operations {
    /// A plan that lowers people to a seat, on every site where they have a higher one. Whoever is left out of the list
    /// stays out of the plan too, whatever the form says. What it frees is counted by the plan, each person once.
    pub async fn plan_lower(&self, caller: &Caller, form: LowerForm) -> Result<PlanId, Problem> {
        caller.must(Permission::PlanPeople)?;
        caller.must(Permission::SeePeople)?;
        let wrong =
            |name: &str| Problem { about: Some(name.to_owned()), ..caller.problem(ProblemCode::FieldWrong) };
        let to = Tier::parse(&form.to).filter(|tier| TARGETS.contains(tier)).ok_or_else(|| wrong("to"))?;
        let site = match form.site.trim() {
            "" => None,
            id => Some(SiteId::parse(id).map_err(|_| wrong("site"))?),
        };
        let mut ids = form.ids;
        if let Some(query) = &form.query {
            ids.extend(self.idle_now(caller, query).await?);
        }
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Err(caller.problem(ProblemCode::NobodyChosen));
        }
        let mut people = self.people_to_lower(caller, &ids).await?;
        if let Some(sight) = self.sight(caller).await? {
            // Who is out of scope looks like nobody here as well: not even a refused row tells of them.
            people = people.into_iter().filter_map(|person| sight.narrow(person)).collect();
        }
        let spared = self.spared(caller).await?;
        let (mut rows, mut lowered) = (Vec::new(), 0_u64);
        for person in people.iter().filter(|it| spared.why(it, caller.account.identities()).is_none()) {
            let before = rows.len();
            rows.extend(wishes(person, to, site.as_ref()).map(|wish| Row::of(Who::Id(person.id), wish)));
            lowered += u64::from(rows.len() > before);
        }
        if rows.is_empty() {
            return Err(caller.problem(ProblemCode::NothingToLower));
        }
        let people = if lowered == 1 { "1 person".to_owned() } else { format!("{lowered} people") };
        let place = match site {
            None => String::new(),
            Some(site) => format!(" on {}", self.name_of_site(caller, &site).await),
        };
        let title = format!("Lower to {}{place}: {people}", role(to).words());
        self.make_plan(caller, title, "seats used in vain".to_owned(), rows).await
    }

    async fn people_to_lower(&self, caller: &Caller, ids: &[UserId]) -> Result<Vec<Person>, Problem> {
        if ids.len() <= READ_AFRESH {
            return self.people_now(caller, ids).await;
        }
        let view = self.directory(caller, Freshness::Recent).await?;
        Ok(ids.iter().filter_map(|id| view.people.person(*id)).collect())
    }

    async fn name_of_site(&self, caller: &Caller, id: &SiteId) -> String {
        let sites = self.all_sites(caller).await.unwrap_or_default();
        sites.into_iter().find(|site| site.id == *id).map_or_else(|| id.to_string(), |site| site.name)
    }
}

/// What lowers a person: a role on each site where they have a higher seat than wanted.
fn wishes(person: &Person, to: Tier, only: Option<&SiteId>) -> impl Iterator<Item = Wish> {
    let places = person.places.iter().flatten();
    // The smaller tier is the higher seat.
    let higher = places.filter(move |place| place.role.tier() < to);
    higher.filter(move |place| only.is_none_or(|site| place.site == *site)).map(move |place| Wish::Role {
        site: place.site,
        role: role(to),
        sign_in: None,
    })
}

/// The lowest role that takes such a seat.
fn role(tier: Tier) -> SiteRole {
    match tier {
        Tier::Creator => SiteRole::Creator,
        Tier::Explorer => SiteRole::Explorer,
        Tier::Viewer => SiteRole::Viewer,
        Tier::Unlicensed => SiteRole::Unlicensed,
    }
}
