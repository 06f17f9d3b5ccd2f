//! Bad days while a job of Tableau's is watched and while people are read back: what was sent is not sent again, and every
//! row ends by what is true.

use std::time::Duration;

use model::{
    PlanId, ProblemCode,
    runs::{RowState, RunRow, RunState},
};
use operations::{ManyForm, Whom};
use simulator::{Fault, FaultKind, JobFate};

use crate::{
    bad_runs::{Ready, applied, names, newcomers, ready},
    house::House,
    plans::{apply, people_on, sheet},
    runs::{Worker, until},
};

/// Looking at a job, and reading back people whose ids it told.
const LOOKS: [(&str, &str); 2] = [("GET", "/jobs/"), ("POST", "/bulk/users/details")];

async fn is_overcome(fault: Fault) {
    for (method, path) in LOOKS {
        let Ready { house, caller, site, hurried } = ready().await;
        house.world().set_job_pace(Duration::from_millis(200), Duration::ZERO);
        let plan = newcomers(&house, &caller, site, &names(1, "looked")).await;
        house.world().clear_ledger();
        house.world().inject(fault.clone().on(method, path));
        let worker = Worker::start(&hurried);
        let sheet = until(&house, &caller, plan, RunState::Over).await;
        for row in &sheet.rows.rows {
            assert_eq!((row.state, row.attempt), (RowState::Done, 1), "{method} {path}: {row:?}");
        }
        assert!(applied(&house).values().all(|times| *times == 1));
        let hit = house.world().requests().into_iter().filter(|it| it.method == method);
        assert!(hit.filter(|it| it.path.contains(path)).count() > 1, "{method} {path} was tried again");
        worker.stop().await;
    }
}

#[tokio::test]
async fn a_session_that_ends_while_a_job_is_watched_or_people_are_read_back_is_renewed() {
    is_overcome(Fault::new(FaultKind::ExpiredSession).times(1)).await;
}

#[tokio::test]
async fn three_refusals_for_too_many_calls_in_a_row_are_waited_out() {
    is_overcome(Fault::status(429).times(3)).await;
}

/// Deletes people of one site only, who own nothing.
async fn deletion(ready: &Ready) -> (PlanId, Vec<String>) {
    let Ready { house, caller, site, .. } = ready;
    let people = people_on(house, caller, *site).await.into_iter().filter(|row| row.1 == "Viewer");
    let people: Vec<String> = people.map(|row| row.0).take(4).collect();
    for name in &people {
        assert!(house.world().set_owned(name, &site.to_string(), 0));
    }
    let form = ManyForm {
        whom: Whom { names: people.join("\n"), ..Whom::default() },
        change: "delete".to_owned(),
        ..ManyForm::default()
    };
    let plan = house.operations.plan_many(caller, form).await.unwrap();
    let form = apply(&sheet(house, caller, plan).await);
    house.operations.apply_plan(caller, form).await.unwrap();
    (plan, people)
}

/// Every row ends by what is true in Tableau, and where it is not as asked nobody knows what will come of it.
fn end_by_what_is_true(house: &House, rows: &[RunRow], shall_be_there: bool, code: ProblemCode) {
    for row in rows {
        let is_there = house.world().person(&row.user_name).is_some();
        if is_there == shall_be_there {
            assert_eq!(row.state, RowState::Done, "{row:?}");
        } else {
            assert_eq!((row.state, &row.code), (RowState::Unknown, &Some(code.word())), "{row:?}");
        }
        assert_eq!(row.attempt, 1, "{row:?}");
    }
}

async fn with_fate(fate: JobFate, code: ProblemCode, half: bool) {
    for imports in [true, false] {
        let ready = ready().await;
        ready.house.world().set_job_pace(Duration::ZERO, Duration::ZERO);
        let (plan, all) = if imports {
            let many = names(30, "imported");
            (newcomers(&ready.house, &ready.caller, ready.site, &many).await, 30)
        } else {
            let (plan, people) = deletion(&ready).await;
            (plan, people.len())
        };
        let Ready { house, caller, hurried, .. } = &ready;
        house.world().set_job_fate(fate.clone());
        let worker = Worker::start(hurried);
        let sheet = until(house, caller, plan, RunState::Over).await;
        let way = if imports { "/bulk/users/import" } else { "/bulk/users/delete" };
        let sent = house.world().requests().into_iter().filter(|it| it.method != "GET");
        assert_eq!(sent.filter(|it| it.path.contains(way)).count(), 1, "{way} is sent once");
        assert_eq!(sheet.rows.rows.len(), all);
        end_by_what_is_true(house, &sheet.rows.rows, imports, code);
        let done = sheet.run.counts.done as usize;
        assert_eq!(done, if half { all / 2 } else { all }, "{:?}", sheet.run.counts);
        assert!(applied(house).values().all(|times| *times == 1));
        worker.stop().await;
    }
}

#[tokio::test]
async fn an_import_and_a_deletion_that_never_end_are_given_up_and_read_back() {
    with_fate(JobFate::NeverEnds, ProblemCode::JobEndless, true).await;
}

#[tokio::test]
async fn an_import_and_a_deletion_that_tableau_forgot_are_read_back() {
    with_fate(JobFate::Forgotten, ProblemCode::JobForgotten, false).await;
}
