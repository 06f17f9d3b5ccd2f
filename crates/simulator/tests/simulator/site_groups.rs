//! Groups of a site: made, renamed, given a minimum role, and deleted.

use reqwest::Method;

use crate::house::House;
use crate::ordered::{ANNA, SITE};
use crate::site::{NOBODY, refuses, tree};

#[tokio::test]
async fn a_local_group_is_made_as_the_sample_says() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let answer =
        desk.post("/groups/", "<group name=\"marketing-group\" ephemeralUsersEnabled=\"true\"/>").await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let root = tree(&answer);
    let group = root.child("group");
    assert_eq!(group.attribute_names(), ["ephemeralUsersEnabled", "id", "name"]);
    assert_eq!((group.get("name"), group.get("ephemeralUsersEnabled")), ("marketing-group", "true"));
    assert!(group.children.is_empty(), "a group that grants nothing has no import");
    assert_eq!(answer.headers["location"], desk.path(&format!("/groups/{}", group.get("id"))).as_str());
    let made = house.world().group(&desk.site, "marketing-group").unwrap();
    assert_eq!((made.members, made.domain.as_str(), made.minimum_role), (0, "local", None));
    assert_eq!(house.world().applied("group.create"), 1);
}

#[tokio::test]
async fn a_minimum_role_is_granted_on_sign_in() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let answer = desk.post("/groups", "<group name=\"G\" minimumSiteRole=\"ExplorerCanPublish\"/>").await;
    let root = tree(&answer);
    let group = root.child("group");
    assert_eq!(group.get("minimumSiteRole"), "ExplorerCanPublish");
    let import = group.child("import");
    let told = ["domainName", "siteRole", "grantLicenseMode"].map(|name| import.get(name));
    assert_eq!(told, ["local", "ExplorerCanPublish", "onLogin"]);
    let listed = desk.rows("groups", "/groups?filter=name:eq:G").await.remove(0);
    assert_eq!((listed.child("import"), listed.child("domain").get("name")), (import, "local"));
    let with = "<group name=\"H\" minimumSiteRole=\"Viewer\" grantLicenseMode=\"onLogin\"/>";
    assert_eq!(desk.post("/groups", with).await.status, 201);
    let held = "<group name=\"I\" minimumSiteRole=\"Viewer\" grantLicenseMode=\"unset\"/>";
    assert_eq!(tree(&desk.post("/groups", held).await).child("group").children.len(), 0);
}

#[tokio::test]
async fn making_is_refused_as_the_table_says() {
    let house = House::start().await;
    house.new_group("Readers Ünited");
    let desk = house.desk(SITE).await;
    let import = "source=\"ActiveDirectory\" domainName=\"d\"";
    let cases = [
        ("", 400, "400000"),
        ("<group/>", 400, "400000"),
        ("<group name=\" \"/>", 400, "400000"),
        ("<group name=\"x\" ephemeralUsersEnabled=\"maybe\"/>", 400, "400000"),
        ("<group name=\"x\" grantLicenseMode=\"onLogin\"/>", 400, "400000"),
        ("<group name=\"x\" grantLicenseMode=\"onSync\" minimumSiteRole=\"Viewer\"/>", 400, "400000"),
        ("<group name=\"x\" minimumSiteRole=\"King\"/>", 400, "400013"),
        ("<group name=\"x\" minimumSiteRole=\"ServerAdministrator\"/>", 400, "400013"),
        (&format!("<group name=\"x\"><import {import}/></group>"), 400, "400019"),
        ("<group name=\"x\"><import domainName=\"local\" siteRole=\"Viewer\"/></group>", 400, "400019"),
        (&format!("<group name=\"x\"><import {import} siteRole=\"King\"/></group>"), 400, "400013"),
        (&format!("<group name=\"x\"><import {import} siteRole=\"Viewer\"/></group>"), 403, "403011"),
        ("<group name=\"readers üNITED\"/>", 409, "409009"),
        ("<group name=\"all users\"/>", 409, "409009"),
    ];
    for (asked, status, code) in cases {
        refuses(&desk.post("/groups", asked).await, status, code);
    }
    refuses(&desk.post("/groups?asJob=maybe", "<group name=\"x\"/>").await, 400, "400000");
    assert_eq!(desk.post("/groups?asJob=true", "<group name=\"x\"/>").await.status, 201, "it has no effect");
    assert_eq!(house.world().changes().len(), 1);
}

#[tokio::test]
async fn what_is_left_out_of_a_change_stays() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let group = house.new_group("Old");
    let below = format!("/groups/{}", group.id);
    let answer = desk
        .put(&below, "<group name=\"New\" minimumSiteRole=\"Viewer\" ephemeralUsersEnabled=\"true\"/>")
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let root = tree(&answer);
    let told = root.child("group");
    assert_eq!(told.attribute_names(), ["ephemeralUsersEnabled", "id", "minimumSiteRole", "name"]);
    assert_eq!(told.child("import").get("grantLicenseMode"), "onLogin");
    let again = tree(&desk.put(&below, "<group name=\"new\"/>").await).child("group").clone();
    let told = ["name", "minimumSiteRole", "ephemeralUsersEnabled"].map(|name| again.get(name));
    assert_eq!(told, ["new", "Viewer", "true"], "another case of the own name is no conflict");
    let unset =
        tree(&desk.put(&below, "<group minimumSiteRole=\"UNLICENSED\"/>").await).child("group").clone();
    assert_eq!(unset.attribute_names(), ["ephemeralUsersEnabled", "id", "name"]);
    assert!(unset.children.is_empty());
    assert_eq!(house.world().applied("group.update"), 3);
}

