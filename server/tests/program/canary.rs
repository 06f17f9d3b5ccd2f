//! No token, session or cookie ever leaves its place: a planted secret is looked for everywhere.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use base64::{Engine, engine::general_purpose as base64_kinds};
use model::Moment;
use secrecy::ExposeSecret;
use simulator::{Fault, FaultKind};
use time::OffsetDateTime;
use tracing_subscriber::EnvFilter;

use crate::house::{House, Visitor, escape};

/// Characters that need care in URLs, forms, headers and HTML.
const PAT: &str = "cAnArY9Zq/7Ux+Yw==:Kf3vT8s&Wm2<x>%41";

/// A log that a test can read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(text)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A secret in every spelling in which it could slip out.
fn spellings(secret: &str) -> Vec<String> {
    let json = serde_json::to_string(secret).unwrap();
    let mut all = vec![
        secret.to_owned(),
        json.trim_matches('"').to_owned(),
        escape(secret),
        escape(&escape(secret)),
        base64_kinds::STANDARD_NO_PAD.encode(secret),
        base64_kinds::URL_SAFE_NO_PAD.encode(secret),
        secret.bytes().map(|byte| format!("{byte:02x}")).collect(),
        format!("{:?}", secret.as_bytes()),
        secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
    ];
    // A secret cut in half is still half a secret.
    all.push(secret.chars().take(16).collect());
    all.sort();
    all.dedup();
    all
}

fn holds(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|part| part == needle.as_bytes())
}

/// Everything a person can do, with bad days in between.
async fn story(house: &House, visitor: &Visitor, session: &str) {
    let site = house.active_site();
    let job = house.world().job("import-partial").unwrap();
    for path in [
        "/",
        "/sites",
        "/jobs",
        "/audit",
        "/connection",
        "/doctor?try=now",
        &format!("/jobs/{job}"),
        "/nowhere",
        "/sites/x",
    ] {
        visitor.get(path).await;
    }
    for path in ["/api/frame", "/api/connection/get", "/api/jobs/list?query[whose]="] {
        visitor.api(reqwest::Method::GET, path, &[]).await;
    }
    visitor.suspend(&site, "Test").await;
    // A vendor that repeats what it was sent.
    for echo in [session, PAT] {
        let body = format!("{{\"title\":\"{echo}\",\"detail\":\"{echo}\",\"message\":\"{echo}\"}}");
        house.world().inject(Fault::status(400).on("GET", "/tenants").body(&body).times(4));
        visitor.get("/sites?refresh=1").await;
        house.world().clear_faults();
        house.world().inject(Fault::status(400).on("POST", "/reactivate").body(&body).times(1));
        visitor.reactivate(&site, "Test").await;
        house.world().inject(Fault::status(400).on("POST", "/pat/login").body(&body).times(1));
        visitor.stranger().submit("/login", "/login", &[("token", PAT)]).await;
    }
    for fault in [Fault::status(503), Fault::new(FaultKind::Reset), Fault::new(FaultKind::Html)] {
        house.world().inject(fault.on("GET", "/tenants").times(3));
        visitor.get("/?refresh=1").await;
        house.world().clear_faults();
    }
    house.world().expire_sessions();
    visitor.get("/sites?refresh=2").await;
    // The token in places where it does not belong.
    visitor.stranger().submit("/login", "/login", &[("token", PAT), ("next", "//evil.example")]).await;
    visitor.stranger().submit("/login", "/login", &[("token", &format!("{PAT}x"))]).await;
}

