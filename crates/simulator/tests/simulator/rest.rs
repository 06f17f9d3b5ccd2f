//! The site API: server information, signing in and out.

use std::time::Duration;

use reqwest::Method;
use serde::Deserialize;
use simulator::SiteDetails;

use crate::house::{Answer, House, send};

#[derive(Deserialize)]
struct Signed {
    credentials: Credentials,
}

#[derive(Deserialize)]
struct Credentials {
    #[serde(rename = "@token")]
    token: String,
    #[serde(rename = "@estimatedTimeToExpiration")]
    left: String,
    site: Element,
    user: Element,
}

#[derive(Deserialize)]
struct Element {
    #[serde(rename = "@id")]
    id: String,
}

fn credentials(name: &str, secret: &str, content_url: &str) -> String {
    format!(
        r#"<tsRequest><credentials personalAccessTokenName="{name}" personalAccessTokenSecret="{secret}"><site contentUrl="{content_url}"/></credentials></tsRequest>"#
    )
}

async fn post(house: &House, path: &str, body: String) -> Answer {
    send(house.request(Method::POST, path).header("content-type", "application/xml").body(body)).await
}

fn refuses(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    assert!(answer.text.contains(&format!(r#"<error code="{code}">"#)), "{}", answer.text);
    assert!(answer.text.contains(r#"xmlns="http://tableau.com/api""#));
}

async fn answer(house: &House, site: &SiteDetails) -> Answer {
    let body = credentials(&site.pat_name, &site.pat_secret, &site.content_url);
    post(house, "/api/3.24/auth/signin", body).await
}

/// The token of a new session, or the refusal.
pub async fn sign_in(house: &House, site: &SiteDetails) -> Result<String, Answer> {
    let answer = answer(house, site).await;
    match answer.status.as_u16() {
        200 => Ok(quick_xml::de::from_str::<Signed>(&answer.text).unwrap().credentials.token),
        _ => Err(answer),
    }
}

async fn ask(house: &House, token: &str, path: &str) -> Answer {
    send(house.request(Method::GET, path).header("X-Tableau-Auth", token)).await
}

#[tokio::test]
async fn server_information_needs_no_session() {
    let house = House::start().await;
    for version in ["2.4", "3.6", "3.27"] {
        let info = send(house.request(Method::GET, &format!("/api/{version}/serverinfo"))).await;
        assert_eq!(info.status, 200);
        assert!(info.text.contains("<restApiVersion>3.27</restApiVersion>"), "{}", info.text);
        assert!(info.text.contains(r#"<productVersion build=""#));
    }
    for version in ["2.3", "3.28", "4.0"] {
        let info = send(house.request(Method::GET, &format!("/api/{version}/serverinfo"))).await;
        refuses(&info, 404, "404003");
    }
}

#[tokio::test]
async fn a_good_token_opens_a_session_on_its_site() {
    let house = House::start().await;
    let site = &house.running.details().sites[0];
    let answer = answer(&house, site).await;
    let signed: Signed = quick_xml::de::from_str(&answer.text).unwrap();
    assert_eq!(signed.credentials.site.id, site.site_id);
    assert_eq!(signed.credentials.left, "2:00:00");
    let milo = house.world().person("milo.brandt@example.com").unwrap();
    let role = milo.roles.iter().find(|role| role.site_id == site.site_id).unwrap();
    assert_eq!(signed.credentials.user.id, role.site_user_id);
}

#[tokio::test]
async fn a_bad_secret_and_a_wrong_site_are_refused_alike() {
    let house = House::start().await;
    let [first, second] = [0, 1].map(|place| house.running.details().sites[place].clone());
    let wrong = [
        credentials(&first.pat_name, "wrong", &first.content_url),
        credentials("wrong", &first.pat_secret, &first.content_url),
        credentials(&first.pat_name, &first.pat_secret, &second.content_url),
        credentials(&first.pat_name, &first.pat_secret, ""),
        credentials("steward-demo", &house.pat(), &first.content_url),
    ];
    for body in wrong {
        refuses(&post(&house, "/api/3.24/auth/signin", body).await, 401, "401001");
    }
    refuses(&post(&house, "/api/3.24/auth/signin", "<tsRequest>".to_owned()).await, 400, "400000");
    let body = credentials(&first.pat_name, &first.pat_secret, &first.content_url);
    refuses(&post(&house, "/api/3.5/auth/signin", body).await, 404, "404003");
}

#[tokio::test]
async fn a_new_sign_in_ends_the_older_session_of_the_same_token() {
    let house = House::start().await;
    let [first, second] = [0, 1].map(|place| house.running.details().sites[place].clone());
    let older = sign_in(&house, &first).await.unwrap();
    let other = sign_in(&house, &second).await.unwrap();
    refuses(&ask(&house, &older, "/api/3.24/sites/x/users").await, 404, "404000");
    let newer = sign_in(&house, &first).await.unwrap();
    refuses(&ask(&house, &older, "/api/3.24/sites/x/users").await, 401, "401002");
    refuses(&ask(&house, &newer, "/api/3.24/sites/x/users").await, 404, "404000");
    refuses(&ask(&house, &other, "/api/3.24/sites/x/users").await, 404, "404000");
    assert_eq!(house.world().site_sessions(), 2);
}

#[tokio::test]
async fn sign_out_ends_the_session() {
    let house = House::start().await;
    let token = sign_in(&house, &house.running.details().sites[0]).await.unwrap();
    let out = || house.request(Method::POST, "/api/3.24/auth/signout").header("X-Tableau-Auth", &token);
    assert_eq!(send(out()).await.status, 204);
    refuses(&send(out()).await, 401, "401002");
}

#[tokio::test]
async fn a_suspended_site_refuses_sign_in_and_its_sessions() {
    let house = House::start().await;
    let site = house.running.details().sites[1].clone();
    let token = sign_in(&house, &site).await.unwrap();
    let visitor = house.sign_in().await;
    visitor.ask(Method::DELETE, &visitor.site(&site.name, "")).await;
    refuses(&sign_in(&house, &site).await.unwrap_err(), 401, "401001");
    refuses(&ask(&house, &token, "/api/3.24/sites").await, 401, "401002");
    visitor.ask(Method::POST, &visitor.site(&site.name, "/reactivate")).await;
    sign_in(&house, &site).await.unwrap();
}

#[tokio::test]
async fn a_session_lasts_two_hours_and_an_idle_token_fifteen_days() {
    let house = House::start().await;
    let site = house.running.details().sites[0].clone();
    let token = sign_in(&house, &site).await.unwrap();
    house.world().advance(Duration::from_secs(2 * 3_600));
    refuses(&ask(&house, &token, "/api/3.24/sites").await, 401, "401002");
    sign_in(&house, &site).await.unwrap();
    house.world().advance(Duration::from_secs(15 * 24 * 3_600));
    refuses(&sign_in(&house, &site).await.unwrap_err(), 401, "401001");
}

#[tokio::test]
async fn the_two_apis_do_not_take_each_others_sessions() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let token = sign_in(&house, &house.running.details().sites[0]).await.unwrap();
    refuses(&ask(&house, &visitor.token, "/api/3.24/sites").await, 401, "401002");
    let answer =
        send(house.request(Method::GET, "/api/v1/pat").header("x-tableau-session-token", &token)).await;
    answer.refuses(401);
}

#[tokio::test]
async fn a_wrong_verb_is_refused_with_the_right_one() {
    let house = House::start().await;
    let answer = send(house.request(Method::GET, "/api/3.24/auth/signin")).await;
    refuses(&answer, 405, "405000");
    assert_eq!(answer.headers["allow"], "POST");
    refuses(&ask(&house, "stranger", "/api/3.24/no/such/thing").await, 401, "401002");
}
