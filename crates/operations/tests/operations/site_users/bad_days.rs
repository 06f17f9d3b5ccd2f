//! People of a site on bad days: nobody is changed twice, and what nobody knows is called unknown.

use std::time::Duration;

use model::{ProblemCode, runs::RowState};
use simulator::{Fault, FaultKind};

use super::told;
use crate::{house::wait_for, members::Desk, runs::Worker};

#[tokio::test]
async fn a_lost_answer_is_never_sent_again_and_reading_back_tells_what_is_true() {
    let desk = Desk::open().await;
    let adding = format!("/sites/{}/users", desk.site);
    desk.house.world().inject(Fault::new(FaultKind::Reset).on("POST", &adding).applied().times(1));
    let took = desk.done(desk.add("took@example.com", "Viewer")).await;
    assert_eq!((told(&took[0]), took[0].attempt), ((RowState::Done, None, Some("Viewer")), 1));
    desk.house.world().inject(Fault::new(FaultKind::Reset).on("POST", &adding).times(1));
    let lost = desk.done(desk.add("lost@example.com", "Viewer")).await;
    let code = ProblemCode::FateUnknown.word();
    assert_eq!(told(&lost[0]), (RowState::Unknown, Some(code.as_str()), Some("not on the site")));
    assert_eq!((lost[0].attempt, desk.role_of("lost@example.com")), (1, None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_dies_in_the_middle_changes_nobody_twice() {
    let desk = Desk::open().await;
    let names = desk.people(40, "dies");
    let plan = desk.users(desk.role(&names.join("\n"), "Explorer")).await;
    desk.apply(plan).await;
    let made = desk.house.world().applied("user.role");
    desk.house.world().set_latency(Duration::from_millis(100));
    let worker = Worker::start(&desk.house.in_a_hurry());
    wait_for("some to be changed", || desk.house.world().applied("user.role") >= made + 5).await;
    drop(worker);
    let rows = desk.carried_out(plan).await;
    let done = rows.iter().filter(|row| row.state == RowState::Done).count();
    let unknown = rows.iter().filter(|row| row.state == RowState::Unknown).count();
    assert_eq!(done + unknown, 40, "{rows:?}");
    assert!(unknown <= 6, "only what was in flight may be unknown: {unknown}");
    assert!(rows.iter().all(|row| row.attempt == 1), "nobody is sent twice, and nobody is forgotten");
    let changed = names.iter().filter(|name| desk.role_of(name).as_deref() == Some("Explorer")).count();
    assert_eq!(desk.house.world().applied("user.role") - made, changed);
    assert!(changed >= done);
}

#[tokio::test]
async fn many_single_changes_go_through_a_site_that_wants_pauses_and_none_is_made_twice() {
    let desk = Desk::open().await;
    let names = desk.people(12, "single");
    let updating = format!("/sites/{}/users/", desk.site);
    desk.house.world().inject(Fault::status(429).retry_after("1").on("PUT", &updating).after(3).times(2));
    let made = desk.house.world().applied("user.role");
    let rows = desk.done(desk.role(&names.join("\n"), "Explorer")).await;
    assert!(rows.iter().all(|row| row.state == RowState::Done), "{rows:?}");
    assert_eq!(rows.iter().filter(|row| row.attempt == 2).count(), 2);
    assert_eq!(desk.house.world().applied("user.role") - made, 12);
}
