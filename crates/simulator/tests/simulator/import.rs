//! Files of people: where their lines belong, and whom they change.

use serde_json::json;

use crate::house::House;
use crate::ordered::{ALREADY, ANNA, DONE, FAILED, SITE, outcome, outcomes, packed, part, role_of};

#[tokio::test]
async fn new_people_come_to_the_site_with_what_their_line_says() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let csv = "finance,o'brien@example.com,,\"O’Brien, Zoë\",Explorer,Site,1,zoe@example.com,SAML\r\n\
               \r\n\
               ,\"ben@example.com\",,,viewer,,,,\r\n";
    let job = visitor.import(csv, Some(SITE)).await;
    assert_eq!(outcomes(&job), [(DONE, "USER_CREATED_WITH_ASSIGNED_ROLE"); 2]);
    assert_eq!((&job["operation"], &job["skippedLinesCount"]), (&"SITE_BULK_USER_IMPORT".into(), &1.into()));
    assert_eq!(job["siteId"], house.site_id(SITE).as_str());
    assert_eq!(job["bulkOpAttributes"]["fileName"], "people.csv.gz");
    assert_eq!((&job["items"][0]["lineNumber"], &job["items"][1]["lineNumber"]), (&"1".into(), &"3".into()));
    let zoe = house.world().person("o'brien@example.com").unwrap();
    assert_eq!((&*zoe.display_name, &*zoe.email), ("O’Brien, Zoë", "zoe@example.com"));
    assert_eq!((&*zoe.roles[0].role, &*zoe.roles[0].idp), ("SiteAdministratorExplorer", "SAML"));
    assert_eq!(job["items"][0]["userId"], zoe.id.as_str());
    let ben = house.world().person("ben@example.com").unwrap();
    assert_eq!((&*ben.display_name, &*ben.roles[0].idp), ("ben@example.com", "TableauIDWithMFA"));
    assert_eq!(house.world().applied("user.create"), 2);
}

#[tokio::test]
async fn the_file_wins_over_the_role_that_is_there_even_an_administrators() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    house.anna("SiteAdministratorCreator");
    let job = visitor.import(",anna+bi@example.com,,,Viewer,None,No,,\n", Some(SITE)).await;
    assert_eq!(outcome(&job), (DONE, "USER_SITE_ROLE_UPDATED_EMAIL_UNCHANGED"));
    assert_eq!(job["items"][0]["opType"], "UPDATE_SITE_ROLE");
    assert_eq!(house.role(SITE).as_deref(), Some("Viewer"));
    let milo = ",milo.brandt@example.com,,,Unlicensed,None,No,,\n";
    assert_eq!(outcome(&visitor.import(milo, Some(SITE)).await).0, DONE);
    assert_eq!(role_of(&house, "milo.brandt@example.com", SITE).as_deref(), Some("Unlicensed"));
    assert_eq!(house.world().applied("user.role"), 2);
}

#[tokio::test]
async fn name_and_address_are_written_over_and_empty_cells_leave_them() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    house.anna("Viewer");
    for (cells, code) in [
        (",,Viewer,None,No,,", "USER_SITE_ROLE_EMAIL_UNCHANGED"),
        (",Anna B,Viewer,None,No,,", "USER_DISPLAY_NAME_UPDATED_ROLE_EMAIL_UNCHANGED"),
        (",,Viewer,None,No,a@example.com,", "USER_SITE_ROLE_UNCHANGED_EMAIL_UPDATED"),
        (",,Explorer,None,No,b@example.com,", "USER_SITE_ROLE_CHANGED_EMAIL_UPDATED"),
        (",Anna C,Viewer,None,No,c@example.com,", "USER_DISPLAY_NAME_ROLE_EMAIL_UPDATED"),
        (",Anna D,Explorer,None,No,,", "USER_DISPLAY_NAME_ROLE_UPDATED_EMAIL_UNCHANGED"),
        (",,Explorer,None,No,,SAML", "USER_IDP_UPDATED"),
    ] {
        let job = visitor.import(&format!(",{ANNA},{cells}\n"), Some(SITE)).await;
        assert_eq!(outcome(&job), (DONE, code), "{cells}");
    }
    let anna = house.world().person(ANNA).unwrap();
    assert_eq!((&*anna.display_name, &*anna.email, &*anna.user_name), ("Anna D", "c@example.com", ANNA));
    let csv = format!(",{ANNA},,,Viewer,None,No,d@example.com,\n");
    let job = visitor.import(&csv, Some("Sales Americas")).await;
    assert_eq!(outcome(&job), (DONE, "USER_ADDED_WITH_ASSIGNED_ROLE_EMAIL_UPDATED"));
    assert_eq!(job["items"][0]["opType"], "ADD_SITE_ROLE");
}

