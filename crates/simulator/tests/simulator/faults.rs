//! Every bad day, as a client meets it.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use simulator::{Fault, FaultKind};

use crate::house::{House, send};

#[tokio::test]
async fn a_status_comes_with_retry_after_and_only_as_often_as_ordered() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().inject(Fault::status(429).on("GET", "/sites").times(2).retry_after("2"));
    for _ in 0..2 {
        let answer = visitor.get(&visitor.tenant("/sites")).await;
        answer.refuses(429);
        assert_eq!(answer.headers["retry-after"], "2");
    }
    assert_eq!(visitor.get(&visitor.tenant("/sites")).await.status, 200);
}

#[tokio::test]
async fn a_fault_waits_until_enough_requests_have_passed_and_hits_no_others() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().inject(Fault::status(503).on("get", "/aggregates").after(1).times(1));
    assert_eq!(visitor.get(&visitor.tenant("/sites")).await.status, 200);
    assert_eq!(visitor.get(&visitor.tenant("/aggregates/sites")).await.status, 200);
    let hit = visitor.get(&visitor.tenant("/aggregates/licenses")).await;
    hit.refuses(503);
    assert!(hit.headers.get("retry-after").is_none());
}

#[tokio::test]
async fn a_lost_answer_leaves_the_change_made_or_not_made_as_ordered() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let path = visitor.site("Finance", "");
    house.world().inject(Fault::status(504).on("DELETE", "/sites/").times(1));
    visitor.ask(Method::DELETE, &path).await.refuses(504);
    assert_eq!(house.world().site("Finance").unwrap().status, "Active");
    house.world().inject(Fault::new(FaultKind::Reset).on("DELETE", "/sites/").times(1).applied());
    assert!(visitor.request(Method::DELETE, &path).send().await.is_err());
    assert_eq!(house.world().site("Finance").unwrap().status, "Suspended");
    assert_eq!(house.world().applied("site.suspend"), 1);
}

#[tokio::test]
async fn a_reset_ends_the_connection_without_a_byte() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().inject(Fault::new(FaultKind::Reset).times(1));
    let error = visitor.request(Method::GET, "/api/v1/pat").send().await.unwrap_err();
    assert!(error.is_request() && !error.is_timeout(), "{error:?}");
    assert_eq!(house.world().requests().last().unwrap().status, 0);
    visitor.read("/api/v1/pat").await;
}

#[tokio::test]
async fn a_hanging_request_has_no_answer_although_the_change_is_made() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().inject(Fault::new(FaultKind::Hang).on("DELETE", "/sites/").times(1).applied());
    let waiting = tokio::spawn(visitor.request(Method::DELETE, &visitor.site("Finance", "")).send());
    let suspended = async {
        while house.world().site("Finance").unwrap().status != "Suspended" {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), suspended).await.unwrap();
    assert!(!waiting.is_finished());
    assert_eq!(house.world().requests().last().unwrap().status, 0);
    waiting.abort();
}

#[tokio::test]
async fn a_truncated_body_ends_before_its_promised_length() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().inject(Fault::new(FaultKind::Truncated).times(1));
    let response = visitor.request(Method::GET, &visitor.tenant("/sites")).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.content_length().unwrap() > 1_000);
    assert!(response.bytes().await.is_err());
}

#[tokio::test]
async fn a_slow_body_comes_whole_but_in_pieces() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let whole = visitor.get(&visitor.tenant("/sites")).await.text;
    house.world().inject(Fault { delay_ms: Some(2), ..Fault::new(FaultKind::SlowBody).times(1) });
    let mut response = visitor.request(Method::GET, &visitor.tenant("/sites")).send().await.unwrap();
    let (mut pieces, mut text) = (0, Vec::new());
    while let Some(piece) = response.chunk().await.unwrap() {
        pieces += 1;
        text.extend_from_slice(&piece);
    }
    assert!(pieces > 5, "{pieces}");
    assert_eq!(String::from_utf8(text).unwrap(), whole);
}

#[tokio::test]
async fn malformed_empty_and_gateway_answers_are_no_json() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for (kind, content_type) in [
        (FaultKind::Malformed, Some("application/json")),
        (FaultKind::Empty, None),
        (FaultKind::Html, Some("text/html; charset=utf-8")),
    ] {
        house.world().inject(Fault::new(kind).times(1));
        let answer = visitor.get(&visitor.tenant("/sites")).await;
        assert_eq!(answer.status, 200);
        let told = answer.headers.get("content-type").map(|value| value.to_str().unwrap());
        assert_eq!(told, content_type);
        assert!(serde_json::from_str::<serde_json::Value>(&answer.text).is_err(), "{kind:?}");
    }
}

#[tokio::test]
async fn an_expired_session_stays_expired_until_the_next_sign_in() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().inject(Fault::new(FaultKind::ExpiredSession).times(1));
    visitor.get("/api/v1/pat").await.refuses(401);
    visitor.get("/api/v1/pat").await.refuses(401);
    house.sign_in().await.read("/api/v1/pat").await;
}

#[tokio::test]
async fn the_site_api_is_refused_in_xml() {
    let house = House::start().await;
    house.world().inject(Fault::status(429).times(1));
    let answer = send(house.request(Method::GET, "/api/2.4/serverinfo")).await;
    assert_eq!(answer.status, 429);
    assert!(answer.text.contains(r#"<error code="429000">"#), "{}", answer.text);
}

#[tokio::test]
async fn faults_are_ordered_and_cleared_over_http() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let fault = json!({
        "match": { "method": "GET", "path": "/pat" }, "times": null, "after": 0,
        "kind": "status", "status": 502, "retry_after": "Wed, 21 Oct 2099 07:28:00 GMT",
        "apply": false, "body": "<h1>Bad gateway</h1>",
    });
    assert_eq!(house.control(Method::POST, "/faults", fault).await.status, 204);
    let answer = visitor.get("/api/v1/pat").await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (502, "<h1>Bad gateway</h1>"));
    assert!(answer.headers["retry-after"].to_str().unwrap().ends_with("GMT"));
    assert_eq!(house.control(Method::DELETE, "/faults", json!(null)).await.status, 204);
    visitor.read("/api/v1/pat").await;
    for kind in ["hang", "slow_body", "reset", "truncated", "malformed", "empty", "html", "expired_session"] {
        let answer = house.control(Method::POST, "/faults", json!({ "kind": kind, "times": 0 })).await;
        assert_eq!(answer.status, 204, "{kind}");
    }
    let wrong = house.control(Method::POST, "/faults", json!({ "kind": "status", "tmes": 1 })).await;
    assert_eq!(wrong.status, 422);
}
