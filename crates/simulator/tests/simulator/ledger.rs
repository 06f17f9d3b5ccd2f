//! The ledger and the other controls over HTTP.

use reqwest::Method;
use serde_json::{Value, json};
use simulator::Options;

use crate::house::{House, send};

async fn ledger(house: &House) -> Value {
    send(house.request(Method::GET, "/control/ledger")).await.json()
}

#[tokio::test]
async fn every_request_is_noted_once_and_control_requests_are_not() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    visitor.read(&visitor.tenant("/sites?maxResults=3")).await;
    visitor.get("/api/v1/nothing").await;
    send(house.request(Method::GET, "/api/3.24/serverinfo")).await;
    let noted = ledger(&house).await;
    let requests = noted["requests"].as_array().unwrap();
    let told: Vec<_> = requests.iter().map(|entry| entry["status"].as_u64().unwrap()).collect();
    assert_eq!(told, [200, 200, 404, 200]);
    assert_eq!(requests[1]["path"], visitor.tenant("/sites").as_str());
    assert_eq!(requests[1]["method"], "GET");
    assert_eq!(requests[1]["user_agent"], "tests/1");
    assert_eq!(noted["applied"], json!([]));
    assert_eq!(house.control(Method::DELETE, "/ledger", json!(null)).await.status, 204);
    assert_eq!(ledger(&house).await["requests"], json!([]));
}

#[tokio::test]
async fn no_secret_stands_in_the_ledger() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    visitor.ask(Method::DELETE, &visitor.site("Finance", "")).await;
    let site = house.running.details().sites[0].clone();
    let token = crate::rest::sign_in(&house, &site).await.unwrap();
    house.try_sign_in("wrong==:secret").await;
    let noted = ledger(&house).await.to_string();
    for secret in [house.pat(), visitor.token.clone(), site.pat_secret, token, "wrong==:secret".to_owned()] {
        assert!(!noted.contains(&secret));
    }
    assert!(noted.contains("site.suspend"));
}

#[tokio::test]
async fn clock_sessions_tokens_and_latency_are_controlled_over_http() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let before = house.world().now();
    house.control(Method::POST, "/clock", json!({ "advance_seconds": 3_600 })).await;
    assert!((house.world().now() - before).whole_seconds() >= 3_600);
    visitor.get("/api/v1/pat").await.refuses(401);
    let again = house.sign_in().await;
    house.control(Method::POST, "/sessions/expire", json!(null)).await;
    again.get("/api/v1/pat").await.refuses(401);
    let pat = json!({ "name": "short", "secret": "short==:one", "expires_in_seconds": 60 });
    house.control(Method::POST, "/pats", pat).await;
    assert_eq!(house.try_sign_in("short==:one").await.status, 200);
    let secret = json!({ "secret": "short==:one" });
    assert_eq!(house.control(Method::POST, "/pats/expire", secret.clone()).await.status, 204);
    house.try_sign_in("short==:one").await.refuses(401);
    assert_eq!(house.control(Method::POST, "/pats/revoke", secret.clone()).await.status, 204);
    assert_eq!(house.control(Method::POST, "/pats/revoke", secret).await.status, 404);
    assert_eq!(house.control(Method::POST, "/latency", json!({ "ms": 1 })).await.status, 204);
    house.sign_in().await;
}

#[tokio::test]
async fn the_control_endpoint_tells_the_same_details_as_the_first_line() {
    let house = House::with(Options { users: 10, ..Options::default() }).await;
    let told = send(house.request(Method::GET, "/control/details")).await.json();
    assert_eq!(told, serde_json::to_value(house.running.details()).unwrap());
}