#[tokio::test]
async fn a_group_holds_its_members_up_against_a_file_too() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    house.anna("Explorer");
    let groups = house.world().groups(&house.site_id(SITE));
    let group = groups.iter().find(|group| group.minimum_role.is_some()).unwrap();
    house.world().join_group(ANNA, &group.id);
    let job = visitor.import(&format!(",{ANNA},,,Unlicensed,,,,\n"), Some(SITE)).await;
    assert_eq!(outcome(&job), (DONE, "USER_ROLE_UNCHANGED_GLSI_MIN_ROLE"));
    assert_eq!(house.role(SITE).as_deref(), Some("Explorer"));
}

#[tokio::test]
async fn without_a_site_an_empty_first_cell_makes_an_administrator_of_the_tenant() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let csv = ",new@example.com,,,Viewer,None,No,,\n\
               quillmere-holdings,dana.ito@example.com,,,,,,,\n\
               finance,reader@example.com,,,Viewer,None,No,,\n\
               nowhere,lost@example.com,,,Viewer,None,No,,\n";
    let job = visitor.import(csv, None).await;
    let expected = [
        (DONE, "USER_CREATED_WITH_LINK_ROLE"),
        ALREADY,
        (DONE, "USER_CREATED_WITH_ASSIGNED_ROLE"),
        (FAILED, "SITE_NOT_FOUND"),
    ];
    assert_eq!((outcomes(&job), &job["operation"]), (expected.to_vec(), &"BULK_USER_IMPORT".into()));
    assert!(job["siteId"].is_null());
    assert_eq!(job["items"][0]["linkRole"], "LINK_ADMIN");
    let new = house.world().person("new@example.com").unwrap();
    assert_eq!((new.tenant_role.as_deref(), new.roles.len()), (Some("INVITED"), 0));
    assert_eq!(role_of(&house, "reader@example.com", SITE).as_deref(), Some("Viewer"));
}

#[tokio::test]
async fn beside_a_site_the_first_cell_may_name_no_other_place() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    for place in ["salesapac", "quillmere-holdings", "nowhere"] {
        let job = visitor.import(&format!("{place},{ANNA},,,Viewer,None,No,,\n"), Some(SITE)).await;
        assert_eq!(outcome(&job), (FAILED, "SITE_NOT_FOUND"), "{place}");
    }
    assert!(house.world().person(ANNA).is_none());
}

#[tokio::test]
async fn a_file_that_cannot_be_read_fails_its_job_as_a_whole() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let line = format!(",{ANNA},,,Viewer,None,No,,\n");
    let mark_only = packed("\u{feff}");
    for (file, code) in [
        (line.clone().into_bytes(), "E_400_USR_SVC_4020"),
        (packed(""), "E_400_USR_SVC_4020"),
        (mark_only, "E_400_USR_SVC_4020"),
        (packed(&line), "E_400_USR_SVC_4001"),
    ] {
        let answer = visitor.send_file(&file, Some(SITE)).await;
        let job = visitor.job(&answer).await;
        assert_eq!((&job["status"], outcome(&job)), (&FAILED.into(), (FAILED, code)));
        assert_eq!((&job["expectedOpsCount"], &job["successfulOpsCount"]), (&1.into(), &0.into()));
    }
    assert!(house.world().person(ANNA).is_none());
}

#[tokio::test]
async fn a_form_without_its_parts_is_refused_at_once() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let file = || part("file", &packed("\u{feff}x"));
    for body in [
        Vec::new(),
        part("siteId", house.site_id(SITE).as_bytes()),
        part("file", b""),
        [file(), part("siteId", b"finance")].concat(),
        [file(), part("idp", b"Magic")].concat(),
    ] {
        visitor.send_form(body).await.refuses(400);
    }
    let unknown = house.running.details().tenant_id.clone();
    visitor.send_form([file(), part("siteId", unknown.as_bytes())].concat()).await.refuses(404);
    let path = visitor.tenant("/bulk/users/import");
    visitor.order(reqwest::Method::POST, &path, json!({})).await.refuses(400);
    assert!(house.world().imports().is_empty() && house.world().ordered_jobs().is_empty());
}

#[tokio::test]
async fn the_file_is_kept_as_it_was_sent() {
    let house = House::quick().await;
    let visitor = house.sign_in().await;
    let csv = format!(",{ANNA},,\"Æ, \"\"B\"\"\",Viewer,None,No,,\r\n");
    visitor.import(&csv, Some(SITE)).await;
    let kept = house.world().imports();
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].csv, format!("\u{feff}{csv}"));
    assert_eq!(kept[0].site, Some(house.site_id(SITE)));
    assert_eq!(kept[0].idp.as_deref(), Some("TableauIDWithMFA"));
}
