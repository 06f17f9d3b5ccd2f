//! Runs that change who is in a group, on bad days: nobody is forgotten, and nobody joins twice.

use std::time::Duration;

use model::{
    GroupId, ProblemCode,
    act::Turn,
    audit::ActState,
    plan::Why,
    runs::{RowState, RunState},
};
use simulator::{Fault, FaultKind};

use super::joining;
use crate::{
    house::{House, ticket, wait_for},
    members::Desk,
    plans::steps,
    runs::{Worker, until},
};

#[tokio::test]
async fn a_token_that_is_killed_in_the_middle_is_renewed_once_and_then_the_run_waits_for_a_person() {
    let desk = Desk::open().await;
    let (first, second) = (desk.group("First"), desk.group("Second"));
    let names = desk.people(500, "killed").join("\n");
    let killed = Fault::new(FaultKind::ExpiredSession).on("POST", &joining(&first)).after(2).times(1);
    desk.house.world().inject(killed);
    let plan = desk.applied(first, "add", &names).await;
    let hurried = desk.house.in_a_hurry();
    let worker = Worker::start(&hurried);
    let over = until(&desk.house, &desk.caller, plan, RunState::Over).await;
    assert_eq!(over.run.counts.done, 500);
    assert_eq!(
        desk.sent("POST", &joining(&first)),
        6,
        "five calls, and the one that met a dead session again"
    );
    // It happens again within minutes: something else has the token, and fighting over it helps nobody.
    let killed = Fault::new(FaultKind::ExpiredSession).on("POST", &joining(&second)).after(2).times(1);
    desk.house.world().inject(killed);
    let plan = desk.applied(second, "add", &names).await;
    let paused = until(&desk.house, &desk.caller, plan, RunState::Paused).await;
    assert_eq!(paused.run.code, Some(ProblemCode::SiteTokenContested.word()));
    assert_eq!((paused.run.counts.done, paused.run.counts.waiting), (200, 300));
    desk.house.operations.try_site_again(&desk.caller, &desk.site).await.unwrap();
    desk.house.operations.steer_run(&desk.caller, &plan, Turn::Resume, ticket()).await.unwrap();
    let over = until(&desk.house, &desk.caller, plan, RunState::Over).await;
    assert_eq!(over.run.counts.done, 500);
    assert_eq!(desk.members(&second).len(), 500);
    worker.stop().await;
}

#[tokio::test]
async fn a_group_that_is_gone_meanwhile_is_told() {
    let desk = Desk::open().await;
    let (gone, going) = (desk.group("Gone"), desk.group("Going"));
    let names = desk.people(2, "gone").join("\n");
    let before = desk.applied(gone, "add", &names).await;
    assert!(desk.house.world().remove_group(&gone.to_string()));
    let worker = Worker::start(&desk.house.in_a_hurry());
    let over = until(&desk.house, &desk.caller, before, RunState::Over).await;
    let code = ProblemCode::GroupNotFound.word();
    assert!(
        over.rows.rows.iter().all(|row| row.state == RowState::Refused && row.code.as_ref() == Some(&code))
    );
    assert_eq!(desk.sent("POST", &joining(&gone)), 0);
    // Gone between the last look and the call: that is about all of them, and none is tried alone.
    let refusal = r#"<tsResponse xmlns="http://tableau.com/api"><error code="404012"><summary>Resource Not Found</summary><detail>No such group.</detail></error></tsResponse>"#;
    desk.house.world().inject(Fault::status(404).body(refusal).on("POST", &joining(&going)).times(1));
    let during = desk.applied(going, "add", &names).await;
    let over = until(&desk.house, &desk.caller, during, RunState::Over).await;
    let told: Vec<_> = over.rows.rows.iter().map(|row| (row.state, row.code.as_deref())).collect();
    assert_eq!(told, [(RowState::Failed, Some("404012")); 2]);
    assert_eq!(desk.sent("POST", &joining(&going)), 1);
    // Planned again, the rows say why there is nothing to do.
    let again = desk.house.operations.plan_again(&desk.caller, before).await.unwrap();
    let rows = steps(&desk.house, &desk.caller, again).await;
    assert!(rows.iter().all(|row| row.why == [Why::NoSuchGroup]), "{rows:?}");
    worker.stop().await;
}

