//! The client of a site against answers written byte by byte.

mod changes;
mod credentials;
mod differing;
mod hostile;
mod hosts;
mod jobs;
mod names;
mod pages;
mod reads;
mod refusals;
mod samples;
mod secrets;
mod session;
mod versions;

use std::time::Duration;

use model::{GroupId, GroupSetId, SiteId, SiteJobId, SiteUserId};
use secrecy::SecretString;
use tableau::{ApiVersion, Change, HIGHEST_TESTED, Read, SiteAccess, SiteApi, Table, Wire};

use crate::raw::{Raw, answer};
use crate::vendor::{tag, wire};

pub const SITE: &str = "9a8b7c6d-5e4f-3a2b-1c0d-9e8f7a6b5c4d";
pub const USER: &str = "9f9e9d9c-8b8a-8f8e-7d7c-7b7a6f6d6e6d";
pub const OTHER: &str = "59a8a7b6-be3a-4d2d-1e9e-08a7b6b5b4ba";
pub const GROUP: &str = "1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d";
pub const SET: &str = "8cf3b6c1-839f-4eae-b41f-2144165193f2";
pub const JOB: &str = "c8c2ee06-624f-4c11-a88d-8c9ec3b5813d";
/// The token of a session, with the bars that real ones have.
pub const TOKEN: &str = "12ab34cd56ef|78ab90cd12ef34ab56cd|canary-of-a-site";

pub fn site() -> SiteId {
    SiteId::parse(SITE).unwrap()
}

pub fn user() -> SiteUserId {
    SiteUserId::parse(USER).unwrap()
}

pub fn other() -> SiteUserId {
    SiteUserId::parse(OTHER).unwrap()
}

pub fn group() -> GroupId {
    GroupId::parse(GROUP).unwrap()
}

pub fn set() -> GroupSetId {
    GroupSetId::parse(SET).unwrap()
}

pub fn job() -> SiteJobId {
    SiteJobId::parse(JOB).unwrap()
}

pub fn line(raw: &Raw) -> Wire {
    wire(&raw.base, Duration::from_secs(10), Table::default())
}

pub fn access(raw: &Raw, version: ApiVersion) -> SiteAccess {
    let host = line(raw).site_host(&raw.base).unwrap();
    SiteAccess::new(host, version, SecretString::from(TOKEN), site())
}

pub fn reader(raw: &Raw) -> SiteApi<Read> {
    line(raw).site_reader(&access(raw, HIGHEST_TESTED), tag())
}

pub fn changer(raw: &Raw) -> SiteApi<Change> {
    line(raw).site_changer(&access(raw, HIGHEST_TESTED), tag())
}

/// An answer in XML.
pub fn xml(status: &str, body: &str) -> String {
    answer(status, "content-type: application/xml\r\n", body)
}

/// A success with this inside the vendor's root.
pub async fn said(inside: &str) -> Raw {
    let body = format!("<tsResponse xmlns=\"http://tableau.com/api\">{inside}</tsResponse>");
    Raw::start([xml("200 OK", &body)]).await
}

/// A refusal with the vendor's error body.
pub fn refused(status: &str, code: &str, detail: &str) -> String {
    let inside = format!("<summary>Summary</summary><detail>{detail}</detail>");
    let error = format!("<error code=\"{code}\">{inside}</error>");
    xml(status, &format!("<tsResponse xmlns=\"http://tableau.com/api\">{error}</tsResponse>"))
}

/// The first line and the body of the only request that this sends. What the answer says does not matter.
pub async fn sent<Out>(ask: impl AsyncFnOnce(&SiteApi<Change>) -> Out) -> (String, String) {
    let raw = said("").await;
    ask(&changer(&raw)).await;
    let [(line, body)]: [_; 1] = raw.asked().try_into().unwrap();
    (line.strip_suffix(" HTTP/1.1").unwrap().to_owned(), body)
}

/// The same with the version and the site left out of the line.
pub async fn asked<Out>(ask: impl AsyncFnOnce(&SiteApi<Change>) -> Out) -> (String, String) {
    let (line, body) = sent(ask).await;
    let start = format!("/api/3.24/sites/{SITE}");
    assert!(line.contains(&start), "{line}");
    (line.replace(&start, "…"), body)
}
