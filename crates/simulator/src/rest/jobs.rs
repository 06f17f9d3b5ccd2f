//! Jobs of a site: the list, single ones, and calling one off.

mod notes;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use time::OffsetDateTime;

use super::answer::{SiteRefusal, told};
use super::caller::Administrator;
use super::element::Element;
use super::fields::Fields;
use super::filter::{self, Field, Filtered, Kind, Value};
use super::paging::Page;
use crate::world::World;
use crate::world::clock::Stamp;
use crate::world::jobs::{Course, Job, Progress};

/// A job and where it is now.
struct Row<'world> {
    job: &'world Job,
    kind: &'static str,
    title: &'static str,
    progress: Progress,
}

const FIELDS: Fields = Fields {
    kind: "job",
    usual: "id status createdAt startedAt endedAt priority jobType title subtitle",
    further: "args",
};

/// Vendor: Jobs, Tasks, and Schedules Methods, "Query Jobs".
pub(super) async fn list(State(world): State<World>, caller: Administrator) -> Result<Response, SiteRefusal> {
    caller.since(3, 1)?;
    let page = Page::of(&caller)?;
    let fields = FIELDS.wanted(&caller)?;
    let now = world.now();
    world.change(|state| {
        let here =
            state.jobs.iter_mut().filter(|job| job.site == Some(caller.site_id) && !job.is_forgotten());
        let rows = here.filter_map(|job| Row::of(job, now));
        let jobs = filter::choose(&caller, rows.collect())?;
        page.tell("backgroundJobs", &jobs, |job| job.listed().only(&fields))
    })
}

/// Vendor: Jobs, Tasks, and Schedules Methods, "Query Job". The code for an unknown one is inferred.
pub(super) async fn show(State(world): State<World>, caller: Administrator) -> Result<Response, SiteRefusal> {
    caller.since(2, 6)?;
    let now = world.now();
    world.change(|state| {
        let is_asked = |job: &&mut Job| job.id == caller.id("job") && job.site == Some(caller.site_id);
        let job = state.jobs.iter_mut().find(is_asked).filter(|job| !job.is_forgotten());
        let row = job.and_then(|job| Row::of(job, now)).ok_or_else(SiteRefusal::no_job)?;
        Ok(told(row.alone()))
    })
}

/// Vendor: Jobs, Tasks, and Schedules Methods, "Cancel Job". Imports are not among the jobs that it names;
/// the code for them, and for jobs that are over, is inferred.
pub(super) async fn cancel(
    State(world): State<World>,
    caller: Administrator,
) -> Result<StatusCode, SiteRefusal> {
    caller.since(3, 1)?;
    let (id, now) = (caller.id("job"), world.now());
    world.change(|state| {
        let is_asked = |job: &&mut Job| job.id == id && job.site == Some(caller.site_id);
        let job = state.jobs.iter_mut().find(is_asked).filter(|job| job.told.is_some());
        match &mut job.ok_or_else(SiteRefusal::no_job)?.course {
            Course::Settled(history) if history.last().is_some_and(|(state, _)| !is_over(state)) => {
                history.push(("CANCELLED", now));
                Ok(())
            }
            Course::Settled(_) => Err(SiteRefusal::job_failed("The job is over.")),
            _ => Err(SiteRefusal::job_failed("Jobs of this type cannot be cancelled.")),
        }
    })?;
    caller.note(&world, "job.cancel", id);
    Ok(StatusCode::OK)
}

fn is_over(state: &str) -> bool {
    ["SUCCESSFUL", "FAILED", "CANCELLED"].contains(&state)
}

impl<'world> Row<'world> {
    /// The job, if the site API tells of it.
    fn of(job: &'world mut Job, now: OffsetDateTime) -> Option<Self> {
        let told = job.told.as_ref()?;
        let (kind, title) = (told.kind?, told.title);
        let progress = job.progress(now);
        Some(Self { job, kind, title, progress })
    }

