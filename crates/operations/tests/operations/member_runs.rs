//! Runs that change who is in a group: many in one call, each with its own entry in the log.

mod bad_days;

use model::{
    GroupId, ProblemCode,
    audit::ActState,
    plan::{PlanState, Verdict},
    runs::{AgainFile, RowState, RunRow, RunState},
};
use operations::{Reality, RunDownload};
use simulator::Fault;

use crate::{
    house::{House, ticket},
    members::Desk,
    plans::{apply, sheet, steps},
    runs::{Worker, run, until},
};

/// The address where people join a group.
fn joining(group: &GroupId) -> String {
    format!("/groups/{group}/users")
}

#[tokio::test]
async fn many_join_in_few_calls_each_with_its_own_entry_in_the_log() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    let names = desk.people(120, "many");
    let plan = desk.applied(group, "add", &names.join("\n")).await;
    let path = joining(&group);
    let read = desk.sent("GET", &path);
    let worker = Worker::start(&desk.house.in_a_hurry());
    let over = until(&desk.house, &desk.caller, plan, RunState::Over).await;
    assert_eq!((over.run.counts.done, over.run.counts.all()), (120, 120), "{:?}", over.rows.rows[0]);
    assert_eq!(desk.members(&group).len(), 120);
    assert_eq!(desk.sent("POST", &path), 2);
    assert_eq!(desk.sent("GET", &path) - read, 3, "once before, and once after each call");
    let row = &over.rows.rows[0];
    assert_eq!((row.found.as_deref(), row.attempt), (Some("in Table"), 1));
    let log = desk.house.log(&desk.caller).await;
    let entries: Vec<_> = log.iter().filter(|entry| entry.verb == "member.add").collect();
    assert_eq!(entries.len(), 120);
    let entry = entries.iter().find(|entry| entry.object_name == row.user_name).unwrap();
    assert_eq!(
        (entry.state, entry.before.as_deref(), entry.after.as_deref(), entry.reason.as_deref()),
        (ActState::Done, Some("not in Table"), Some("in Table"), Some("Test"))
    );
    assert_eq!(desk.house.store.audit_verify().await.unwrap().broken_at, None);
    worker.stop().await;
}

#[tokio::test]
async fn exactly_these_people_are_in_the_group_afterwards() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    let names = desk.people(6, "exact");
    names[..4].iter().for_each(|name| desk.join(name, &group));
    let plan = desk.applied(group, "exactly", &names[3..].join("\n")).await;
    let worker = Worker::start(&desk.house.in_a_hurry());
    let over = until(&desk.house, &desk.caller, plan, RunState::Over).await;
    assert_eq!((over.run.counts.done, over.run.counts.all()), (5, 5));
    assert_eq!(desk.members(&group), names[3..]);
    let verbs: Vec<String> = desk.house.log(&desk.caller).await.into_iter().map(|entry| entry.verb).collect();
    assert_eq!(verbs.iter().filter(|verb| *verb == "member.add").count(), 2);
    assert_eq!(verbs.iter().filter(|verb| *verb == "member.remove").count(), 3);
    worker.stop().await;
}

#[tokio::test]
async fn one_bad_name_in_a_call_for_many_fails_alone_and_is_planned_again_alone() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    let names = desk.people(5, "bad");
    let plan = desk.applied(group, "add", &names.join("\n")).await;
    assert!(desk.house.world().set_role(&names[2], &desk.site.to_string(), None));
    let worker = Worker::start(&desk.house.in_a_hurry());
    let over = until(&desk.house, &desk.caller, plan, RunState::Over).await;
    assert_eq!((over.run.counts.done, over.run.counts.failed), (4, 1));
    let failed = &over.rows.rows[2];
    assert_eq!((failed.state, failed.code.as_deref()), (RowState::Failed, Some("404002")));
    assert!(over.rows.rows.iter().all(|row| row.attempt == 2), "one call for all, then one for each");
    // Both attempts are in the log, the first as failed.
    let log = desk.house.log(&desk.caller).await;
    let attempts: Vec<_> =
        log.iter().filter(|entry| entry.object_name == names[0]).map(|it| it.state).collect();
    assert_eq!(attempts, [ActState::Done, ActState::Failed]);
    let file = desk.house.operations.run_file(&desk.caller, &plan, RunDownload::Again).await.unwrap();
    let file = String::from_utf8(file.bytes).unwrap();
    // An import cannot say who belongs to which group: the file is what the form for members takes.
    assert_eq!(file, format!("{}\n", names[2]));
    assert_eq!(over.again, AgainFile::Names);
    let again = desk.house.operations.plan_again(&desk.caller, plan).await.unwrap();
    let rows = steps(&desk.house, &desk.caller, again).await;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].user_name.as_str(), rows[0].verdict), (names[2].as_str(), Verdict::Refused));
    worker.stop().await;
}

