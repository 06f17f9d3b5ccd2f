//! The site API of a Tableau Server, which may have a directory.

use std::time::Duration;

use simulator::Deployment;

use crate::house::House;
use crate::ordered::{ANNA, SITE};
use crate::site::{Desk, refuses, tree};

const DOMAIN: &str = "quillmere.example";

impl House {
    /// A Tableau Server with a directory of one group: Anna and a newcomer.
    async fn server(&self) -> Desk<'_> {
        self.world().set_deployment(Deployment::Server);
        self.world().add_directory_group(DOMAIN, "Finance Team", &[ANNA, "new@example.com"]);
        self.desk(SITE).await
    }
}

fn import(name: &str, rest: &str) -> String {
    format!("<group name=\"{name}\"><import source=\"ActiveDirectory\" {rest}/></group>")
}

const FROM_DOMAIN: &str =
    "domainName=\"quillmere.example\" siteRole=\"Explorer\" grantLicenseMode=\"onSync\"";

#[tokio::test]
async fn a_group_comes_from_the_directory_at_once() {
    let house = House::start().await;
    house.anna("Viewer");
    let desk = house.server().await;
    let answer = desk.post("/groups", &import("Finance Team", FROM_DOMAIN)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let root = tree(&answer);
    let group = root.child("group");
    assert_eq!(
        (group.attribute_names(), group.child("import").get("domainName")),
        (vec!["id", "name"], DOMAIN)
    );
    assert_eq!(group.child("import").get("grantLicenseMode"), "onSync");
    let made = house.world().group(&desk.site, "Finance Team").unwrap();
    assert_eq!(house.world().group_members(&made.id), [ANNA, "new@example.com"]);
    assert_eq!(house.anna_there().role, "Explorer", "given while the directory was read");
    let listed = desk.rows("groups", "/groups?filter=isLocal:eq:false").await;
    assert_eq!((listed.len(), listed[0].child("domain").get("name")), (1, DOMAIN));
    // The directory keeps the members.
    let below = format!("/groups/{}", made.id);
    let own = house.anna_there().site_user_id;
    refuses(&desk.delete(&format!("{below}/users/{own}")).await, 400, "400032");
    refuses(&desk.post(&format!("{below}/users"), &format!("<user id=\"{own}\"/>")).await, 403, "403004");
    refuses(&desk.put(&below, "<group name=\"Other\"/>").await, 403, "403020");
}

#[tokio::test]
async fn a_group_follows_the_directory_in_a_job() {
    let house = House::start().await;
    house.world().set_job_pace(Duration::from_secs(60), Duration::ZERO);
    house.anna("Viewer");
    let desk = house.server().await;
    let on_sign_in = FROM_DOMAIN.replace("onSync", "onLogin");
    let answer = desk.post("/groups?asJob=true", &import("Finance Team", &on_sign_in)).await;
    assert_eq!(answer.status, 202, "{}", answer.text);
    let root = tree(&answer);
    let job = root.child("job");
    assert_eq!(job.attribute_names(), ["createdAt", "id", "mode", "progress", "type"]);
    assert_eq!(job.get("type"), "GroupImport");
    assert_eq!(answer.headers["location"], desk.path(&format!("/jobs/{}", job.get("id"))).as_str());
    let group = house.world().group(&desk.site, "Finance Team").unwrap().id;
    assert_eq!(house.world().group_members(&group), [""; 0], "not yet");
    house.world().advance(Duration::from_secs(60));
    assert_eq!(house.world().group_members(&group), [ANNA, "new@example.com"]);
    assert_eq!(house.anna_there().role, "Viewer", "given at the next sign-in only");
    house.world().add_directory_group(DOMAIN, "Finance Team", &["new@example.com"]);
    let below = format!("/groups/{group}?asJob=true");
    let answer = desk.put(&below, &import("Finance Team", &on_sign_in)).await;
    assert_eq!((answer.status.as_u16(), tree(&answer).child("job").get("type")), (202, "GroupSync"));
    house.world().advance(Duration::from_secs(60));
    assert_eq!(house.world().group_members(&group), ["new@example.com"]);
    assert_eq!(house.anna_there().role, "Unlicensed", "the directory does not know Anna any more");
    let job = format!("/jobs/{}", tree(&answer).child("job").get("id"));
    assert_eq!(desk.read(&job).await.child("job").get("finishCode"), "0");
    refuses(&desk.ask(reqwest::Method::PUT, &job).await, 400, "400031");
}

#[tokio::test]
async fn a_group_is_read_anew_at_once_and_told_in_the_samples_words() {
    let house = House::start().await;
    house.anna("Viewer");
    let desk = house.server().await;
    desk.post("/groups", &import("Finance Team", FROM_DOMAIN)).await;
    let group = house.world().group(&desk.site, "Finance Team").unwrap().id;
    let answer = desk.put(&format!("/groups/{group}"), &import("Finance Team", FROM_DOMAIN)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let root = tree(&answer);
    let told = root.child("group").child("import");
    assert_eq!(told.attribute_names(), ["domainName", "grantLicenseMode", "minimumSiteRole"]);
    refuses(&desk.put(&format!("/groups/{group}"), &import("Other", FROM_DOMAIN)).await, 403, "403020");
}

#[tokio::test]
async fn what_the_directory_does_not_know_is_refused() {
    let house = House::start().await;
    let desk = house.server().await;
    let elsewhere = "domainName=\"nowhere.example\" siteRole=\"Viewer\"";
    refuses(&desk.post("/groups", &import("Finance Team", elsewhere)).await, 404, "404016");
    refuses(&desk.post("/groups", &import("Nobodies", FROM_DOMAIN)).await, 404, "404017");
    refuses(&desk.post("/users", "<user name=\"stranger\" siteRole=\"Viewer\"/>").await, 404, "404002");
    let answer = desk.post("/users", "<user name=\"new@example.com\" siteRole=\"Viewer\"/>").await;
    assert_eq!(
        (answer.status.as_u16(), tree(&answer).child("user").get("authSetting")),
        (201, "ServerDefault")
    );
    let on_demand = "<group name=\"x\" ephemeralUsersEnabled=\"true\"/>";
    refuses(&desk.post("/groups", on_demand).await, 400, "400000");
}

#[tokio::test]
async fn a_server_without_a_directory_takes_any_name_and_changes_descriptions() {
    let house = House::start().await;
    house.world().set_deployment(Deployment::Server);
    let desk = house.desk(SITE).await;
    let answer = desk
        .post("/users", "<user name=\"Adam\" siteRole=\"Explorer\" authSetting=\"ServerDefault\"/>")
        .await;
    let root = tree(&answer);
    let below = format!("/users/{}", root.child("user").get("id"));
    let asked = "<user fullName=\"Adam A.\" email=\"adam@example.com\"/>";
    let changed = tree(&desk.put(&below, asked).await).child("user").clone();
    assert_eq!((changed.get("fullName"), changed.get("email")), ("Adam A.", "adam@example.com"));
    let user = desk.read(&below).await.child("user").clone();
    assert_eq!((user.get("lastLogin"), user.get("externalAuthUserId")), ("", ""));
    assert_eq!(user.child("domain").get("name"), "local");
    refuses(&desk.put(&below, "<user authSetting=\"OpenID\"/>").await, 400, "400003");
    refuses(&desk.post("/groups", &import("x", FROM_DOMAIN)).await, 403, "403011");
    let sites =
        desk.house.request(reqwest::Method::GET, "/api/3.24/sites").header("X-Tableau-Auth", &desk.token);
    let answer = crate::house::send(sites).await;
    assert_eq!(tree(&answer).child("sites").children.len(), 12);
}
