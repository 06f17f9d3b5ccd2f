//! What holds for every method of the site API: sessions, sites, rights, versions and verbs.

use reqwest::Method;

use crate::house::{Answer, House, send};
use crate::ordered::{ANNA, SITE};
use crate::site::{Desk, NOBODY, refuses};

/// A method: verb and path, the version before it and its first one, and the refusal of others than
/// administrators.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// The vendor's methods in the order of the reference, then those of jobs.
const METHODS: [Row; 28] = [
    ("POST", "/users", "0.9", "1.0", "403004"),
    ("GET", "/users", "0.9", "1.0", "403004"),
    ("GET", "/users/USER", "1.9", "2.0", "403133"),
    ("PUT", "/users/USER", "0.9", "1.0", "403004"),
    ("DELETE", "/users/USER", "0.9", "1.0", "403004"),
    ("POST", "/users/import", "3.14", "3.15", "403004"),
    ("POST", "/users/delete", "3.14", "3.15", "403004"),
    ("GET", "/users/USER/groups", "3.6", "3.7", "403004"),
    ("POST", "/users/USER/retrieveSavedCreds", "3.22", "3.23", "403054"),
    ("PUT", "/users/USER/uploadSavedCreds", "3.22", "3.23", "403054"),
    ("POST", "/groups", "3.8", "3.9", "403004"),
    ("GET", "/groups", "1.9", "2.0", "403004"),
    ("PUT", "/groups/GROUP", "3.8", "3.9", "403004"),
    ("DELETE", "/groups/GROUP", "2.0", "2.1", "403004"),
    ("GET", "/groups/GROUP/users", "1.9", "2.0", "403004"),
    ("POST", "/groups/GROUP/users", "1.9", "2.0", "403004"),
    ("DELETE", "/groups/GROUP/users/USER", "1.9", "2.0", "403004"),
    ("PUT", "/groups/GROUP/users/remove", "3.20", "3.21", "403004"),
    ("POST", "/groupsets", "3.21", "3.22", "403004"),
    ("GET", "/groupsets", "3.21", "3.22", "403004"),
    ("GET", "/groupsets/SET", "3.21", "3.22", "403004"),
    ("PUT", "/groupsets/SET", "3.21", "3.22", "403004"),
    ("DELETE", "/groupsets/SET", "3.21", "3.22", "403004"),
    ("PUT", "/groupsets/SET/groups/GROUP", "3.21", "3.22", "403004"),
    ("DELETE", "/groupsets/SET/groups/GROUP", "3.21", "3.22", "403004"),
    ("GET", "/jobs", "3.0", "3.1", "403004"),
    ("GET", "/jobs/JOB", "2.5", "2.6", "403004"),
    ("PUT", "/jobs/JOB", "3.0", "3.1", "403004"),
];

/// Asks with a body that can be read but says nothing, and with ids that nothing has.
async fn ask(desk: &Desk<'_>, verb: &str, path: &str) -> Answer {
    let path =
        ["USER", "GROUP", "SET", "JOB"].iter().fold(path.to_owned(), |path, id| path.replace(id, NOBODY));
    let request = desk.request(verb.parse().unwrap(), &path);
    let request = match path.as_str() {
        "/users/import" | "/users/delete" => {
            request.header("content-type", "multipart/form-data; boundary=b").body("--b--")
        }
        _ if verb == "GET" => request,
        _ => request.header("content-type", "text/xml").body("<tsRequest/>"),
    };
    send(request).await
}

#[tokio::test]
async fn every_method_wants_a_live_session_of_the_same_site() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let stranger = Desk { token: "stranger".to_owned(), ..desk.in_version("3.24") };
    let elsewhere = Desk { site: house.site_id("Marketing EU"), ..desk.in_version("3.24") };
    for (verb, path, ..) in METHODS {
        refuses(&ask(&stranger, verb, path).await, 401, "401002");
        // The vendor's table of "Remove User from Site" alone has another status.
        let status = if (verb, path) == ("DELETE", "/users/USER") { 403 } else { 404 };
        refuses(&ask(&elsewhere, verb, path).await, status, "404000");
    }
}

#[tokio::test]
async fn every_method_refuses_others_than_administrators() {
    let house = House::start().await;
    let desk = house.desk_of_anna("Creator").await;
    for (verb, path, _, _, code) in METHODS {
        refuses(&ask(&desk, verb, path).await, 403, code);
    }
    house.world().set_role(ANNA, &desk.site, Some("SiteAdministratorExplorer"));
    for (verb, path, ..) in METHODS {
        assert_ne!(ask(&desk, verb, path).await.status, 403, "{verb} {path}");
    }
}

#[tokio::test]
async fn every_method_came_with_its_version() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    for (verb, path, before, first, _) in METHODS {
        refuses(&ask(&desk.in_version(before), verb, path).await, 404, "404003");
        let answer = ask(&desk.in_version(first), verb, path).await;
        assert!(!answer.text.contains("404003"), "{verb} {path} in {first}: {}", answer.text);
    }
}

#[tokio::test]
async fn every_path_refuses_other_verbs() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    for (_, path, ..) in METHODS {
        refuses(&ask(&desk, Method::PATCH.as_str(), path).await, 405, "405000");
    }
}

#[tokio::test]
async fn no_method_says_anything_with_a_bad_body_but_that() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let asking = METHODS.into_iter().filter(|(verb, path, ..)| {
        ["POST", "PUT"].contains(verb) && !path.starts_with("/jobs") && !path.ends_with("/groups/GROUP")
            || (*verb, *path) == ("PUT", "/groups/GROUP")
    });
    let mut refused = 0;
    for (verb, path, ..) in asking {
        let path = ["USER", "GROUP", "SET"].iter().fold(path.to_owned(), |path, id| path.replace(id, NOBODY));
        let request = desk.request(verb.parse().unwrap(), &path).body("<tsRequest");
        refuses(&send(request).await, 400, "400000");
        refused += 1;
    }
    assert_eq!(refused, 12);
}
