//! A change is sent once, whatever happens, and its fate is never guessed.

use model::SiteId;
use simulator::{Fault, FaultKind};
use tableau::{Error, Fate};

use crate::raw::{Raw, TENANT, answer};
use crate::vendor::Vendor;

fn active(vendor: &Vendor) -> SiteId {
    let site = vendor.world().sites().into_iter().find(|site| site.status == "Active").unwrap();
    SiteId::parse(&site.id).unwrap()
}

fn bare(status: u16) -> Fault {
    Fault::status(status).body("")
}

#[tokio::test]
async fn a_change_is_never_sent_twice() {
    let vendor = Vendor::impatient().await;
    let site = active(&vendor);
    let mut page = Fault::new(FaultKind::Html);
    page.status = Some(503);
    for (fault, fate) in [
        (Fault::status(400), Fate::Refused),
        (Fault::status(401), Fate::Refused),
        (Fault::status(403), Fate::Refused),
        (Fault::status(404), Fate::Refused),
        (Fault::status(409), Fate::Refused),
        (Fault::status(429), Fate::Refused),
        (Fault::status(429).retry_after("0"), Fate::Refused),
        (bare(400), Fate::Unknown),
        (bare(401), Fate::Unknown),
        (bare(403), Fate::Unknown),
        (bare(404), Fate::Unknown),
        (bare(409), Fate::Unknown),
        (bare(429).retry_after("0"), Fate::Unknown),
        (Fault::status(405), Fate::Unknown),
        (Fault::status(422), Fate::Unknown),
        (Fault::status(500), Fate::Unknown),
        (Fault::status(502), Fate::Unknown),
        (Fault::status(503), Fate::Unknown),
        (Fault::status(504), Fate::Unknown),
        (Fault::status(302), Fate::Unknown),
        (Fault::new(FaultKind::Reset), Fate::Unknown),
        (Fault::new(FaultKind::Hang), Fate::Unknown),
        (Fault::new(FaultKind::SlowBody), Fate::Unknown),
        (Fault::new(FaultKind::Truncated), Fate::Unknown),
        (Fault::new(FaultKind::Malformed), Fate::Unknown),
        (Fault::new(FaultKind::Html), Fate::Unknown),
        (page, Fate::Unknown),
    ] {
        vendor.world().clear_ledger();
        vendor.inject(fault.clone().times(1));
        let error = vendor.changer().suspend_site(&site).await.unwrap_err();
        assert_eq!(error.fate(), fate, "{fault:?}: {error:?}");
        assert_eq!(vendor.requests(), 1, "{fault:?}");
        assert_eq!(vendor.world().applied("site.suspend"), 0, "{fault:?}");
    }
}

#[tokio::test]
async fn a_change_that_happened_behind_a_lost_answer_is_unknown() {
    for kind in [FaultKind::Reset, FaultKind::Truncated, FaultKind::Malformed, FaultKind::Html] {
        let vendor = Vendor::start().await;
        let site = active(&vendor);
        vendor.inject(Fault::new(kind).applied().times(1));
        let error = vendor.changer().suspend_site(&site).await.unwrap_err();
        assert_eq!(error.fate(), Fate::Unknown, "{kind:?}: {error:?}");
        assert_eq!((vendor.requests(), vendor.world().applied("site.suspend")), (1, 1), "{kind:?}");
    }
}

#[tokio::test]
async fn an_ended_session_is_told_before_anything_changes() {
    let vendor = Vendor::start().await;
    vendor.world().expire_sessions();
    let error = vendor.changer().suspend_site(&active(&vendor)).await.unwrap_err();
    assert!(matches!(error, Error::SessionEnded { words: Some(_) }), "{error:?}");
    assert_eq!((error.fate(), vendor.world().changes().len()), (Fate::Refused, 0));
}

#[tokio::test]
async fn any_success_of_the_vendor_counts() {
    let site = SiteId::parse(TENANT).unwrap();
    let json = "content-type: application/json\r\n";
    for whole in [
        answer("200 OK", json, r#""done""#),
        answer("200 OK", json, ""),
        answer("202 Accepted", json, r#"{"siteUUID":null}"#),
        answer("200 OK", "content-type: text/plain\r\n", "done"),
        answer("200 OK", "", ""),
        "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_owned(),
    ] {
        let raw = Raw::start([whole.clone()]).await;
        raw.changer().suspend_site(&site).await.unwrap_or_else(|error| panic!("{whole}: {error:?}"));
        raw.changer().reactivate_site(&site).await.unwrap_or_else(|error| panic!("{whole}: {error:?}"));
    }
}

#[tokio::test]
async fn a_change_carries_its_mark_and_its_session() {
    let raw = Raw::start([answer("200 OK", "", "")]).await;
    raw.changer().reactivate_site(&SiteId::parse(TENANT).unwrap()).await.unwrap();
    let heard = raw.heard().remove(0).to_ascii_lowercase();
    let mut lines: Vec<_> = heard.trim_end().lines().collect();
    lines.sort_unstable();
    assert!(heard.starts_with(&format!("post /api/v1/tenants/{TENANT}/sites/{TENANT}/reactivate http/1.1")));
    assert!(lines.contains(&"user-agent: steward/0.1.0 (req=request-1; act=actor-1)"), "{lines:?}");
    assert!(lines.contains(&"x-tableau-session-token: session-token-of-the-test"));
    assert!(lines.contains(&"accept: application/json") && lines.contains(&"content-type: application/json"));
}
