//! User jobs: what was ordered, how far it is, and what became of each row.

use std::borrow::Cow;
use std::collections::BTreeMap;

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::roles::SiteRole;
use super::settings::JobFate;
use super::site_jobs::SiteTold;
use super::work::Work;

/// A user job.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    pub(crate) id: Uuid,
    /// The name under which tests ask for an example; empty for other jobs.
    pub(crate) example: &'static str,
    /// What an example shows; empty where it is part of another one.
    pub(crate) what: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) owner: Uuid,
    pub(crate) site: Option<Uuid>,
    pub(crate) trigger: &'static str,
    pub(crate) attributes: BTreeMap<&'static str, String>,
    pub(crate) submitted: OffsetDateTime,
    pub(crate) skipped_lines: u32,
    pub(crate) rows: Vec<Row>,
    pub(crate) child: Option<Uuid>,
    pub(crate) parent: Option<Uuid>,
    pub(crate) course: Course,
    /// Present when the job belongs to the site API.
    pub(crate) told: Option<SiteTold>,
}

/// One row of a job.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) user_name: Option<String>,
    pub(crate) user: Option<Uuid>,
    pub(crate) site: Option<Uuid>,
    pub(crate) site_user: Option<Uuid>,
    pub(crate) operation: &'static str,
    pub(crate) status: &'static str,
    pub(crate) code: Cow<'static, str>,
    pub(crate) link_role: Option<&'static str>,
    pub(crate) site_role: Option<SiteRole>,
    pub(crate) idp: &'static str,
}

impl Row {
    /// A row that nobody has touched yet.
    pub(crate) fn asking(operation: &'static str) -> Self {
        Self {
            line: 0,
            user_name: None,
            user: None,
            site: None,
            site_user: None,
            operation,
            status: "NEW",
            code: "".into(),
            link_role: None,
            site_role: None,
            idp: "DEFAULT",
        }
    }
}

/// How a job moves on.
#[derive(Debug, Clone)]
pub(crate) enum Course {
    /// It stands still: these are its states and their times.
    Settled(Vec<(&'static str, OffsetDateTime)>),
    /// It starts when somebody first asks for it, and ends after this time.
    Moving { asked: Option<OffsetDateTime>, takes: Duration },
    /// It was ordered over the API: it starts at its submission and changes the world on its way.
    Ordered(Work),
}

/// A job as it is at one moment.
#[derive(Debug)]
pub(crate) struct Progress {
    pub(crate) history: Vec<(&'static str, OffsetDateTime)>,
    /// How many rows are done.
    pub(crate) done: usize,
    pub(crate) successful: usize,
    pub(crate) failed: usize,
}

impl Progress {
    /// The state and since when.
    pub(crate) fn now(&self) -> (&'static str, OffsetDateTime) {
        // Every history begins with the job's submission.
        *self.history.last().expect("a job has at least one state")
    }
}

/// A moving job spends its last sixth on clearing up after the rows.
const ROWS_SHARE: i32 = 5;
const ALL_SHARES: i32 = 6;

impl Job {
    /// Where the job is now. The first question sets a moving job going.
    pub(crate) fn progress(&mut self, now: OffsetDateTime) -> Progress {
        let (history, done) = match &mut self.course {
            Course::Settled(history) => (history.clone(), self.rows.len()),
            Course::Moving { asked, takes } => {
                let asked = *asked.get_or_insert_with(|| {
                    self.submitted = now - Duration::seconds(3);
                    now
                });
                moving(self.submitted, asked, *takes, now, self.rows.len())
            }
            Course::Ordered(work) => (work.history(self.submitted, now), work.done),
        };
        let failed = self.rows[..done].iter().filter(|row| row.status == "FAILED").count();
        let successful = self.rows[..done].iter().filter(|row| row.status == "SUCCESSFUL").count();
        Progress { history, done, successful, failed }
    }

    /// Whether the vendor says that there is no such job.
    pub(crate) fn is_forgotten(&self) -> bool {
        matches!(&self.course, Course::Ordered(work) if work.fate == JobFate::Forgotten)
    }
}

fn moving(
    submitted: OffsetDateTime,
    asked: OffsetDateTime,
    takes: Duration,
    now: OffsetDateTime,
    rows: usize,
) -> (Vec<(&'static str, OffsetDateTime)>, usize) {
    let rows_end = asked + takes * ROWS_SHARE / ALL_SHARES;
    let end = asked + takes;
    let mut history = vec![("NEW", submitted), ("IN_PROGRESS", asked)];
    if now >= rows_end {
        history.push(("POST_PROCESSING", rows_end));
    }
    if now >= end {
        history.push(("SUCCESSFUL", end));
    }
    let share = ((now - asked) / (rows_end - asked)).clamp(0.0, 1.0);
    (history, (rows as f64 * share) as usize)
}
