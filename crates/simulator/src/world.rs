//! The pretend world: one tenant, its sites and people, built from a seed and shared by both APIs.

pub(crate) mod carry;
pub(crate) mod clock;
pub(crate) mod codes;
mod csv;
pub(crate) mod directory;
pub(crate) mod examples;
pub(crate) mod facts;
pub(crate) mod groups;
mod handle;
pub(crate) mod history;
pub(crate) mod import_file;
pub(crate) mod jobs;
pub(crate) mod keys;
pub(crate) mod licences;
mod names;
pub(crate) mod orders;
pub(crate) mod people;
pub(crate) mod places;
mod placing;
mod random;
pub(crate) mod register;
pub(crate) mod roles;
mod room;
pub(crate) mod sets;
pub(crate) mod settings;
pub(crate) mod site_jobs;
pub(crate) mod sites;
pub(crate) mod words;
mod work;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use time::OffsetDateTime;
use uuid::Uuid;

use crate::Options;
use crate::faults::FaultQueue;
use crate::ledger::{ChangeEntry, Ledger};
use clock::{Clock, Stamp};
use facts::ImportFacts;
use groups::Group;
use history::{Event, ExtraFile};
use jobs::Job;
use keys::Keys;
use people::Person;
use places::{Pod, Region};
use random::Random;
use register::Register;
use sets::GroupSet;
use settings::Settings;
use sites::{Project, Site};

/// A handle on the pretend world; clones share it.
#[derive(Debug, Clone)]
pub struct World {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    base_url: String,
    clock: Clock,
    latency: Mutex<Duration>,
    state: Mutex<State>,
    faults: Mutex<FaultQueue>,
    ledger: Mutex<Ledger>,
}

/// Everything that the two APIs tell and change.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) tenant: Tenant,
    pub(crate) regions: Vec<Region>,
    pub(crate) pods: Vec<Pod>,
    pub(crate) sites: Vec<Site>,
    pub(crate) people: Vec<Person>,
    pub(crate) register: Register,
    pub(crate) groups: Vec<Group>,
    pub(crate) sets: Vec<GroupSet>,
    pub(crate) jobs: Vec<Job>,
    pub(crate) keys: Keys,
    /// The files that were sent for import, newest last.
    pub(crate) imports: VecDeque<ImportFacts>,
    /// Projects that were made over the API.
    pub(crate) projects: Vec<Project>,
    /// The tenant's OpenID Connect configuration, as it was written.
    pub(crate) oidc: Option<serde_json::Map<String, serde_json::Value>>,
    /// What the activity log has of live requests.
    pub(crate) events: Vec<Event>,
    /// Invitations that nobody took up yet, and when they run out.
    pub(crate) invitations: Vec<(Uuid, OffsetDateTime)>,
    /// Files put into the activity log by a test.
    pub(crate) log_files: Vec<ExtraFile>,
    pub(crate) settings: Settings,
    /// Where the ids of what is new come from.
    pub(crate) random: Random,
    /// The pretend time at the last look.
    pub(crate) now: OffsetDateTime,
}

/// The pretend company.
#[derive(Debug)]
pub(crate) struct Tenant {
    pub(crate) id: Uuid,
    pub(crate) name: &'static str,
    pub(crate) encode_uri: &'static str,
    pub(crate) created: OffsetDateTime,
    pub(crate) updated: OffsetDateTime,
    /// An open word, as on the wire.
    pub(crate) status: String,
    /// Who accepted the terms and conditions, and when.
    pub(crate) terms: Option<(Uuid, OffsetDateTime)>,
}

