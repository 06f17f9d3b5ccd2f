//! People of a site: added, asked for, changed.

use reqwest::Method;
use simulator::{Purchased, SiteLimits};

use crate::house::House;
use crate::ordered::{ANNA, SITE};
use crate::site::{NOBODY, refuses, tree};

const NEW: &str = "<user name=\"adam@example.com\" siteRole=\"Explorer\"/>";

#[tokio::test]
async fn somebody_new_is_added_as_the_sample_says() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let answer = desk.post("/users/", NEW).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let root = tree(&answer);
    let user = root.child("user");
    assert_eq!(user.attribute_names(), ["authSetting", "id", "name", "siteRole"]);
    let told = ["name", "siteRole", "authSetting"].map(|name| user.get(name));
    assert_eq!(told, ["adam@example.com", "Explorer", "TableauIDWithMFA"]);
    assert_eq!(answer.headers["location"], desk.path(&format!("/users/{}", user.get("id"))).as_str());
    let adam = house.world().person("adam@example.com").unwrap();
    assert_eq!(adam.roles[0].site_user_id, user.get("id"));
    assert_eq!(house.world().applied("user.create"), 1);
    let all = house.world().group(&desk.site, "All Users").unwrap();
    assert!(house.world().group_members(&all.id).contains(&"adam@example.com".to_owned()));
}

#[tokio::test]
async fn somebody_known_in_the_tenant_gets_a_role_and_the_manager_tells_it() {
    let house = House::start().await;
    house.world().add_person(ANNA, "Anna Bell");
    let desk = house.desk(SITE).await;
    let asked = format!("<user name=\"{ANNA}\" siteRole=\"Creator\" authSetting=\"SAML\"/>");
    assert_eq!(desk.post("/users", &asked).await.status, 201);
    assert_eq!(house.world().people(), 301);
    assert_eq!((house.anna_there().role.as_str(), house.anna_there().idp.as_str()), ("Creator", "SAML"));
    let visitor = house.sign_in().await;
    let id = house.world().person(ANNA).unwrap().id;
    let told = visitor.read(&visitor.tenant(&format!("/users/{id}"))).await;
    assert!(told.to_string().contains("\"Creator\""), "{told}");
}

#[tokio::test]
async fn adding_is_refused_as_the_table_says() {
    let house = House::start().await;
    house.anna("Viewer");
    let desk = house.desk(SITE).await;
    let cases = [
        ("", 400, "400000"),
        ("<user siteRole=\"Viewer\"/>", 400, "400000"),
        ("<user name=\"\" siteRole=\"Viewer\"/>", 400, "400000"),
        ("<user name=\"b@example.com\"/>", 400, "400000"),
        ("<user name=\"b\" siteRole=\"Viewer\"/>", 400, "400000"),
        ("<user name=\"b@example.com\" siteRole=\"Viewer\" authSetting=\"ServerDefault\"/>", 400, "400003"),
        ("<user name=\"b@example.com\" siteRole=\"Viewer\" authSetting=\"Magic\"/>", 400, "400003"),
        ("<user name=\"b@example.com\" siteRole=\"King\"/>", 400, "400013"),
        ("<user name=\"b@example.com\" siteRole=\"ServerAdministrator\"/>", 400, "400013"),
        ("<user name=\"b@example.com\" siteRole=\"Guest\"/>", 409, "409005"),
        ("<user name=\"ANNA+bi@example.com\" siteRole=\"Viewer\"/>", 409, "409000"),
    ];
    for (asked, status, code) in cases {
        refuses(&desk.post("/users", asked).await, status, code);
    }
    refuses(&desk.ask(Method::PATCH, "/users").await, 405, "405000");
    assert!(house.world().changes().is_empty());
}

#[tokio::test]
async fn without_a_licence_the_answer_is_a_success_and_the_role_is_none() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let used = house.world().tenant_licences();
    let full = Purchased { creator: used.creators, explorer: used.explorers, viewer: used.viewers };
    house.world().set_purchased(full);
    let answer = desk.post("/users", NEW).await;
    assert_eq!((answer.status.as_u16(), tree(&answer).child("user").get("siteRole")), (201, "Unlicensed"));
    house.world().set_purchased(Purchased { explorer: full.explorer + 5, ..full });
    house.world().set_site_limits(&desk.site, SiteLimits { explorer: Some(0), ..SiteLimits::default() });
    let answer = desk.post("/users", "<user name=\"eve@example.com\" siteRole=\"Explorer\"/>").await;
    assert_eq!((answer.status.as_u16(), tree(&answer).child("user").get("siteRole")), (201, "Unlicensed"));
}

