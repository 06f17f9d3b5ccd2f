//! Paused runs whose worker died: what is with Tableau gets its end all the same, and nothing new is sent.

use std::{collections::HashMap, future::pending, time::Duration};

use model::{
    PlanId, ProblemCode, SiteId,
    act::Turn,
    runs::{RowState, RunSheet, RunState},
};
use operations::{Caller, Operations, Reality};
use tokio::runtime::{Builder, Runtime};

use crate::{
    house::{House, ticket},
    plans::{active_site, apply, role, sheet},
    runs::{Worker, until, until_so},
};

/// A process of its own that dies with everything it has begun.
struct Doomed(Option<Runtime>);

impl Doomed {
    fn start(operations: impl Future<Output = Operations> + Send + 'static) -> Self {
        let process = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        process.spawn(async move { operations.await.work(pending()).await });
        Self(Some(process))
    }
}

impl Drop for Doomed {
    fn drop(&mut self) {
        if let Some(process) = self.0.take() {
            process.shutdown_background();
        }
    }
}

/// A run of new people, paused while so many of them are with Tableau, and its worker dead.
async fn paused(house: &House, caller: &Caller, site: SiteId, people: usize) -> PlanId {
    // The jobs of what is sent take as long as the test lets them.
    house.world().set_job_pace(Duration::from_secs(600), Duration::ZERO);
    let names: String = (0..people).map(|number| format!("paused{number}@example.com\n")).collect();
    let plan = house.operations.plan_many(caller, role(&names, site, "Unlicensed")).await.unwrap();
    let seen = sheet(house, caller, plan).await;
    house.operations.apply_plan(caller, apply(&seen)).await.unwrap();
    let worker = Doomed::start(house.in_a_process());
    let at_once = people.min(6);
    let has_job = |sheet: &RunSheet| sheet.rows.rows.iter().filter(|row| row.job.is_some()).count();
    until_so(house, caller, plan, |sheet| has_job(sheet) == at_once).await;
    house.operations.steer_run(caller, &plan, Turn::Pause, ticket()).await.unwrap();
    drop(worker);
    plan
}

fn most_changes(house: &House) -> usize {
    let mut count: HashMap<String, usize> = HashMap::new();
    for change in house.world().changes().iter().filter(|change| change.kind.starts_with("user.")) {
        *count.entry(change.object.clone()).or_default() += 1;
    }
    count.into_values().max().unwrap_or_default()
}

async fn ready() -> (House, Caller, SiteId) {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    (house, caller, site)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_sent_gets_its_end_in_a_paused_run_and_the_rest_still_waits() {
    let (house, caller, site) = ready().await;
    let plan = paused(&house, &caller, site, 10).await;
    house.world().advance(Duration::from_secs(3_600));
    let worker = Worker::start(&house.in_a_hurry());
    let seen = until_so(&house, &caller, plan, |sheet| sheet.run.counts.sent == 0).await;
    assert_eq!((seen.run.state, seen.run.code), (RunState::Paused, None));
    assert_eq!((seen.run.counts.done, seen.run.counts.waiting), (6, 4));
    house.world().set_job_pace(Duration::ZERO, Duration::ZERO);
    house.operations.steer_run(&caller, &plan, Turn::Resume, ticket()).await.unwrap();
    let seen = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!(seen.run.counts.done, 10);
    assert_eq!(most_changes(&house), 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paused_run_of_which_everything_was_sent_is_over_by_itself() {
    let (house, caller, site) = ready().await;
    let plan = paused(&house, &caller, site, 3).await;
    house.world().advance(Duration::from_secs(3_600));
    let worker = Worker::start(&house.in_a_hurry());
    let seen = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!(seen.run.counts.done, 3);
    assert_eq!(most_changes(&house), 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_sign_in_nobody_can_look_and_the_paused_run_says_so() {
    let (house, caller, site) = ready().await;
    let plan = paused(&house, &caller, site, 2).await;
    house.world().advance(Duration::from_secs(3_600));
    house.operations.sign_out(&caller).await.unwrap();
    let other = house.administrator().await;
    let worker = Worker::start(&house.in_a_hurry());
    let seen = until_so(&house, &other, plan, |sheet| sheet.run.code.is_some()).await;
    assert_eq!(seen.run.code, Some(ProblemCode::SignInOver.word()));
    assert!(seen.rows.rows.iter().all(|row| row.state == RowState::Sent), "{seen:?}");
    house.operations.steer_run(&other, &plan, Turn::Resume, ticket()).await.unwrap();
    let seen = until(&house, &other, plan, RunState::Over).await;
    assert_eq!(seen.run.counts.done, 2);
    assert_eq!(most_changes(&house), 1);
    worker.stop().await;
}
