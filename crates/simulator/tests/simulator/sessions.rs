//! Signing in to Tableau Cloud Manager, how long it lasts, and what strangers get.

use std::time::Duration;

use reqwest::Method;

use crate::house::House;

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_good_token_opens_a_session_with_the_vendors_keys() {
    let house = House::start().await;
    let answer = house.try_sign_in(&house.pat()).await.json();
    let mut keys: Vec<_> = answer.as_object().unwrap().keys().cloned().collect();
    keys.sort();
    assert_eq!(keys, ["sessionExpiration", "sessionToken", "tenantId", "userId"]);
    assert_eq!(answer["tenantId"], house.running.details().tenant_id.as_str());
    assert!(answer["sessionExpiration"].as_str().unwrap().ends_with('Z'));
}

#[tokio::test]
async fn a_wrong_a_revoked_and_an_expired_token_are_refused_with_the_same_words() {
    let house = House::start().await;
    let later = house.world().now() + Duration::from_secs(3_600);
    for secret in ["revoked==:secret", "expired==:secret", "old==:secret"] {
        house.world().add_pat(secret, secret, later);
        assert_eq!(house.try_sign_in(secret).await.status, 200);
    }
    assert!(house.world().revoke_pat("revoked==:secret"));
    assert!(house.world().expire_pat("expired==:secret"));
    house.world().advance(61 * MINUTE);
    let wrong = house.try_sign_in("nobody==:knows").await;
    wrong.refuses(401);
    for secret in ["revoked==:secret", "expired==:secret", "old==:secret"] {
        let answer = house.try_sign_in(secret).await;
        answer.refuses(401);
        assert_eq!(answer.text, wrong.text);
    }
}

#[tokio::test]
async fn a_token_for_a_site_does_not_open_the_manager() {
    let house = House::start().await;
    house.try_sign_in(&house.running.details().sites[0].pat_secret).await.refuses(401);
}

#[tokio::test]
async fn a_sign_in_without_a_token_is_a_bad_request() {
    let house = House::start().await;
    let answer = crate::house::send(house.request(Method::POST, "/api/v1/pat/login").body("no json")).await;
    answer.refuses(400);
}

#[tokio::test]
async fn a_session_ends_after_thirty_idle_minutes() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().advance(29 * MINUTE);
    visitor.read("/api/v2/sessions").await;
    house.world().advance(29 * MINUTE);
    visitor.read("/api/v2/sessions").await;
    house.world().advance(30 * MINUTE);
    visitor.get("/api/v2/sessions").await.refuses(401);
}

#[tokio::test]
async fn a_busy_session_ends_after_four_hours() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for _ in 0..11 {
        house.world().advance(20 * MINUTE);
        visitor.read("/api/v2/sessions").await;
    }
    house.world().advance(20 * MINUTE);
    visitor.get("/api/v2/sessions").await.refuses(401);
    assert_eq!(house.world().manager_sessions(), 0);
}

#[tokio::test]
async fn the_session_tells_who_is_asking_and_ends_at_sign_out() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let session = visitor.read("/api/v2/sessions").await;
    assert_eq!(session["sessionType"], "USER");
    assert_eq!(session["userId"], house.world().person("dana.ito@example.com").unwrap().id.as_str());
    assert_eq!(house.world().manager_sessions(), 1);
    assert!(visitor.ask(Method::DELETE, "/api/v2/sessions").await.status.is_success());
    assert_eq!(house.world().manager_sessions(), 0);
    visitor.get("/api/v2/sessions").await.refuses(401);
}

#[tokio::test]
async fn all_sessions_can_be_expired_and_a_new_sign_in_works() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().expire_sessions();
    visitor.get("/api/v1/pat").await.refuses(401);
    house.sign_in().await.read("/api/v1/pat").await;
}

#[tokio::test]
async fn the_list_of_tokens_is_the_callers_own_and_without_secrets() {
    let house = House::start().await;
    let answer = house.sign_in().await.get("/api/v1/pat").await;
    let tokens = answer.json();
    assert_eq!(tokens.as_array().unwrap().len(), 1);
    assert_eq!(tokens[0]["tokenName"], "steward-demo");
    for key in ["tokenUUID", "userId", "tenantId", "issueInUtc", "expirationInUtc"] {
        assert!(tokens[0][key].is_string(), "{key}");
    }
    assert!(!answer.text.contains(&house.pat()));
}

#[tokio::test]
async fn every_operation_wants_a_session() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.world().sites()[0].id.clone();
    let paths = [
        "/api/v2/sessions".to_owned(),
        "/api/v1/pat".to_owned(),
        "/api/v1/regions".to_owned(),
        format!("/api/v1/users/jobs/{}", house.world().job("running").unwrap()),
        visitor.tenant(""),
        visitor.tenant("/locations"),
        visitor.tenant("/aggregates/sites"),
        visitor.tenant(&format!("/aggregates/sites/{site}")),
        visitor.tenant("/aggregates/licenses"),
        visitor.tenant("/sites"),
        visitor.tenant(&format!("/sites/{site}")),
        visitor.tenant("/users"),
    ];
    for path in paths {
        crate::house::send(house.request(Method::GET, &path)).await.refuses(401);
        visitor.read(&path).await;
    }
}

#[tokio::test]
async fn unknown_paths_verbs_ids_and_tenants_are_refused_in_the_vendors_words() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    visitor.get("/api/v1/nothing/here").await.refuses(404);
    visitor.get("/api/v1/tenants/not-an-id").await.refuses(400);
    visitor.get("/api/v1/tenants/123e4567-e89b-12d3-a456-426614174000").await.refuses(404);
    visitor.get(&visitor.tenant("/sites/not-an-id")).await.refuses(400);
    visitor.get(&visitor.tenant("/sites/123e4567-e89b-12d3-a456-426614174000")).await.refuses(404);
    visitor.get(&visitor.tenant("/users/123e4567-e89b-12d3-a456-426614174000")).await.refuses(404);
    visitor.get("/api/v1/users/jobs/123e4567-e89b-12d3-a456-426614174000").await.refuses(404);
    visitor.get(&visitor.tenant("/users?maxResults=many")).await.refuses(400);
    let answer = visitor.ask(Method::PUT, &visitor.tenant("/sites")).await;
    answer.refuses(405);
    assert_eq!(answer.headers["allow"], "GET,HEAD,POST");
}
