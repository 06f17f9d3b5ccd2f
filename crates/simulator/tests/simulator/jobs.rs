//! User jobs: every example, page by page, and the one that moves.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::Value;

use crate::house::{House, Visitor};

async fn job(visitor: &Visitor<'_>, example: &str, query: &str) -> Value {
    let id = visitor.house.world().job(example).unwrap();
    visitor.read(&format!("/api/v1/users/jobs/{id}?{query}")).await
}

/// Every row of a job, page after page.
async fn rows(visitor: &Visitor<'_>, example: &str) -> Vec<Value> {
    let id = visitor.house.world().job(example).unwrap();
    visitor.pages(&format!("/api/v1/users/jobs/{id}?showDetailed=true"), "items", "nextPageToken").await
}

fn words<'rows>(rows: &'rows [Value], key: &str) -> HashSet<&'rows str> {
    rows.iter().filter_map(|row| row[key].as_str()).collect()
}

#[tokio::test]
async fn rows_come_only_with_details_and_in_pages() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let plain = job(&visitor, "many-rows", "").await;
    assert!(plain["items"].is_null());
    assert_eq!(plain["expectedOpsCount"], 264);
    let first = job(&visitor, "many-rows", "showDetailed=true").await;
    assert_eq!(first["items"].as_array().unwrap().len(), 100);
    let rows = rows(&visitor, "many-rows").await;
    assert_eq!(words(&rows, "lineNumber").len(), 264);
    let id = house.world().job("many-rows").unwrap();
    visitor.get(&format!("/api/v1/users/jobs/{id}?pageToken=x")).await.refuses(400);
    visitor.get(&format!("/api/v1/users/jobs/{id}?showDetailed=true&pageToken=x")).await.refuses(400);
}

#[tokio::test]
async fn every_numbered_code_of_the_vendors_page_appears() {
    let house = House::start().await;
    let rows = rows(&house.sign_in().await, "every-code").await;
    let codes = words(&rows, "opCode");
    assert_eq!(codes.len(), 37);
    assert!(codes.iter().all(|code| code.starts_with("E_")));
    for code in ["E_400_USR_SVC_2017", "E_403_USR_SVC_2017", "E_405_USR_SVC_2025", "E_500_USR_SVC_5101"] {
        assert!(codes.contains(code), "{code}");
    }
}

#[tokio::test]
async fn a_partly_failed_import_says_successful_and_counts_its_failures() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let partial = job(&visitor, "import-partial", "").await;
    let rows = rows(&visitor, "import-partial").await;
    let failed = rows.iter().filter(|row| row["status"] == "FAILED").count();
    assert_eq!(partial["status"], "SUCCESSFUL");
    assert_eq!(partial["failedOpsCount"], failed);
    assert!(failed > 3);
    assert_eq!(partial["successfulOpsCount"], rows.len() - failed);
    assert!(words(&rows, "opCode").contains("USER_CREATED_AS_UNLICENSED_SITE_LICENSE_EXHAUSTED"));
}

#[tokio::test]
async fn the_other_examples_show_failure_waiting_family_and_unknown_words() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    assert_eq!(job(&visitor, "import-failed", "").await["status"], "FAILED");
    assert_eq!(job(&visitor, "import-succeeded", "").await["successfulOpsCount"], 60);
    house.world().advance(Duration::from_secs(600));
    let waiting = job(&visitor, "new-forever", "").await;
    assert_eq!((&waiting["status"], &waiting["successfulOpsCount"]), (&"NEW".into(), &0.into()));
    let unknown = job(&visitor, "unknown-words", "showDetailed=true").await;
    assert_eq!(unknown["status"], "PAUSED_BY_REBALANCING");
    assert_eq!(unknown["items"][0]["opCode"], "USER_MOVED_BY_REBALANCING");
    let parent = job(&visitor, "with-child", "").await;
    let child = parent["childJobId"].as_str().unwrap();
    let child = visitor.read(&format!("/api/v1/users/jobs/{child}")).await;
    assert_eq!(child["parentJobId"], parent["jobId"]);
}

#[tokio::test]
async fn the_running_job_starts_at_the_first_look_and_ends_a_minute_later() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().advance(Duration::from_secs(300));
    let first = job(&visitor, "running", "").await;
    assert_eq!(first["status"], "IN_PROGRESS");
    house.world().advance(Duration::from_secs(25));
    let half = job(&visitor, "running", "showDetailed=true").await;
    assert_eq!(half["status"], "IN_PROGRESS");
    let done = half["successfulOpsCount"].as_u64().unwrap() + half["failedOpsCount"].as_u64().unwrap();
    assert!((1..120).contains(&done), "{done}");
    assert_eq!(half["items"].as_array().unwrap().len() as u64, done);
    house.world().advance(Duration::from_secs(27));
    let clearing = job(&visitor, "running", "").await;
    assert_eq!(clearing["status"], "POST_PROCESSING");
    house.world().advance(Duration::from_secs(60));
    let last = job(&visitor, "running", "").await;
    assert_eq!(last["status"], "SUCCESSFUL");
    assert_eq!(rows(&visitor, "running").await.len(), 120);
    let history = last["statusChangeHistory"].as_array().unwrap();
    let states: Vec<_> = history.iter().map(|change| change["jobStatus"].as_str().unwrap()).collect();
    assert_eq!(states, ["NEW", "IN_PROGRESS", "POST_PROCESSING", "SUCCESSFUL"]);
}
