//! How reads are repeated, and when they give up.

use std::time::Duration;

use simulator::{Fault, FaultKind};
use tableau::{Error, Fate, Table, Unreadable};
use tokio::net::TcpListener;

use crate::raw::{Raw, answer, session};
use crate::vendor::{Vendor, tag, wire};

#[tokio::test]
async fn a_passing_failure_is_overcome() {
    let vendor = Vendor::start().await;
    for fault in [
        Fault::status(429),
        Fault::status(429).retry_after("1"),
        Fault::status(429).retry_after("Sun, 06 Nov 1994 08:49:37 GMT"),
        Fault::status(502),
        Fault::status(503).retry_after("0"),
        Fault::status(504),
        Fault::new(FaultKind::Reset),
        Fault::new(FaultKind::Truncated),
    ] {
        vendor.world().clear_ledger();
        vendor.inject(fault.clone().times(1));
        vendor.reader().tenant().await.unwrap_or_else(|error| panic!("{fault:?}: {error:?}"));
        assert_eq!(vendor.requests(), 2, "{fault:?}");
    }
}

#[tokio::test]
async fn a_read_is_sent_three_times_at_most() {
    let vendor = Vendor::start().await;
    for fault in [
        Fault::status(429),
        Fault::status(503),
        Fault::new(FaultKind::Reset),
        Fault::new(FaultKind::Truncated),
    ] {
        vendor.world().clear_ledger();
        vendor.inject(fault.clone());
        let error = vendor.reader().tenant().await.unwrap_err();
        vendor.world().clear_faults();
        assert_eq!(vendor.requests(), 3, "{fault:?}");
        match (fault.kind, fault.status) {
            (_, Some(429)) => {
                assert!(matches!(error, Error::Busy { retry_after: None, vendor_said: true, .. }));
            }
            (_, Some(_)) => assert!(matches!(error, Error::Down { status: 503, .. }), "{error:?}"),
            (FaultKind::Reset, _) => assert!(matches!(error, Error::Interrupted { .. }), "{error:?}"),
            _ => assert!(matches!(error, Error::Garbled { source: Unreadable::CutOff }), "{error:?}"),
        }
    }
}

#[tokio::test]
async fn what_will_not_pass_is_not_repeated() {
    let vendor = Vendor::start().await;
    for status in [400, 401, 403, 404, 405, 409, 500, 501] {
        vendor.world().clear_ledger();
        vendor.inject(Fault::status(status).times(1));
        let error = vendor.reader().tenant().await.unwrap_err();
        assert_eq!(vendor.requests(), 1, "{status}");
        let told = match error {
            Error::SessionEnded { .. } => 401,
            Error::Refused { .. } => 403,
            Error::NotFound { .. } => 404,
            Error::Conflict { .. } => 409,
            Error::Rejected { status, .. } | Error::Down { status, .. } => status,
            other => panic!("{other:?}"),
        };
        // An address that does not take a read is not the address.
        assert_eq!(told, if status == 405 { 404 } else { status });
    }
}

#[tokio::test]
async fn a_wait_longer_than_the_deadline_is_told_instead() {
    let vendor = Vendor::start().await;
    vendor.inject(Fault::status(429).retry_after("60"));
    let error = vendor.reader().tenant().await.unwrap_err();
    let Error::Busy { retry_after: Some(wait), vendor_said: true, .. } = error else { panic!("{error:?}") };
    assert_eq!((wait, vendor.requests()), (Duration::from_secs(60), 1));
    vendor.world().clear_faults();
    vendor.inject(Fault::status(429).retry_after("Fri, 31 Dec 2999 23:59:59 GMT"));
    let error = vendor.reader().tenant().await.unwrap_err();
    assert!(matches!(error, Error::Busy { retry_after: Some(wait), .. } if wait > Duration::from_secs(60)));
}

