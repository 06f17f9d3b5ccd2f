//! People: the list, its filters, and one person.

use std::collections::HashSet;

use crate::house::House;

#[tokio::test]
async fn the_list_pages_through_everyone_once() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let everyone = visitor.everyone("maxResults=70").await;
    let ids: HashSet<_> = everyone.iter().map(|user| user["userId"].to_string()).collect();
    let names: HashSet<_> = everyone.iter().map(|user| user["userName"].to_string()).collect();
    assert_eq!((everyone.len(), ids.len(), names.len()), (300, 300, 300));
}

#[tokio::test]
async fn addresses_belong_to_nobody_and_some_names_have_accents() {
    let house = House::start().await;
    let everyone = house.sign_in().await.everyone("").await;
    for user in &everyone {
        let address = user["email"].as_str().unwrap();
        let domain = address.split_once('@').unwrap().1;
        let top = domain.trim_start_matches(|letter: char| letter != 'e');
        assert!(domain.contains("example.") && top.starts_with('e'), "{address}");
        assert!(address.is_ascii(), "{address}");
    }
    assert!(everyone.iter().any(|user| !user["displayName"].as_str().unwrap().is_ascii()));
    assert!(everyone.iter().any(|user| user["lastLoginTime"].is_null()));
}

#[tokio::test]
async fn filters_narrow_and_combine() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let admins = visitor.everyone("tcmRoleName=TCM_ADMIN").await;
    assert_eq!(admins.len(), 4);
    let states: Vec<_> = admins.iter().map(|user| user["linkRoles"][0]["linkRoleStatus"].clone()).collect();
    assert_eq!(states, ["ACTIVE", "ACTIVE", "INVITED", "EXPIRED"]);
    assert_eq!(visitor.everyone("tcmRoleName=NULL").await.len(), 296);
    let viewers = visitor.everyone("maxSiteRole=Viewer").await;
    assert!(!viewers.is_empty() && viewers.iter().all(|user| user["maxSiteRole"] == "Viewer"));
    let both = visitor.everyone("maxSiteRole=SiteAdministratorCreator&tcmRoleName=TCM_ADMIN").await;
    assert_eq!(both.len(), 1);
    let id = both[0]["userId"].as_str().unwrap();
    assert_eq!(visitor.everyone(&format!("userId={id}")).await, both);
    assert!(visitor.everyone("maxSiteRole=SupportUser").await.is_empty());
}

#[tokio::test]
async fn roles_are_left_out_on_request() {
    let house = House::start().await;
    let everyone = house.sign_in().await.everyone("excludeRoles=true").await;
    assert!(everyone.iter().all(|user| user["siteRoles"].is_null() && user["linkRoles"].is_null()));
}

#[tokio::test]
async fn one_person_is_told_in_an_envelope() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let milo = house.world().person("milo.brandt@example.com").unwrap();
    let answer = visitor.read(&visitor.tenant(&format!("/users/{}", milo.id))).await;
    assert_eq!(answer["user"]["siteRoles"].as_array().unwrap().len(), milo.roles.len());
    assert_eq!(answer["user"]["displayName"], "Milo Brandt");
}

#[tokio::test]
async fn words_and_sizes_that_the_vendor_does_not_know_are_refused() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let long = "x".repeat(1_001);
    for query in [
        "maxResults=101",
        "maxResults=0",
        "maxSiteRole=King",
        "tcmRoleName=x",
        "userId=1",
        &format!("pageToken={long}"),
    ] {
        visitor.get(&visitor.tenant(&format!("/users?{query}"))).await.refuses(400);
    }
}
