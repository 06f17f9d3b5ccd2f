//! The activity log: files by time and kind, addresses that run out, and the store behind them.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{House, Visitor, send};

async fn paths(visitor: &Visitor<'_>, path: &str) -> Vec<String> {
    let files = visitor.pages(path, "files", "pageToken").await;
    files.iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
}

async fn urls(visitor: &Visitor<'_>, path: &str, files: &[String]) -> Vec<Value> {
    let answer = send(visitor.request(Method::POST, path).json(&json!({ "files": files }))).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["files"].as_array().unwrap().clone()
}

#[tokio::test]
async fn what_somebody_did_is_found_by_its_user_agent() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    visitor.ask(Method::DELETE, &visitor.site("Finance", "")).await;
    let log = visitor.tenant("/activitylog");
    let found = paths(&visitor, &format!("{log}?eventType=suspend_site")).await;
    assert_eq!(found.len(), 1, "{found:?}");
    let told = urls(&visitor, &log, &found).await.remove(0);
    for key in ["path", "url", "expiresAt", "etag"] {
        assert!(told[key].is_string(), "{key}");
    }
    let text = reqwest::get(told["url"].as_str().unwrap()).await.unwrap().text().await.unwrap();
    let record: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!(record["initiatingUserAgent"], "tests/1");
    assert_eq!(record["eventOutcome"], "success");
    assert_eq!(record["initiatingUserEmail"], "dana.ito@example.com");
}

#[tokio::test]
async fn events_come_late_where_a_delay_is_set() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().set_log_delay(Duration::from_secs(7_200));
    visitor.ask(Method::DELETE, &visitor.site("Finance", "")).await;
    let log = visitor.tenant("/activitylog?eventType=suspend_site");
    assert!(paths(&visitor, &log).await.is_empty());
    house.world().advance(Duration::from_secs(7_300));
    let visitor = house.sign_in().await;
    assert_eq!(paths(&visitor, &log).await.len(), 1);
}

#[tokio::test]
async fn seven_days_are_listed_in_pages_and_eight_are_refused() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let time = |days: i64| (house.world().now() - time_days(days)).date().to_string();
    let week =
        visitor.tenant(&format!("/activitylog?startTime={}T00:00:00&endTime={}T00:00:00", time(8), time(1)));
    let whole = paths(&visitor, &format!("{week}&pageSize=1000")).await;
    let paged = paths(&visitor, &format!("{week}&pageSize=40")).await;
    assert_eq!(whole, paged);
    assert!(whole.len() > 100, "{}", whole.len());
    assert!(whole.iter().all(|path| path.contains("/eventType=")));
    let eight = visitor.tenant(&format!(
        "/activitylog?startTime={}T00:00:00Z&endTime={}T00:00:00Z",
        time(8),
        time(0)
    ));
    visitor.get(&eight).await.refuses(400);
    visitor.get(&visitor.tenant("/activitylog?eventType=VIEW")).await.refuses(400);
    visitor.get(&visitor.tenant("/activitylog?startTime=yesterday")).await.refuses(400);
}

fn time_days(days: i64) -> Duration {
    Duration::from_secs(days as u64 * 86_400)
}

#[tokio::test]
async fn an_address_runs_out_and_wants_no_session() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let log = visitor.tenant("/activitylog");
    let now = house.world().now();
    house.world().add_log_file("merge_tenant", now, "{\"a\":1}\n".to_owned());
    let found = paths(&visitor, &format!("{log}?eventType=merge_tenant")).await;
    let told = urls(&visitor, &log, &found).await.remove(0);
    let (url, etag) = (told["url"].as_str().unwrap(), told["etag"].as_str().unwrap());
    // The MD5 of this very text.
    assert_eq!(etag, "4588ff3797b78d819d858fa3bdd82b09");
    let get = |url: &str| house.client.get(url.to_owned());
    assert_eq!(send(get(url)).await.status, 200);
    let astray = send(get(url).header("x-tableau-session-token", &visitor.token)).await;
    assert_eq!(astray.status, 400);
    assert_eq!(send(get(&url.replace("signature=", "signature=0"))).await.status, 403);
    house.world().advance(Duration::from_secs(601));
    let late = send(get(url)).await;
    assert_eq!((late.status.as_u16(), late.text.contains("Request has expired")), (403, true));
}

#[tokio::test]
async fn a_site_has_a_log_of_its_own_and_no_foreign_files() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let log = visitor.site("Finance", "/activitylog");
    let found = paths(&visitor, &format!("{log}?pageSize=1000")).await;
    assert!(!found.is_empty());
    let told = urls(&visitor, &log, &found[..1]).await.remove(0);
    let text = reqwest::get(told["url"].as_str().unwrap()).await.unwrap().text().await.unwrap();
    let record: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    // Ids are whole numbers, as the vendor has them, and nobody is named.
    assert!(record["initiatingUserId"].is_u64() && record["actorUserLuid"].is_string(), "{text}");
    assert!(record["siteLuid"].is_string() && record["initiatingUserAgent"].is_null(), "{text}");
    assert!(urls(&visitor, &visitor.site("Sales APAC", "/activitylog"), &found[..1]).await.is_empty());
    assert!(
        urls(&visitor, &visitor.tenant("/activitylog"), &["tenant/../../etc/passwd".to_owned()])
            .await
            .is_empty()
    );
}
