//! News about licences: signed, sent once for each threshold, retried with growing pauses, and never into a private network.

mod bad_receivers;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use model::{
    Moment, ProblemCode,
    licences::{
        Seats,
        history::{CountOf, SeatCount},
        news::{News, NewsState},
    },
};
use operations::{Hooks, Operations, Reality, Table, Wire, WireSettings};
use secrecy::SecretString;
use store::CountRound;
use time::OffsetDateTime;
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::house::{House, Visitor, until};

const SETTINGS: &str = "/licences/settings";

/// How the other side behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Takes,
    Fails,
    Redirects,
    Hangs,
}

/// A program that receives news.
#[derive(Clone)]
struct Receiver {
    url: String,
    manner: Arc<Mutex<Manner>>,
    came: Arc<Mutex<Vec<(HeaderMap, String)>>>,
}

impl Receiver {
    async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook?key=their-own-secret", listener.local_addr().unwrap());
        let receiver = Self { url, manner: Arc::new(Mutex::new(manner)), came: Arc::default() };
        let doors = Router::new().route("/hook", post(receive)).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, doors).await.unwrap() });
        receiver
    }

    fn becomes(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    fn came(&self) -> Vec<(HeaderMap, String)> {
        self.came.lock().unwrap().clone()
    }
}

async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> Response {
    receiver.came.lock().unwrap().push((headers, String::from_utf8(body.to_vec()).unwrap()));
    let manner = *receiver.manner.lock().unwrap();
    match manner {
        Manner::Takes => StatusCode::NO_CONTENT.into_response(),
        Manner::Fails => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Manner::Redirects => Redirect::temporary("http://169.254.169.254/latest/meta-data/").into_response(),
        Manner::Hangs => std::future::pending().await,
    }
}

fn now() -> Moment {
    Moment::from(OffsetDateTime::now_utc())
}

impl House {
    /// Sets the address, and gives the secret that the answer shows.
    async fn hook(&self, visitor: &Visitor, url: &str) -> String {
        let ticket = Uuid::now_v7().to_string();
        let fields = [("url", url), ("ticket", ticket.as_str())];
        let page = visitor.post(SETTINGS, "/licences/hook", &fields).await;
        assert_eq!(page.status.as_u16(), 200, "{}", page.words());
        let (_, rest) = page.body.split_once("whsec_").unwrap();
        format!("whsec_{}", rest.split('<').next().unwrap())
    }

    /// A count with so many Creators, and what follows from it.
    async fn creators(&self, visitor: &Visitor, creators: u64, bought: u64) {
        let fence = self.store.lease_seats(self.tenant(), Uuid::now_v7(), 60).await.unwrap().unwrap();
        let seats = Seats { creators, ..Seats::default() };
        let counts = vec![SeatCount { of: CountOf::Tenant, seats }];
        let round = CountRound { at: now(), by: String::new(), counts, sites: Vec::new() };
        self.store.save_seats(self.tenant(), fence, &round).await.unwrap();
        let (ticket, bought) = (Uuid::now_v7().to_string(), bought.to_string());
        let fields = [("ticket", ticket.as_str()), ("creators", bought.as_str())];
        visitor.submit(SETTINGS, "/api/licences/purchased", &fields).await;
    }

    async fn news(&self) -> Vec<News> {
        self.store.seat_news(self.tenant(), 50).await.unwrap()
    }

    /// The same program after a restart, with these ways to addresses outside.
    fn with_hooks(&self, hooks: Hooks) -> Operations {
        let wire = WireSettings {
            base: self.simulator.details().tcm_url.clone(),
            deadline: Duration::from_secs(15),
            table: Table::default(),
            product: "Steward/test".to_owned(),
            site_hosts: Vec::new(),
            log_hosts: Vec::new(),
        };
        let operations = Operations::new(self.store.clone(), Wire::new(wire).unwrap(), Reality::Pretend);
        operations.open_hooks(hooks);
        operations
    }

    fn restarted(&self) -> Operations {
        self.with_hooks(Hooks::new("Steward/test", vec!["127.0.0.1".to_owned()]))
    }

    async fn send(&self, after: i64) {
        self.web.operations.send_news(now().plus_seconds(after)).await;
    }
}

#[tokio::test]
async fn a_passed_threshold_is_sent_signed_once_and_names_no_person() {
    let (house, receiver) = (House::start().await, Receiver::start(Manner::Takes).await);
    let visitor = house.sign_in().await;
    let secret = house.hook(&visitor, &receiver.url).await;
    house.creators(&visitor, 85, 100).await;
    house.send(0).await;
    house.creators(&visitor, 86, 100).await;
    house.send(0).await;
    let came = receiver.came();
    assert_eq!(came.len(), 1, "80 % was told before");
    let (headers, body) = &came[0];
    let signature = headers["steward-signature"].to_str().unwrap();
    let time = signature.split(['=', ',']).nth(1).unwrap().parse().unwrap();
    let again = hooks_sign(&secret, time, body);
    assert_eq!(signature, again, "whoever has the secret computes the same");
    assert!((now().seconds() - time).abs() < 60);
    let told: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(told["event"], "licences.threshold-passed");
    assert_eq!(told["id"].as_str().unwrap(), headers["steward-delivery"].to_str().unwrap());
    assert_eq!(told["limit"]["thresholdPercent"], 80);
    assert_eq!((&told["limit"]["used"], &told["limit"]["limit"]), (&85.into(), &100.into()));
    for person in house.world().everyone() {
        assert!(!body.contains(&person.user_name) && !body.contains(&person.display_name));
        assert!(!body.contains(&person.id));
    }
    house.creators(&visitor, 100, 100).await;
    house.send(0).await;
    assert_eq!(receiver.came().len(), 2, "each threshold is told");
    assert!(visitor.get(SETTINGS).await.says("taken, status 204"));
}

