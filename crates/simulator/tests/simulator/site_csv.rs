//! Many people by one file, over the site API.

use std::time::Duration;

use reqwest::Method;

use crate::house::{Answer, House, send};
use crate::ordered::{ANNA, SITE, role_of};
use crate::site::{Desk, Node, refuses, tree};

const NOTHING: &str = "<tsRequest><user /></tsRequest>";

/// A body as the vendor's own client writes it.
fn form(parts: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (disposition, kind, content) in parts {
        let head =
            format!("--frontier\r\nContent-Disposition: {disposition}\r\nContent-Type: {kind}\r\n\r\n");
        body.extend([head.as_bytes(), content, b"\r\n"].concat());
    }
    body.extend(b"--frontier--\r\n");
    body
}

fn import_form(csv: &[u8], payload: &str) -> Vec<u8> {
    let file = "form-data; name=\"tableau_user_import\"; filename=\"users.csv\"";
    form(&[(file, "text/csv", csv), ("form-data; name=\"request_payload\"", "text/xml", payload.as_bytes())])
}

async fn send_form(desk: &Desk<'_>, below: &str, kind: &str, body: Vec<u8>) -> Answer {
    let request = desk.request(Method::POST, below);
    send(request.header("content-type", format!("{kind}; boundary=frontier")).body(body)).await
}

