//! The activity log: its files, their addresses, and fetching them.

use std::time::Duration;

use model::{Moment, SiteId};
use secrecy::SecretString;
use simulator::{Fault, FaultKind};
use tableau::{Download, Error, Fetched, LogScope, LogUrl, Manager, Read, Result, Unfit};

use crate::raw::{Raw, TENANT, answer};
use crate::vendor::Vendor;

const JSON: &str = "content-type: application/json\r\n";
const MOST: u64 = 1_000_000;

fn now(vendor: &Vendor) -> Moment {
    Moment::from(vendor.world().now())
}

fn day(vendor: &Vendor) -> (Moment, Moment) {
    (now(vendor).plus_seconds(-86_400), now(vendor).plus_seconds(60))
}

/// The address of a file with this text.
async fn address(vendor: &Vendor, text: &str) -> LogUrl {
    vendor.world().add_log_file("merge_tenant", vendor.world().now(), text.to_owned());
    let files = vendor.reader().log_files(LogScope::Tenant, day(vendor), Some("merge_tenant"), None).await;
    let path = files.unwrap().0.remove(0).path;
    vendor.reader().log_urls(LogScope::Tenant, &[path]).await.unwrap().remove(0)
}

async fn fetch(manager: &Manager<Read>, from: &LogUrl, at_most: u64) -> Result<(Vec<u8>, Fetched)> {
    let mut download: Download = manager.download(from, at_most).await?;
    let mut whole = Vec::new();
    while let Some(piece) = download.next().await? {
        whole.extend_from_slice(&piece);
    }
    Ok((whole, download.finish()))
}

#[tokio::test]
async fn files_come_page_by_page_and_are_fetched_without_the_session() {
    let vendor = Vendor::start().await;
    let week = (now(&vendor).plus_seconds(-7 * 86_400), now(&vendor));
    let (first, next) = vendor.reader().log_files(LogScope::Tenant, week, None, None).await.unwrap();
    assert_eq!(first.len(), 100);
    let (second, _) = vendor.reader().log_files(LogScope::Tenant, week, None, next.as_deref()).await.unwrap();
    assert!(!second.is_empty() && second[0] != first[0] && first[0].size.unwrap() > 0);
    let paths: Vec<_> = first.iter().take(3).map(|file| file.path.clone()).collect();
    for (url, file) in vendor.reader().log_urls(LogScope::Tenant, &paths).await.unwrap().iter().zip(&first) {
        assert_eq!(url.path, file.path);
        // The pretend store refuses whoever brings a session.
        let (text, check) = fetch(&vendor.reader(), url, MOST).await.unwrap();
        assert_eq!((text.len() as u64, check), (file.size.unwrap(), Fetched::Same));
    }
    let site = SiteId::parse(&vendor.world().site("Finance").unwrap().id).unwrap();
    let (files, _) = vendor.reader().log_files(LogScope::Site(site), week, None, None).await.unwrap();
    assert!(files[0].path.starts_with("site/"));
    assert_eq!(
        vendor.reader().log_urls(LogScope::Site(site), &[files[0].path.clone()]).await.unwrap().len(),
        1
    );
}

#[tokio::test]
async fn times_are_sent_with_their_zone_and_an_empty_answer_is_no_files() {
    let raw = Raw::start([answer("200 OK", JSON, "")]).await;
    let (from, to) = (Moment::from_seconds(0), Moment::from_seconds(86_400));
    let (files, next) = raw
        .reader()
        .log_files(LogScope::Tenant, (from, to), Some("create_site"), Some("a+/=="))
        .await
        .unwrap();
    assert!(files.is_empty() && next.is_none());
    let line = raw.asked().remove(0).0;
    assert_eq!(
        line,
        format!(
            "GET /api/v1/tenants/{TENANT}/activitylog?startTime=1970-01-01T00%3A00%3A00Z&\
             endTime=1970-01-02T00%3A00%3A00Z&pageSize=100&eventType=create_site&pageToken=a%2B%2F%3D%3D HTTP/1.1"
        )
    );
    let raw = Raw::json(r#"{"files":[{"size":1}]}"#).await;
    assert!(raw.reader().log_files(LogScope::Tenant, (from, to), None, None).await.is_err());
    let raw = Raw::json(r#"{"files":[{"path":"a","size":"7"}],"pageToken":"t"}"#).await;
    assert!(raw.reader().log_files(LogScope::Tenant, (from, to), None, Some("t")).await.is_err());
}

#[tokio::test]
async fn another_text_than_the_vendor_promised_is_noticed() {
    let vendor = Vendor::start().await;
    let url = address(&vendor, "{\"a\":1}\n").await;
    vendor.inject(Fault::new(FaultKind::Malformed).on("GET", "/object-store").body("{\"a\":2}\n").times(1));
    assert_eq!(fetch(&vendor.reader(), &url, MOST).await.unwrap().1, Fetched::Differs);
    assert_eq!(fetch(&vendor.reader(), &url, MOST).await.unwrap().1, Fetched::Same);
    for etag in [None, Some("not-an-md5-3".to_owned())] {
        let url = LogUrl { etag, ..url.clone() };
        assert_eq!(fetch(&vendor.reader(), &url, MOST).await.unwrap().1, Fetched::NotCompared);
    }
}

#[tokio::test]
async fn a_file_that_ran_out_is_too_long_or_breaks_off_is_told() {
    let vendor = Vendor::start().await;
    let text = "x".repeat(100_000);
    let url = address(&vendor, &text).await;
    assert!(matches!(fetch(&vendor.reader(), &url, 99_999).await, Err(Error::TooLarge)));
    assert_eq!(fetch(&vendor.reader(), &url, 100_000).await.unwrap().0.len(), 100_000);
    vendor.inject(Fault::new(FaultKind::Truncated).on("GET", "/object-store").times(1));
    assert!(matches!(fetch(&vendor.reader(), &url, MOST).await, Err(Error::Garbled { .. })));
    vendor.inject(Fault::status(302).on("GET", "/object-store").times(1));
    assert!(matches!(fetch(&vendor.reader(), &url, MOST).await, Err(Error::Redirected { .. })));
    vendor.world().advance(Duration::from_secs(601));
    assert!(matches!(fetch(&vendor.reader(), &url, MOST).await, Err(Error::Refused { .. })));
    // A length that was not told beforehand is counted all the same.
    let raw = Raw::start([format!("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{text}")]).await;
    let url = LogUrl { url: SecretString::from(format!("{}/a", raw.base)), ..url };
    assert!(matches!(fetch(&raw.reader(), &url, 99_999).await, Err(Error::TooLarge)));
}

#[tokio::test]
async fn an_address_elsewhere_is_never_asked_and_none_is_printed() {
    let vendor = Vendor::start().await;
    let elsewhere = Raw::json("{}").await;
    for text in [format!("{}/secret-part", elsewhere.base), "https://evil.example/secret-part".to_owned()] {
        let url = LogUrl { path: "p".to_owned(), url: SecretString::from(text), expires: None, etag: None };
        let error = vendor.reader().download(&url, MOST).await.err().unwrap();
        assert!(matches!(error, Error::Unfit { source: Unfit::LogHost }), "{error:?}");
        assert!(!format!("{url:?} {error:?} {error}").contains("secret-part"));
    }
    assert!(elsewhere.heard().is_empty());
}
