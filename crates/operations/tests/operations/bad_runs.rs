//! Runs on bad days: nothing is lost, nothing is done twice, and what nobody knows is called unknown.

use std::{collections::HashMap, time::Duration};

use model::{
    PlanId, ProblemCode, SiteId,
    audit::ActState,
    runs::{RowState, RunSheet, RunState},
};
use operations::{Caller, Operations, Reality};
use simulator::{Fault, FaultKind, JobFate};

use crate::{
    house::House,
    plans::{active_site, apply, role, sheet},
    runs::{Worker, run, until, until_so},
};

/// Where a worker dies: as soon as the run is so.
type Place<'a> = &'a dyn Fn(&RunSheet) -> bool;

/// New people on a site, applied and not yet carried out.
pub async fn newcomers(house: &House, caller: &Caller, site: SiteId, names: &str) -> PlanId {
    let plan = house.operations.plan_many(caller, role(names, site, "Unlicensed")).await.unwrap();
    let sheet = sheet(house, caller, plan).await;
    house.operations.apply_plan(caller, apply(&sheet)).await.unwrap();
    plan
}

pub fn names(count: usize, word: &str) -> String {
    (0..count).map(|number| format!("{word}{number}@example.com\n")).collect()
}

/// How often each person was changed in the pretend world.
pub fn applied(house: &House) -> HashMap<String, usize> {
    let mut count = HashMap::new();
    for change in house.world().changes().iter().filter(|change| change.kind.starts_with("user.")) {
        *count.entry(change.object.clone()).or_default() += 1;
    }
    count
}

/// The address where people are created; a part of it is in other addresses too.
fn creating(house: &House) -> String {
    format!("{}/users", house.simulator.details().tenant_id)
}

pub struct Ready {
    pub house: House,
    pub caller: Caller,
    pub site: SiteId,
    pub hurried: Operations,
}

pub async fn ready() -> Ready {
    ready_in(House::start(Reality::Pretend).await).await
}