/// The job of an import that must be taken in.
async fn import(desk: &Desk<'_>, csv: &str, payload: &str) -> Node {
    let body = import_form(csv.as_bytes(), payload);
    let answer = send_form(desk, "/users/import", "multipart/form-data", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    tree(&answer).child("job").clone()
}

/// The notes of a finished job, by type.
async fn notes(desk: &Desk<'_>, job: &Node) -> Vec<(String, String, String)> {
    let root = desk.read(&format!("/jobs/{}", job.get("id"))).await;
    let job = root.child("job");
    assert_eq!((job.get("progress"), job.get("finishCode")), ("100", "0"));
    let notes = &job.child("statusNotes").children;
    notes.iter().map(|note| ["type", "value", "text"].map(|name| note.get(name).to_owned()).into()).collect()
}

async fn delete(desk: &Desk<'_>, csv: &str) -> Answer {
    let file = "form-data; name=\"tableau_user_delete\"; filename=\"users.csv\"";
    send_form(desk, "/users/delete", "multipart/form-data", form(&[(file, "text/csv", csv.as_bytes())])).await
}

#[tokio::test]
async fn a_file_is_imported_by_a_job_that_says_failed_until_it_is_done() {
    let house = House::start().await;
    house.world().set_job_pace(Duration::from_secs(60), Duration::ZERO);
    let desk = house.desk(SITE).await;
    let csv =
        format!("{ANNA},,Anna Bell,Creator,None,yes,,SAML\nb@example.com,,,Viewer,None,No,b2@example.com,\n");
    let job = import(&desk, &csv, NOTHING).await;
    assert_eq!(job.attribute_names(), ["createdAt", "finishCode", "id", "mode", "progress", "type"]);
    let told = ["mode", "type", "progress", "finishCode"].map(|name| job.get(name));
    assert_eq!(told, ["Asynchronous", "UserImport", "0", "1"]);
    assert_eq!(house.world().imports()[0].csv, csv);
    let below = format!("/jobs/{}", job.get("id"));
    house.world().advance(Duration::from_secs(30));
    let root = desk.read(&below).await;
    let running = root.child("job");
    assert_eq!((running.get("progress"), running.get("finishCode")), ("50", "1"));
    assert!(!running.attributes.contains_key("completedAt") && running.children.is_empty());
    house.world().advance(Duration::from_secs(30));
    assert_eq!(desk.read(&below).await.child("job").get("finishCode"), "0");
    assert_eq!((house.anna_there().role.as_str(), house.anna_there().idp.as_str()), ("Creator", "SAML"));
    assert_eq!(role_of(&house, "b@example.com", SITE).as_deref(), Some("Viewer"));
    assert_eq!(house.world().person("b@example.com").unwrap().email, "b2@example.com");
    assert_eq!(house.world().applied("user.create"), 2);
}

#[tokio::test]
async fn mixed_bodies_are_read_as_forms_are() {
    let house = House::quick().await;
    let desk = house.desk(SITE).await;
    let csv = format!("\u{feff}{ANNA},,,Viewer,None,No,,\r\n");
    let parts = form(&[
        ("name=\"request_payload\"", "text/xml", NOTHING.as_bytes()),
        ("name=\"tableau_user_import\"; filename=\"users.csv\"", "file", csv.as_bytes()),
    ]);
    assert_eq!(send_form(&desk, "/users/import", "multipart/mixed", parts).await.status, 201);
    assert_eq!(house.anna_there().role, "Viewer");
}

#[tokio::test]
async fn bad_bodies_are_refused() {
    let house = House::quick().await;
    let desk = house.desk(SITE).await;
    let csv = format!("{ANNA},,,Viewer,None,No,,\n");
    let whole = import_form(csv.as_bytes(), NOTHING);
    for cut in [10, 60, whole.len() / 2, whole.len() - 6] {
        let answer = send_form(&desk, "/users/import", "multipart/form-data", whole[..cut].to_vec()).await;
        refuses(&answer, 400, "400000");
    }
    let file = ("form-data; name=\"tableau_user_import\"", "text/csv", csv.as_bytes());
    let payload = ("form-data; name=\"request_payload\"", "text/xml", NOTHING.as_bytes());
    for parts in [vec![file], vec![payload], vec![file, file, payload], vec![]] {
        refuses(&send_form(&desk, "/users/import", "multipart/form-data", form(&parts)).await, 400, "400000");
    }
    for wrong in
        ["", "<tsRequest/>", "<tsRequest><user authSetting=\"Magic\"/></tsRequest>", "<tsRequest><user>"]
    {
        let body = import_form(csv.as_bytes(), wrong);
        refuses(&send_form(&desk, "/users/import", "multipart/form-data", body).await, 400, "400000");
    }
    let empty = import_form(b"", NOTHING);
    refuses(&send_form(&desk, "/users/import", "multipart/form-data", empty).await, 400, "400000");
    refuses(&send_form(&desk, "/users/import", "text/csv", whole.clone()).await, 400, "400000");
    refuses(&desk.post("/users/import", "<user/>").await, 400, "400000");
    refuses(
        &send_form(&desk.in_version("3.14"), "/users/import", "multipart/form-data", whole).await,
        404,
        "404003",
    );
    refuses(&desk.ask(Method::PUT, "/users/import").await, 405, "405000");
    assert!(house.world().person(ANNA).is_none());
}

#[tokio::test]
async fn a_file_that_is_no_text_fails_its_job() {
    let house = House::quick().await;
    let desk = house.desk(SITE).await;
    let body = import_form(b"\xff\xfea\0", NOTHING);
    let answer = send_form(&desk, "/users/import", "multipart/form-data", body).await;
    assert_eq!(answer.status, 201);
    let id = tree(&answer).child("job").get("id").to_owned();
    let root = desk.read(&format!("/jobs/{id}")).await;
    assert_eq!((root.child("job").get("finishCode"), root.child("job").get("progress")), ("1", "100"));
}

#[tokio::test]
async fn the_file_says_how_people_sign_in_before_the_payload_does() {
    let house = House::quick().await;
    let desk = house.desk(SITE).await;
    let csv = "a@example.com,,,Viewer,None,No,,\nb@example.com,,,Viewer,None,No,,\nc@example.com,,,Viewer,None,No,,saml\n\
               d@example.com,,,Viewer\n";
    let payload = "<ns:tsRequest xmlns:ns=\"http://tableau.com/api\"><ns:user authSetting=\"OpenID\"/>\
                   <ns:user name=\"A@example.com\" authSetting=\"SAML\"/><ns:user name=\"c@example.com\"/></ns:tsRequest>";
    import(&desk, csv, payload).await;
    let idp = |name: &str| house.world().person(name).unwrap().roles[0].idp.clone();
    let told = ["a@example.com", "b@example.com", "c@example.com", "d@example.com"].map(idp);
    assert_eq!(told, ["SAML", "OpenID", "SAML", "OpenID"]);
    import(&desk, "e@example.com,,,Viewer,None,No,,\n", NOTHING).await;
    assert_eq!(idp("e@example.com"), "TableauIDWithMFA", "what the site does by itself");
}

#[tokio::test]
async fn a_row_overwrites_a_role_even_downwards_and_the_notes_count_it() {
    let house = House::quick().await;
    house.anna("SiteAdministratorCreator");
    let desk = house.desk(SITE).await;
    let csv = format!(
        "{ANNA},,Anna Bell,Viewer,None,No,,\nnew@example.com,,,Explorer,None,No,,\nno address,,,Viewer,None,No,,\n"
    );
    let job = import(&desk, &csv, NOTHING).await;
    assert_eq!(house.anna_there().role, "Viewer");
    let told = notes(&desk, &job).await;
    let told: Vec<_> =
        told.iter().map(|(kind, value, text)| (kind.as_str(), value.as_str(), text.as_str())).collect();
    assert_eq!(
        told,
        [
            ("CountOfUsersProcessed", "3", ""),
            ("CountOfUsersAddedToSite", "1", ""),
            ("CountOfUsersSiteRoleUpdated", "1", ""),
            ("CountOfUsersSkipped", "1", "Line 3: USER_INVALID_USER_NAME"),
        ]
    );
}

#[tokio::test]
async fn an_import_without_licences_adds_people_without_one() {
    let house = House::quick().await;
    let desk = house.desk(SITE).await;
    let none = simulator::Purchased { creator: 0, explorer: 0, viewer: 0 };
    house.world().set_purchased(none);
    let job = import(&desk, &format!("{ANNA},,,Creator,None,Yes,,\n"), NOTHING).await;
    assert_eq!(house.anna_there().role, "Unlicensed");
    let told = notes(&desk, &job).await;
    assert!(told.contains(&(
        "CountOfUsersWithInsufficientLicenses".to_owned(),
        "1".to_owned(),
        String::new()
    )));
}

#[tokio::test]
async fn a_verbose_import_tells_every_refused_row_and_another_only_three() {
    let house = House::quick().await;
    let desk = house.desk(SITE).await;
    let csv = "bad\n".repeat(5);
    for (query, version, most) in [
        ("", "3.24", 3),
        ("?isVerbose=false", "3.24", 3),
        ("?isVerbose=true", "3.21", 3),
        ("?isVerbose=true", "3.22", 5),
    ] {
        let body = import_form(csv.as_bytes(), NOTHING);
        let path = format!("/users/import{query}");
        let answer = send_form(&desk.in_version(version), &path, "multipart/form-data", body).await;
        let told = notes(&desk, tree(&answer).child("job")).await;
        let (kind, value, text) = told.last().unwrap();
        assert_eq!(
            (kind.as_str(), value.as_str(), text.matches("Line").count()),
            ("CountOfUsersSkipped", "5", most)
        );
    }
    let body = import_form(csv.as_bytes(), NOTHING);
    let answer = send_form(&desk, "/users/import?isVerbose=very", "multipart/form-data", body).await;
    refuses(&answer, 400, "400000");
}

#[tokio::test]
async fn a_list_of_departures_has_no_job_and_is_done_after_a_moment() {
    let house = House::start().await;
    house.world().set_job_pace(Duration::from_secs(60), Duration::ZERO);
    house.anna("Viewer");
    let desk = house.desk(SITE).await;
    for (name, owned) in [("owner@example.com", 2), ("elsewhere@example.com", 0)] {
        house.world().add_person(name, name);
        house.world().set_role(name, &desk.site, Some("Creator"));
        house.world().set_owned(name, &desk.site, owned);
    }
    house.world().set_role("elsewhere@example.com", &house.site_id("Marketing EU"), Some("Viewer"));
    let jobs = desk.rows("backgroundJobs", "/jobs").await.len();
    let csv = format!(
        "{ANNA}\nowner@example.com,,,,\nelsewhere@example.com\nnobody@example.com\nmilo.brandt@example.com\n"
    );
    let answer = delete(&desk, &csv).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
    assert_eq!(desk.rows("backgroundJobs", "/jobs").await.len(), jobs);
    assert_eq!(house.role(SITE).as_deref(), Some("Viewer"), "not yet");
    house.world().advance(Duration::from_secs(60));
    assert!(house.world().person(ANNA).is_none());
    assert_eq!(role_of(&house, "owner@example.com", SITE).as_deref(), Some("Unlicensed"));
    assert_eq!(role_of(&house, "elsewhere@example.com", SITE), None);
    assert!(house.world().person("elsewhere@example.com").is_some());
    assert!(role_of(&house, "milo.brandt@example.com", SITE).is_some(), "nobody removes the own account");
    assert_eq!((house.world().applied("user.delete"), house.world().applied("user.role")), (1, 2));
}

#[tokio::test]
async fn a_list_of_departures_is_refused_when_it_cannot_be_read() {
    let house = House::quick().await;
    let desk = house.desk(SITE).await;
    refuses(&delete(&desk, "").await, 400, "400000");
    refuses(&delete(&desk, "\n\n").await, 400, "400000");
    let wrong = form(&[("form-data; name=\"tableau_user_import\"", "text/csv", b"a@example.com\n")]);
    refuses(&send_form(&desk, "/users/delete", "multipart/form-data", wrong).await, 400, "400000");
    refuses(&delete(&desk.in_version("3.14"), "a@example.com\n").await, 404, "404003");
}
