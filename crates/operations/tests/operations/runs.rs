//! Runs: written down first, sent once, watched, read back; and what happens on bad days.

use model::{
    PageRequest, PlanId, ProblemCode,
    act::Turn,
    audit::ActState,
    plan::PlanSheet,
    runs::{RowState, RowsQuery, RunRow, RunSheet, RunState},
};
use operations::{Caller, ManyForm, Operations, Reality, Whom};
use tokio::{sync::oneshot, task::JoinHandle};

use crate::{
    house::{House, ask_until, ticket},
    plans::{active_site, apply, explorer_on, people_on, role, sheet},
};

/// A worker that can be told to stop, or killed.
pub struct Worker {
    task: JoinHandle<()>,
    stop: Option<oneshot::Sender<()>>,
}

impl Worker {
    pub fn start(operations: &Operations) -> Self {
        let (stop, stopped) = oneshot::channel();
        let operations = operations.clone();
        let until = async move { _ = stopped.await };
        Self { task: tokio::spawn(async move { operations.work(until).await }), stop: Some(stop) }
    }

    pub async fn stop(mut self) {
        self.stop.take();
        (&mut self.task).await.unwrap();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub async fn run(house: &House, caller: &Caller, id: PlanId) -> RunSheet {
    let query = RowsQuery { page: PageRequest { number: 1, size: 250 }, ..RowsQuery::default() };
    house.operations.run(caller, &id, &query).await.unwrap()
}

/// Waits until a run is in this state.
pub async fn until(house: &House, caller: &Caller, id: PlanId, state: RunState) -> RunSheet {
    until_so(house, caller, id, |sheet| sheet.run.state == state).await
}

/// Waits until a run is so.
pub async fn until_so(
    house: &House,
    caller: &Caller,
    id: PlanId,
    is_so: impl Fn(&RunSheet) -> bool,
) -> RunSheet {
    ask_until("the run", || run(house, caller, id), is_so).await
}

async fn apply_all(house: &House, caller: &Caller, plan: PlanId) -> PlanSheet {
    let sheet = sheet(house, caller, plan).await;
    house.operations.apply_plan(caller, apply(&sheet)).await.unwrap();
    sheet
}

fn states(rows: &[RunRow]) -> Vec<RowState> {
    rows.iter().map(|row| row.state).collect()
}

#[tokio::test]
async fn a_role_is_changed_verified_and_recorded() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let name = explorer_on(&house, &caller, site).await;
    let plan = house.operations.plan_many(&caller, role(&name, site, "Viewer")).await.unwrap();
    apply_all(&house, &caller, plan).await;
    let worker = Worker::start(&house.operations);
    let sheet = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!(states(&sheet.rows.rows), [RowState::Done]);
    assert_eq!(sheet.rows.rows[0].found.as_deref(), Some("Viewer"));
    assert_eq!(sheet.jobs.len(), 1);
    let log = house.log(&caller).await;
    let entry = log.iter().find(|entry| entry.verb == "person.role").unwrap();
    assert_eq!(
        (entry.state, entry.before.as_deref(), entry.after.as_deref()),
        (ActState::Done, Some("Explorer"), Some("Viewer"))
    );
    assert_eq!(entry.reason.as_deref(), Some("Test"));
    // The list shows it at once, without another round.
    assert!(people_on(&house, &caller, site).await.contains(&(name, "Viewer".to_owned())));
    worker.stop().await;
}

#[tokio::test]
async fn many_roles_go_as_one_file_and_every_row_is_read_back() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let names: String = (0..60).map(|number| format!("new{number}@example.com\n")).collect();
    let plan = house.operations.plan_many(&caller, role(&names, site, "Unlicensed")).await.unwrap();
    apply_all(&house, &caller, plan).await;
    let worker = Worker::start(&house.operations);
    let sheet = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!((sheet.run.counts.done, sheet.run.counts.all()), (60, 60), "{:?}", sheet.rows.rows[0]);
    assert!(sheet.rows.rows.iter().all(|row| row.user.is_some()), "the job tells who they became");
    let imports =
        house.world().requests().iter().filter(|it| it.path.ends_with("/bulk/users/import")).count();
    assert_eq!((imports, sheet.jobs.len()), (1, 1));
    worker.stop().await;
}

