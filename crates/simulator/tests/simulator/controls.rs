//! People, licences and jobs are controlled over HTTP too.

use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{House, send};
use crate::ordered::{ANNA, FAILED, SITE, outcome};

async fn read(house: &House, path: &str) -> Value {
    send(house.request(Method::GET, &format!("/control{path}"))).await.json()
}

async fn done(house: &House, method: Method, path: &str, body: Value) {
    let answer = house.control(method, path, body).await;
    assert_eq!(answer.status, 204, "{path}: {}", answer.text);
}

const PERSON: &str = "/people/anna%2Bbi%40example.com";

#[tokio::test]
async fn people_change_behind_everyones_back() {
    let house = House::start().await;
    let site = house.site_id(SITE);
    done(&house, Method::PUT, PERSON, json!({ "display_name": "Anna" })).await;
    assert_eq!(house.control(Method::PUT, PERSON, json!({ "display_name": "Anna" })).await.status, 409);
    done(&house, Method::POST, PERSON, json!({ "site": { "id": site, "role": "Creator", "owned": 7 } }))
        .await;
    done(&house, Method::POST, PERSON, json!({ "tenant_role": { "state": "ACTIVE" } })).await;
    let group = house.world().groups(&site).remove(0).id;
    done(&house, Method::POST, &format!("/groups/{group}/members/anna%2Bbi%40example.com"), json!(null))
        .await;
    let anna = read(&house, PERSON).await;
    assert_eq!((&anna["user_name"], &anna["tenant_role"]), (&ANNA.into(), &"ACTIVE".into()));
    assert_eq!((&anna["roles"][0]["role"], &anna["roles"][0]["owned"]), (&"Creator".into(), &7.into()));
    done(&house, Method::POST, PERSON, json!({ "site": { "id": site, "leaves": true } })).await;
    assert_eq!(read(&house, PERSON).await["roles"], json!([]));
    assert_eq!(read(&house, "/people").await["people"], 301);
    done(&house, Method::DELETE, PERSON, json!(null)).await;
    assert_eq!(house.control(Method::DELETE, PERSON, json!(null)).await.status, 404);
    let unknown = json!({ "site": { "id": "x", "role": "King" } });
    assert_eq!(house.control(Method::POST, "/people/dana.ito%40example.com", unknown).await.status, 404);
    assert!(house.world().changes().is_empty());
}

#[tokio::test]
async fn licences_and_pages_are_set() {
    let house = House::start().await;
    let before = read(&house, "/licences").await;
    done(&house, Method::POST, "/licences", json!({ "viewer": 3 })).await;
    let after = read(&house, "/licences").await;
    assert_eq!((&after["purchased"]["viewer"], &after["used"]), (&3.into(), &before["used"]));
    assert_eq!(after["purchased"]["creator"], before["purchased"]["creator"]);
    done(&house, Method::POST, "/paging", json!({ "next_token": "pageToken" })).await;
    let visitor = house.sign_in().await;
    assert!(visitor.read(&visitor.tenant("/users")).await["pageToken"].is_string());
}

#[tokio::test]
async fn jobs_are_hurried_spoilt_and_looked_at() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let fails = json!({ "fails": { "after": 0, "code": "E_500_USR_SVC_4000" } });
    let setting = json!({ "pace": { "job_ms": 0, "row_ms": 0 }, "fate": fails });
    done(&house, Method::POST, "/jobs", setting).await;
    let job = visitor.create(json!({ "userName": ANNA })).await;
    assert_eq!(job["status"], FAILED);
    done(&house, Method::POST, "/jobs", json!({ "fate": "ends" })).await;
    done(&house, Method::POST, "/rows", json!({ "user_name": ANNA, "code": "NO_LUCK" })).await;
    assert_eq!(outcome(&visitor.create(json!({ "userName": ANNA })).await), (FAILED, "NO_LUCK"));
    done(&house, Method::DELETE, "/rows", json!(null)).await;
    let job = visitor.import(&format!(",{ANNA},,,Viewer,None,No,,\n"), Some(SITE)).await;
    let told = read(&house, "/jobs").await;
    assert_eq!((told.as_array().unwrap().len(), &told[2]["status"]), (3, &"SUCCESSFUL".into()));
    assert_eq!(read(&house, "/imports").await[0]["csv"], format!("\u{feff},{ANNA},,,Viewer,None,No,,\n"));
    let path = format!("/jobs/{}", job["jobId"].as_str().unwrap());
    done(&house, Method::POST, &path, json!({ "fate": "forgotten" })).await;
    visitor.get(&format!("/api/v1/users{path}")).await.refuses(404);
    assert_eq!(house.control(Method::POST, "/jobs/x", json!({ "fate": "ends" })).await.status, 404);
}