#[tokio::test]
async fn changing_is_refused_as_the_table_says() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let (group, _) = (house.new_group("One"), house.new_group("Two"));
    let below = format!("/groups/{}", group.id);
    let cases = [
        ("", 400, "400000"),
        ("<group name=\"\"/>", 400, "400000"),
        ("<group minimumSiteRole=\"King\"/>", 403, "400013"),
        ("<group><import source=\"LDAP\" domainName=\"d\" siteRole=\"Viewer\"/></group>", 403, "400019"),
        (
            "<group><import source=\"ActiveDirectory\" domainName=\"d\" siteRole=\"Viewer\"/></group>",
            403,
            "403011",
        ),
        ("<group name=\"TWO\"/>", 409, "409009"),
    ];
    for (asked, status, code) in cases {
        refuses(&desk.put(&below, asked).await, status, code);
    }
    refuses(&desk.put(&format!("/groups/{NOBODY}"), "<group name=\"x\"/>").await, 404, "404012");
    refuses(&desk.get(&below).await, 405, "405000");
    assert!(house.world().changes().is_empty());
}

#[tokio::test]
async fn a_deleted_group_leaves_its_people_and_its_sets() {
    let house = House::start().await;
    house.anna("Viewer");
    let desk = house.desk(SITE).await;
    let group = house.new_group("Gone soon");
    house.world().join_group(ANNA, &group.id);
    let set = desk.post("/groupsets", "<groupSet name=\"S\"/>").await;
    let set = tree(&set).child("groupSet").get("id").to_owned();
    desk.put(&format!("/groupsets/{set}/groups/{}", group.id), "").await;
    assert_eq!(house.world().group_sets(&desk.site)[0].groups, std::slice::from_ref(&group.id));
    assert_eq!(desk.delete(&format!("/groups/{}", group.id)).await.status, 204);
    assert_eq!(
        (house.role(SITE).as_deref(), house.world().group_sets(&desk.site)[0].groups.len()),
        (Some("Viewer"), 0)
    );
    refuses(&desk.delete(&format!("/groups/{}", group.id)).await, 404, "404012");
    assert_eq!(house.world().applied("group.delete"), 1);
}

#[tokio::test]
async fn the_group_of_everyone_stays_as_it_is() {
    let house = House::start().await;
    house.anna("Viewer");
    let desk = house.desk(SITE).await;
    let all = house.world().group(&desk.site, "All Users").unwrap();
    let below = format!("/groups/{}", all.id);
    refuses(&desk.delete(&below).await, 403, "403004");
    refuses(&desk.put(&below, "<group name=\"Everyone\"/>").await, 403, "403004");
    let own = house.anna_there().site_user_id;
    refuses(&desk.delete(&format!("{below}/users/{own}")).await, 400, "400032");
    let many = format!("<users><user id=\"{own}\"/></users>");
    refuses(&desk.put(&format!("{below}/users/remove"), &many).await, 400, "400032");
    refuses(&desk.post(&format!("{below}/users"), &format!("<user id=\"{own}\"/>")).await, 409, "409011");
    assert!(house.world().changes().is_empty());
}

#[tokio::test]
async fn names_survive_unharmed() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let names = [
        "\"Quotes\" & 'apostrophes' <tags>".to_owned(),
        "tab\tand\nline".to_owned(),
        "emoji 🦜🏳️‍🌈, \u{202e}right to left\u{202c}, עברית".to_owned(),
        "x".repeat(256),
        "]]> &amp; &#65;".to_owned(),
    ];
    for name in names {
        let escaped = quick_xml::escape::escape(name.as_str()).replace('\n', "&#10;").replace('\t', "&#9;");
        let answer = desk.post("/groups", &format!("<group name=\"{escaped}\"/>")).await;
        assert_eq!(tree(&answer).child("group").get("name"), name, "{}", answer.text);
        assert!(house.world().group(&desk.site, &name).is_some());
        let listed = desk.rows("groups", "/groups").await;
        assert!(listed.iter().any(|group| group.get("name") == name), "{name}");
    }
}

#[tokio::test]
async fn versions_count_as_numbers() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    refuses(&desk.in_version("3.8").post("/groups", "<group name=\"x\"/>").await, 404, "404003");
    assert_eq!(desk.in_version("3.9").post("/groups", "<group name=\"x\"/>").await.status, 201);
    assert_eq!(desk.in_version("3.10").post("/groups", "<group name=\"y\"/>").await.status, 201);
    let on_demand = "<group name=\"z\" ephemeralUsersEnabled=\"true\"/>";
    refuses(&desk.in_version("3.20").post("/groups", on_demand).await, 400, "400000");
    assert_eq!(desk.in_version("3.21").post("/groups", on_demand).await.status, 201);
    assert_eq!(desk.ask(Method::GET, "/groups").await.status, 200);
}
