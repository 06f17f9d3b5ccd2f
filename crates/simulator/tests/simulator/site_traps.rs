//! Sessions, versions, strange bodies and bad days of the site API.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use simulator::{Fault, FaultKind};

use crate::house::{House, send};
use crate::ordered::{ANNA, SITE};
use crate::site::{Desk, refuses, tree};

#[tokio::test]
async fn one_sign_in_is_enough_for_two_hundred_calls() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    for _ in 0..200 {
        desk.read("/users?pageSize=1").await;
    }
    let requests = house.world().requests();
    let sign_ins = requests.iter().filter(|request| request.path.ends_with("/auth/signin")).count();
    assert_eq!((sign_ins, requests.len()), (1, 201));
    assert!(requests.iter().all(|request| request.status == 200));
}

#[tokio::test]
async fn a_session_is_good_for_its_own_site_only() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let other = Desk { site: house.site_id("Marketing EU"), ..desk.in_version("3.24") };
    for below in ["/users", "/groups", "/groupsets", "/jobs", "/site-auth-configurations"] {
        refuses(&other.get(below).await, 404, "404000");
        refuses(
            &Desk { token: "stranger".to_owned(), ..desk.in_version("3.24") }.get(below).await,
            401,
            "401002",
        );
    }
}

#[tokio::test]
async fn what_belongs_to_another_site_is_not_there() {
    let house = House::start().await;
    house.anna("Viewer");
    let group = house.new_group("Ours");
    let (ours, theirs) = (house.desk(SITE).await, house.desk("Marketing EU").await);
    let user = format!("/users/{}", house.anna_there().site_user_id);
    let group = format!("/groups/{}", group.id);
    assert_eq!(ours.get(&user).await.status, 200);
    assert_eq!(ours.get(&format!("{group}/users")).await.status, 200);
    refuses(&theirs.get(&user).await, 404, "404002");
    refuses(&theirs.put(&user, "<user siteRole=\"Creator\"/>").await, 404, "404002");
    refuses(&theirs.delete(&user).await, 404, "404002");
    refuses(&theirs.get(&format!("{group}/users")).await, 404, "404012");
    refuses(&theirs.put(&group, "<group name=\"Mine\"/>").await, 404, "404012");
    refuses(&theirs.delete(&group).await, 404, "404012");
    assert_eq!(house.anna_there().role, "Viewer");
}

#[tokio::test]
async fn a_session_ends_when_somebody_else_uses_its_token_or_the_person_leaves() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let newer = house.desk(SITE).await;
    refuses(&desk.get("/users").await, 401, "401002");
    assert_eq!(newer.get("/users").await.status, 200);
    let path = format!("/sites/{}/sessions/end", newer.site);
    assert_eq!(house.control(Method::POST, &path, json!(null)).await.status, 204);
    assert_eq!(house.control(Method::POST, &path, json!(null)).await.status, 404);
    refuses(&newer.get("/users").await, 401, "401002");
    let hers = house.desk_of_anna("SiteAdministratorExplorer").await;
    assert_eq!(hers.get("/users").await.status, 200);
    house.world().set_role(ANNA, &hers.site, None);
    refuses(&hers.get("/users").await, 401, "401002");
}

#[tokio::test]
async fn versions_come_and_go() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    for version in ["0.9", "3.28", "4.0", "3.100"] {
        refuses(&desk.in_version(version).get("/users").await, 404, "404003");
    }
    assert_eq!(desk.in_version("1.0").get("/users").await.status, 200);
    assert!(house.world().set_site_version("3.100") && !house.world().set_site_version("three"));
    assert_eq!(desk.in_version("3.100").get("/users").await.status, 200);
    let info = send(house.request(Method::GET, "/api/2.4/serverinfo")).await;
    assert_eq!(tree(&info).child("serverInfo").child("restApiVersion").text, "3.100");
    house.world().set_site_version("3.15");
    refuses(&desk.get("/users").await, 404, "404003");
    assert_eq!(desk.in_version("3.15").get("/users").await.status, 200);
}

#[tokio::test]
async fn bodies_may_have_a_prefix_and_any_content_type() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let body = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><!-- hello --><t:tsRequest \
                xmlns:t=\"http://tableau.com/api\"><t:group name=\"A&amp;B\"/></t:tsRequest>";
    let request = |body: &str| desk.request(Method::POST, "/groups").body(body.to_owned());
    assert_eq!(send(request(body).header("content-type", "application/xml")).await.status, 201);
    assert!(house.world().group(&desk.site, "A&B").is_some());
    let plain = "<tsRequest xmlns='http://tableau.com/api'><group name='C'/></tsRequest>";
    let as_form = request(plain).header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(send(as_form).await.status, 201, "the vendor's own samples are sent so");
}

