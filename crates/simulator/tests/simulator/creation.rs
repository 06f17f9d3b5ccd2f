//! Making sites and projects, and the limits of a site's roles.

use reqwest::Method;
use serde_json::{Value, json};

use crate::house::{Answer, House, Visitor, send};

async fn order(visitor: &Visitor<'_>, method: Method, path: &str, body: Value) -> Answer {
    send(visitor.request(method, path).json(&body)).await
}

async fn region(visitor: &Visitor<'_>) -> String {
    let places = visitor.read(&visitor.tenant("/locations")).await;
    places["regionsData"]["regions"][0]["uuid"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_site_is_made_with_its_address_rewritten() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let region = region(&visitor).await;
    let body = json!({"name": "New market", "contentUrl": "new.market!", "regionUUID": region});
    let answer = order(&visitor, Method::POST, &visitor.tenant("/sites"), body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let site = answer.json();
    assert_eq!((site["contentUrl"].as_str(), site["status"].as_str()), (Some("newmarket"), Some("Active")));
    assert_eq!(site["instance"]["regionUUID"], region.as_str());
    let read = visitor.read(&visitor.site("New market", "")).await;
    assert_eq!(read["siteUUID"], site["siteUUID"]);
    assert_eq!(house.world().applied("site.create"), 1);
    let counts = visitor.read(&visitor.site("New market", "").replace("/sites/", "/aggregates/sites/")).await;
    assert_eq!(counts["userCount"], 0);
}

#[tokio::test]
async fn names_addresses_and_places_that_cannot_be_are_refused_with_the_vendors_codes() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let region = region(&visitor).await;
    let pod = visitor.read(&visitor.tenant("/locations")).await["podsData"]["pods"][0]["uuid"].clone();
    let site = |name: &str, url: &str| json!({"name": name, "contentUrl": url, "regionUUID": region});
    let long = "x".repeat(81);
    for (body, status, code) in [
        (site("", "a"), 400, "INVALID_SITE_NAME"),
        (site(&long, "a"), 400, "INVALID_SITE_NAME"),
        (site(" Lead", "a"), 400, "INVALID_SITE_NAME"),
        (site("Trail ", "a"), 400, "INVALID_SITE_NAME"),
        (site("a/b", "a"), 400, "INVALID_SITE_NAME"),
        (site("a\u{7}b", "a"), 400, "INVALID_SITE_NAME"),
        (site("Guest", "a"), 400, "INVALID_SITE_NAME"),
        (site("Our Public site", "a"), 400, "INVALID_SITE_NAME"),
        (site("Fine", "..."), 400, "INVALID_SITE_CONTENT_URL"),
        (site("Finance", "other"), 409, "SITE_NAME_CONFLICT"),
        (site("Other", "finance"), 409, "SITE_CONTENT_URL_CONFLICT"),
        (json!({"name": "A", "contentUrl": "a"}), 400, "INVALID_PARAM"),
        (json!({"name": "A", "contentUrl": "a", "regionUUID": region, "podUUID": pod}), 400, "INVALID_PARAM"),
        (json!({"name": "A", "contentUrl": "a", "podUUID": region}), 400, "INVALID_PARAM"),
    ] {
        let answer = order(&visitor, Method::POST, &visitor.tenant("/sites"), body.clone()).await;
        answer.refuses(status);
        assert_eq!(answer.json()["errorCode"], code, "{body}");
    }
    house.world().set_most_sites(12);
    let full = order(&visitor, Method::POST, &visitor.tenant("/sites"), site("Thirteen", "thirteen")).await;
    assert_eq!(full.json()["errorCode"], "SITE_LIMIT_REACHED");
    assert!(house.world().changes().is_empty());
    // "Small" has a reserved word in it and is no reserved word.
    house.world().set_most_sites(13);
    let fine = order(&visitor, Method::POST, &visitor.tenant("/sites"), site("Small", "small")).await;
    assert_eq!(fine.status, 200, "{}", fine.text);
}

#[tokio::test]
async fn a_project_needs_an_owner_who_is_on_the_site_and_is_made_once() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let finance = house.world().site("Finance").unwrap().id;
    let owner = house.world().person("milo.brandt@example.com").unwrap();
    let owner = owner.roles.into_iter().find(|role| role.site_id == finance).unwrap().site_user_id;
    let path = visitor.site("Finance", "/projects");
    order(&visitor, Method::POST, &path, json!({"ownerId": finance})).await.refuses(400);
    order(&visitor, Method::POST, &path, json!({})).await.refuses(400);
    let made = order(&visitor, Method::POST, &path, json!({"ownerId": owner})).await.json();
    assert_eq!(made["project"]["owner"]["id"], owner.as_str());
    for key in ["name", "id", "description", "contentPermissions"] {
        assert!(made["project"][key].is_string(), "{key}");
    }
    order(&visitor, Method::POST, &path, json!({"ownerId": owner})).await.refuses(409);
    assert_eq!(house.world().project_owners(&finance), [owner]);
}

#[tokio::test]
async fn limits_are_told_flat_after_they_were_asked_for_nested() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let path = visitor.site("Finance", "");
    let own = |number: i64| json!({"isDefaultCloudLimit": false, "capacity": number});
    let body = json!({"creatorCapacity": own(7), "explorerCapacity": own(0), "viewerCapacity": {"isDefaultCloudLimit": true}});
    let site = order(&visitor, Method::PATCH, &path, body).await.json();
    assert_eq!((site["creatorCapacity"].as_i64(), site["explorerCapacity"].as_i64()), (Some(7), Some(0)));
    assert_eq!(site["viewerCapacityIsDefaultCloudLimit"], true);
    assert!(site["viewerCapacity"].is_null());
    // What is not named stays.
    let site =
        order(&visitor, Method::PATCH, &path, json!({"viewerCapacity": own(2_147_483_647)})).await.json();
    assert_eq!(
        (site["creatorCapacity"].as_i64(), site["viewerCapacity"].as_i64()),
        (Some(7), Some(2_147_483_647))
    );
    for bad in [own(-1), own(2_147_483_648), json!({"isDefaultCloudLimit": false}), json!(5)] {
        order(&visitor, Method::PATCH, &path, json!({"creatorCapacity": bad})).await.refuses(400);
    }
    assert_eq!(house.world().applied("site.update_limits"), 2);
}
