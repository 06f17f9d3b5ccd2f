//! Some people by id, and what a user name can reach.

use reqwest::Method;
use serde_json::json;
use simulator::{NextToken, Options};

use crate::house::House;
use crate::ordered::{ANNA, SITE};

#[tokio::test]
async fn known_people_are_told_and_unknown_ones_are_left_out() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Viewer");
    let nobody = house.running.details().tenant_id.clone();
    let path = visitor.tenant("/bulk/users/details");
    let told = visitor.order(Method::POST, &path, json!({ "userIds": [nobody, anna.id] })).await.json();
    assert_eq!(told["users"].as_array().unwrap().len(), 1);
    assert_eq!(told["users"][0]["userName"], ANNA);
    assert_eq!(told["users"][0]["siteRoles"][0]["siteRole"], "Viewer");
    let id = |number| format!("00000000-0000-4000-8000-{number:012}");
    let hundred: Vec<_> = (0..100).map(id).collect();
    let answer = visitor.order(Method::POST, &path, json!({ "userIds": hundred })).await;
    assert_eq!(answer.json(), json!({ "users": [] }));
    let more: Vec<_> = (0..101).map(id).collect();
    visitor.order(Method::POST, &path, json!({ "userIds": more })).await.refuses(400);
}

#[tokio::test]
async fn the_token_of_the_next_page_has_either_name() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().set_next_token(NextToken::PageToken);
    let path = visitor.tenant("/users?maxResults=100");
    assert!(visitor.read(&path).await["nextPageToken"].is_null());
    assert_eq!(visitor.pages(&path, "users", "pageToken").await.len(), 300);
    house.world().set_next_token(NextToken::NextPageToken);
    assert_eq!(visitor.pages(&path, "users", "nextPageToken").await.len(), 300);
}

#[tokio::test]
async fn somebody_deleted_between_two_pages_moves_nobody_else() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let everyone: Vec<_> = house.world().everyone().into_iter().map(|person| person.user_name).collect();
    let first = visitor.read(&visitor.tenant("/users?maxResults=50")).await;
    assert!(house.world().remove_person(&everyone[10]) && house.world().remove_person(&everyone[50]));
    let token = first["nextPageToken"].as_str().unwrap().replace('+', "%2B");
    let second = visitor.read(&visitor.tenant(&format!("/users?maxResults=50&pageToken={token}"))).await;
    assert_eq!(second["users"][0]["userName"], everyone[51].as_str());
}

#[tokio::test]
async fn addresses_with_a_plus_sign_or_an_apostrophe_are_found() {
    let house = House::with(Options::default()).await;
    let visitor = house.sign_in().await;
    for sign in ['+', '\''] {
        let someone = house.world().everyone().into_iter().find(|person| person.user_name.contains(sign));
        let name = someone.unwrap().user_name;
        let escaped = name.replace('+', "%2B").replace('@', "%40").replace('\'', "%27");
        let found = visitor.everyone(&format!("userName={escaped}")).await;
        assert_eq!((found.len(), &found[0]["userName"]), (1, &name.as_str().into()));
    }
}

#[tokio::test]
async fn a_user_name_reaches_its_sites_and_the_tenant_it_administers() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    house.anna("Viewer");
    house.world().set_tenant_role(ANNA, Some("ACTIVE"));
    let path = "/api/v1/users/resources?userName=anna%2Bbi%40example.com";
    let told = visitor.read(path).await;
    assert_eq!(told["userName"], ANNA);
    let resources = told["resources"].as_array().unwrap();
    assert_eq!((&resources[0]["resourceType"], resources.len()), (&"TENANT".into(), 2));
    assert_eq!(resources[1]["name"], SITE);
    assert_eq!(resources[1]["parent"]["id"], house.running.details().tenant_id.as_str());
    let sites = visitor.read(&format!("{path}&resourceType=SITE")).await;
    assert_eq!(sites["resources"].as_array().unwrap().len(), 1);
    let saml = visitor.read(&format!("{path}&authType=SAML")).await;
    assert_eq!(saml["resources"], json!([]));
    let nobody = visitor.read("/api/v1/users/resources?userName=nobody%40example.com").await;
    assert_eq!(nobody["resources"], json!([]));
    for query in ["", "?userName=", "?userName=x&resourceType=PLANET", "?userName=x&resourceId=1"] {
        visitor.get(&format!("/api/v1/users/resources{query}")).await.refuses(400);
    }
}