#[tokio::test]
async fn a_configuration_may_stand_for_the_way_to_sign_in_but_not_beside_it() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let ways = desk.read("/site-auth-configurations").await;
    let ways = &ways.child("siteAuthConfigurations").children;
    let saml = ways.iter().find(|way| way.get("authSetting") == "SAML").unwrap().get("idpConfigurationId");
    let with = |rest: &str| format!("<user name=\"b@example.com\" siteRole=\"Viewer\" {rest}/>");
    let both = with(&format!("idpConfigurationId=\"{saml}\" authSetting=\"SAML\""));
    refuses(&desk.post("/users", &both).await, 400, "400000");
    refuses(&desk.post("/users", &with(&format!("idpConfigurationId=\"{NOBODY}\""))).await, 400, "400000");
    let asked = with(&format!("idpConfigurationId=\"{saml}\""));
    refuses(&desk.in_version("3.23").post("/users", &asked).await, 400, "400000");
    let answer = desk.post("/users", &asked).await;
    assert_eq!(tree(&answer).child("user").get("authSetting"), "SAML");
}

#[tokio::test]
async fn somebody_is_told_with_everything_that_the_page_names() {
    let house = House::start().await;
    house.anna("ExplorerCanPublish");
    let desk = house.desk(SITE).await;
    let below = format!("/users/{}", house.anna_there().site_user_id);
    let root = desk.read(&below).await;
    let user = root.child("user");
    let named =
        ["authSetting", "externalAuthUserId", "fullName", "id", "language", "locale", "name", "siteRole"];
    assert_eq!(user.attribute_names(), named, "never signed in");
    assert_eq!((user.get("name"), user.get("fullName")), (ANNA, "Anna Bell"));
    assert_eq!((user.get("language"), user.get("locale")), ("en-US", "US"));
    assert_eq!((user.get("externalAuthUserId").len(), user.get("siteRole")), (64, "ExplorerCanPublish"));
    assert_eq!(user.child("domain").get("name"), "TABID_WITH_MFA");
    assert!(house.world().signs_in(ANNA, &desk.site));
    let now = simulator::Stamp(house.world().now()).to_string();
    assert_eq!(desk.read(&below).await.child("user").get("lastLogin")[..10], now[..10]);
    refuses(&desk.get(&format!("/users/{NOBODY}")).await, 404, "404002");
    refuses(&desk.get("/users/adam").await, 404, "404002");
}

#[tokio::test]
async fn whoever_is_no_administrator_sees_only_the_own_entry() {
    let house = House::start().await;
    let desk = house.desk_of_anna("Creator").await;
    let own = house.anna_there().site_user_id;
    assert_eq!(desk.read(&format!("/users/{own}")).await.child("user").get("id"), own);
    refuses(&desk.get(&format!("/users/{NOBODY}")).await, 403, "403133");
    refuses(&desk.get("/users").await, 403, "403004");
    refuses(&desk.post("/users", NEW).await, 403, "403004");
    refuses(&desk.get("/groups").await, 403, "403004");
}

#[tokio::test]
async fn role_and_way_to_sign_in_change_and_nothing_else_on_the_cloud() {
    let house = House::start().await;
    house.anna("Viewer");
    let desk = house.desk(SITE).await;
    let below = format!("/users/{}", house.anna_there().site_user_id);
    let asked = "<user fullName=\"Eve\" email=\"eve@example.com\" password=\"x\" siteRole=\"Creator\" \
                 authSetting=\"OpenID\"/>";
    let answer = desk.put(&below, asked).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let root = tree(&answer);
    let user = root.child("user");
    assert_eq!(user.attribute_names(), ["authSetting", "email", "fullName", "name", "siteRole"]);
    let told = ["authSetting", "email", "fullName", "siteRole"].map(|name| user.get(name));
    assert_eq!(told, ["OpenID", ANNA, "Anna Bell", "Creator"]);
    assert_eq!((house.anna_there().role.as_str(), house.anna_there().idp.as_str()), ("Creator", "OpenID"));
    assert_eq!(house.world().applied("user.role"), 1);
    assert_eq!(desk.put(&below, "<user/>").await.status, 200);
    assert_eq!(house.world().changes().len(), 1, "nothing was asked for");
}

