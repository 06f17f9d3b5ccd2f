//! Plans: rows of wishes compared with the live state, kept with a hash, and applied once.

mod anew;
mod apply;
mod asked;
mod forms;
mod judge;
mod limits;
mod members;
mod on_site;
mod people;
mod permits;
mod purchased;
mod show;
mod site_file;
mod site_judge;
mod site_now;
mod site_users;
mod site_whole;
mod upload;
mod whole;

use std::collections::{HashMap, HashSet};

use model::{
    Freshness, Moment, Permission, PlanId, Problem, ProblemCode, SiteId, UserId,
    licences::Tier,
    people::Person,
    plan::{Plan, PlanState, SeatMove, SeatSum, Step, Verdict, VerdictCounts, Weight, Why, Wish},
    sites::Site,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

pub(crate) use apply::apply_problem;
pub use apply::{Applied, ApplyForm};
pub use forms::{EditForm, ManyForm, NewPersonForm, PlaceForm, Whom};
pub(crate) use judge::is_address;
pub use limits::LimitsForm;
pub use members::MembersForm;
pub use show::DownloadOf;
pub use site_file::SiteFile;
pub use site_users::SiteUsersForm;
pub use upload::Upload;
pub(crate) use upload::{code, shown, told};
pub(crate) use whole::{locks_out, may_lock_out};

use crate::{Account, Caller, Operations, caller::clock, delegation::Lock};
use judge::{Facts, judge};

/// Rows that one plan holds at most.
pub(crate) const ROWS_AT_MOST: usize = 200_000;
/// How long a plan counts.
const VALID_SECONDS: i64 = 30 * 60;

/// A row as it is asked for, before anything is compared.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The line of the file it came from.
    pub(crate) line: Option<u32>,
    /// Whom it is about.
    pub(crate) who: Who,
    /// A name for somebody who is not there yet.
    pub(crate) display_name: String,
    /// What is wanted; `None` when the row cannot be read.
    pub(crate) wish: Option<Wish>,
    /// Whether it may bring somebody into being by details alone.
    pub(crate) creates: bool,
    /// What is wrong with the row itself.
    pub(crate) troubles: Vec<Why>,
    /// The same in the words of the file.
    pub(crate) said: String,
}

/// Whom a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    /// Somebody chosen from a list.
    Id(UserId),
    /// Somebody named by the name they sign in with.
    Name(String),
}

impl Who {
    /// The words by which they were asked for.
    fn words(&self) -> String {
        match self {
            Self::Id(id) => id.to_string(),
            Self::Name(name) => name.clone(),
        }
    }
}

impl Row {
    /// A wish for somebody.
    pub(crate) fn of(who: Who, wish: Wish) -> Self {
        Self {
            line: None,
            who,
            display_name: String::new(),
            wish: Some(wish),
            creates: false,
            troubles: Vec::new(),
            said: String::new(),
        }
    }
}

impl Operations {
    /// Compares rows with the live state and keeps the plan. Nothing is sent to Tableau but reads.
    pub(crate) async fn make_plan(
        &self,
        caller: &Caller,
        title: String,
        source: String,
        rows: Vec<Row>,
    ) -> Result<PlanId, Problem> {
        let (plan, steps) = self.draft_plan(caller, title, source, rows).await?;
        self.keep_plan(caller, &plan, &steps).await
    }

    /// The same without keeping it.
    async fn draft_plan(
        &self,
        caller: &Caller,
        title: String,
        source: String,
        rows: Vec<Row>,
    ) -> Result<(Plan, Vec<Step>), Problem> {
        caller.must(Permission::PlanPeople)?;
        check_count(caller, rows.len())?;
        let people = self.people_of(caller, &rows).await?;
        let sites = self.sites_as(caller, Freshness::Now).await?;
        let protected = self.protections(caller).await?.into_iter().map(|it| it.user).collect();
        let facts = Facts {
            you: caller.account.identities().to_vec(),
            owner: caller.lender()?,
            grants: caller.grants.clone(),
            sites: sites.into_iter().map(|site| (site.id, site)).collect(),
            protected,
        };
        let (room, bought) = futures::join!(self.room(caller, &facts.sites), self.bought(caller));
        let administrators = self.0.directories.of(caller.tenant()).people().active_administrators();
        let source =
            [source, people.aged.clone()].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>();
        let head = Head::of(caller, title, source.join("; "));
        let wishes = rows.iter().filter_map(|row| row.wish.as_ref());
        let lock = self.lock(caller, wishes, people.all()).await?;
        let asked_as: Vec<String> = rows.iter().map(|row| row.who.words()).collect();
        let work = move || {
            let mut steps = steps(rows, &people, &facts);
            let by_name = people.into_by_name();
            if let Some(lock) = &lock {
                lock.judge(&mut steps, &asked_as, &by_name);
            }
            whole::refuse_repeated(&mut steps);
            whole::refuse_lock_out(&mut steps, &administrators, &by_name);
            whole::mark_over_limit(&mut steps, &by_name, &room);
            purchased::mark_over_purchased(&mut steps, &by_name, &bought);
            let seats = whole::count_seats(&mut steps, &by_name);
            if lock.is_some() {
                Lock::hide_seats(&mut steps);
            }
            (head.plan(&steps, seats), steps)
        };
        let planned = tokio::task::spawn_blocking(work).await;
        planned.map_err(|_| caller.problem(ProblemCode::Internal))
    }