#[tokio::test]
async fn a_gateway_that_knows_nothing_does_not_make_a_group_look_empty() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    let names = desk.people(3, "gate");
    names.iter().for_each(|name| desk.join(name, &group));
    let plan = desk.applied(group, "remove", &names[..2].join("\n")).await;
    // The members as read before the call are told, and then a gateway answers in the site's place: for the call, which
    // never arrives, and for the looks after it.
    let gateway = || Fault { status: Some(404), ..Fault::new(FaultKind::Html) };
    desk.house.world().inject(gateway().on("PUT", "/users/remove").times(1));
    desk.house.world().inject(gateway().on("GET", &joining(&group)).after(1).times(1));
    let worker = Worker::start(&desk.house.in_a_hurry());
    let paused = until(&desk.house, &desk.caller, plan, RunState::Paused).await;
    assert_eq!(paused.run.code, Some(ProblemCode::VendorNotFound.word()));
    assert_eq!((paused.run.counts.done, desk.members(&group).len()), (0, 3), "{:?}", paused.rows.rows);
    desk.house.operations.steer_run(&desk.caller, &plan, Turn::Resume, ticket()).await.unwrap();
    let over = until(&desk.house, &desk.caller, plan, RunState::Over).await;
    assert_eq!((over.run.counts.unknown, over.run.counts.done), (2, 0));
    worker.stop().await;
}

#[tokio::test]
async fn a_lost_answer_is_looked_into_and_only_what_is_missing_goes_once_more() {
    let desk = Desk::open().await;
    let [took, missed, lost] = ["Took", "Missed", "Lost"].map(|name| desk.group(name));
    let names = desk.people(3, "lost").join("\n");
    let reset = |group: &GroupId| Fault::new(FaultKind::Reset).on("POST", &joining(group));
    desk.house.world().inject(reset(&took).applied().times(1));
    desk.house.world().inject(reset(&missed).times(1));
    // The call for many and every single one after it.
    desk.house.world().inject(reset(&lost).times(4));
    let worker = Worker::start(&desk.house.in_a_hurry());
    for (group, attempt, state) in
        [(took, 1, RowState::Done), (missed, 2, RowState::Done), (lost, 2, RowState::Unknown)]
    {
        let plan = desk.applied(group, "add", &names).await;
        let over = until(&desk.house, &desk.caller, plan, RunState::Over).await;
        let told: Vec<_> = over.rows.rows.iter().map(|row| (row.attempt, row.state)).collect();
        assert_eq!(told, [(attempt, state); 3]);
        if state == RowState::Unknown {
            assert_eq!(over.rows.rows[0].code, Some(ProblemCode::FateUnknown.word()));
        }
    }
    assert_eq!(
        (desk.members(&took).len(), desk.members(&missed).len(), desk.members(&lost).len()),
        (3, 3, 0)
    );
    assert_eq!(desk.sent("POST", &joining(&took)), 1);
    worker.stop().await;
}

#[tokio::test]
async fn a_site_that_wants_a_pause_gets_it_and_nobody_joins_twice() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    let names = desk.people(3, "busy").join("\n");
    desk.house.world().inject(Fault::status(429).retry_after("1").on("POST", &joining(&group)).times(1));
    let plan = desk.applied(group, "add", &names).await;
    let worker = Worker::start(&desk.house.in_a_hurry());
    let over = until(&desk.house, &desk.caller, plan, RunState::Over).await;
    assert_eq!(over.run.counts.done, 3);
    assert!(over.rows.rows.iter().all(|row| row.attempt == 2));
    assert_eq!(desk.house.world().applied("group.join"), 1);
    worker.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_dies_in_the_middle_loses_nobody_and_puts_nobody_in_twice() {
    workers_die(Desk::open().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_does_it_on_postgresql() {
    if let Some(house) = House::on_postgres().await {
        workers_die(Desk::open_in(house).await).await;
    }
}

async fn workers_die(desk: Desk) {
    let group = desk.group("Table");
    let names = desk.people(450, "dies");
    let plan = desk.applied(group, "add", &names.join("\n")).await;
    desk.house.world().set_latency(Duration::from_millis(80));
    let path = joining(&group);
    for calls in 1..=3 {
        let worker = Worker::start(&desk.house.in_a_hurry());
        wait_for("one call more", || desk.sent("POST", &path) >= calls).await;
        drop(worker);
    }
    let worker = Worker::start(&desk.house.in_a_hurry());
    let over = until(&desk.house, &desk.caller, plan, RunState::Over).await;
    let counts = over.run.counts;
    assert_eq!(counts.done + counts.unknown, 450, "{counts:?}");
    assert!(counts.unknown <= 300, "only what was in flight may be unknown: {counts:?}");
    assert!(desk.members(&group).len() as u64 >= counts.done);
    let rows = desk.house.store.all_rows(desk.caller.tenant(), plan, &[]).await.unwrap();
    assert!(rows.iter().all(|row| row.attempt == 1), "nobody is sent twice, and nobody is forgotten");
    let open = desk.house.log(&desk.caller).await.into_iter().filter(|it| it.state == ActState::Started);
    assert_eq!(open.count(), 0);
    assert_eq!(desk.house.store.audit_verify().await.unwrap().broken_at, None);
    worker.stop().await;
}
