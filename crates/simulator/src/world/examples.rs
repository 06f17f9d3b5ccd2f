//! Example jobs with the outcomes that administrators really meet.

use std::collections::BTreeMap;

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::codes::{DONE, NOT_AS_ASKED, NUMBERED, REFUSED};
use super::jobs::{Course, Job, Row};
use super::people::Person;
use super::random::Random;
use super::roles::SiteRole;
use super::sites::Site;

/// What every example is made from.
struct Maker<'world> {
    sites: &'world [Site],
    people: &'world [Person],
    today: OffsetDateTime,
    random: &'world mut Random,
}

pub(crate) fn build(
    tenant: Uuid,
    sites: &[Site],
    people: &[Person],
    today: OffsetDateTime,
    random: &mut Random,
) -> Vec<Job> {
    let mut maker = Maker { sites, people, today, random };
    let mut jobs = vec![
        maker.import("import-succeeded", "An import in which every row succeeded", 60, |_| DONE[0]),
        maker.import("import-partial", "An import that succeeded, but not in every row", 48, partial),
        maker.failed(),
        maker.import("every-code", "Every numbered code, one row each", NUMBERED.len(), |row| NUMBERED[row]),
        maker.running(),
    ];
    jobs.extend(maker.family());
    jobs.push(maker.never_started());
    jobs.push(maker.unknown());
    jobs.push(maker.import("many-rows", "A long job with every outcome in words", 264, in_words));
    for job in &mut jobs {
        job.attributes.insert("tenantId", tenant.to_string());
    }
    jobs
}

/// Mostly done, with the failures that a real import meets.
fn partial(row: usize) -> &'static str {
    match row {
        3 | 17 => "E_403_USR_SVC_2017",
        5 => "E_403_USR_SVC_2018",
        8 => "E_400_USR_SVC_2010",
        11 | 29 => NOT_AS_ASKED[0],
        13 => NOT_AS_ASKED[3],
        19 => NOT_AS_ASKED[4],
        22 => "E_409_USR_SVC_2025",
        26 => "E_500_USR_SVC_3902",
        31 => "USER_INVALID_EMAIL_ADDRESS",
        36 => "USER_SERVICE_USER_CREATE_UPDATE_WITH_BLOCKED_EMAIL_DOMAIN",
        40 => "INVALID_LICENSE_COMBINATION",
        row if row % 4 == 0 => "USER_ADDED_WITH_ASSIGNED_ROLE",
        row if row % 9 == 0 => "USER_OR_ROLE_ALREADY_IN_EXPECTED_STATE",
        _ => DONE[0],
    }
}

/// Every outcome that has a word, over and over.
fn in_words(row: usize) -> &'static str {
    let every = [DONE, NOT_AS_ASKED, REFUSED];
    let count = every.iter().map(|words| words.len()).sum::<usize>();
    every.iter().flat_map(|words| words.iter()).nth(row % count).copied().unwrap_or(DONE[0])
}

/// A code that begins with `E_` or stands among the refusals means that the row failed.
fn status(code: &str) -> &'static str {
    if code.starts_with("E_") || REFUSED.contains(&code) { "FAILED" } else { "SUCCESSFUL" }
}

