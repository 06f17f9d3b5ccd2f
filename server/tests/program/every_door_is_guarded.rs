//! Every door × caller × object. The list is compared with the registered server functions and routes, so a new door
//! without its line in `pages.rs`, `reads.rs` or `changes.rs` fails.

mod changes;
pub mod door;
mod objects;
mod pages;
mod reads;

use std::collections::BTreeSet;

use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use model::ProblemCode::{InvitationOver, MalformedId, NotSignedIn, PasskeyOver};
use reqwest::Method;
use uuid::Uuid;

use self::{
    changes::CHANGES,
    door::{Door, Takes},
    pages::PAGES,
    reads::READS,
};
use crate::house::{House, Visitor};

/// Doors open to everybody.
const OPEN: &[(&str, &str)] = &[
    ("GET", "/login"),
    ("POST", "/login"),
    ("POST", "/login/account"),
    ("GET", "/login/second"),
    ("POST", "/login/second"),
    ("POST", "/login/passkey"),
    ("POST", "/login/passkey/ask"),
    ("GET", "/login/provider"),
    ("GET", "/login/provider/back"),
    ("GET", "/join"),
    ("POST", "/join"),
    ("POST", "/join/passkey"),
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/pkg/{*name}"),
];

/// Doors behind the guard: only for those who signed in.
pub fn guarded() -> impl Iterator<Item = &'static Door> {
    PAGES.iter().chain(READS).chain(CHANGES)
}

#[tokio::test]
async fn every_door_stands_in_the_list() {
    let listed: BTreeSet<(String, String)> = guarded()
        .map(|door| (door.method.to_owned(), door.path.to_owned()))
        .chain(OPEN.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned())))
        .collect();
    let functions: BTreeSet<(String, String)> =
        server_fn_paths().map(|(path, method)| (method.to_string(), path.to_owned())).collect();
    let pages: BTreeSet<(String, String)> = generate_route_list(app::App)
        .iter()
        .flat_map(|route| {
            route.methods().map(|method| (format!("{method:?}").to_uppercase(), route.path().to_owned()))
        })
        .collect();
    let missing: Vec<_> = functions.union(&pages).filter(|door| !listed.contains(*door)).collect();
    assert!(missing.is_empty(), "doors without a line in this file: {missing:?}");
    // The doors of `routes.rs` itself have no list to ask, so they are read out of its text.
    let source = include_str!("../../src/routes.rs");
    for path in source.split(".route(\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(listed.iter().any(|(_, known)| known.as_str() == path), "{path} has no line in this file");
    }
    let gone: Vec<_> = listed
        .iter()
        .filter(|door| !functions.contains(*door) && !pages.contains(*door))
        .filter(|(_, path)| !source.contains(path.as_str()) && !path.starts_with("/pkg/"))
        .collect();
    assert!(gone.is_empty(), "lines without a door: {gone:?}");
    let changes: Vec<_> = functions.iter().filter(|(method, _)| method != "GET").collect();
    assert_eq!(changes.len(), guarded().filter(|door| door.is_api() && door.method == "POST").count());
}

#[tokio::test]
async fn strangers_pass_no_guarded_door() {
    let house = House::start().await;
    for door in guarded() {
        let object = door.own(house_with_an_act(&house).await).await;
        let (sent, applied) = (house.world().requests().len(), house.applied());
        for visitor in [house.stranger(), forger(&house)] {
            let answer = door.knock(&house, &visitor, &object).await;
            if door.is_api() || door.method != "GET" {
                assert_eq!(answer.status.as_u16(), 401, "{}", door.path);
                answer.explains(NotSignedIn);
            } else {
                assert!(answer.location().starts_with("/login"), "{}: {}", door.path, answer.location());
                assert!(!answer.body.contains("Quillmere"), "{}", door.path);
            }
        }
        assert_eq!(house.world().requests().len(), sent, "{} asked Tableau for a stranger", door.path);
        assert_eq!(house.applied(), applied, "{} changed something for a stranger", door.path);
    }
}

/// A browser with a cookie that somebody made up.
fn forger(house: &House) -> Visitor {
    let visitor = house.stranger();
    visitor.set_cookie(Some(format!("{}=AAAAAAAAAAAAAAAAAAAAAA", server::routes::COOKIE)));
    visitor
}

