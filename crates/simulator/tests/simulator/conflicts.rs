//! Two jobs do not touch the same people, nor two imports the same site.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::house::{Answer, House};
use crate::ordered::{ANNA, SITE, packed};

/// The refusal names this job and what it does.
fn names(answer: &Answer, job: &serde_json::Value) {
    answer.refuses(409);
    let named = json!([{ "jobId": job["jobId"], "bulkOpType": job["operation"] }]);
    assert_eq!(answer.json()["conflictingJobs"], named);
}

async fn slow() -> House {
    let house = House::start().await;
    house.world().set_job_pace(Duration::from_secs(60), Duration::ZERO);
    house
}

#[tokio::test]
async fn a_person_is_in_one_unfinished_job_at_most() {
    let house = slow().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Viewer");
    let job = visitor.update(&anna.id, json!({ "language": "DE_DE" })).await;
    let path = visitor.tenant(&format!("/users/{}", anna.id));
    names(&visitor.order(Method::PATCH, &path, json!({ "language": "EN_GB" })).await, &job);
    names(&visitor.ask(Method::DELETE, &path).await, &job);
    let batch = json!({ "userIds": [anna.id] });
    names(&visitor.order(Method::POST, &visitor.tenant("/bulk/users/delete"), batch).await, &job);
    names(&visitor.order(Method::POST, &visitor.tenant("/users"), json!({ "userName": ANNA })).await, &job);
    let file = packed(&format!("\u{feff},{ANNA},,,Viewer,None,No,,\n"));
    names(&visitor.send_file(&file, Some(SITE)).await, &job);
    visitor.create(json!({ "userName": "somebody.else@example.com" })).await;
    house.world().advance(Duration::from_secs(60));
    visitor.update(&anna.id, json!({ "language": "EN_GB" })).await;
    assert_eq!(house.world().ordered_jobs().len(), 3);
}

#[tokio::test]
async fn an_import_waits_for_every_job_on_its_site() {
    let house = slow().await;
    let visitor = house.sign_in().await;
    let roles = json!([{ "siteId": house.site_id(SITE), "siteRole": "Viewer" }]);
    let job = visitor.create(json!({ "userName": ANNA, "siteRoles": roles })).await;
    let file = packed("\u{feff},other@example.com,,,Viewer,None,No,,\n");
    names(&visitor.send_file(&file, Some(SITE)).await, &job);
    let import = visitor.import(",other@example.com,,,Viewer,None,No,,\n", Some("Sales Americas")).await;
    let more = packed("\u{feff},third@example.com,,,Viewer,None,No,,\n");
    names(&visitor.send_file(&more, Some("Sales Americas")).await, &import);
    let roles = json!([{ "siteId": house.site_id("Sales Americas"), "siteRole": "Viewer" }]);
    visitor.create(json!({ "userName": "fourth@example.com", "siteRoles": roles })).await;
}

#[tokio::test]
async fn two_newcomers_with_one_name_are_one_person() {
    let house = slow().await;
    let visitor = house.sign_in().await;
    let job = visitor.create(json!({ "userName": ANNA })).await;
    let body = json!({ "userName": ANNA.to_uppercase() });
    names(&visitor.order(Method::POST, &visitor.tenant("/users"), body).await, &job);
}

#[tokio::test]
async fn the_examples_keep_nobody_from_working() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    for person in house.world().everyone().into_iter().skip(4).take(40) {
        visitor.update(&person.id, json!({ "language": "DE_DE" })).await;
    }
}
