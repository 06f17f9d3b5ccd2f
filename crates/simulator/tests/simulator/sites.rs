//! Tenant, regions and sites; suspending and reactivating.

use std::collections::HashSet;

use reqwest::Method;

use crate::house::House;

#[tokio::test]
async fn the_tenant_is_active_and_has_accepted_the_terms() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let tenant = visitor.read(&visitor.tenant("")).await;
    assert_eq!(tenant["tenantName"], "Quillmere Holdings");
    assert_eq!(tenant["status"], "Active");
    assert_eq!(tenant["termsAndConditions"]["acceptedTandC"], true);
}

#[tokio::test]
async fn a_site_has_the_keys_of_the_vendors_page() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = visitor.read(&visitor.site("Marketing EU", "")).await;
    for key in ["tenantId", "siteUUID", "name", "contentUrl", "location", "status", "createDateTime"] {
        assert!(site[key].is_string(), "{key}");
    }
    assert_eq!(site["instance"]["baseUrl"], house.running.details().site_url.as_str());
    assert_eq!(site["instance"]["cloudProvider"]["name"], "aws");
    assert!(site["instance"]["regionUUID"].is_string());
    // A limit is told only where it is set.
    assert!(site["creatorCapacity"].is_number());
    assert_eq!(site["creatorCapacityIsDefaultCloudLimit"], false);
    assert!(site["viewerCapacity"].is_null());
    assert_eq!(site["viewerCapacityIsDefaultCloudLimit"], true);
    assert!(site["suspendedDateTime"].is_null());
}

#[tokio::test]
async fn the_site_list_pages_through_every_site_once() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let path = visitor.tenant("/sites?maxResults=5");
    let sites = visitor.pages(&path, "sites", "pageToken").await;
    let seen: Vec<_> = sites.iter().map(|site| site["siteUUID"].to_string()).collect();
    assert_eq!(seen.len(), 12);
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 12);
    let whole = visitor.read(&visitor.tenant("/sites")).await;
    assert_eq!(whole["sites"].as_array().unwrap().len(), 12);
    assert!(whole["pageToken"].is_null());
}

#[tokio::test]
async fn a_foreign_page_token_and_an_empty_page_are_refused() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    visitor.get(&visitor.tenant("/sites?pageToken=made-up")).await.refuses(400);
    visitor.get(&visitor.tenant("/sites?maxResults=0")).await.refuses(400);
}

#[tokio::test]
async fn sites_can_be_filtered_by_region_and_regions_are_told_twice() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let regions = visitor.read("/api/v1/regions?visibility=PUBLIC").await;
    assert_eq!(regions["regions"], regions["data"]);
    let mut counted = 0;
    for region in regions["regions"].as_array().unwrap() {
        let id = region["uuid"].as_str().unwrap();
        let found = visitor.read(&visitor.tenant(&format!("/sites?location={id}"))).await;
        for site in found["sites"].as_array().unwrap() {
            assert_eq!(site["instance"]["regionUUID"], id);
            assert_eq!(site["location"], region["name"]);
            counted += 1;
        }
    }
    assert_eq!(counted, 12);
    assert_eq!(visitor.read("/api/v1/regions").await["regions"].as_array().unwrap().len(), 7);
    visitor.get("/api/v1/regions?latitude=91").await.refuses(400);
}

#[tokio::test]
async fn locations_name_pods_and_regions() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let locations = visitor.read(&visitor.tenant("/locations")).await;
    assert!(locations["podsData"]["pods"][0]["uuid"].is_string());
    let regions = locations["regionsData"]["regions"].as_array().unwrap();
    assert!(regions.iter().any(|region| region["tags"][0] == "RELEASE_PREVIEW"));
}

#[tokio::test]
async fn suspending_and_reactivating_changes_the_site_and_is_written_down() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let before = visitor.read(&visitor.site("Finance", "")).await;
    assert_eq!(before["status"], "Active");

    let suspended = visitor.ask(Method::DELETE, &visitor.site("Finance", "")).await;
    assert_eq!(suspended.status, 200);
    assert!(suspended.json().is_string());
    let after = visitor.read(&visitor.site("Finance", "")).await;
    assert_eq!(after["status"], "Suspended");
    assert_eq!(after["suspendedDateTime"], after["lastUpdateDateTime"]);
    visitor.ask(Method::DELETE, &visitor.site("Finance", "")).await.refuses(409);

    let reactivated = visitor.ask(Method::POST, &visitor.site("Finance", "/reactivate")).await;
    assert_eq!(reactivated.json()["status"], "Active");
    assert!(reactivated.json()["suspendedDateTime"].is_null());
    visitor.ask(Method::POST, &visitor.site("Finance", "/reactivate")).await.refuses(409);

    assert_eq!(house.world().applied("site.suspend"), 1);
    assert_eq!(house.world().applied("site.reactivate"), 1);
    assert_eq!(house.world().changes()[0].by, "dana.ito@example.com");
    assert_eq!(house.world().changes()[0].object, before["siteUUID"].as_str().unwrap());
}

#[tokio::test]
async fn a_site_can_drift_behind_everyones_back() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let id = house.world().site("Finance").unwrap().id;
    let drift = serde_json::json!({
        "status": "Moved",
        "limits": { "viewer": 7 },
        "storage": { "quota": null, "used": 12 },
    });
    let answer = house.control(Method::POST, &format!("/sites/{id}"), drift).await;
    assert_eq!(answer.status, 204, "{}", answer.text);
    let site = visitor.read(&visitor.site("Finance", "")).await;
    assert_eq!(site["status"], "Moved");
    assert_eq!(site["viewerCapacity"], 7);
    assert_eq!(site["storageUsed"], 12);
    assert!(site["storageQuota"].is_null());
    assert!(house.world().changes().is_empty());
}