async fn house_with_an_act(house: &House) -> &House {
    if house.audit().await.is_empty() {
        house.lost_act(house.tenant(), &house.active_site().id, 0).await;
    }
    house
}

#[tokio::test]
async fn those_who_signed_in_pass_with_what_is_theirs() {
    let house = House::start().await;
    for door in guarded() {
        let visitor = house.sign_in().await;
        let object = door.own(&house).await;
        let answer = door.knock(&house, &visitor, &object).await;
        let fine = answer.status.is_success() || answer.status.is_redirection();
        // One wants an id in its form; others ask a passkey, and an administrator has none of Steward's.
        let spared = door.path == "/jobs/open" || door.path.ends_with("/passkey/ask");
        assert!(fine || spared, "{} {}: {}", door.method, door.path, answer.words());
        let told = spared || door.is_own_form();
        assert!(answer.problem().is_none() || told, "{}: {:?}", door.path, answer.problem());
    }
}

#[tokio::test]
async fn what_is_not_theirs_and_what_is_not_there_look_the_same_and_change_nothing() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for door in guarded().filter(|door| door.takes != Takes::Nothing) {
        let missing =
            if door.takes == Takes::Operation { "nope".to_owned() } else { Uuid::now_v7().to_string() };
        for object in [missing, door.foreign(&house).await] {
            let answer = door.knock(&house, &visitor, &object).await;
            let code = answer.problem().map(|problem| problem.code);
            assert_eq!(code, Some(door.missing), "{} {}: {}", door.path, object, answer.words());
            door.refuses(&answer, door.missing);
        }
    }
    assert_eq!((house.sent_changes(), house.applied()), (0, 0));
    assert!(house.audit().await.iter().all(|act| act.verb == "sign-in"));
}

#[tokio::test]
async fn malformed_ids_stop_at_every_door() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for door in
        guarded().filter(|door| !matches!(door.takes, Takes::Nothing | Takes::Operation | Takes::Hook))
    {
        for object in ["x", "0190f3a0-0000-7000-8000-00000000000g"] {
            let answer = door.knock(&house, &visitor, object).await;
            let code = answer.problem().map(|problem| problem.code);
            assert_eq!(code, Some(MalformedId), "{} {}: {}", door.path, object, answer.words());
            door.refuses(&answer, MalformedId);
        }
    }
    let fields = [("operation", "site.suspend"), ("ticket", "x"), ("checked", "yes")];
    visitor.api(Method::POST, "/api/connection/unlock", &fields).await.explains(MalformedId);
    assert_eq!((house.sent_changes(), house.applied()), (0, 0));
}

#[tokio::test]
async fn the_open_doors_are_open_and_tell_nothing() {
    let house = House::start().await;
    let visitor = house.stranger();
    for path in ["/login", "/health/live", "/health/ready"] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status.as_u16(), 200, "{path}");
        assert!(!answer.body.contains("Quillmere"), "{path}");
    }
    // Nobody is half way in this browser: the second step leads back, and asks no passkey.
    for (method, path) in
        [(Method::GET, "/login/second"), (Method::POST, "/login/second"), (Method::POST, "/login/passkey")]
    {
        let answer = match method {
            Method::GET => visitor.get(path).await,
            _ => visitor.post("/login", path, &[("passkey", "{}"), ("code", "123456")]).await,
        };
        assert!(answer.status.is_redirection(), "{path}: {}", answer.words());
        let there = answer.location().replace("%2D", "-");
        assert!(there.starts_with("/login") && there.contains("passkey-over"), "{path}: {there}");
    }
    for (path, code) in [("/login/passkey/ask", PasskeyOver), ("/join/passkey", InvitationOver)] {
        let answer = visitor.post("/login", path, &[("key", "x")]).await;
        assert_eq!(answer.problem().map(|problem| problem.code), Some(code), "{path}");
    }
    house.on_every_connection("DROP TABLE IF EXISTS audit_head").await;
    assert_eq!(visitor.get("/health/ready").await.status.as_u16(), 503);
    assert_eq!(visitor.get("/health/live").await.status.as_u16(), 200);
    house.stop.send_replace(true);
    assert_eq!(visitor.get("/health/ready").await.words(), "stopping");
}