impl Maker<'_> {
    /// A job without rows, submitted some hours ago by the first administrator.
    fn job(&mut self, example: &'static str, what: &'static str, operation: &'static str) -> Job {
        let hours = 2 + self.random.below(70) as i64;
        let site = self.sites[self.random.place(self.sites.len())].id;
        let submitted = self.today - Duration::hours(hours);
        Job {
            id: self.random.uuid(),
            example,
            what,
            operation,
            owner: self.people[0].id,
            site: Some(site),
            trigger: "TCM_API",
            attributes: BTreeMap::new(),
            submitted,
            skipped_lines: 0,
            rows: Vec::new(),
            child: None,
            parent: None,
            course: settled(submitted, "SUCCESSFUL"),
            told: None,
        }
    }

    /// A finished import whose rows have the codes that `code` gives them.
    fn import(
        &mut self,
        example: &'static str,
        what: &'static str,
        rows: usize,
        code: impl Fn(usize) -> &'static str,
    ) -> Job {
        let mut job = self.job(example, what, "BULK_USER_IMPORT");
        job.attributes.insert("fileName", "people.csv.gz".to_owned());
        job.skipped_lines = rows as u32 / 30;
        let site = job.site;
        job.rows = (0..rows).map(|row| self.row(row, code(row), site)).collect();
        job
    }

    fn row(&mut self, number: usize, code: &'static str, site: Option<Uuid>) -> Row {
        let person = &self.people[(4 + number * 7) % self.people.len()];
        let role =
            self.random.weighted(&[(SiteRole::Viewer, 6), (SiteRole::Explorer, 3), (SiteRole::Creator, 2)]);
        let link = code.contains("LINK_ROLE");
        Row {
            line: number + 1,
            user_name: Some(person.user_name.to_string()),
            user: Some(person.id),
            site,
            site_user: (status(code) == "SUCCESSFUL").then(|| self.random.uuid()),
            operation: if link { "CREATE_USER_LINK_ROLE" } else { "CREATE_USER_SITE_ROLE" },
            status: status(code),
            code: code.into(),
            link_role: link.then_some("LINK_ADMIN"),
            site_role: (!link).then_some(role),
            idp: person.idp,
        }
    }

    /// The file could not be read: the job failed as a whole, and its only row says why.
    fn failed(&mut self) -> Job {
        let mut job = self.job("import-failed", "An import whose file could not be read", "BULK_USER_IMPORT");
        job.attributes.insert("fileName", "people-final-v2.csv.gz".to_owned());
        let mut row = self.row(0, "E_400_USR_SVC_4020", job.site);
        (row.user_name, row.user, row.site_role) = (None, None, None);
        job.rows.push(row);
        job.course = settled(job.submitted, "FAILED");
        job
    }

    fn running(&mut self) -> Job {
        let what = "An import at work: it ends a minute after the first look";
        let mut job = self.import("running", what, 120, |row| partial(row % 50));
        job.course = Course::Moving { asked: None, takes: Duration::seconds(60) };
        job
    }

    /// A deletion that left the last step to a child.
    fn family(&mut self) -> [Job; 2] {
        let mut parent = self.job("with-child", "A deletion with a child job", "BULK_USER_DELETE");
        let mut child = self.job("child", "", "UNLICENSE_USERS_BY_ROLE");
        let site = parent.site;
        for number in 0..14 {
            let code = if number % 5 == 2 { NOT_AS_ASKED[4] } else { "SITE_ROLE_REMOVED_USER_DELETED" };
            let mut row = self.row(number, code, site);
            row.operation = "DELETE_SITE_ROLE";
            if number % 5 == 2 {
                child.rows.push(Row {
                    operation: "UPDATE_SITE_ROLE",
                    line: child.rows.len() + 1,
                    ..row.clone()
                });
            }
            parent.rows.push(row);
        }
        (child.site, child.trigger, child.submitted) = (site, "PARENT_JOB", parent.submitted);
        child.course = settled(child.submitted, "SUCCESSFUL");
        parent.child = Some(child.id);
        child.parent = Some(parent.id);
        [parent, child]
    }

    fn never_started(&mut self) -> Job {
        let what = "A deletion that waits and never starts";
        let mut job = self.job("new-forever", what, "BULK_USER_DELETE");
        job.rows = (0..25).map(|number| waiting(self.row(number, DONE[5], job.site))).collect();
        job.course = Course::Settled(vec![("NEW", job.submitted)]);
        job
    }

    /// Words that nobody knows yet: the vendor adds some every year.
    fn unknown(&mut self) -> Job {
        let mut job = self.job("unknown-words", "A job in words that nobody knows yet", "REBALANCE_PEOPLE");
        for number in 0..6 {
            let mut row = self.row(number, "USER_MOVED_BY_REBALANCING", job.site);
            (row.operation, row.status) = ("REBALANCE_SITE_ROLE", "PARKED");
            job.rows.push(row);
        }
        let paused = job.submitted + Duration::minutes(3);
        job.course = Course::Settled(vec![("NEW", job.submitted), ("PAUSED_BY_REBALANCING", paused)]);
        job
    }
}

/// A row that nobody has touched has no outcome.
fn waiting(row: Row) -> Row {
    Row { status: "NEW", code: "".into(), site_user: None, ..row }
}

fn settled(submitted: OffsetDateTime, end: &'static str) -> Course {
    let started = submitted + Duration::seconds(2);
    let mut history = vec![("NEW", submitted), ("IN_PROGRESS", started)];
    if end == "SUCCESSFUL" {
        history.push(("POST_PROCESSING", started + Duration::seconds(38)));
    }
    history.push((end, started + Duration::seconds(45)));
    Course::Settled(history)
}
