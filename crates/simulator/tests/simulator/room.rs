//! Licences that the tenant bought, and the limits of sites.

use serde_json::{Value, json};
use simulator::{Purchased, SiteLimits};

use crate::house::{House, Visitor};
use crate::ordered::{ANNA, DONE, FAILED, SITE, outcome, outcomes};

const UPDATE: &str = "UPDATE_SITE_ROLE";

/// As many licences as are in use, and this many more.
fn leave(house: &House, more: u32) {
    let used = house.world().tenant_licences();
    house.world().set_purchased(Purchased {
        creator: used.creators + more,
        explorer: used.explorers + more,
        viewer: used.viewers + more,
    });
}

async fn create(visitor: &Visitor<'_>, site: &str, role: &str) -> Value {
    let site = visitor.house.site_id(site);
    let roles = json!([{ "siteId": site, "siteRole": role }]);
    visitor.create(json!({ "userName": ANNA, "siteRoles": roles })).await
}

#[tokio::test]
async fn without_a_licence_a_new_person_comes_unlicensed_and_the_job_says_successful() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    leave(&house, 0);
    let job = create(&visitor, SITE, "Viewer").await;
    assert_eq!(outcome(&job), (DONE, "USER_CREATED_AS_UNLICENSED_SITE_LICENSE_EXHAUSTED"));
    assert_eq!((&job["status"], house.role(SITE).as_deref()), (&DONE.into(), Some("Unlicensed")));
}

#[tokio::test]
async fn the_last_licence_is_given_once() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    leave(&house, 1);
    let rows: String = (0..3).map(|row| format!(",new{row}@example.com,,,Creator,None,Yes,,\n")).collect();
    let job = visitor.import(&rows, Some(SITE)).await;
    let exhausted = (DONE, "USER_CREATED_AS_UNLICENSED_SITE_LICENSE_EXHAUSTED");
    assert_eq!(outcomes(&job), [(DONE, "USER_CREATED_WITH_ASSIGNED_ROLE"), exhausted, exhausted]);
    let used = house.world().tenant_licences();
    assert_eq!(used.creators, house.world().purchased().creator);
}

#[tokio::test]
async fn without_a_licence_somebody_known_is_added_unlicensed_and_not_raised() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Viewer");
    leave(&house, 0);
    let job = visitor.change_role(&anna.id, "Sales Americas", "ADD_SITE_ROLE", Some("Creator")).await;
    assert_eq!(outcome(&job), (DONE, "USER_ADDED_AS_UNLICENSED"));
    assert_eq!(house.role("Sales Americas").as_deref(), Some("Unlicensed"));
    let job = visitor.change_role(&anna.id, SITE, UPDATE, Some("Creator")).await;
    assert_eq!(outcome(&job), (FAILED, "E_403_USR_SVC_2017"));
    let job = visitor.import(",anna+bi@example.com,,,Creator,None,True,,\n", Some(SITE)).await;
    assert_eq!(outcome(&job), (DONE, "USER_ROLE_UNCHANGED_SITE_LICENSE_EXHAUSTED"));
    assert_eq!(house.role(SITE).as_deref(), Some("Viewer"));
}

#[tokio::test]
async fn a_licence_that_somebody_has_already_is_enough_for_every_site() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Creator");
    leave(&house, 0);
    for role in ["Creator", "Viewer"] {
        let job = visitor.change_role(&anna.id, "Sales Americas", "ADD_SITE_ROLE", Some(role)).await;
        assert_eq!(outcome(&job), (DONE, "USER_ADDED_WITH_ASSIGNED_ROLE"), "{role}");
        visitor.change_role(&anna.id, "Sales Americas", "DELETE_SITE_ROLE", None).await;
    }
    let job = visitor.change_role(&anna.id, SITE, UPDATE, Some("SiteAdministratorCreator")).await;
    assert_eq!(outcome(&job), (DONE, "SITE_ROLE_ASSIGNED"));
}

#[tokio::test]
async fn a_full_site_refuses_although_the_tenant_has_licences() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let full = (FAILED, "E_403_USR_SVC_2018");
    assert_eq!(outcome(&create(&visitor, "Sales APAC", "Creator").await), full);
    assert!(house.world().person(ANNA).is_none());
    let anna = house.anna("Viewer");
    let count = house.world().site_licences(&house.site_id(SITE)).unwrap();
    let limits = SiteLimits { creator: Some(count.creators), ..SiteLimits::default() };
    house.world().set_site_limits(&house.site_id(SITE), limits);
    assert_eq!(outcome(&visitor.change_role(&anna.id, SITE, UPDATE, Some("Creator")).await), full);
    let job = visitor.import(",anna+bi@example.com,,,Creator,Site,Yes,,\n", Some(SITE)).await;
    assert_eq!(outcome(&job), full);
    assert_eq!(outcome(&visitor.change_role(&anna.id, SITE, UPDATE, Some("Explorer")).await).0, DONE);
}

#[tokio::test]
async fn counts_after_many_changes_are_what_the_roles_add_up_to() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let everyone = house.world().everyone();
    let rows: String = everyone[4..]
        .iter()
        .enumerate()
        .map(|(row, person)| {
            let licence = ["Creator,None,Yes", "Explorer,None,No", "Viewer,None,No", "Unlicensed,None,No"];
            format!(",{},,,{},,\n", person.user_name, licence[row % 4])
        })
        .collect();
    visitor.import(&rows, Some(SITE)).await;
    let ids: Vec<_> = everyone[4..].iter().step_by(3).map(|person| person.id.as_str()).collect();
    visitor.delete_some(&ids).await;
    let mut count = [0; 4];
    for user in visitor.everyone("").await {
        match user["maxSiteRole"].as_str() {
            Some("Creator" | "SiteAdministratorCreator") => count[0] += 1,
            Some("Viewer") => count[2] += 1,
            Some("Unlicensed") => count[3] += 1,
            Some(_) => count[1] += 1,
            None => {}
        }
    }
    let told = house.world().tenant_licences();
    assert_eq!(count, [told.creators, told.explorers, told.viewers, told.unlicensed]);
}
