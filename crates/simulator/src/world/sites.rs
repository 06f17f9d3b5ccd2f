//! The tenant's sites: names, homes, storage, limits and states.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::licences::{self, Count};
use super::names::{DEPARTMENTS, OFFICES, SITES};
use super::people::Person;
use super::places::Pod;
use super::random::Random;

/// A site of the tenant.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) content_url: String,
    pub(crate) pod: Pod,
    /// An open word, as on the wire: tests may set words that nobody knows.
    pub(crate) status: String,
    pub(crate) migration_status: &'static str,
    pub(crate) limits: Limits,
    pub(crate) storage_quota: Option<u64>,
    pub(crate) storage_used: u64,
    pub(crate) created: OffsetDateTime,
    pub(crate) updated: OffsetDateTime,
    pub(crate) suspended: Option<OffsetDateTime>,
}

/// A site's own role limits; nothing means the cloud's default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) creator: Option<u32>,
    pub(crate) explorer: Option<u32>,
    pub(crate) viewer: Option<u32>,
}

/// A project that was made over the API.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    pub(crate) id: Uuid,
    pub(crate) site: Uuid,
    /// The owner's id inside the site.
    pub(crate) owner: Uuid,
}

pub(crate) const ACTIVE: &str = "Active";
pub(crate) const SUSPENDED: &str = "Suspended";

impl Site {
    /// A site that was just made.
    pub(crate) fn new(id: Uuid, name: &str, content_url: String, pod: Pod, now: OffsetDateTime) -> Self {
        Self {
            id,
            name: name.to_owned(),
            content_url,
            pod,
            status: ACTIVE.to_owned(),
            migration_status: "NotStarted",
            limits: Limits::default(),
            storage_quota: Some(100_000),
            storage_used: 0,
            created: now,
            updated: now,
            suspended: None,
        }
    }

    pub(crate) fn is_suspended(&self) -> bool {
        self.status == SUSPENDED
    }

    /// Sets the status and the date that goes with it.
    pub(crate) fn set_status(&mut self, status: &str, now: OffsetDateTime) {
        self.status = status.to_owned();
        self.suspended = self.is_suspended().then_some(now);
        self.updated = now;
    }
}

pub(crate) fn build(count: usize, pods: &[Pod], today: OffsetDateTime, random: &mut Random) -> Vec<Site> {
    let mut sites: Vec<Site> = (0..count).map(|place| site(place, pods, today, random)).collect();
    for place in suspended_places(count) {
        let since = today - Duration::days(20 + place as i64 * 9) + Duration::hours(10);
        sites[place].set_status(SUSPENDED, since);
    }
    if let Some(moved) = sites.get_mut(1) {
        moved.migration_status = "UserMigrationComplete";
    }
    sites
}

/// Two sites near the end are suspended, where there are enough of them.
fn suspended_places(count: usize) -> impl Iterator<Item = usize> {
    let first = (count >= 3).then(|| count - 2);
    let second = (count >= 6).then(|| count - 4);
    first.into_iter().chain(second)
}

fn site(place: usize, pods: &[Pod], today: OffsetDateTime, random: &mut Random) -> Site {
    let name = name(place);
    let age = 200 + random.below(1_100) as i64;
    let quota = [100_000, 100_000, 500_000, 1_000_000][random.place(4)];
    let used = match place {
        // One nearly full: the bar must warn.
        3 => quota / 1_000 * 991,
        _ => quota / 1_000 * (40 + random.below(700)),
    };
    Site {
        id: random.uuid(),
        content_url: content_url(&name),
        name,
        // Three apart: neighbours in the list live in different regions.
        pod: pods[place * 3 % pods.len()].clone(),
        status: ACTIVE.to_owned(),
        migration_status: "NotStarted",
        limits: Limits::default(),
        storage_quota: (place != 5).then_some(quota),
        storage_used: used,
        created: today - Duration::days(age) + Duration::minutes(random.below(600) as i64),
        updated: today - Duration::days(random.below(age as u64) as i64 + 1),
        suspended: None,
    }
}

/// Chosen names first, then every department in every office, then numbers.
fn name(place: usize) -> String {
    if let Some(name) = SITES.get(place) {
        return (*name).to_owned();
    }
    let further = place - SITES.len();
    let department = DEPARTMENTS[further % DEPARTMENTS.len()];
    let office = OFFICES[further / DEPARTMENTS.len() % OFFICES.len()];
    match further / (DEPARTMENTS.len() * OFFICES.len()) {
        0 => format!("{department} {office}"),
        round => format!("{department} {office} {}", round + 1),
    }
}

fn content_url(name: &str) -> String {
    name.to_lowercase().chars().filter(|letter| letter.is_ascii_alphanumeric()).collect()
}

/// Gives some sites role limits, from roomy to full, after it is known who has which role.
pub(crate) fn set_limits(sites: &mut [Site], people: &[Person]) {
    let counts = licences::sites(sites, people);
    for (place, (site, count)) in sites.iter_mut().zip(counts).enumerate() {
        site.limits = limits(place, &count);
    }
}

fn limits(place: usize, count: &Count) -> Limits {
    match place % 6 {
        0 => {
            Limits { creator: Some(count.creators + 12), explorer: Some(count.explorers + 40), viewer: None }
        }
        // Full: the next Creator is refused.
        2 => Limits { creator: Some(count.creators), ..Limits::default() },
        4 => Limits { viewer: Some(count.viewers + count.viewers / 20 + 1), ..Limits::default() },
        5 => Limits {
            creator: Some(count.creators + 5),
            explorer: Some(count.explorers + 2),
            viewer: Some(count.viewers * 2),
        },
        _ => Limits::default(),
    }
}
