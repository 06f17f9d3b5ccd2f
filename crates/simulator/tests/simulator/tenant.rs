//! The tenant itself: its terms, its name, its tokens, and how people sign in.

use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Answer, House, Visitor, send};

async fn order(visitor: &Visitor<'_>, method: Method, path: &str, body: Value) -> Answer {
    send(visitor.request(method, path).json(&body)).await
}

#[tokio::test]
async fn terms_are_accepted_once_and_it_shows_in_the_tenant() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().forget_terms();
    let tenant = visitor.read(&visitor.tenant("")).await;
    assert_eq!(tenant["termsAndConditions"], json!({"acceptedTandC": false}));
    for _ in 0..2 {
        let answer = visitor.ask(Method::PUT, &visitor.tenant("/terms-and-conditions")).await;
        assert!(answer.json().is_string());
    }
    let terms = visitor.read(&visitor.tenant("")).await["termsAndConditions"].clone();
    assert_eq!(terms["acceptedTandC"], true);
    assert_eq!(terms["acceptedBy"], house.world().person("dana.ito@example.com").unwrap().id.as_str());
    assert_eq!(house.world().applied("tenant.accept_terms"), 1);
}

#[tokio::test]
async fn a_free_name_is_an_empty_object_and_a_taken_one_a_conflict() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let check = |name: String| visitor.read_or(format!("/api/v1/tenants/check-name/{name}"));
    assert_eq!(check("Nobody%20has%20it".to_owned()).await.json(), json!({}));
    check("Acme".to_owned()).await.refuses(409);
    check("quillmere%20holdings".to_owned()).await.refuses(409);
    check("x".repeat(81)).await.refuses(400);
    check("%F0%9F%98%80".repeat(80)).await.json();
}

impl Visitor<'_> {
    async fn read_or(&self, path: String) -> Answer {
        self.get(&path).await
    }
}

#[tokio::test]
async fn a_token_is_made_with_its_secret_once_and_revoked_with_its_sessions() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let made = order(&visitor, Method::POST, "/api/v1/pat", json!({"tokenName": "second"})).await.json();
    let secret = made["secret"].as_str().unwrap().to_owned();
    assert!(!visitor.get("/api/v1/pat").await.text.contains(&secret));
    assert_eq!(house.try_sign_in(&secret).await.status, 200);
    order(&visitor, Method::POST, "/api/v1/pat", json!({"tokenName": "second"})).await.refuses(409);
    for days in [0, -1, 366] {
        let body = json!({"tokenName": "third", "absoluteExpiryInDays": days});
        order(&visitor, Method::POST, "/api/v1/pat", body).await.refuses(400);
    }
    order(&visitor, Method::POST, "/api/v1/pat", json!({"tokenName": " "})).await.refuses(400);
    let path = format!("/api/v1/pat/{}", made["tokenUUID"].as_str().unwrap());
    assert_eq!(visitor.ask(Method::DELETE, &path).await.status, 200);
    house.try_sign_in(&secret).await.refuses(401);
    visitor.ask(Method::DELETE, &path).await.refuses(404);
    visitor.ask(Method::DELETE, "/api/v1/pat/nonsense").await.refuses(400);
    assert_eq!((house.world().applied("pat.create"), house.world().applied("pat.revoke")), (1, 1));
}

#[tokio::test]
async fn revoking_the_token_in_use_ends_its_session() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let own = visitor.read("/api/v1/pat").await[0]["tokenUUID"].as_str().unwrap().to_owned();
    assert_eq!(visitor.ask(Method::DELETE, &format!("/api/v1/pat/{own}")).await.status, 200);
    visitor.get("/api/v1/pat").await.refuses(401);
}

#[tokio::test]
async fn ways_to_sign_in_are_told_for_the_tenant_and_its_sites() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let tenant = house.running.details().tenant_id.clone();
    let sites: Vec<_> = house.world().sites().into_iter().map(|site| site.id).collect();
    let path = "/api/v1/auth-configurations";
    let body = |multiple: bool| json!({"resourceIds": [tenant, sites[0], sites[1]], "requireMultipleIDPs": multiple});
    let all = order(&visitor, Method::POST, path, body(true)).await.json();
    let kinds: Vec<_> = all.as_array().unwrap().iter().map(|row| row["authenticationType"].clone()).collect();
    assert_eq!(kinds, ["TABID_WITH_MFA", "DEFAULT", "SAML", "DEFAULT"]);
    assert_eq!(order(&visitor, Method::POST, path, body(false)).await.json().as_array().unwrap().len(), 3);
    // The sample of the vendor's page writes the list as a text; a list it is.
    order(&visitor, Method::POST, path, json!({"resourceIds": format!("[\"{tenant}\"]")})).await.refuses(400);
    order(&visitor, Method::POST, path, json!({"resourceIds": [house.world().job("running")]}))
        .await
        .refuses(404);
}

#[tokio::test]
async fn an_openid_configuration_is_written_read_replaced_and_deleted() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let path = format!("/api/v1/oidc-configurations/{}", house.running.details().tenant_id);
    visitor.get(&path).await.refuses(404);
    assert_eq!(visitor.ask(Method::DELETE, &path).await.status, 200);
    assert_eq!(house.world().applied("oidc.delete"), 0);
    for bad in [
        json!({"enabled": true}),
        json!({"knownProviderAlias": "Google"}),
        json!({"enabled": true, "knownProviderAlias": "Salesforce"}),
        json!({"enabled": "yes", "knownProviderAlias": "Google"}),
    ] {
        order(&visitor, Method::PUT, &path, bad).await.refuses(400);
    }
    let google =
        json!({"enabled": true, "knownProviderAlias": "Google", "jwksUri": "https://id.example.com/keys"});
    assert_eq!(order(&visitor, Method::PUT, &path, google.clone()).await.json(), google);
    let sales = json!({"enabled": false, "knownProviderAlias": "Salesforce", "salesforceDomain": "login.salesforce.com"});
    order(&visitor, Method::PUT, &path, sales.clone()).await;
    assert_eq!(visitor.read(&path).await, sales);
    house.world().set_sign_on_revokes(true);
    // What stays the same revokes nothing.
    order(&visitor, Method::PUT, &path, sales).await;
    visitor.read(&path).await;
    assert_eq!(visitor.ask(Method::DELETE, &path).await.status, 200);
    visitor.get(&path).await.refuses(401);
    assert!(house.world().manager_pats().is_empty());
}
