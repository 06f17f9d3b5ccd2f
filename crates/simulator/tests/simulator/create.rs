//! People are made: new, or known already.

use reqwest::Method;
use serde_json::json;

use crate::house::House;
use crate::ordered::{ALREADY, ANNA, DONE, FAILED, NOT_FOUND, SITE, outcome, outcomes};

#[tokio::test]
async fn a_new_person_gets_the_promised_id_and_the_roles() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let site = house.site_id(SITE);
    let body = json!({
        "userName": ANNA, "email": "anna@example.com", "language": "DE_DE", "locale": "de_CH",
        "siteRoles": [{ "siteId": site, "siteRole": "Explorer", "idp": "SAML" }],
    });
    let answer = visitor.order(Method::POST, &visitor.tenant("/users"), body).await;
    let created = answer.json();
    let anna = house.world().person(ANNA).unwrap();
    assert_eq!(created["userId"], anna.id.as_str());
    assert_eq!(created["tenantId"], house.running.details().tenant_id.as_str());
    assert!(created["transactionId"].is_string());
    assert_eq!((anna.language.as_str(), anna.locale.as_str()), ("DE_DE", "de_CH"));
    assert_eq!((anna.email.as_str(), anna.status.as_str()), ("anna@example.com", "ACTIVE"));
    assert_eq!((&*anna.roles[0].role, &*anna.roles[0].idp, anna.roles[0].owned), ("Explorer", "SAML", 0));
    let job = visitor.job(&answer).await;
    assert_eq!(
        (&job["operation"], &job["ownerRole"]),
        (&"SINGLE_ROLE_USER_MODIFY".into(), &"LINK_ADMIN".into())
    );
    let row = &job["items"][0];
    assert_eq!((&row["lineNumber"], &row["userName"]), (&"1".into(), &ANNA.into()));
    assert_eq!((&row["userId"], &row["siteId"]), (&anna.id.as_str().into(), &site.as_str().into()));
    assert_eq!((&row["opType"], &row["idp"]), (&"CREATE_USER_SITE_ROLE".into(), &"SAML".into()));
    assert_eq!(row["serverSiteUserId"], anna.roles[0].site_user_id.as_str());
    assert_eq!(outcome(&job), (DONE, "USER_CREATED_WITH_ASSIGNED_ROLE"));
    let shown = visitor.read(&visitor.tenant(&format!("/users/{}", anna.id))).await;
    assert_eq!(shown["user"]["siteRoles"][0]["idpType"], "SAML");
    assert_eq!(house.world().applied("user.create"), 1);
}

#[tokio::test]
async fn one_job_makes_a_person_an_administrator_and_gives_two_sites() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let tenant = house.running.details().tenant_id.clone();
    let job = visitor
        .create(json!({
            "userName": ANNA,
            "linkRoles": [{ "linkId": tenant, "linkRole": "LINK_ADMIN", "idp": "TableauIDWithMFA" }],
            "siteRoles": [
                { "siteId": house.site_id(SITE), "siteRole": "Viewer", "notifyUser": false },
                { "siteId": house.site_id("Sales Americas"), "siteRole": "Unlicensed" },
            ],
        }))
        .await;
    assert_eq!(job["operation"], "MULTI_ROLE_USER_MODIFY");
    let expected = [
        (DONE, "USER_CREATED_WITH_LINK_ROLE"),
        (DONE, "USER_ADDED_WITH_ASSIGNED_ROLE_WITH_EMAIL_DISABLED"),
        (DONE, "USER_ADDED_WITH_ASSIGNED_UNLICENSED"),
    ];
    assert_eq!(outcomes(&job), expected);
    let anna = house.world().person(ANNA).unwrap();
    assert_eq!((anna.tenant_role.as_deref(), anna.roles.len()), (Some("INVITED"), 2));
    assert_eq!((house.world().applied("user.create"), house.world().applied("user.role")), (1, 2));
}

#[tokio::test]
async fn an_invitation_runs_out_or_somebody_decides() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let tenant = house.running.details().tenant_id.clone();
    let link = json!([{ "linkId": tenant, "linkRole": "LINK_ADMIN" }]);
    visitor.create(json!({ "userName": ANNA, "linkRoles": link })).await;
    let status = || house.world().person(ANNA).unwrap().tenant_role;
    assert_eq!(status().as_deref(), Some("INVITED"));
    house.world().advance(std::time::Duration::from_secs(13 * 86_400));
    assert_eq!(status().as_deref(), Some("INVITED"));
    house.world().advance(std::time::Duration::from_secs(86_400));
    assert_eq!(status().as_deref(), Some("EXPIRED"), "nobody took it up for two weeks");
    for state in ["ACTIVE", "EXPIRED"] {
        assert!(house.world().set_tenant_role(ANNA, Some(state)));
        assert_eq!(status().as_deref(), Some(state));
    }
    assert!(!house.world().set_tenant_role(ANNA, Some("KING")));
}