#[tokio::test]
async fn changing_is_refused_as_the_table_says() {
    let house = House::start().await;
    house.anna("Viewer");
    let desk = house.desk(SITE).await;
    let below = format!("/users/{}", house.anna_there().site_user_id);
    let cases = [
        ("", 400, "400000"),
        ("<user email=\"no address\"/>", 400, "400000"),
        ("<user authSetting=\"ServerDefault\"/>", 400, "400003"),
        ("<user siteRole=\"King\"/>", 400, "400013"),
        ("<user siteRole=\"ServerAdministrator\"/>", 403, "403004"),
    ];
    for (asked, status, code) in cases {
        refuses(&desk.put(&below, asked).await, status, code);
    }
    refuses(&desk.put(&format!("/users/{NOBODY}"), "<user/>").await, 404, "404002");
    refuses(&desk.ask(Method::PATCH, &below).await, 405, "405000");
    house.world().add_person("guest", "Guest");
    house.world().set_role("guest", &desk.site, Some("Viewer"));
    let guest = house.world().person("guest").unwrap().roles[0].site_user_id.clone();
    refuses(&desk.put(&format!("/users/{guest}"), "<user siteRole=\"Creator\"/>").await, 403, "403009");
    assert_eq!(house.anna_there().role, "Viewer");
    assert!(house.world().changes().is_empty());
}

#[tokio::test]
async fn nobody_changes_the_own_role() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let milo = house.world().person("milo.brandt@example.com").unwrap();
    let own = milo.roles.iter().find(|role| role.site_id == desk.site).unwrap();
    let below = format!("/users/{}", own.site_user_id);
    refuses(&desk.put(&below, "<user siteRole=\"Viewer\"/>").await, 403, "403009");
    assert_eq!(desk.put(&below, "<user siteRole=\"SiteAdministratorCreator\"/>").await.status, 200);
    assert_eq!(desk.put(&below, "<user authSetting=\"SAML\"/>").await.status, 200);
}

#[tokio::test]
async fn a_role_without_capacity_is_refused() {
    let house = House::start().await;
    house.anna("Viewer");
    let desk = house.desk(SITE).await;
    let below = format!("/users/{}", house.anna_there().site_user_id);
    let used = house.world().tenant_licences();
    let bought = house.world().purchased();
    house.world().set_purchased(Purchased { creator: used.creators, ..bought });
    refuses(&desk.put(&below, "<user siteRole=\"Creator\"/>").await, 409, "409014");
    house.world().set_purchased(Purchased { creator: used.creators + 1, ..bought });
    let limits = SiteLimits { creator: Some(0), ..SiteLimits::default() };
    house.world().set_site_limits(&desk.site, limits);
    refuses(&desk.put(&below, "<user siteRole=\"Creator\"/>").await, 409, "409014");
    house.world().set_site_limits(&desk.site, SiteLimits::default());
    assert_eq!(desk.put(&below, "<user siteRole=\"Creator\"/>").await.status, 200);
}

#[tokio::test]
async fn a_group_with_a_minimum_role_keeps_its_members_licensed() {
    let house = House::start().await;
    house.anna("Creator");
    let desk = house.desk(SITE).await;
    let group = house.new_group("Held");
    house.world().join_group(ANNA, &group.id);
    let below = format!("/users/{}", house.anna_there().site_user_id);
    assert!(house.world().set_group_role(&group.id, Some("Explorer")));
    refuses(&desk.put(&below, "<user siteRole=\"Unlicensed\"/>").await, 400, "400012");
    assert_eq!(desk.put(&below, "<user siteRole=\"Viewer\"/>").await.status, 200, "only this is refused");
    house.world().set_group_role(&group.id, None);
    assert_eq!(desk.put(&below, "<user siteRole=\"Unlicensed\"/>").await.status, 200);
}