/// Two sites are connected and somebody's saved credentials move between them, on good days and on a bad one. Tells the
/// secret of one site's token, and what one site gave to the other.
async fn story_of_sites(house: &House, visitor: &Visitor) -> (String, String) {
    let sites = house.active_sites();
    let [from, to] = [&sites[0], &sites[1]];
    for site in [from, to] {
        let (name, secret) = house.site_token(&site.id);
        visitor.connect_site(&site.id, &name, &secret).await;
    }
    let milo = house.world().person("milo.brandt@example.com").unwrap();
    let here = milo.roles.iter().find(|role| role.site_id == from.id).unwrap().site_user_id.clone();
    let path = format!("/sites/{}/users/{here}/move?to={}", from.id, to.id);
    let keychain = format!("BAD{}{}+/8=", milo.id.replace('-', ""), from.id.replace('-', ""));
    let echo = format!(
        "<tsResponse xmlns=\"http://tableau.com/api\"><error code=\"403004\"><summary>{keychain}</summary><detail>{keychain}</detail></error></tsResponse>"
    );
    for fault in [None, Some(Fault::status(403).body(&echo)), Some(Fault::new(FaultKind::Reset))] {
        let failed = fault.is_some();
        if let Some(fault) = fault {
            house.world().inject(fault.on("PUT", "/uploadSavedCreds").times(1));
        }
        let ticket = visitor.get(&path).await.field("ticket");
        let fields = [("site", from.id.as_str()), ("user", &here), ("to", &to.id), ("ticket", &ticket)];
        let sent = visitor.submit(&path, "/api/plane/move", &fields).await;
        assert_eq!(sent.page.says("Both steps are done"), !failed, "{}", sent.page.words());
    }
    let (_, secret) = house.site_token(&from.id);
    (secret, keychain)
}

#[tokio::test]
async fn no_secret_leaves_its_place() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("trace"))
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .init();
    let house = House::start().await;
    let now = house.world().now();
    house.world().add_pat(PAT, "canary", now + time::Duration::days(30));
    let visitor = house.sign_in_with(PAT).await;
    let cookie = visitor.cookie().unwrap().split_once('=').unwrap().1.to_owned();
    let number = cookie.parse::<tower_sessions::session::Id>().unwrap().0.to_string();
    let session = vendor_session(&house).await;
    story(&house, &visitor, &session).await;
    let renewed = vendor_session(&house).await;
    assert_ne!(session, renewed, "the story renews the session");

    let (site_token, keychain) = story_of_sites(&house, &visitor).await;

    let backup = house.folder.path().join("copy.db");
    house.store.backup(&backup).await.unwrap();
    let mut places = house.database_files();
    places.push(("the backup".to_owned(), std::fs::read(&backup).unwrap()));
    visitor.sign_out().await;
    places.extend(house.database_files());
    let log = log.0.lock().unwrap().clone();
    assert!(
        holds(&log, "hyper_util") && holds(&log, "sqlx") && holds(&log, "reqwest"),
        "the log is at trace"
    );
    places.push(("the log".to_owned(), log));
    for answer in visitor.transcript() {
        let headers = answer.headers.iter().filter(|(name, _)| *name != "set-cookie");
        let headers: String = headers.map(|(name, value)| format!("{name}: {value:?}\n")).collect();
        places
            .push((format!("an answer {}", answer.status), format!("{headers}{}", answer.body).into_bytes()));
    }
    assert!(places.len() > 30);
    for (what, secret) in [
        ("token", PAT),
        ("session", &session),
        ("session", &renewed),
        ("site's token", &site_token),
        ("saved credentials", &keychain),
        ("cookie", &cookie),
        ("cookie", &number),
    ] {
        for spelling in spellings(secret) {
            for (place, content) in &places {
                if holds(content, &spelling) {
                    let text = String::from_utf8_lossy(content);
                    let at = text.find(&spelling).unwrap_or_default();
                    let around: String =
                        text[..at].chars().rev().take(300).collect::<Vec<_>>().into_iter().rev().collect();
                    panic!("the {what} as {spelling:?} is in {place}: …{around}");
                }
            }
        }
    }
}

/// The token of the living session with Tableau.
async fn vendor_session(house: &House) -> String {
    let late = Moment::from(OffsetDateTime::now_utc() + time::Duration::days(3_650));
    let credential = house.store.expired_credentials(late).await.unwrap().swap_remove(0);
    let session = house.store.vendor_session(credential).await.unwrap().unwrap();
    session.token.expose_secret().to_owned()
}