impl World {
    /// Builds the world of a seed. `base_url` is where this simulator answers.
    pub(crate) fn build(options: &Options, base_url: String) -> Self {
        let clock = Clock::default();
        let state = State::build(options, &clock);
        Self {
            inner: Arc::new(Inner {
                base_url,
                clock,
                latency: Mutex::new(options.latency),
                state: Mutex::new(state),
                faults: Mutex::default(),
                ledger: Mutex::default(),
            }),
        }
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.inner.base_url
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    pub(crate) fn latency(&self) -> Duration {
        *open(&self.inner.latency)
    }

    pub(crate) fn slow_down(&self, latency: Duration) {
        *open(&self.inner.latency) = latency;
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, FaultQueue> {
        open(&self.inner.faults)
    }

    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        open(&self.inner.ledger)
    }

    /// Looks at the state.
    pub(crate) fn read<Told>(&self, look: impl FnOnce(&State) -> Told) -> Told {
        look(&self.present())
    }

    /// Changes the state without a word in the ledger: sessions, clocks, drift.
    pub(crate) fn change<Told>(&self, change: impl FnOnce(&mut State) -> Told) -> Told {
        change(&mut self.present())
    }

    /// The state after everything that jobs had to do until now.
    fn present(&self) -> MutexGuard<'_, State> {
        let mut state = open(&self.inner.state);
        let now = self.now();
        state.now = now;
        let changes = state.catch_up(now);
        state.run_out(now);
        if !changes.is_empty() {
            let mut ledger = self.ledger();
            changes.into_iter().for_each(|change| ledger.applied(change));
        }
        state
    }

    /// Writes down a change that an administrator made.
    pub(crate) fn write_down(&self, kind: &str, object: Uuid, by: Uuid) {
        let by = self.read(|state| state.person(by).map(|person| person.user_name.to_string()));
        self.ledger().applied(ChangeEntry {
            at: Stamp(self.now()),
            kind: kind.to_owned(),
            object: object.to_string(),
            by: by.unwrap_or_default(),
        });
    }
}

impl Tenant {
    fn new(owner: Uuid, today: OffsetDateTime, random: &mut Random) -> Self {
        Self {
            id: random.uuid(),
            name: "Quillmere Holdings",
            encode_uri: "quillmere-holdings",
            created: today - time::Duration::days(1_420),
            updated: today - time::Duration::days(37),
            status: "Active".to_owned(),
            terms: Some((owner, today - time::Duration::days(410))),
        }
    }
}

impl State {
    fn build(options: &Options, clock: &Clock) -> Self {
        let today = clock.first_midnight();
        let random = Random::new(options.seed);
        let regions = places::regions(&mut random.branch("regions"));
        let pods = places::pods(&regions, &mut random.branch("pods"));
        let mut sites = sites::build(options.sites.max(1), &pods, today, &mut random.branch("sites"));
        let people = people::build(options.users.max(4), &sites, today, &mut random.branch("people"));
        sites::set_limits(&mut sites, &people);
        let groups = groups::build(&sites, &people, today, &mut random.branch("groups"));
        let sets = sets::build(&sites, &groups, today, &mut random.branch("sets"));
        let owner = people[0].id;
        let tenant = Tenant::new(owner, today, &mut random.branch("tenant"));
        let mut jobs = examples::build(tenant.id, &sites, &people, today, &mut random.branch("jobs"));
        jobs.extend(site_jobs::build(&sites, owner, today, &mut random.branch("site jobs")));
        let keys = Keys::build(&sites, &people, clock.now(), &mut random.branch("keys"));
        let register = Register::of(&people);
        let settings = Settings::of(&licences::tenant(&people), sites.len());
        let (imports, random) = (VecDeque::new(), random.branch("arrivals"));
        Self {
            tenant,
            regions,
            pods,
            sites,
            people,
            register,
            groups,
            sets,
            jobs,
            keys,
            imports,
            projects: Vec::new(),
            oidc: None,
            events: Vec::new(),
            invitations: Vec::new(),
            log_files: Vec::new(),
            settings,
            random,
            now: clock.now(),
        }
    }

    pub(crate) fn person(&self, id: Uuid) -> Option<&Person> {
        self.register.id(id).map(|place| &self.people[place])
    }

    pub(crate) fn site_place(&self, id: Uuid) -> Option<usize> {
        self.sites.iter().position(|site| site.id == id)
    }

    pub(crate) fn site(&self, id: Uuid) -> Option<&Site> {
        self.sites.iter().find(|site| site.id == id)
    }

    pub(crate) fn site_mut(&mut self, id: Uuid) -> Option<&mut Site> {
        self.sites.iter_mut().find(|site| site.id == id)
    }
}

/// A lock whose holder panicked still guards sound data: every change here is a plain assignment.
fn open<Kept>(lock: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
