//! Jobs of a site.

use std::time::Duration;

use reqwest::Method;
use simulator::JobFate;

use crate::house::{House, send};
use crate::ordered::SITE;
use crate::site::{Desk, NOBODY, refuses, tree};

/// The id of an import of one row.
async fn import(desk: &Desk<'_>) -> String {
    let part = |name: &str, content: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
    };
    let csv = part("tableau_user_import", "new@example.com,,,Viewer,None,No,,\n");
    let payload = part("request_payload", "<tsRequest><user/></tsRequest>");
    let request = desk.request(Method::POST, "/users/import");
    let request = request.header("content-type", "multipart/form-data; boundary=b");
    let answer = send(request.body(format!("{csv}{payload}--b--\r\n"))).await;
    tree(&answer).child("job").get("id").to_owned()
}

#[tokio::test]
async fn jobs_are_listed_filtered_and_sorted() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let import = import(&desk).await;
    let jobs = desk.rows("backgroundJobs", "/jobs?sort=createdAt:desc").await;
    assert_eq!((jobs.len(), jobs[0].get("id")), (4, import.as_str()));
    let names = ["createdAt", "id", "jobType", "priority", "status", "subtitle", "title"];
    assert_eq!(jobs[0].attribute_names(), names);
    assert_eq!((jobs[0].get("jobType"), jobs[0].get("status")), ("UserImport", "Pending"));
    for (filter, count) in [
        ("jobType:eq:RefreshExtract", 2),
        ("jobType:in:[RunFlow,UserImport]", 2),
        ("status:eq:Failed", 1),
        ("status:eq:Success,jobType:eq:RefreshExtract", 1),
        ("title:has:level", 1),
        ("progress:lt:100", 2),
        ("priority:eq:50", 4),
        ("completedAt:gt:2001-01-01T00:00:00Z", 2),
        ("startedAt:gt:2001-01-01T00:00:00Z", 3),
        ("createdAt:lt:2001-01-01T00:00:00Z", 0),
    ] {
        let found = desk.rows("backgroundJobs", &format!("/jobs?filter={filter}")).await;
        assert_eq!(found.len(), count, "{filter}");
    }
    refuses(&desk.get("/jobs?filter=owner:eq:x").await, 400, "400000");
    let named = desk.rows("backgroundJobs", "/jobs?fields=job.id,status").await;
    assert_eq!(named[0].attribute_names(), ["id", "status"]);
    refuses(&desk.in_version("3.0").get("/jobs").await, 404, "404003");
}

#[tokio::test]
async fn one_job_is_told_by_itself_and_only_on_its_site() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let failed = desk.rows("backgroundJobs", "/jobs?filter=status:eq:Failed").await.remove(0);
    let below = format!("/jobs/{}", failed.get("id"));
    let root = desk.read(&below).await;
    let job = root.child("job");
    let told = ["mode", "type", "progress", "finishCode"].map(|name| job.get(name));
    assert_eq!(told, ["Asynchronous", "RunFlow", "100", "1"]);
    assert_eq!(job.get("completedAt"), failed.get("endedAt"));
    refuses(&desk.get(&format!("/jobs/{NOBODY}")).await, 404, "404001");
    refuses(&house.desk("Marketing EU").await.get(&below).await, 404, "404001");
    refuses(&desk.in_version("2.5").get(&below).await, 404, "404003");
}

#[tokio::test]
async fn the_two_apis_do_not_tell_each_others_jobs() {
    let house = House::quick().await;
    let desk = house.desk(SITE).await;
    let import = import(&desk).await;
    let visitor = house.sign_in().await;
    visitor.get(&format!("/api/v1/users/jobs/{import}")).await.refuses(404);
    let job = visitor.create(serde_json::json!({ "userName": "b@example.com" })).await;
    let id = job["jobId"].as_str().unwrap();
    refuses(&desk.get(&format!("/jobs/{id}")).await, 404, "404001");
    refuses(&desk.ask(Method::PUT, &format!("/jobs/{id}")).await, 404, "404001");
}

#[tokio::test]
async fn background_work_is_called_off_and_an_import_is_not() {
    let house = House::start().await;
    let desk = house.desk(SITE).await;
    let running = desk.rows("backgroundJobs", "/jobs?filter=status:eq:InProgress").await.remove(0);
    let below = format!("/jobs/{}", running.get("id"));
    let answer = desk.ask(Method::PUT, &below).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, ""));
    assert_eq!(desk.read(&below).await.child("job").get("finishCode"), "2");
    assert_eq!(house.world().applied("job.cancel"), 1);
    refuses(&desk.ask(Method::PUT, &below).await, 400, "400031");
    let import = import(&desk).await;
    refuses(&desk.ask(Method::PUT, &format!("/jobs/{import}")).await, 400, "400031");
    refuses(&desk.ask(Method::PUT, &format!("/jobs/{NOBODY}")).await, 404, "404001");
    refuses(&desk.in_version("3.0").ask(Method::PUT, &below).await, 404, "404003");
}

#[tokio::test]
async fn imports_fail_hang_and_are_forgotten_as_ordered() {
    let house = House::quick().await;
    let desk = house.desk(SITE).await;
    house.world().set_job_fate(JobFate::Fails { after: 0, code: None });
    let failed = import(&desk).await;
    let root = desk.read(&format!("/jobs/{failed}")).await;
    assert_eq!((root.child("job").get("progress"), root.child("job").get("finishCode")), ("100", "1"));
    house.world().set_job_fate(JobFate::NeverStarts);
    let waiting = import(&desk).await;
    house.world().advance(Duration::from_secs(3_600));
    let root = desk.read(&format!("/jobs/{waiting}")).await;
    assert_eq!((root.child("job").get("progress"), root.child("job").get("finishCode")), ("0", "1"));
    assert!(house.world().change_job(&waiting, JobFate::Forgotten));
    refuses(&desk.get(&format!("/jobs/{waiting}")).await, 404, "404001");
    assert!(house.world().person("new@example.com").is_some(), "it was done all the same");
}
