//! Sites as the site API tells of them, ways to sign in, and switching.

use reqwest::Method;

use crate::house::{Answer, House, send};
use crate::ordered::SITE;
use crate::site::{Desk, NOBODY, refuses, tree};

async fn ask(desk: &Desk<'_>, path: &str) -> Answer {
    send(desk.house.request(Method::GET, path).header("X-Tableau-Auth", &desk.token)).await
}

#[tokio::test]
async fn the_own_site_is_told_by_id_name_and_address() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let site = desk.read("").await.child("site").clone();
    assert_eq!(
        (site.get("id"), site.get("name"), site.get("contentUrl")),
        (desk.site.as_str(), SITE, "finance")
    );
    assert_eq!((site.get("state"), site.get("adminMode")), ("Active", "ContentAndUsers"));
    assert!(site.children.is_empty());
    let counted = desk.read("?includeUsage=true").await;
    let usage = counted.child("site").child("usage");
    let facts = house.world().site(SITE).unwrap();
    let users = house.world().site_licences(&desk.site).unwrap().users;
    assert_eq!(
        (usage.get("numUsers"), usage.get("storage")),
        (&*users.to_string(), &*facts.storage_used.to_string())
    );
    for path in ["Finance?key=name", "finance?key=contentUrl"] {
        let answer = ask(&desk, &format!("/api/3.24/sites/{path}")).await;
        assert_eq!(tree(&answer).child("site").get("id"), desk.site, "{path}");
    }
    let other = house.site_id("Marketing EU");
    for path in [&other, NOBODY, "x", "Finance", "Finance?key=colour", "marketingeu?key=contentUrl"] {
        refuses(&ask(&desk, &format!("/api/3.24/sites/{path}")).await, 404, "404000");
    }
}

#[tokio::test]
async fn sites_are_not_listed_on_the_cloud() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    refuses(&ask(&desk, "/api/3.24/sites?pageSize=10").await, 403, "403069");
}

#[tokio::test]
async fn ways_to_sign_in_are_told_since_a_version() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let ways = desk.read("/site-auth-configurations").await;
    let ways = ways.child("siteAuthConfigurations");
    assert_eq!(ways.each("authSetting"), ["SAML", "OIDC"]);
    assert_eq!(ways.each("enabled"), ["true", "true"]);
    let names =
        ["authSetting", "enabled", "idpConfigurationId", "idpConfigurationName", "knownProviderAlias"];
    assert_eq!(ways.children[0].attribute_names(), names);
    refuses(&desk.in_version("3.23").get("/site-auth-configurations").await, 404, "404003");
}

#[tokio::test]
async fn switching_gives_a_new_token_and_ends_the_old_one() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let switch = async |desk: &Desk<'_>, site: &str, version: &str| {
        let request = desk.house.request(Method::POST, &format!("/api/{version}/auth/switchSite"));
        let body = format!("<tsRequest><site contentUrl=\"{site}\"/></tsRequest>");
        send(request.header("X-Tableau-Auth", &desk.token).body(body)).await
    };
    refuses(&switch(&desk, "finance", "3.24").await, 403, "403070");
    refuses(&switch(&desk, "nowhere", "3.24").await, 401, "401001");
    refuses(&switch(&desk, "marketingeu", "2.5").await, 404, "404003");
    let answer = switch(&desk, "marketingeu", "3.24").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let credentials = tree(&answer).child("credentials").clone();
    let there = house.site_id("Marketing EU");
    assert_eq!(
        (credentials.child("site").get("id"), credentials.get("estimatedTimeToExpiration")),
        (&*there, "2:00:00")
    );
    refuses(&desk.get("/users").await, 401, "401002");
    let switched =
        Desk { token: credentials.get("token").to_owned(), site: there, ..desk.in_version("3.24") };
    assert_eq!(switched.get("/users").await.status, 200);
    assert_eq!(house.world().site_sessions(), 1);
}
