//! People are changed: a list of differences, carried out one by one.

use reqwest::Method;
use serde_json::json;

use crate::house::House;
use crate::ordered::{ALREADY, ANNA, DONE, FAILED, NOT_FOUND, SITE, outcome, outcomes};

const ADD: &str = "ADD_SITE_ROLE";
const UPDATE: &str = "UPDATE_SITE_ROLE";
const DELETE: &str = "DELETE_SITE_ROLE";

#[tokio::test]
async fn only_the_sites_in_the_list_change() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Viewer");
    house.world().set_role(ANNA, &house.site_id("Sales APAC"), Some("Viewer"));
    let change = |site: &str, operation: &str, role: &str| json!({ "siteId": house.site_id(site), "siteOp": operation, "siteRole": role });
    let changes = json!([change(SITE, UPDATE, "Explorer"), change("Sales Americas", ADD, "Viewer")]);
    let job = visitor.update(&anna.id, json!({ "siteRoles": changes })).await;
    assert_eq!(outcomes(&job), [(DONE, "SITE_ROLE_ASSIGNED"), (DONE, "USER_ADDED_WITH_ASSIGNED_ROLE")]);
    assert_eq!(house.role(SITE).as_deref(), Some("Explorer"));
    assert_eq!(house.role("Sales APAC").as_deref(), Some("Viewer"));
    assert_eq!(house.role("Sales Americas").as_deref(), Some("Viewer"));
    let changes = house.world().changes();
    assert_eq!(changes.len(), 2);
    for change in changes {
        assert_eq!(
            (&*change.kind, &*change.object, &*change.by),
            ("user.role", &*anna.id, "dana.ito@example.com")
        );
    }
}

#[tokio::test]
async fn a_role_that_is_there_already_succeeds_and_changes_nothing() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Viewer");
    for (site, operation, role) in [
        (SITE, ADD, Some("Viewer")),
        (SITE, ADD, Some("Creator")),
        (SITE, UPDATE, Some("Viewer")),
        ("Sales Americas", DELETE, None),
    ] {
        let job = visitor.change_role(&anna.id, site, operation, role).await;
        assert_eq!(outcome(&job), ALREADY, "{operation}");
    }
    assert_eq!(house.role(SITE).as_deref(), Some("Viewer"));
    assert!(house.world().changes().is_empty());
}

#[tokio::test]
async fn another_way_to_sign_in_is_a_change_of_its_own() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Viewer");
    let change = json!([{ "siteId": house.site_id(SITE), "siteOp": UPDATE, "idp": "OpenID" }]);
    let job = visitor.update(&anna.id, json!({ "siteRoles": change })).await;
    assert_eq!(outcome(&job), (DONE, "USER_IDP_UPDATED"));
    let role = house.world().person(ANNA).unwrap().roles.remove(0);
    assert_eq!((&*role.idp, &*role.role), ("OpenID", "Viewer"));
}

#[tokio::test]
async fn a_role_that_is_not_there_cannot_be_changed() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Viewer");
    let job = visitor.change_role(&anna.id, "Sales Americas", UPDATE, Some("Viewer")).await;
    assert_eq!(outcome(&job), (FAILED, "USER_SERVICE_NO_SITE_ROLE_FOUND_FOR_SITEID"));
    let role = house.world().set_role(ANNA, &house.site_id("Legacy Reports"), Some("Viewer"));
    assert!(role);
    for operation in [UPDATE, DELETE] {
        let job = visitor.change_role(&anna.id, "Legacy Reports", operation, Some("Creator")).await;
        assert_eq!(outcome(&job), (FAILED, "E_400_USR_SVC_2006"), "{operation}");
    }
}

#[tokio::test]
async fn a_role_is_taken_away_with_its_groups_and_the_person_stays() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let everyone = |house: &House| {
        let groups = house.world().groups(&house.site_id(SITE));
        groups.into_iter().find(|group| group.name == "All Users").unwrap().members
    };
    let before = everyone(&house);
    let anna = house.anna("Viewer");
    assert_eq!(everyone(&house), before + 1);
    let job = visitor.change_role(&anna.id, SITE, DELETE, None).await;
    assert_eq!(outcome(&job), (DONE, "SITE_ROLE_REMOVED"));
    assert_eq!((everyone(&house), house.role(SITE)), (before, None));
    assert!(house.world().person(ANNA).is_some());
}

#[tokio::test]
async fn an_owner_is_unlicensed_instead_of_taken_away() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Creator");
    assert!(house.world().set_owned(ANNA, &house.site_id(SITE), 3));
    for _ in 0..2 {
        let job = visitor.change_role(&anna.id, SITE, DELETE, None).await;
        assert_eq!(outcome(&job), (DONE, "USER_UNLICENSED_OWNS_CONTENT"));
        assert_eq!(house.role(SITE).as_deref(), Some("Unlicensed"));
    }
    assert_eq!(house.world().applied("user.role"), 1);
}

#[tokio::test]
async fn a_group_holds_its_members_up() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Creator");
    let groups = house.world().groups(&house.site_id(SITE));
    let group = groups.iter().find(|group| group.minimum_role.as_deref() == Some("Explorer")).unwrap();
    assert!(house.world().join_group(ANNA, &group.id));
    let job = visitor.change_role(&anna.id, SITE, UPDATE, Some("Viewer")).await;
    assert_eq!(outcome(&job), (DONE, "USER_ROLE_UNCHANGED_GLSI_MIN_ROLE"));
    assert_eq!(house.role(SITE).as_deref(), Some("Creator"));
    let job = visitor.change_role(&anna.id, SITE, UPDATE, Some("Explorer")).await;
    assert_eq!(outcome(&job), (DONE, "SITE_ROLE_ASSIGNED"));
}

