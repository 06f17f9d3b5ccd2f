//! How ordered jobs go: by the pretend clock, or badly when a test wants it.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use simulator::JobFate;

use crate::house::{House, Visitor};
use crate::ordered::{ANNA, DONE, FAILED, SITE, outcome, outcomes};

/// A file of four newcomers.
fn four() -> String {
    (0..4).map(|row| format!(",new{row}@example.com,,,Viewer,None,No,,\n")).collect()
}

async fn again(visitor: &Visitor<'_>, job: &Value) -> Value {
    let id = job["jobId"].as_str().unwrap();
    visitor.read(&format!("/api/v1/users/jobs/{id}?showDetailed=true")).await
}

#[tokio::test]
async fn a_job_starts_at_its_submission_and_changes_the_world_row_by_row() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().set_job_pace(Duration::from_secs(600), Duration::ZERO);
    let job = visitor.import(&four(), Some(SITE)).await;
    assert_eq!((&job["status"], &job["items"]), (&"NEW".into(), &json!([])));
    assert_eq!((house.world().people(), job["expectedOpsCount"].as_u64()), (300, Some(4)));
    // A sixth of waiting, four sixths of rows, a sixth of clearing up.
    house.world().advance(Duration::from_secs(100 + 250));
    assert_eq!((house.world().people(), house.world().applied("user.create")), (302, 2));
    let half = again(&visitor, &job).await;
    assert_eq!((&half["status"], &half["successfulOpsCount"]), (&"IN_PROGRESS".into(), &2.into()));
    assert_eq!(half["items"].as_array().unwrap().len(), 2);
    house.world().advance(Duration::from_secs(200));
    assert_eq!(again(&visitor, &job).await["status"], "POST_PROCESSING");
    assert_eq!(house.world().people(), 304);
    house.world().advance(Duration::from_secs(100));
    let done = again(&visitor, &job).await;
    assert_eq!((&done["status"], &done["successfulOpsCount"]), (&DONE.into(), &4.into()));
    let history = done["statusChangeHistory"].as_array().unwrap();
    let states: Vec<_> = history.iter().map(|change| change["jobStatus"].as_str().unwrap()).collect();
    assert_eq!(states, ["NEW", "IN_PROGRESS", "POST_PROCESSING", DONE]);
    assert_eq!((house.world().people(), house.world().applied("user.create")), (304, 4));
}

#[tokio::test]
async fn a_job_is_done_after_a_moment_when_nothing_is_said() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let job = visitor.create(json!({ "userName": ANNA })).await;
    assert_ne!(job["status"], DONE);
    house.world().advance(Duration::from_secs(2));
    assert_eq!(again(&visitor, &job).await["status"], DONE);
}

#[tokio::test]
async fn a_job_may_never_start_or_never_end() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    house.world().set_job_fate(JobFate::NeverStarts);
    let waiting = visitor.create(json!({ "userName": ANNA })).await;
    house.world().set_job_fate(JobFate::NeverEnds);
    let hanging = visitor.import(&four(), Some(SITE)).await;
    house.world().advance(Duration::from_secs(900));
    assert_eq!(again(&visitor, &waiting).await["status"], "NEW");
    let hanging = again(&visitor, &hanging).await;
    assert_eq!((&hanging["status"], &hanging["successfulOpsCount"]), (&"IN_PROGRESS".into(), &2.into()));
    assert_eq!(house.world().people(), 302);
    assert!(house.world().change_job(hanging["jobId"].as_str().unwrap(), JobFate::Ends));
    assert_eq!(again(&visitor, &hanging).await["status"], DONE);
    assert_eq!(house.world().applied("user.create"), 4);
}

#[tokio::test]
async fn a_job_may_fail_as_a_whole_with_or_without_having_done_something() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let code = Some("E_500_USR_SVC_4000".to_owned());
    house.world().set_job_fate(JobFate::Fails { after: 1, code });
    let job = visitor.import(&four(), Some(SITE)).await;
    assert_eq!(job["status"], FAILED);
    let (created, failed) = ((DONE, "USER_CREATED_WITH_ASSIGNED_ROLE"), (FAILED, "E_500_USR_SVC_4000"));
    assert_eq!(outcomes(&job), [created, failed, failed, failed]);
    assert_eq!(house.world().people(), 301);
    house.world().set_job_fate(JobFate::Fails { after: 0, code: None });
    let job = visitor.create(json!({ "userName": ANNA })).await;
    assert_eq!((&job["status"], &job["items"]), (&FAILED.into(), &json!([])));
    assert_eq!((&job["failedOpsCount"], house.world().person(ANNA)), (&0.into(), None));
}

#[tokio::test]
async fn a_forgotten_job_is_not_found_although_it_was_carried_out() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    house.world().set_job_fate(JobFate::Forgotten);
    let body = json!({ "userName": ANNA });
    let answer = visitor.order(Method::POST, &visitor.tenant("/users"), body).await.json();
    let path = format!("/api/v1/users/jobs/{}", answer["jobId"].as_str().unwrap());
    visitor.get(&path).await.refuses(404);
    assert!(house.world().person(ANNA).is_some());
    let told = house.world().ordered_jobs();
    assert_eq!((told.len(), told[0].status.as_str(), told[0].successful), (1, DONE, 1));
}

#[tokio::test]
async fn rows_about_chosen_people_fail_with_the_chosen_code() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    house.world().refuse_rows("NEW2@example.com", "E_999_USR_SVC_0001");
    let job = visitor.import(&four(), Some(SITE)).await;
    assert_eq!(outcomes(&job)[2], (FAILED, "E_999_USR_SVC_0001"));
    assert_eq!((&job["failedOpsCount"], house.world().people()), (&1.into(), 303));
    house.world().clear_refused_rows();
    let job = visitor.import(",new2@example.com,,,Viewer,None,No,,\n", Some(SITE)).await;
    assert_eq!(outcome(&job).0, DONE);
}

#[tokio::test]
async fn somebody_who_left_before_the_job_came_is_not_found() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().set_job_pace(Duration::from_secs(60), Duration::ZERO);
    let anna = house.anna("Viewer");
    let job = visitor.change_role(&anna.id, SITE, "UPDATE_SITE_ROLE", Some("Explorer")).await;
    assert!(house.world().remove_person(ANNA));
    house.world().advance(Duration::from_secs(60));
    assert_eq!(outcome(&again(&visitor, &job).await), crate::ordered::NOT_FOUND);
}