#[tokio::test]
async fn who_owns_content_is_only_unlicensed_and_the_row_says_so() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let people = people_on(&house, &caller, site).await;
    let mut whom = people.iter().filter(|it| it.1 == "Viewer").map(|it| it.0.clone());
    let (owner, other) = (whom.next().unwrap(), whom.next().unwrap());
    assert!(house.world().set_owned(&owner, &site.to_string(), 3));
    let names = format!("{owner}\n{other}");
    let form = ManyForm {
        whom: Whom { names, ..Whom::default() },
        change: "delete".to_owned(),
        ..ManyForm::default()
    };
    let plan = house.operations.plan_many(&caller, form).await.unwrap();
    apply_all(&house, &caller, plan).await;
    let worker = Worker::start(&house.operations);
    let sheet = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!(states(&sheet.rows.rows), [RowState::Differs, RowState::Done]);
    let left = &sheet.rows.rows[0];
    assert_eq!(left.code.as_deref(), Some("USER_UNLICENSED_OWNS_CONTENT"));
    assert_eq!(left.found.as_deref(), Some("in the tenant, unlicensed"));
    assert_eq!(sheet.rows.rows[1].found.as_deref(), Some("removed from the tenant"));
    worker.stop().await;
}

#[tokio::test]
async fn somebody_who_changed_since_the_plan_is_not_touched() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let name = explorer_on(&house, &caller, site).await;
    let plan = house.operations.plan_many(&caller, role(&name, site, "Viewer")).await.unwrap();
    apply_all(&house, &caller, plan).await;
    assert!(house.world().set_role(&name, &site.to_string(), Some("Creator")));
    let changes = house.world().changes().len();
    let worker = Worker::start(&house.operations);
    let sheet = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!(states(&sheet.rows.rows), [RowState::Refused]);
    assert_eq!(sheet.rows.rows[0].code, Some(ProblemCode::RowDrifted.word()));
    assert_eq!(house.world().changes().len(), changes);
    // Planned again, the plan shows the present state.
    let again = house.operations.plan_again(&caller, plan).await.unwrap();
    let again = crate::plans::steps(&house, &caller, again).await;
    assert_eq!((again[0].before.as_str(), again[0].after.as_str()), ("Creator", "Viewer"));
    worker.stop().await;
}

#[tokio::test]
async fn a_paused_run_sends_nothing_until_it_is_resumed_and_a_stopped_one_leaves_the_rest_out() {
    let house = House::start(Reality::Pretend).await;
    let caller = house.administrator().await;
    let (site, _) = active_site(&house);
    let plan = house.operations.plan_many(&caller, role("a@example.com", site, "Unlicensed")).await.unwrap();
    apply_all(&house, &caller, plan).await;
    house.operations.steer_run(&caller, &plan, Turn::Pause, ticket()).await.unwrap();
    // Another run, applied later and carried out, shows that the worker was there and left the first alone.
    let later = house.operations.plan_many(&caller, role("c@example.com", site, "Unlicensed")).await.unwrap();
    apply_all(&house, &caller, later).await;
    let worker = Worker::start(&house.operations);
    until(&house, &caller, later, RunState::Over).await;
    let paused = run(&house, &caller, plan).await;
    assert_eq!((states(&paused.rows.rows), paused.run.state), (vec![RowState::Waiting], RunState::Paused));
    house.operations.steer_run(&caller, &plan, Turn::Resume, ticket()).await.unwrap();
    let sheet = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!(states(&sheet.rows.rows), [RowState::Done]);
    let plan = house.operations.plan_many(&caller, role("b@example.com", site, "Unlicensed")).await.unwrap();
    worker.stop().await;
    apply_all(&house, &caller, plan).await;
    house.operations.steer_run(&caller, &plan, Turn::Stop, ticket()).await.unwrap();
    let again = house.restarted(operations::Table::default());
    let worker = Worker::start(&again);
    let sheet = until(&house, &caller, plan, RunState::Over).await;
    assert_eq!(states(&sheet.rows.rows), [RowState::Stopped]);
    let problem = house.operations.steer_run(&caller, &plan, Turn::Resume, ticket()).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::RunNotRunning);
    worker.stop().await;
}
