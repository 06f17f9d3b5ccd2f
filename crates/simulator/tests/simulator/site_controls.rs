//! The site API's part of the control endpoint.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{House, send};
use crate::ordered::{ANNA, SITE};
use crate::rest::sign_in;
use crate::site::{NOBODY, refuses};

async fn read(house: &House, path: &str) -> Value {
    send(house.request(Method::GET, &format!("/control{path}"))).await.json()
}

async fn done(house: &House, method: Method, path: &str, body: Value) {
    let answer = house.control(method, path, body).await;
    assert_eq!(answer.status, 204, "{path}: {}", answer.text);
}

#[tokio::test]
async fn every_site_has_a_token_to_ask_for() {
    let house = House::start().await;
    for site in &house.running.details().sites {
        let told = read(&house, &format!("/sites/{}/token", site.content_url)).await;
        assert_eq!(told, json!({ "name": site.pat_name, "secret": site.pat_secret }));
        let token = house.world().site_token(&site.content_url).unwrap();
        assert_eq!(token, (site.pat_name.clone(), site.pat_secret.clone()));
    }
    assert_eq!(send(house.request(Method::GET, "/control/sites/nowhere/token")).await.status, 404);
    assert_eq!(house.desk("Sales APAC").await.get("/users").await.status, 200);
}

#[tokio::test]
async fn others_may_get_a_token_that_runs_out() {
    let house = House::start().await;
    house.anna("Viewer");
    let new = json!({ "user_name": ANNA, "name": "n", "secret": "s==:x", "expires_in_seconds": 3_600 });
    done(&house, Method::POST, "/sites/finance/tokens", new.clone()).await;
    assert_eq!(house.control(Method::POST, "/sites/nowhere/tokens", new).await.status, 404);
    let site = house.running.details().sites.iter().find(|site| site.name == SITE).unwrap().clone();
    let hers = simulator::SiteDetails { pat_name: "n".to_owned(), pat_secret: "s==:x".to_owned(), ..site };
    assert!(sign_in(&house, &hers).await.is_ok());
    house.world().advance(Duration::from_secs(3_600));
    refuses(&sign_in(&house, &hers).await.unwrap_err(), 401, "401001");
}

#[tokio::test]
async fn version_deployment_and_index_are_set() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    done(&house, Method::POST, "/site-api", json!({ "version": "3.20", "index_lag_ms": 60_000 })).await;
    refuses(&desk.get("/users").await, 404, "404003");
    done(&house, Method::POST, "/site-api", json!({ "version": "3.24" })).await;
    house.new_group("Hidden");
    assert_eq!(desk.rows("groups", "/groups?filter=name:eq:Hidden").await.len(), 0);
    done(&house, Method::POST, "/site-api", json!({ "deployment": "server", "index_lag_ms": 0 })).await;
    assert_eq!(desk.rows("groups", "/groups?filter=name:eq:Hidden").await.len(), 1);
    let group = json!({ "domain": "d.example", "name": "Team", "members": [ANNA] });
    done(&house, Method::POST, "/directory", group).await;
    let import = "<import source=\"ActiveDirectory\" domainName=\"d.example\" siteRole=\"Viewer\"/>";
    assert_eq!(desk.post("/groups", &format!("<group name=\"Team\">{import}</group>")).await.status, 201);
    assert_eq!(house.control(Method::POST, "/site-api", json!({ "version": "new" })).await.status, 400);
}

#[tokio::test]
async fn groups_change_behind_everyones_back() {
    let house = House::start().await;
    house.anna("Viewer");
    let site = house.site_id(SITE);
    let added =
        house.control(Method::POST, &format!("/sites/{site}/groups"), json!({ "name": "G" })).await.json();
    let group = added["id"].as_str().unwrap();
    let again = house.control(Method::POST, &format!("/sites/{site}/groups"), json!({ "name": "g" })).await;
    assert_eq!(again.status, 409);
    let member = format!("/groups/{group}/members/anna%2Bbi%40example.com");
    done(&house, Method::POST, &member, json!(null)).await;
    assert_eq!(read(&house, &format!("/groups/{group}/members")).await, json!([ANNA]));
    done(&house, Method::POST, &format!("/groups/{group}"), json!({ "minimum_role": "Explorer" })).await;
    let groups = read(&house, &format!("/sites/{site}/groups")).await;
    let told = groups.as_array().unwrap().iter().find(|known| known["name"] == "G").unwrap();
    assert_eq!((&told["minimum_role"], &told["grant_on_sign_in"]), (&"Explorer".into(), &true.into()));
    done(&house, Method::POST, &format!("/sites/{site}/sign-in/anna%2Bbi%40example.com"), json!(null)).await;
    assert_eq!(house.anna_there().role, "Explorer");
    done(&house, Method::DELETE, &member, json!(null)).await;
    assert_eq!(read(&house, &format!("/groups/{group}/members")).await, json!([]));
    done(&house, Method::DELETE, &format!("/groups/{group}"), json!(null)).await;
    assert_eq!(house.control(Method::DELETE, &format!("/groups/{group}"), json!(null)).await.status, 404);
    let king =
        house.control(Method::POST, &format!("/groups/{NOBODY}"), json!({ "minimum_role": "King" })).await;
    assert_eq!(king.status, 404);
    assert!(house.world().changes().is_empty());
}