#[tokio::test]
async fn a_busy_gateway_is_not_taken_for_the_vendor() {
    let vendor = Vendor::start().await;
    vendor.inject(Fault::new(FaultKind::Html));
    vendor.world().clear_faults();
    let mut page = Fault::new(FaultKind::Html);
    page.status = Some(429);
    vendor.inject(page);
    let error = vendor.reader().tenant().await.unwrap_err();
    assert!(matches!(error, Error::Busy { vendor_said: false, words: None, .. }), "{error:?}");
    assert_eq!(error.fate(), Fate::Unknown);
}

#[tokio::test]
async fn the_deadline_ends_a_silent_and_a_slow_answer() {
    let vendor = Vendor::impatient().await;
    for kind in [FaultKind::Hang, FaultKind::SlowBody] {
        vendor.world().clear_ledger();
        vendor.world().clear_faults();
        vendor.inject(Fault::new(kind));
        let error = vendor.reader().tenant().await.unwrap_err();
        assert!(matches!(error, Error::Timeout), "{kind:?}: {error:?}");
        assert!(vendor.requests() <= 3);
    }
}

#[tokio::test]
async fn a_closed_door_means_never_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let line = wire(&base, Duration::from_secs(5), Table::default());
    let error = line.reader(&session(), tag()).tenant().await.unwrap_err();
    assert!(matches!(error, Error::NotSent { .. }), "{error:?}");
    assert_eq!(error.fate(), Fate::NotSent);
}

#[tokio::test]
async fn a_failed_handshake_means_never_sent() {
    // A plain listener speaks no TLS, so the connection never opens.
    let raw = Raw::json("{}").await;
    let base = raw.base.replace("http://", "https://");
    let line = wire(&base, Duration::from_secs(5), Table::default());
    let site = model::SiteId::parse(crate::raw::TENANT).unwrap();
    let error = line.changer(&session(), tag()).suspend_site(&site).await.unwrap_err();
    assert_eq!(error.fate(), Fate::NotSent, "{error:?}");
    assert!(raw.heard().iter().all(|heard| !heard.contains("session-token")));
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_not_swallowed() {
    let promised = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 17000000\r\n\r\n[]";
    let raw = Raw::start([promised]).await;
    assert!(matches!(raw.reader().tokens().await, Err(Error::TooLarge)));
    let mut endless =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n[".to_vec();
    endless.resize(17 * 1024 * 1024, b' ');
    let raw = Raw::start([endless]).await;
    assert!(matches!(raw.reader().tokens().await, Err(Error::TooLarge)));
}

#[tokio::test]
async fn pages_that_lead_in_a_circle_end() {
    let raw = Raw::json(r#"{"sites":[],"pageToken":"again"}"#).await;
    let error = raw.reader().list_sites().await.unwrap_err();
    assert!(matches!(error, Error::Garbled { source: Unreadable::EndlessPages }), "{error:?}");
    assert_eq!(raw.heard().len(), 2);
}

#[tokio::test]
async fn a_next_page_is_asked_for_under_either_name() {
    let json = "content-type: application/json\r\n";
    let first = answer("200 OK", json, r#"{"sites":[],"nextPageToken":"a+b/c==&d"}"#);
    let last = answer("200 OK", json, r#"{"sites":[],"nextPageToken":""}"#);
    let raw = Raw::start([first, last]).await;
    assert_eq!(raw.reader().list_sites().await.unwrap(), []);
    let asked: Vec<_> = raw.heard().iter().map(|heard| heard.lines().next().unwrap().to_owned()).collect();
    assert!(asked[0].ends_with("/sites?maxResults=100 HTTP/1.1"), "{asked:?}");
    assert!(asked[1].contains("maxResults=100&pageToken=a%2Bb%2Fc%3D%3D%26d "), "{asked:?}");
}

#[tokio::test]
async fn a_foreign_content_type_is_not_read() {
    let raw = Raw::start([answer("200 OK", "content-type: text/plain\r\n", "[]")]).await;
    let error = raw.reader().tokens().await.unwrap_err();
    assert!(matches!(error, Error::Garbled { source: Unreadable::ContentType }), "{error:?}");
    let raw = Raw::start([answer("200 OK", "", "[]")]).await;
    assert_eq!(raw.reader().tokens().await.unwrap(), []);
}