#[tokio::test]
async fn administrators_of_the_tenant_come_change_and_go() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Viewer");
    let tenant = house.running.details().tenant_id.clone();
    let link = |operation: &str, idp: &str| {
        json!({ "linkRoles": [
            { "linkId": tenant, "linkRole": "LINK_ADMIN", "linkOp": operation, "idp": idp },
        ] })
    };
    for (operation, idp, expected) in [
        ("UPDATE_LINK_ROLE", "OpenID", NOT_FOUND),
        ("ADD_LINK_ROLE", "DEFAULT", (FAILED, "INVALID_IDP")),
        ("ADD_LINK_ROLE", "OpenID", (DONE, "LINK_ROLE_ADDED_TO_USER")),
        ("ADD_LINK_ROLE", "OpenID", ALREADY),
        ("UPDATE_LINK_ROLE", "OpenID", ALREADY),
        ("UPDATE_LINK_ROLE", "SAML", (DONE, "LINK_ROLE_UPDATED_IN_USER")),
        ("DELETE_LINK_ROLE", "SAML", (DONE, "LINK_ROLE_DELETED_FROM_USER")),
        ("DELETE_LINK_ROLE", "SAML", ALREADY),
    ] {
        let job = visitor.update(&anna.id, link(operation, idp)).await;
        assert_eq!(outcome(&job), expected, "{operation} {idp}");
    }
    assert_eq!(house.world().applied("user.admin"), 3);
    assert_eq!(house.world().person(ANNA).unwrap().tenant_role, None);
}

#[tokio::test]
async fn an_invitation_that_ran_out_must_be_removed_first() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let elif = house.world().person("elif.sahin@example.com").unwrap();
    let tenant = house.running.details().tenant_id.clone();
    for (operation, expected) in [
        ("UPDATE_LINK_ROLE", (FAILED, "E_404_USR_SVC_2022")),
        ("ADD_LINK_ROLE", (FAILED, "E_404_USR_SVC_2022")),
        ("DELETE_LINK_ROLE", (DONE, "LINK_ROLE_DELETED_FROM_USER")),
        ("ADD_LINK_ROLE", (DONE, "LINK_ROLE_ADDED_TO_USER")),
    ] {
        let link =
            json!([{ "linkId": tenant, "linkRole": "LINK_ADMIN", "linkOp": operation, "idp": "SAML" }]);
        assert_eq!(outcome(&visitor.update(&elif.id, json!({ "linkRoles": link })).await), expected);
    }
}

#[tokio::test]
async fn the_last_administrator_may_take_the_own_role_away() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let dana = house.world().person("dana.ito@example.com").unwrap();
    let tenant = house.running.details().tenant_id.clone();
    let link = json!({ "linkRoles": [{ "linkId": tenant, "linkOp": "DELETE_LINK_ROLE" }] });
    let path = visitor.tenant(&format!("/users/{}", dana.id));
    assert_eq!(visitor.order(Method::PATCH, &path, link).await.status, 200);
    visitor.get(&path).await.refuses(403);
}

#[tokio::test]
async fn language_locale_and_address_change_and_the_user_name_does_not() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Viewer");
    let body = json!({ "language": "FR_FR", "locale": "fr_CA", "email": "o'brien@example.com" });
    let job = visitor.update(&anna.id, body.clone()).await;
    let expected = [(DONE, "LANGUAGE_LOCALE_UPDATED_IN_USER"), (DONE, "USER_EMAIL_UPDATED")];
    assert_eq!(outcomes(&job), expected);
    assert_eq!(outcomes(&visitor.update(&anna.id, body).await), [ALREADY, ALREADY]);
    let anna = house.world().person(ANNA).unwrap();
    assert_eq!((&*anna.language, &*anna.locale, &*anna.email), ("FR_FR", "fr_CA", "o'brien@example.com"));
    assert_eq!(house.world().applied("user.details"), 2);
    assert_eq!(visitor.everyone("email=o%27brien%40example.com").await.len(), 1);
    assert!(visitor.everyone("email=anna%2Bbi%40example.com").await.is_empty());
    assert_eq!(visitor.everyone("userName=anna%2Bbi%40example.com").await.len(), 1);
    let job = visitor.update(&anna.id, json!({ "email": "nowhere" })).await;
    assert_eq!(outcome(&job), (FAILED, "USER_INVALID_EMAIL_ADDRESS"));
}

#[tokio::test]
async fn mistakes_of_form_are_refused_at_once() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Viewer");
    let (tenant, site) = (house.running.details().tenant_id.clone(), house.site_id(SITE));
    let path = visitor.tenant(&format!("/users/{}", anna.id));
    for body in [
        json!({}),
        json!([]),
        json!({ "siteRoles": [{ "siteId": site, "siteRole": "Viewer" }] }),
        json!({ "siteRoles": [{ "siteId": site, "siteOp": "CROWN", "siteRole": "Viewer" }] }),
        json!({ "siteRoles": [{ "siteId": site, "siteOp": ADD }] }),
        json!({ "siteRoles": [{ "siteId": site, "siteOp": UPDATE }] }),
        json!({ "siteRoles": [{ "siteOp": DELETE }] }),
        json!({ "linkRoles": [{ "linkId": tenant, "linkRole": "LINK_ADMIN" }] }),
        json!({ "linkRoles": [{ "linkOp": "DELETE_LINK_ROLE" }] }),
    ] {
        visitor.order(Method::PATCH, &path, body).await.refuses(400);
    }
    let nobody = visitor.tenant(&format!("/users/{tenant}"));
    visitor.order(Method::PATCH, &nobody, json!({ "language": "DE_DE" })).await.refuses(404);
}