async fn ready_in(house: House) -> Ready {
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let hurried = house.in_a_hurry();
    Ready { house, caller, site, hurried }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_dies_over_and_over_loses_nothing_and_doubles_nothing() {
    workers_die(ready().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_does_it_on_postgresql() {
    if let Some(house) = House::on_postgres().await {
        workers_die(ready_in(house).await).await;
    }
}

async fn workers_die(ready: Ready) {
    let Ready { house, caller, site, .. } = ready;
    house.world().set_job_pace(Duration::from_millis(1_500), Duration::from_millis(1));
    let single: String = names(12, "single");
    let first = newcomers(&house, &caller, site, &names(1_000, "many")).await;
    let second = newcomers(&house, &caller, site, &single).await;
    let has_job = |sheet: &RunSheet| !sheet.jobs.is_empty();
    let has_ends = |sheet: &RunSheet| {
        let counts = sheet.run.counts;
        counts.waiting + counts.sent < counts.all()
    };
    // Each dies at another place: when the file is taken, or a single person; when the first single ones have their end,
    // or all of the file.
    let places: [(PlanId, Place<'_>); 4] =
        [(first, &has_job), (second, &has_job), (second, &has_ends), (first, &has_ends)];
    for (plan, is_there) in places {
        let worker = Worker::start(&house.in_a_hurry());
        until_so(&house, &caller, plan, is_there).await;
        drop(worker);
    }
    let worker = Worker::start(&house.in_a_hurry());
    for plan in [first, second] {
        let sheet = until(&house, &caller, plan, RunState::Over).await;
        let counts = sheet.run.counts;
        assert_eq!(counts.done + counts.unknown, counts.all(), "{counts:?}");
        assert!(counts.unknown <= 12, "only what was in flight may be unknown: {counts:?}");
    }
    assert!(applied(&house).values().all(|times| *times == 1));
    let open = house.log(&caller).await.into_iter().filter(|entry| entry.state == ActState::Started).count();
    assert_eq!(open, 0);
    assert_eq!(house.store.audit_verify().await.unwrap().broken_at, None);
    worker.stop().await;
}

#[tokio::test]
async fn a_storm_of_429_is_waited_out_and_everything_is_sent_once() {
    let Ready { house, caller, site, hurried } = ready().await;
    house.world().inject(Fault::status(429).on("POST", &creating(&house)).retry_after("1").times(3));
    let plan = newcomers(&house, &caller, site, &names(4, "storm")).await;
    let worker = Worker::start(&hurried);
    let sheet = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!(sheet.run.counts.done, 4);
    assert!(sheet.rows.rows.iter().any(|row| row.attempt > 1), "what was refused waits and is sent again");
    assert!(applied(&house).values().all(|times| *times == 1));
    worker.stop().await;
}

#[tokio::test]
async fn a_lost_answer_is_never_sent_again_and_reading_back_tells_what_is_true() {
    let Ready { house, caller, site, hurried } = ready().await;
    house.world().set_job_pace(Duration::ZERO, Duration::ZERO);
    house.world().inject(Fault::new(FaultKind::Reset).on("POST", &creating(&house)).applied().times(1));
    let took = newcomers(&house, &caller, site, "took@example.com").await;
    let worker = Worker::start(&hurried);
    let sheet = until(&house, &caller, took, RunState::Over).await;
    assert_eq!((sheet.rows.rows[0].state, sheet.rows.rows[0].attempt), (RowState::Done, 1));
    house.world().inject(Fault::new(FaultKind::Reset).on("POST", &creating(&house)).times(1));
    let lost = newcomers(&house, &caller, site, "lost@example.com").await;
    let sheet = until(&house, &caller, lost, RunState::Over).await;
    assert_eq!((sheet.rows.rows[0].state, sheet.rows.rows[0].attempt), (RowState::Unknown, 1));
    assert_eq!(sheet.rows.rows[0].code, Some(ProblemCode::FateUnknown.word()));
    let entry =
        house.log(&caller).await.into_iter().find(|entry| entry.object_name == "lost@example.com").unwrap();
    assert_eq!(entry.state, ActState::Unknown);
    assert!(house.world().person("lost@example.com").is_none());
    worker.stop().await;
}

#[tokio::test]
async fn a_job_that_never_ends_is_given_up_and_one_that_is_forgotten_is_read_back() {
    let Ready { house, caller, site, hurried } = ready().await;
    let worker = Worker::start(&hurried);
    house.world().set_job_fate(JobFate::NeverEnds);
    let plan = newcomers(&house, &caller, site, "endless@example.com").await;
    let sheet = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!(sheet.rows.rows[0].state, RowState::Unknown);
    assert_eq!(sheet.rows.rows[0].code, Some(ProblemCode::JobEndless.word()));
    house.world().set_job_fate(JobFate::Forgotten);
    let plan = newcomers(&house, &caller, site, "forgotten@example.com").await;
    let sheet = until(&house, &caller, plan, RunState::Over).await;
    let row = &sheet.rows.rows[0];
    let there = house.world().person("forgotten@example.com").is_some();
    assert_eq!(row.state, if there { RowState::Done } else { RowState::Unknown }, "{row:?}");
    worker.stop().await;
}

#[tokio::test]
async fn a_job_that_fails_and_rows_that_are_refused_are_told_with_their_codes() {
    let Ready { house, caller, site, hurried } = ready().await;
    let worker = Worker::start(&hurried);
    house.world().refuse_rows("bad@example.com", "E_403_USR_SVC_2018");
    let plan = newcomers(&house, &caller, site, "bad@example.com\ngood@example.com").await;
    let sheet = until(&house, &caller, plan, RunState::Over).await;
    let told: Vec<_> = sheet.rows.rows.iter().map(|row| (row.state, row.code.as_deref())).collect();
    assert_eq!(told[0], (RowState::Failed, Some("E_403_USR_SVC_2018")));
    assert_eq!(told[1].0, RowState::Done);
    house.world().set_job_fate(JobFate::Fails { after: 0, code: None });
    let plan = newcomers(&house, &caller, site, "whole@example.com").await;
    let sheet = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!(sheet.rows.rows[0].state, RowState::Failed);
    worker.stop().await;
}

#[tokio::test]
async fn a_session_that_ends_in_the_middle_is_renewed_and_a_sign_in_that_is_over_pauses_the_run() {
    let Ready { house, caller, site, hurried } = ready().await;
    house.world().inject(Fault::new(FaultKind::ExpiredSession).on("POST", &creating(&house)).times(1));
    let plan = newcomers(&house, &caller, site, "renewed@example.com").await;
    let worker = Worker::start(&hurried);
    let sheet = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!(sheet.run.counts.done, 1);
    worker.stop().await;
    let plan = newcomers(&house, &caller, site, "later@example.com").await;
    house.operations.sign_out(&caller).await.unwrap();
    let again = house.in_a_hurry();
    let worker = Worker::start(&again);
    // Somebody else looks at it, and resumes it under their own name.
    let other = house.administrator().await;
    let sheet = until(&house, &other, plan, RunState::Paused).await;
    assert_eq!(sheet.run.code, Some(ProblemCode::SignInOver.word()));
    assert_eq!(sheet.rows.rows[0].state, RowState::Waiting);
    let ticket = crate::house::ticket();
    house.operations.steer_run(&other, &plan, model::act::Turn::Resume, ticket).await.unwrap();
    let sheet = until(&house, &other, plan, RunState::Over).await;
    assert_eq!(sheet.run.counts.done, 1);
    worker.stop().await;
}

#[tokio::test]
async fn two_plans_over_the_same_person_do_not_mix() {
    let Ready { house, caller, site, hurried } = ready().await;
    let other = house.world().sites().into_iter().filter(|it| it.status == "Active").nth(1).unwrap();
    let other = SiteId::parse(&other.id).unwrap();
    let first = newcomers(&house, &caller, site, "shared@example.com").await;
    let second = newcomers(&house, &caller, other, "shared@example.com").await;
    let worker = Worker::start(&hurried);
    for plan in [first, second] {
        until(&house, &caller, plan, RunState::Over).await;
    }
    let ends = [run(&house, &caller, first).await, run(&house, &caller, second).await]
        .map(|it| it.rows.rows[0].state);
    // The second meets somebody who came into being meanwhile: what it means is still true, so it is added.
    assert_eq!(ends, [RowState::Done, RowState::Done]);
    let person = house.world().person("shared@example.com").unwrap();
    assert_eq!(person.roles.len(), 2);
    worker.stop().await;
}

#[tokio::test]
async fn a_log_that_cannot_be_written_keeps_everything_from_being_sent() {
    let Ready { house, caller, site, hurried } = ready().await;
    let plan = newcomers(&house, &caller, site, "unwritten@example.com").await;
    house.sql("DROP TABLE audit_head").await;
    let worker = Worker::start(&hurried);
    // The run is let go where a person can see why, and not tried over and over.
    let sheet = until(&house, &caller, plan, RunState::Paused).await;
    assert_eq!(sheet.run.code, Some(ProblemCode::LogUnavailable.word()));
    let row = &sheet.rows.rows[0];
    assert_eq!((row.state, row.attempt, row.act), (RowState::Waiting, 0, None));
    let requests = house.world().requests();
    assert!(!requests.iter().any(|it| it.method == "POST" && it.path.ends_with("/users")));
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_many_faulty_runs_no_row_is_applied_twice() {
    let Ready { house, caller, site, hurried } = ready().await;
    house.world().set_job_pace(Duration::ZERO, Duration::ZERO);
    let kinds =
        [FaultKind::Reset, FaultKind::Truncated, FaultKind::Malformed, FaultKind::Html, FaultKind::Empty];
    for (at, kind) in kinds.into_iter().cycle().take(60).enumerate() {
        let fault = Fault::new(kind).on("POST", &creating(&house)).after(at as u32 % 7).times(1);
        house.world().inject(if at % 2 == 0 { fault.applied() } else { fault });
    }
    let plans = futures::future::join_all((0..10).map(|part| {
        let names = names(15, &format!("fault{part}x"));
        let (house, caller) = (&house, &caller);
        async move { newcomers(house, caller, site, &names).await }
    }));
    let plans = plans.await;
    let worker = Worker::start(&hurried);
    let mut all = 0;
    for plan in plans {
        let counts = until(&house, &caller, plan, RunState::Over).await.run.counts;
        assert_eq!(counts.waiting + counts.sent, 0);
        all += counts.all();
    }
    assert_eq!(all, 150);
    assert!(applied(&house).values().all(|times| *times == 1));
    worker.stop().await;
}
