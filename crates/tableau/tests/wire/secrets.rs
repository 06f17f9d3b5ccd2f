//! No token travels to another host, and none is printed.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use model::SiteId;
use secrecy::{ExposeSecret, SecretString};
use simulator::{Fault, FaultKind};
use tableau::{Error, Fate, NewPerson, PeopleFilter, Table};
use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter};

use crate::raw::{Raw, SESSION_TOKEN, TENANT, answer, session};
use crate::vendor::{Vendor, tag, wire};

const CANARY: &str = "canary-token-5d1c=:9";

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_token_stays() {
    let elsewhere = Raw::json("[]").await;
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let raw = Raw::start([answer(status, &format!("location: {}/x\r\n", elsewhere.base), "")]).await;
        let error = raw.reader().tokens().await.unwrap_err();
        assert!(matches!(error, Error::Redirected { .. }), "{error:?}");
        let error = raw.changer().suspend_site(&SiteId::parse(TENANT).unwrap()).await.unwrap_err();
        assert_eq!(error.fate(), Fate::Unknown);
        assert_eq!(raw.heard().len(), 2);
        let line = wire(&raw.base, Duration::from_secs(5), Table::default());
        assert!(line.sign_in(&SecretString::from(CANARY), &tag()).await.is_err());
    }
    assert_eq!(elsewhere.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn an_echoed_token_is_blanked_and_words_stay_out_of_debug() {
    let body = format!(r#"{{"message":"no, {SESSION_TOKEN}","reason":"ann@example.com","errorCode":"E1"}}"#);
    let raw = Raw::start([answer("403 Forbidden", "content-type: application/json\r\n", &body)]).await;
    let error = raw.reader().tokens().await.unwrap_err();
    assert_eq!(error.vendor_words().unwrap().to_string(), "no, [secret] (ann@example.com) [E1]");
    let printed = format!("{error} {error:?} {error:#?}");
    assert!(!printed.contains("example.com") && printed.contains("E1"), "{printed}");
}

#[tokio::test]
async fn an_unreadable_answer_is_not_quoted() {
    let raw = Raw::json(&format!(r#"{{"sites":"{CANARY}"}}"#)).await;
    let error = raw.reader().list_sites().await.unwrap_err();
    assert!(!chain(&error).contains("canary"), "{}", chain(&error));
}

#[tokio::test]
async fn no_secret_is_printed_at_any_level() {
    let log = Log::begin();
    let vendor = Vendor::start().await;
    let now = vendor.world().now();
    vendor.world().add_pat(CANARY, "canary", now + Duration::from_secs(3600));
    let signed_in = vendor.wire.sign_in(&SecretString::from(CANARY), &tag()).await.unwrap();
    let token = signed_in.token.expose_secret().to_owned();
    let manager = vendor.wire.reader(&signed_in.session(), tag());
    let mut printed = format!("{signed_in:?} {:?} {manager:?} {:?}", signed_in.session(), vendor.wire);
    for fault in [
        Fault::status(503).times(1),
        Fault::status(401).body(&format!(r#"{{"message":"{token}","reason":"{token}"}}"#)),
        Fault::new(FaultKind::Reset),
        Fault::new(FaultKind::Malformed).body(&format!("\"{token}\"")),
    ] {
        vendor.world().clear_faults();
        vendor.inject(fault);
        if let Err(error) = manager.list_sites().await {
            printed += &chain(&error);
            printed += &error.vendor_words().map(ToString::to_string).unwrap_or_default();
        }
    }
    vendor.world().clear_faults();
    ask_about_somebody(&vendor).await;
    let printed = printed + &log.text();
    assert!(printed.contains("Reading again"), "{printed}");
    assert!(!printed.contains(CANARY) && !printed.contains(&token), "{printed}");
    assert!(!printed.contains("canary.person"), "{printed}");
}

/// Sends somebody's address in every place where one can stand.
async fn ask_about_somebody(vendor: &Vendor) {
    let address = "canary.person@example.com".to_owned();
    let filter = PeopleFilter { user_name: Some(address.clone()), ..PeopleFilter::default() };
    vendor.reader().list_people(&filter, None).await.unwrap();
    vendor.inject(Fault::status(503).times(1));
    vendor.reader().resources_of(&address).await.unwrap();
    let person = NewPerson { user_name: address, ..NewPerson::default() };
    let _ = vendor.changer().create_person(&person).await;
}

#[test]
fn a_token_that_cannot_stand_in_a_header_is_never_sent() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let raw = Raw::json("[]").await;
        let broken = tableau::Session::new(SecretString::from("a\r\nb: c"), session().tenant());
        let line = wire(&raw.base, Duration::from_secs(5), Table::default());
        let error = line.reader(&broken, tag()).tokens().await.unwrap_err();
        assert_eq!(error.fate(), Fate::NotSent);
        assert!(raw.heard().is_empty());
    });
}

/// An error with all of its causes, in both ways of printing.
fn chain(error: &Error) -> String {
    let mut text = format!("{error} {error:?}");
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(inner) = cause {
        text += &format!(" {inner} {inner:?}");
        cause = inner.source();
    }
    text
}

/// What was logged, by us and by the libraries below.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Keeps what is logged from now on, unless another test of this process was first.
    pub fn begin() -> Self {
        let log = Self::default();
        let _ =
            tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(log.clone()).try_init();
        log
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