    async fn keep_plan(&self, caller: &Caller, plan: &Plan, steps: &[Step]) -> Result<PlanId, Problem> {
        let kept = self.0.store.keep_plan(plan, steps).await;
        kept.map_err(|error| caller.store_problem(&error))?;
        Ok(plan.id)
    }

    /// How full the sites are, where they have limits. Without counts nothing can be said of limits, and nothing is.
    pub(crate) async fn room(&self, caller: &Caller, sites: &HashMap<SiteId, Site>) -> whole::Room {
        let seats = self.seats_of_sites(caller, Freshness::Now).await;
        let counts = seats.map(|aged| aged.value).unwrap_or_default();
        let mut room = HashMap::new();
        for of in counts {
            let Some(site) = sites.get(&of.site) else { continue };
            for tier in Tier::SEATS {
                if let Some(at_most) = site.limits.of(tier).own() {
                    room.insert((of.site, tier), (of.seats.of(tier), at_most));
                }
            }
        }
        room
    }
}

/// What a plan says of itself, before its rows are judged.
struct Head {
    tenant: model::TenantId,
    account: Account,
    title: String,
    source: String,
    now: Moment,
}

impl Head {
    fn of(caller: &Caller, title: String, source: String) -> Self {
        Self { tenant: caller.tenant(), account: caller.account.clone(), title, source, now: clock() }
    }

    /// The plan of these rows.
    fn plan(self, steps: &[Step], seats: SeatSum) -> Plan {
        Plan {
            id: PlanId::from(Uuid::now_v7()),
            tenant: self.tenant,
            title: self.title,
            source: self.source,
            by_id: self.account.author(),
            by: self.account.name,
            made: self.now,
            until: self.now.plus_seconds(VALID_SECONDS),
            hash: hash(steps),
            state: PlanState::Open,
            counts: counts(steps),
            seats,
            dangers: dangers(steps),
        }
    }
}

fn check_count(caller: &Caller, rows: usize) -> Result<(), Problem> {
    match rows {
        0 => Err(caller.problem(ProblemCode::NobodyChosen)),
        rows if rows > ROWS_AT_MOST => Err(caller.problem(ProblemCode::TooManyRows)),
        _ => Ok(()),
    }
}

/// One step for each row.
fn steps(rows: Vec<Row>, people: &people::People, facts: &Facts) -> Vec<Step> {
    rows.into_iter().zip(1..).map(|(row, number)| step(number, row, people, facts)).collect()
}

fn step(number: u32, row: Row, people: &people::People, facts: &Facts) -> Step {
    let person: Option<&Person> = people.find(&row.who);
    let user_name = match (&row.who, person) {
        (_, Some(person)) => person.user_name.clone(),
        (who, None) => who.words(),
    };
    let site = row.wish.as_ref().and_then(Wish::site);
    let site_name = site.map_or_else(String::new, |id| {
        facts.sites.get(id).map_or_else(|| id.to_string(), |site| site.name.clone())
    });
    let judged = row.wish.as_ref().map(|wish| judge(wish, person, &user_name, row.creates, facts));
    let (verdict, mut why, before, after) = match judged {
        Some(judged) => (judged.verdict, judged.why, judged.before, judged.after),
        None => (Verdict::Refused, vec![Why::Unreadable], String::new(), row.said.clone()),
    };
    why.extend(&row.troubles);
    why.sort_unstable();
    why.dedup();
    let troubled = row.troubles.iter().any(|why| why.weight() == Weight::Refusal);
    Step {
        number,
        line: row.line,
        user: person.map(|person| person.id),
        site_user: None,
        name: person.map_or(row.display_name, |person| person.name().to_owned()),
        user_name,
        site_name,
        wish: row.wish,
        before,
        after,
        verdict: if troubled { Verdict::Refused } else { verdict },
        why,
        note: String::new(),
        permit: None,
        seat: SeatMove::default(),
    }
}

/// What is applied is what was seen: any difference in any row gives another hash.
fn hash(steps: &[Step]) -> String {
    let mut sum = Sha256::new();
    for step in steps {
        let bytes = serde_json::to_vec(step).unwrap_or_default();
        sum.update((bytes.len() as u64).to_be_bytes());
        sum.update(&bytes);
    }
    sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn counts(steps: &[Step]) -> VerdictCounts {
    let mut counts = VerdictCounts::default();
    steps.iter().for_each(|step| counts.add(step.verdict));
    counts
}

/// The reasons of the dangerous rows, each with its number of rows.
fn dangers(steps: &[Step]) -> Vec<(Why, u64)> {
    let dangerous: Vec<&Step> = steps.iter().filter(|step| step.verdict == Verdict::Dangerous).collect();
    let mut kinds: HashSet<Why> = dangerous.iter().flat_map(|step| step.why.iter().copied()).collect();
    kinds.retain(|why| why.weight() == Weight::Danger);
    let mut kinds: Vec<Why> = kinds.into_iter().collect();
    kinds.sort_unstable();
    let count = |kind: Why| dangerous.iter().filter(|step| step.why.contains(&kind)).count() as u64;
    kinds.into_iter().map(|kind| (kind, count(kind))).collect()
}
