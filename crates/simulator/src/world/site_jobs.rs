//! What the site API tells of jobs: imports, groups read from a directory, and the site's background work.

use std::collections::BTreeMap;

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::State;
use super::facts::ImportFacts;
use super::jobs::{Course, Job};
use super::random::Random;
use super::sites::Site;

/// What only the site API tells of a job. Jobs of Tableau Cloud Manager have none of it.
#[derive(Debug, Clone)]
pub(crate) struct SiteTold {
    /// The vendor's word for what it does; nothing for work of which the vendor tells no id.
    pub(crate) kind: Option<&'static str>,
    pub(crate) title: &'static str,
    /// Whether every refused row is told, and not the first three.
    pub(crate) verbose: bool,
}

impl SiteTold {
    pub(crate) fn of(kind: &'static str) -> Self {
        Self { kind: Some(kind), title: "", verbose: false }
    }

    /// Work that goes on without an id.
    pub(crate) fn hidden() -> Self {
        Self { kind: None, title: "", verbose: false }
    }
}

/// Files that are kept for tests to look at.
const MOST_IMPORTS: usize = 100;

impl State {
    /// Keeps a file that was sent for import, so that tests can look at it.
    pub(crate) fn keep_import(&mut self, facts: ImportFacts) {
        if self.imports.len() == MOST_IMPORTS {
            self.imports.pop_front();
        }
        self.imports.push_back(facts);
    }
}

/// Kind, title, minutes ago, and how it stands.
const BACKGROUND: [(&str, &str, i64, &[&str]); 3] = [
    ("RefreshExtract", "Orders", 190, &["IN_PROGRESS", "SUCCESSFUL"]),
    ("RunFlow", "Clean addresses", 95, &["IN_PROGRESS", "FAILED"]),
    ("RefreshExtract", "Stock levels", 4, &["IN_PROGRESS"]),
];

/// Background work of every site, so that a list of jobs holds more than imports.
pub(crate) fn build(sites: &[Site], owner: Uuid, today: OffsetDateTime, random: &mut Random) -> Vec<Job> {
    let everywhere = sites.iter().flat_map(|site| BACKGROUND.map(|example| (site.id, example)));
    everywhere
        .map(|(site, (kind, title, minutes, course))| {
            let submitted = today - Duration::minutes(minutes);
            let states =
                course.iter().zip(1..).map(|(state, since)| (*state, submitted + Duration::minutes(since)));
            Job {
                id: random.uuid(),
                example: "",
                what: "",
                operation: "SITE_BACKGROUND",
                owner,
                site: Some(site),
                trigger: "SITE_API",
                attributes: BTreeMap::new(),
                submitted,
                skipped_lines: 0,
                rows: Vec::new(),
                child: None,
                parent: None,
                course: Course::Settled([("NEW", submitted)].into_iter().chain(states).collect()),
                told: Some(SiteTold { kind: Some(kind), title, verbose: false }),
            }
        })
        .collect()
}