#[tokio::test]
async fn a_site_of_an_older_version_gets_one_call_for_each() {
    let house = House::start(Reality::Pretend).await;
    assert!(house.world().set_site_version("3.20"));
    let desk = Desk::open_in(house).await;
    let group = desk.group("Table");
    let names = desk.people(3, "old");
    let plan = desk.applied(group, "add", &names.join("\n")).await;
    let worker = Worker::start(&desk.house.in_a_hurry());
    let over = until(&desk.house, &desk.caller, plan, RunState::Over).await;
    assert_eq!(over.run.counts.done, 3);
    assert_eq!(desk.sent("POST", &joining(&group)), 3);
    assert!(over.rows.rows.iter().all(|row| row.attempt == 1));
    worker.stop().await;
}

#[tokio::test]
async fn who_is_in_the_group_already_counts_as_done_whatever_the_answer_calls_it() {
    let desk = Desk::open().await;
    let (many, one) = (desk.group("Many"), desk.group("One"));
    let names = desk.people(3, "there");
    let refusal = r#"<tsResponse xmlns="http://tableau.com/api"><error code="409011"><summary>Resource Conflict</summary><detail>The user is in the group.</detail></error></tsResponse>"#;
    let conflict = |group: &GroupId| Fault::status(409).body(refusal).on("POST", &joining(group)).times(1);
    desk.house.world().inject(conflict(&many).applied());
    desk.house.world().inject(conflict(&one).applied());
    let worker = Worker::start(&desk.house.in_a_hurry());
    for (group, names) in [(many, names.join("\n")), (one, names[0].clone())] {
        let plan = desk.applied(group, "add", &names).await;
        let over = until(&desk.house, &desk.caller, plan, RunState::Over).await;
        let done = |row: &RunRow| (row.state, row.code.as_deref(), row.attempt) == (RowState::Done, None, 1);
        assert!(over.rows.rows.iter().all(done), "{:?}", over.rows.rows);
        assert_eq!(desk.sent("POST", &joining(&group)), 1);
    }
    worker.stop().await;
}

#[tokio::test]
async fn the_same_plan_counts_once_and_a_second_one_finds_everything_done() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    let names = desk.people(2, "twice").join("\n");
    let [first, second] = [desk.plan(group, "add", &names).await, desk.plan(group, "add", &names).await];
    let seen = sheet(&desk.house, &desk.caller, first).await;
    desk.apply(first).await;
    let problem = desk.house.operations.apply_plan(&desk.caller, apply(&seen)).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::PlanNotOpen);
    assert_eq!(sheet(&desk.house, &desk.caller, first).await.plan.state, PlanState::Applied);
    let worker = Worker::start(&desk.house.in_a_hurry());
    until(&desk.house, &desk.caller, first, RunState::Over).await;
    desk.apply(second).await;
    let over = until(&desk.house, &desk.caller, second, RunState::Over).await;
    assert!(over.rows.rows.iter().all(|row| row.state == RowState::Done && row.attempt == 0));
    assert_eq!(desk.house.world().applied("group.join"), 1);
    worker.stop().await;
}

#[tokio::test]
async fn without_a_connection_nothing_is_applied_and_rows_of_a_run_are_refused() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    let names = desk.people(2, "cut").join("\n");
    let [first, second] = [desk.plan(group, "add", &names).await, desk.plan(group, "add", &names).await];
    desk.apply(first).await;
    desk.house.operations.disconnect_site(&desk.caller, &desk.site, ticket()).await.unwrap();
    let seen = sheet(&desk.house, &desk.caller, second).await;
    let problem = desk.house.operations.apply_plan(&desk.caller, apply(&seen)).await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::SiteNotConnected);
    let worker = Worker::start(&desk.house.in_a_hurry());
    let over = until(&desk.house, &desk.caller, first, RunState::Over).await;
    let code = ProblemCode::SiteNotConnected.word();
    assert!(
        over.rows.rows.iter().all(|row| row.state == RowState::Refused && row.code.as_ref() == Some(&code))
    );
    assert_eq!(desk.sent("POST", &joining(&group)), 0);
    // Connected again, the same rows are planned again.
    desk.house.connected(&desk.caller).await;
    let again = desk.house.operations.plan_again(&desk.caller, first).await.unwrap();
    assert_eq!(sheet(&desk.house, &desk.caller, again).await.plan.counts.change, 2);
    worker.stop().await;
}

#[tokio::test]
async fn who_was_protected_after_the_plan_is_left_alone() {
    let desk = Desk::open().await;
    let group = desk.group("Table");
    desk.somebody("late@example.com", "Viewer");
    let plan = desk.applied(group, "add", "late@example.com").await;
    let user = model::UserId::parse(&desk.house.world().person("late@example.com").unwrap().id).unwrap();
    let protect = operations::ProtectForm {
        user,
        ticket: ticket(),
        reason: "Chief".to_owned(),
        wanted: operations::Wanted::Protected,
    };
    desk.house.operations.protect(&desk.caller, protect).await.unwrap();
    let worker = Worker::start(&desk.house.in_a_hurry());
    until(&desk.house, &desk.caller, plan, RunState::Over).await;
    let row = run(&desk.house, &desk.caller, plan).await.rows.rows.remove(0);
    assert_eq!((row.state, row.code), (RowState::Refused, Some(ProblemCode::RowProtected.word())));
    assert_eq!(desk.members(&group), [""; 0]);
    worker.stop().await;
}