fn hooks_sign(secret: &str, time: i64, body: &str) -> String {
    let secret = SecretString::from(secret.to_owned());
    operations::sign_news(&secret, Moment::from_seconds(time), body)
}

#[tokio::test]
async fn the_secret_is_shown_once_and_is_nowhere_else() {
    let (house, receiver) = (House::start().await, Receiver::start(Manner::Takes).await);
    let visitor = house.sign_in().await;
    let secret = house.hook(&visitor, &receiver.url).await;
    let page = visitor.get(SETTINGS).await;
    assert!(!page.body.contains(&secret) && page.says("sealed; it was shown once"), "{}", page.words());
    for entry in std::fs::read_dir(house.folder.path().join("data")).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()));
    }
    let acts = format!("{:?}", house.audit().await);
    assert!(acts.contains("licences.hook") && acts.contains("127.0.0.1"));
    assert!(!acts.contains(&secret) && !acts.contains("their-own-secret"), "{acts}");
    let next = house.hook(&visitor, &receiver.url).await;
    assert_ne!(secret, next, "a new address has a new secret");
}

#[tokio::test]
async fn the_same_form_sets_an_address_once() {
    let (house, receiver) = (House::start().await, Receiver::start(Manner::Takes).await);
    let visitor = house.sign_in().await;
    let ticket = Uuid::now_v7().to_string();
    let fields = [("url", receiver.url.as_str()), ("ticket", ticket.as_str())];
    assert_eq!(visitor.post(SETTINGS, "/licences/hook", &fields).await.status.as_u16(), 200);
    visitor.submit(SETTINGS, "/licences/hook", &fields).await.explains(ProblemCode::FormUsed);
}

#[tokio::test]
async fn addresses_that_lead_into_private_networks_or_are_none_are_refused() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    for (url, code) in [
        ("http://example.com/", ProblemCode::HookAddressWrong),
        ("ftp://example.com/", ProblemCode::HookAddressWrong),
        ("https://user:word@example.com/", ProblemCode::HookAddressWrong),
        ("not an address", ProblemCode::HookAddressWrong),
        ("", ProblemCode::HookAddressWrong),
        ("https://10.0.0.1/", ProblemCode::HookAddressPrivate),
        ("https://169.254.169.254/latest/meta-data/", ProblemCode::HookAddressPrivate),
        ("https://[::1]/", ProblemCode::HookAddressPrivate),
        ("https://[::ffff:10.0.0.1]/", ProblemCode::HookAddressPrivate),
        ("https://localhost/", ProblemCode::HookAddressPrivate),
        ("https://nowhere.invalid/", ProblemCode::HookAddressUnknown),
    ] {
        let ticket = Uuid::now_v7().to_string();
        let fields = [("url", url), ("ticket", ticket.as_str())];
        let sent = visitor.submit(SETTINGS, "/licences/hook", &fields).await;
        assert_eq!(sent.page.problem().map(|problem| problem.code), Some(code), "{url}");
        sent.explains(code);
    }
    assert!(house.store.hook(house.tenant()).await.unwrap().is_none());
    assert!(house.states_of("licences.hook").await.is_empty(), "a mistake in typing is no act");
}

#[tokio::test]
async fn a_test_message_goes_by_itself_and_an_ended_address_gets_nothing_more() {
    let (house, receiver) = (House::start().await, Receiver::start(Manner::Takes).await);
    let visitor = house.sign_in().await;
    house.hook(&visitor, &receiver.url).await;
    let operations = house.web.operations.clone();
    let sending = tokio::spawn(async move { operations.send_news_by_itself().await });
    let sent = visitor.submit(SETTINGS, "/api/licences/hook/test", &[]).await;
    sent.leads_to("/licences/settings?notice=hook-tested");
    until("the test message arrives", async || receiver.came().len() == 1).await;
    until("its try is on record", async || house.news().await[0].state == NewsState::Taken).await;
    sending.abort();
    assert!(receiver.came()[0].1.contains("licences.test"));
    receiver.becomes(Manner::Fails);
    house.creators(&visitor, 90, 100).await;
    house.send(0).await;
    let ticket = Uuid::now_v7().to_string();
    let ended = visitor.submit(SETTINGS, "/api/licences/hook/end", &[("ticket", ticket.as_str())]).await;
    ended.leads_to("/licences/settings?notice=hook-ended");
    house.send(9_999).await;
    assert_eq!(receiver.came().len(), 2);
    assert_eq!(house.news().await[0].state, NewsState::Dropped);
}