    fn state(&self) -> &'static str {
        self.progress.now().0
    }

    fn since(&self, wanted: impl Fn(&str) -> bool) -> Option<OffsetDateTime> {
        self.progress.history.iter().find(|(state, _)| wanted(state)).map(|(_, at)| *at)
    }

    fn started(&self) -> Option<OffsetDateTime> {
        self.since(|state| state == "IN_PROGRESS")
    }

    fn completed(&self) -> Option<OffsetDateTime> {
        self.since(is_over)
    }

    fn status(&self) -> &'static str {
        match self.state() {
            "NEW" => "Pending",
            "SUCCESSFUL" => "Success",
            "FAILED" => "Failed",
            "CANCELLED" => "Cancelled",
            _ => "InProgress",
        }
    }

    fn percent(&self) -> usize {
        match self.completed() {
            Some(_) => 100,
            None => (self.progress.done * 100 / self.job.rows.len().max(1)).min(99),
        }
    }

    /// 0 success, 1 failure, 2 called off. Before the end it means nothing; the vendor's sample shows 1 then.
    fn finish_code(&self) -> u8 {
        match self.state() {
            "SUCCESSFUL" => 0,
            "CANCELLED" => 2,
            _ => 1,
        }
    }

    fn listed(&self) -> Element {
        Element::new("backgroundJob")
            .with("id", self.job.id)
            .with("status", self.status())
            .with("createdAt", Stamp(self.job.submitted))
            .maybe("startedAt", self.started().map(Stamp))
            .maybe("endedAt", self.completed().map(Stamp))
            .with("priority", PRIORITY)
            .with("jobType", self.kind)
            .with("title", self.title)
            .with("subtitle", "")
            .with("args", "")
    }

    fn alone(&self) -> Element {
        let job = Element::new("job")
            .with("id", self.job.id)
            .with("mode", "Asynchronous")
            .with("type", self.kind)
            .with("progress", self.percent())
            .with("createdAt", Stamp(self.job.submitted))
            .maybe("startedAt", self.started().map(Stamp))
            .with("updatedAt", Stamp(self.progress.now().1))
            .maybe("completedAt", self.completed().map(Stamp))
            .with("finishCode", self.finish_code());
        let notes = if self.completed().is_some() { notes::of(self.job) } else { Vec::new() };
        if notes.is_empty() { job } else { job.child(Element::new("statusNotes").children(notes)) }
    }
}

/// What every job has unless somebody sets another.
const PRIORITY: i64 = 50;

impl Filtered for Row<'_> {
    const FIELDS: &'static [Field] = &[
        Field::new("args", Kind::Text, "has"),
        Field::new("completedAt", Kind::Moment, "eq gt gte lt lte"),
        Field::new("createdAt", Kind::Moment, "eq gt gte lt lte"),
        Field::new("startedAt", Kind::Moment, "eq gt gte lt lte"),
        Field::new("jobType", Kind::Text, "eq in"),
        Field::new("notes", Kind::Text, "has"),
        Field::new("priority", Kind::Number, "eq gt gte lt lte"),
        Field::new("progress", Kind::Number, "eq gt gte lt lte"),
        Field::new("status", Kind::Text, "eq"),
        Field::new("subtitle", Kind::Text, "eq has"),
        Field::new("title", Kind::Text, "eq has"),
    ];

    fn value(&self, field: &str) -> Value {
        let moment = |at: Option<OffsetDateTime>| at.map_or(Value::Missing, Value::Moment);
        match field {
            "completedAt" => moment(self.completed()),
            "createdAt" => Value::Moment(self.job.submitted),
            "startedAt" => moment(self.started()),
            "jobType" => Value::Text(self.kind.to_owned()),
            "priority" => Value::Number(PRIORITY),
            "progress" => Value::Number(self.percent() as i64),
            "status" => Value::Text(self.status().to_owned()),
            "title" => Value::Text(self.title.to_owned()),
            "args" | "notes" | "subtitle" => Value::Text(String::new()),
            _ => Value::Missing,
        }
    }
}
