//! Orders: what a request asks for, row by row, and how they become a job.

use std::collections::{BTreeMap, HashSet};

use time::OffsetDateTime;
use uuid::Uuid;

use super::State;
use super::jobs::{Course, Job, Row};
use super::register::Newcomer;
use super::roles::SiteRole;
use super::settings::JobFate;
use super::site_jobs::SiteTold;
use super::work::Work;

/// What one row asks for; the row itself says for whom and where.
#[derive(Debug, Clone)]
pub(crate) enum Order {
    /// Nothing that could be done: the row fails with this code.
    Refuse(&'static str),
    /// A person without any role.
    Create(Newcomer),
    /// A role on a site where the person has none, for a newcomer or for somebody known.
    Add { newcomer: Option<Newcomer>, grant: Grant },
    /// Another role, or another way to sign in, where the person has a role.
    Update(Grant),
    /// A role from a file: added, or written over the one that is there.
    Import { newcomer: Newcomer, grant: Grant },
    /// Away from the site.
    Remove,
    /// The tenant's administration, for a newcomer or for somebody known.
    Invite { newcomer: Option<Newcomer>, idp: Option<&'static str> },
    /// Another way to sign in as administrator of the tenant.
    UpdateInvitation { idp: Option<&'static str> },
    /// Away from the tenant's administration.
    RemoveInvitation,
    /// How Tableau speaks to the person.
    Speak { language: Option<&'static str>, locale: Option<&'static str> },
    /// Where mail goes.
    Mail(String),
    /// Away from the tenant.
    Delete,
    /// Away from the site by the site API's list, and from the tenant where that was the last one.
    Leave,
    /// The same members as in the directory, for the group with this id.
    Synchronise(Uuid),
}

/// A role on a site and how to sign in there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grant {
    /// Nothing leaves the role as it is.
    pub(crate) role: Option<SiteRole>,
    /// Nothing leaves the choice to the site.
    pub(crate) idp: Option<&'static str>,
    /// Whether the person gets no mail about it.
    pub(crate) quiet: bool,
}

/// A job that somebody asks for.
#[derive(Debug)]
pub(crate) struct Submission {
    pub(crate) operation: &'static str,
    pub(crate) owner: Uuid,
    pub(crate) site: Option<Uuid>,
    pub(crate) rows: Vec<(Row, Order)>,
    pub(crate) skipped_lines: u32,
    pub(crate) file_name: Option<String>,
    /// A fate that follows from the request itself, such as an unreadable file.
    pub(crate) fate: Option<JobFate>,
}

/// An unfinished job that is in the way.
#[derive(Debug, Clone)]
pub(crate) struct Conflict {
    pub(crate) job: Uuid,
    pub(crate) operation: &'static str,
}

impl Submission {
    /// A job of these rows, asked for by this administrator.
    pub(crate) fn new(operation: &'static str, owner: Uuid, rows: Vec<(Row, Order)>) -> Self {
        Self { operation, owner, site: None, rows, skipped_lines: 0, file_name: None, fate: None }
    }

    fn is_import(&self) -> bool {
        self.operation.ends_with("USER_IMPORT")
    }
}

impl State {
    /// Takes a job in, or tells which unfinished jobs are in the way.
    pub(crate) fn submit(
        &mut self,
        submission: Submission,
        now: OffsetDateTime,
    ) -> Result<Uuid, Vec<Conflict>> {
        let conflicts = self.conflicts(&submission, now);
        if !conflicts.is_empty() {
            return Err(conflicts);
        }
        Ok(self.take_in(submission, None, now))
    }

    /// Takes a job in, whatever may be in its way.
    pub(crate) fn take_in(
        &mut self,
        submission: Submission,
        told: Option<SiteTold>,
        now: OffsetDateTime,
    ) -> Uuid {
        let id = self.random.uuid();
        let mut attributes = BTreeMap::from([("tenantId", self.tenant.id.to_string())]);
        attributes.extend(submission.file_name.map(|name| ("fileName", name)));
        let (mut rows, orders): (Vec<_>, Vec<_>) = submission.rows.into_iter().unzip();
        for (place, row) in rows.iter_mut().enumerate().filter(|(_, row)| row.line == 0) {
            row.line = place + 1;
        }
        let count = i32::try_from(rows.len()).unwrap_or(i32::MAX);
        let takes = self.settings.job_takes + self.settings.row_takes * count;
        let fate = submission.fate.unwrap_or_else(|| self.settings.fate.clone());
        self.jobs.push(Job {
            id,
            example: "",
            what: "",
            operation: submission.operation,
            owner: submission.owner,
            site: submission.site,
            trigger: if told.is_some() { "SITE_API" } else { "TCM_API" },
            attributes,
            submitted: now,
            skipped_lines: submission.skipped_lines,
            rows,
            child: None,
            parent: None,
            course: Course::Ordered(Work { takes, orders, done: 0, fate }),
            told,
        });
        id
    }

    /// Two jobs must not touch the same person, and an import wants its sites for itself.
    fn conflicts(&self, submission: &Submission, now: OffsetDateTime) -> Vec<Conflict> {
        let unfinished = self.jobs.iter().filter(|job| match &job.course {
            // The site API asks nobody, and its jobs have no id that could be told here.
            Course::Ordered(work) => job.told.is_none() && !work.is_over(job.submitted, now),
            // Examples show states of jobs; they shall not keep anybody from working.
            _ => false,
        });
        let asked = || submission.rows.iter().map(|(row, _)| row);
        let people: HashSet<String> = asked().filter_map(touched).collect();
        let sites: HashSet<Uuid> = asked().filter_map(|row| row.site).chain(submission.site).collect();
        let in_the_way = unfinished.filter(|job| {
            let same_site = job.site.is_some_and(|site| sites.contains(&site))
                || job.rows.iter().any(|row| row.site.is_some_and(|site| sites.contains(&site)));
            let same_person = || job.rows.iter().filter_map(touched).any(|person| people.contains(&person));
            submission.is_import() && same_site || same_person()
        });
        in_the_way.map(|job| Conflict { job: job.id, operation: job.operation }).collect()
    }
}

/// Whom a row is about: the user name where there is one, because newcomers have no id yet.
fn touched(row: &Row) -> Option<String> {
    let id = || row.user.map(|id| id.to_string());
    row.user_name.as_deref().map(str::to_lowercase).or_else(id)
}