#[tokio::test]
async fn a_known_user_name_gets_what_is_missing_and_keeps_what_is_there() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let anna = house.anna("Viewer");
    let sites = json!([
        { "siteId": house.site_id(SITE), "siteRole": "Creator" },
        { "siteId": house.site_id("Sales Americas"), "siteRole": "Viewer" },
    ]);
    let body = json!({ "userName": ANNA.to_uppercase(), "siteRoles": sites });
    let answer = visitor.order(Method::POST, &visitor.tenant("/users"), body).await;
    assert_eq!(answer.json()["userId"], anna.id.as_str());
    let job = visitor.job(&answer).await;
    assert_eq!(outcomes(&job), [ALREADY, (DONE, "USER_ADDED_WITH_ASSIGNED_ROLE")]);
    assert_eq!(job["items"][1]["opType"], "ADD_SITE_ROLE");
    assert_eq!(house.role(SITE).as_deref(), Some("Viewer"));
    assert_eq!(house.world().applied("user.create"), 0);
    let again = visitor.create(json!({ "userName": ANNA })).await;
    assert_eq!(outcome(&again), ALREADY);
}

#[tokio::test]
async fn a_person_may_come_without_any_role() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let before = house.world().tenant_licences();
    let job = visitor.create(json!({ "userName": ANNA })).await;
    assert_eq!(outcome(&job), (DONE, "USER_CREATED_WITH_ASSIGNED_UNLICENSED"));
    assert_eq!((house.world().people(), house.world().tenant_licences()), (301, before));
    assert!(house.world().person(ANNA).unwrap().roles.is_empty());
}

#[tokio::test]
async fn what_only_the_job_can_see_fails_its_row() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let known = house.site_id(SITE);
    let unknown = house.running.details().tenant_id.clone();
    let role = |site: &str, role: &str, idp: &str| json!([{ "siteId": site, "siteRole": role, "idp": idp }]);
    let suspended = house.site_id("Legacy Reports");
    for (name, roles, code) in [
        ("anna", role(&known, "Viewer", "SAML"), "USER_INVALID_USER_NAME"),
        (ANNA, role(&known, "Viewer", "OpenID, TableauIDWithMFA"), "INVALID_IDP"),
        (ANNA, role(&known, "SupportUser", "SAML"), "E_403_USR_SVC_2022"),
        (ANNA, role(&unknown, "Viewer", "SAML"), NOT_FOUND.1),
        (ANNA, role(&suspended, "Viewer", "DEFAULT"), "E_400_USR_SVC_2006"),
    ] {
        let job = visitor.create(json!({ "userName": name, "siteRoles": roles })).await;
        assert_eq!((outcome(&job), &job["status"]), ((FAILED, code), &DONE.into()), "{job}");
    }
    let link = json!([{ "linkId": known, "linkRole": "LINK_ADMIN" }]);
    assert_eq!(outcome(&visitor.create(json!({ "userName": ANNA, "linkRoles": link })).await), NOT_FOUND);
    assert!(house.world().person(ANNA).is_none());
    assert!(house.world().changes().is_empty());
}

#[tokio::test]
async fn mistakes_of_form_are_refused_at_once() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let (tenant, site) = (house.running.details().tenant_id.clone(), house.site_id(SITE));
    for body in [
        json!({}),
        json!({ "userName": "  " }),
        json!({ "userName": format!("{}@example.com", "x".repeat(250)) }),
        json!({ "userName": ANNA, "language": "Klingon" }),
        json!({ "userName": ANNA, "locale": "DE_DE" }),
        json!({ "userName": ANNA, "siteRoles": [{ "siteRole": "Viewer" }] }),
        json!({ "userName": ANNA, "siteRoles": [{ "siteId": "finance", "siteRole": "Viewer" }] }),
        json!({ "userName": ANNA, "siteRoles": [{ "siteId": site }] }),
        json!({ "userName": ANNA, "siteRoles": [{ "siteId": site, "siteRole": "King" }] }),
        json!({ "userName": ANNA, "linkRoles": [{ "linkId": tenant, "linkRole": "KING" }] }),
        json!({ "userName": ANNA, "siteRoles": [
            { "siteId": site, "siteRole": "Viewer" }, { "siteId": site, "siteRole": "Creator" },
        ] }),
    ] {
        visitor.order(Method::POST, &visitor.tenant("/users"), body).await.refuses(400);
    }
    assert!(house.world().ordered_jobs().is_empty());
}
