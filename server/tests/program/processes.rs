//! `steward` as its owner runs it: several processes, real files, real signals.

mod commands;

use std::{process::Stdio, time::Duration};

use model::ProblemCode;
use reqwest::{Method, header::ACCEPT};
use sea_orm::{ConnectionTrait, Database};
use serde_json::Value;
use simulator::SiteFacts;
use tokio::{net::TcpListener, process::Child};

use crate::house::children::{Serving, first_line, run, run_on, steward};

/// `steward simulate` at work, and what its first line says.
async fn simulate() -> (Child, Value) {
    let mut child = steward(&["simulate", "--users", "200"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let line = first_line(&mut child).await;
    (child, serde_json::from_str(&line).unwrap())
}

/// A pretend Tableau in this process.
async fn pretend() -> simulator::Running {
    let options = simulator::Options { users: 200, ..simulator::Options::default() };
    simulator::start(options, TcpListener::bind("127.0.0.1:0").await.unwrap()).await.unwrap()
}

fn text(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

#[tokio::test]
async fn the_simulator_prints_first_one_line_with_what_a_client_needs() {
    let (_child, details) = simulate().await;
    let keys: Vec<&str> = details.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["control_url", "jobs", "site_url", "sites", "tcm_pat", "tcm_url", "tenant_id"]);
    let sites = details["sites"].as_array().unwrap();
    assert_eq!(sites.len(), 12);
    for site in sites {
        let keys: Vec<&str> = site.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["content_url", "name", "pat_name", "pat_secret", "site_id"]);
    }
}

#[tokio::test]
async fn two_processes_do_the_main_job_and_the_log_proves_it() {
    let (_simulator, details) = simulate().await;
    let serving = Serving::against(details["tcm_url"].as_str().unwrap()).await;
    let visitor = serving.visitor();
    let signed_in = visitor.try_sign_in(details["tcm_pat"].as_str().unwrap()).await;
    assert_eq!(signed_in.location(), "/", "{}", signed_in.words());
    let site = SiteFacts {
        id: details["sites"][0]["site_id"].as_str().unwrap().to_owned(),
        name: details["sites"][0]["name"].as_str().unwrap().to_owned(),
        content_url: String::new(),
        status: "Active".to_owned(),
        region: String::new(),
        limits: simulator::SiteLimits::default(),
        storage_quota: None,
        storage_used: 0,
    };

    // Its address is only inferred, so it stays locked until somebody says that they checked it.
    visitor.suspend(&site, "Test").await.explains(ProblemCode::OperationLocked);
    let connection = visitor.get("/connection").await;
    let ticket = connection.field("ticket");
    assert!(connection.says("Unlock an inferred change"), "{}", connection.words());
    let unchecked = [("operation", "site.suspend"), ("ticket", ticket.as_str())];
    visitor
        .submit("/connection", "/api/connection/unlock", &unchecked)
        .await
        .explains(ProblemCode::NotConfirmed);
    let checked = [("operation", "site.suspend"), ("ticket", ticket.as_str()), ("checked", "yes")];
    let unlocked = visitor.submit("/connection", "/api/connection/unlock", &checked).await;
    unlocked.leads_to("/connection?notice=operation-unlocked");
    assert!(unlocked.page.says("unlocked by"), "{}", unlocked.page.words());
    visitor.suspend(&site, "Test").await.leads_to(&format!("/sites/{}?notice=site-suspended", site.id));
    // Each operation has a lock of its own.
    visitor.reactivate(&site, "Test").await.explains(ProblemCode::OperationLocked);

    let good = serving.run(&["audit", "verify"]).await;
    assert!(good.status.success() && text(&good.stdout).starts_with("The audit chain is whole:"), "{good:?}");
    let copy = serving.file("copy");
    std::fs::create_dir(&copy).unwrap();
    let backup = serving.run(&["backup", copy.join("steward.db").to_str().unwrap()]).await;
    assert!(backup.status.success(), "{backup:?}");
    let key = serving.file("steward.key");
    let of_copy = run_on(&copy, &key, &["audit", "verify"]).await;
    assert_eq!(text(&of_copy.stdout), text(&good.stdout));
    let again = serving.run(&["backup", copy.join("steward.db").to_str().unwrap()]).await;
    assert!(!again.status.success(), "an existing file is not overwritten");

    // One byte, changed behind everybody's back.
    let path = format!("sqlite:{}", copy.join("steward.db").display());
    let intruder = Database::connect(path).await.unwrap();
    intruder
        .execute_unprepared("UPDATE audit_record SET reason = 'Tesu' WHERE reason = 'Test'")
        .await
        .unwrap();
    intruder.close().await.unwrap();
    let bad = run_on(&copy, &key, &["audit", "verify"]).await;
    assert!(!bad.status.success());
    assert!(text(&bad.stderr).contains("The audit chain is broken: record"), "{}", text(&bad.stderr));
}

#[cfg(unix)]
#[tokio::test]
async fn files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let tableau = pretend().await;
    let serving = Serving::against(&tableau.details().tcm_url).await;
    let mode = |name: &str| std::fs::metadata(serving.file(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("data"), mode("data/steward.db"), mode("steward.key")), (0o700, 0o600, 0o600));
}