#[tokio::test]
async fn strange_bodies_are_refused_and_nothing_breaks() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let wide: String = (0..100).map(|number| format!(" a{number}=\"\"")).collect();
    let deep = format!("{}{}", "<group name=\"x\">".repeat(5_000), "</group>".repeat(5_000));
    let strange = [
        String::new(),
        "not XML".to_owned(),
        "{\"group\": {\"name\": \"x\"}}".to_owned(),
        "<tsRequest><group name=\"x\"".to_owned(),
        "<tsRequest><group name=\"x\"/>".to_owned(),
        "<tsRequest><group name=\"x\" name=\"y\"/></tsRequest>".to_owned(),
        "<request><group name=\"x\"/></request>".to_owned(),
        "<tsRequest><group name=\"&x;\"/></tsRequest>".to_owned(),
        "<tsRequest><group name=\"\u{1}\"/></tsRequest>".to_owned(),
        "<!DOCTYPE t [<!ENTITY x SYSTEM \"file:///etc/hosts\">]><tsRequest><group name=\"x\"/></tsRequest>"
            .to_owned(),
        format!("<tsRequest><group name=\"x\"{wide}/></tsRequest>"),
        format!("<tsRequest>{deep}</tsRequest>"),
    ];
    for body in strange {
        refuses(&send(desk.request(Method::POST, "/groups").body(body)).await, 400, "400000");
    }
    let text = "<tsRequest><group name=\"x\"/></tsRequest>";
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for body in [utf_16.clone(), [&[0xff, 0xfe], &*utf_16].concat(), b"<tsRequest>\xff</tsRequest>".to_vec()]
    {
        refuses(&send(desk.request(Method::POST, "/groups").body(body)).await, 400, "400000");
    }
    let sign_in = house.request(Method::POST, "/api/3.24/auth/signin").body("<!DOCTYPE a><tsRequest/>");
    refuses(&send(sign_in).await, 400, "400000");
    assert!(house.world().changes().is_empty());
    assert_eq!(desk.get("/groups").await.status, 200);
}

#[tokio::test]
async fn the_rate_limit_tells_the_wait_in_minutes() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    house.world().inject(Fault::status(429).on("GET", "/users").times(1).retry_after("600"));
    let answer = desk.get("/users").await;
    refuses(&answer, 429, "429000");
    assert!(tree(&answer).child("error").child("detail").text.contains("10 minutes"), "{}", answer.text);
    assert_eq!(answer.headers["retry-after"], "600");
    house.world().inject(Fault::status(429).on("GET", "/users").times(1));
    assert!(desk.get("/users").await.text.contains("1 minutes"));
    assert_eq!(desk.get("/users").await.status, 200);
}

#[tokio::test]
async fn bad_days_meet_the_site_api_too() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    house.world().inject(Fault { status: Some(502), ..Fault::new(FaultKind::Html).times(1) });
    let answer = desk.get("/users").await;
    assert_eq!((answer.status.as_u16(), answer.text.starts_with("<!DOCTYPE html>")), (502, true));
    house.world().inject(Fault::new(FaultKind::Truncated).on("GET", "/users").times(1));
    let cut = desk.request(Method::GET, "/users").send().await.unwrap();
    assert!(cut.text().await.is_err());
    house.world().inject(Fault::new(FaultKind::Truncated).on("POST", "/groups").times(1));
    let cut = desk.request(Method::POST, "/groups").body("<tsRequest/>").send().await.unwrap();
    assert_eq!(cut.headers()["content-type"], "application/xml;charset=utf-8");
    house.world().inject(Fault::new(FaultKind::Reset).on("POST", "/groups").times(1).applied());
    let body = "<tsRequest><group name=\"Lost\"/></tsRequest>";
    assert!(desk.request(Method::POST, "/groups").body(body).send().await.is_err());
    assert!(house.world().group(&desk.site, "Lost").is_some(), "made, although the answer was lost");
    house.world().inject(Fault::new(FaultKind::ExpiredSession).on("GET", "/users").times(1));
    refuses(&desk.get("/users").await, 401, "401002");
    refuses(&desk.get("/users").await, 401, "401002");
    let patient = house.desk(SITE).await;
    let impatient = patient.request(Method::GET, "/users").timeout(Duration::from_millis(50));
    house.world().inject(Fault::new(FaultKind::Hang).on("GET", "/users").times(1));
    assert!(impatient.send().await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn seats_are_the_same_in_both_apis() {
    let house = House::quick().await;
    let before = house.world().tenant_licences();
    house.anna("Viewer");
    let desk = house.desk(SITE).await;
    let below = format!("/users/{}", house.anna_there().site_user_id);
    desk.put(&below, "<user siteRole=\"Creator\"/>").await;
    let visitor = house.sign_in().await;
    let counted = visitor.read(&visitor.tenant("/aggregates/licenses")).await;
    assert_eq!(
        (&counted["creators"], &counted["viewers"]),
        (&(before.creators + 1).into(), &before.viewers.into())
    );
    let id = house.world().person(ANNA).unwrap().id;
    visitor.change_role(&id, SITE, "UPDATE_SITE_ROLE", Some("Explorer")).await;
    assert_eq!(desk.read(&below).await.child("user").get("siteRole"), house.anna_there().role);
}