#[tokio::test]
async fn it_stops_within_ten_seconds_although_somebody_follows_a_job() {
    let tableau = pretend().await;
    let mut serving = Serving::against(&tableau.details().tcm_url).await;
    let visitor = serving.visitor();
    visitor.try_sign_in(&tableau.details().tcm_pat).await;
    let job = tableau.world().job("running").unwrap();
    let events =
        visitor.bare(Method::GET, &format!("/api/jobs/{job}/events")).header(ACCEPT, "text/event-stream");
    let stream = events.send().await.unwrap();
    assert!(stream.status().is_success());
    serving.terminate().await;
    let ended = tokio::time::timeout(Duration::from_secs(10), serving.child.wait()).await;
    assert!(ended.expect("it stops within ten seconds").unwrap().success());
    assert!(stream.bytes().await.is_ok(), "the stream ends as streams do");
}

#[tokio::test]
async fn what_it_knew_is_still_there_after_a_restart() {
    let tableau = pretend().await;
    let mut serving = Serving::against(&tableau.details().tcm_url).await;
    let visitor = serving.visitor();
    visitor.try_sign_in(&tableau.details().tcm_pat).await;
    serving.terminate().await;
    serving.child.wait().await.unwrap();
    serving.again().await;
    assert!(visitor.get("/").await.says("Quillmere Holdings"), "the same cookie opens it");
    assert_eq!(tableau.world().manager_sessions(), 1, "by the same session");
}

#[tokio::test]
async fn a_disk_that_fills_up_stops_changes_before_they_are_sent() {
    let tableau = pretend().await;
    // No file may grow beyond 800 kB; SIGXFSZ is ignored, so that writing fails as on a full disk.
    let serving = Serving::under(&tableau.details().tcm_url, |command| {
        let program = command.as_std().get_program().to_owned();
        let mut shell = tokio::process::Command::new("sh");
        shell
            .args(["-c", "trap '' XFSZ; ulimit -f 1600; exec \"$0\" serve \"$@\""])
            .arg(program)
            .kill_on_drop(true);
        shell
    })
    .await;
    let visitor = serving.visitor();
    visitor.try_sign_in(&tableau.details().tcm_pat).await;
    for operation in ["site.suspend", "site.reactivate"] {
        let ticket = visitor.get("/connection").await.field("ticket");
        let fields = [("operation", operation), ("ticket", &ticket), ("checked", "yes")];
        visitor.submit("/connection", "/api/connection/unlock", &fields).await;
    }
    let world = tableau.world();
    let sent = || {
        let requests = world.requests();
        requests.iter().filter(|it| it.path.contains("/sites/") && it.method != "GET").count()
    };
    let reason = "x".repeat(500);
    let mut refused = None;
    for round in 0..300 {
        let site = world.sites().swap_remove(round % 12);
        let (before, turn) = (sent(), if site.status == "Active" { "suspend" } else { "reactivate" });
        let ticket = visitor.ticket(&site.id, turn).await;
        let fields =
            [("site", site.id.as_str()), ("ticket", &ticket), ("reason", &reason), ("typed", &site.name)];
        let answer = visitor.api(Method::POST, &format!("/api/sites/{turn}"), &fields).await;
        // A log that fills up between begin and end leaves the act open, and its site closed to others.
        let problem = answer.problem().filter(|problem| problem.code != ProblemCode::ChangeUnderWay);
        if problem.is_some() && sent() == before {
            refused = problem;
            break;
        }
    }
    let site = world.sites().swap_remove(0);
    assert_eq!(refused.expect("the disk fills up").code, ProblemCode::LogUnavailable);
    assert!(visitor.get("/sites?refresh=1").await.says(&site.name), "reading survives");
}

#[tokio::test]
async fn wrong_settings_stop_the_start_with_one_sentence_that_names_the_setting() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (data, key, short, json) = (path("data"), path("key"), path("short"), path("operations.json"));
    std::fs::write(&short, "too short").unwrap();
    std::fs::write(&json, "{\"site.suspend\": {\"method\": 7}}").unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let origin = ["--public-origin", "https://steward.example.com"];
    let cases: Vec<(&str, Vec<&str>)> = vec![
        ("--public-origin", vec![]),
        ("--public-origin", vec!["--public-origin", "http://steward.example.com"]),
        ("--public-origin", vec!["--public-origin", "https://steward.example.com/path"]),
        ("--tableau-url", [&origin[..], &["--tableau-url", "http://tableau.example.com"]].concat()),
        ("--tableau-url", [&origin[..], &["--tableau-url", "nonsense"]].concat()),
        ("--operations-file", [&origin[..], &["--operations-file", "/nowhere.json"]].concat()),
        ("--operations-file", [&origin[..], &["--operations-file", &json]].concat()),
        ("--key-file", [&origin[..], &["--key-file", &short]].concat()),
        ("--postgres-file", [&origin[..], &["--postgres-file", "/nowhere"]].concat()),
        ("--listen", [&origin[..], &["--listen", &taken]].concat()),
        ("--listen", [&origin[..], &["--listen", "nonsense"]].concat()),
        ("--idle-minutes", [&origin[..], &["--idle-minutes", "0"]].concat()),
        ("--sign-in-tries", [&origin[..], &["--sign-in-tries", "0"]].concat()),
    ];
    for (setting, words) in cases {
        let key_place = if words.contains(&"--key-file") { vec![] } else { vec!["--key-file", key.as_str()] };
        let words = [&["serve", "--data", &data][..], &key_place, &words].concat();
        let output = run(&words).await;
        assert!(!output.status.success(), "{words:?}");
        let said = text(&output.stderr);
        assert!(said.contains(setting), "{words:?}: {said}");
        assert!(!said.contains("panicked") && !said.contains("RUST_BACKTRACE"), "{said}");
    }
}
