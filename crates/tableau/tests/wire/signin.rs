//! Signing in and out.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use simulator::{Fault, FaultKind};
use tableau::{Error, Fate, Table, Unreadable};

use crate::raw::{Raw, answer};
use crate::vendor::{Vendor, pat, tag, wire};

#[tokio::test]
async fn a_token_opens_a_session_that_can_ask() {
    let vendor = Vendor::start().await;
    let signed_in = vendor.wire.sign_in(&pat(&vendor.running), &tag()).await.unwrap();
    assert_eq!(signed_in.tenant.to_string(), vendor.running.details().tenant_id);
    assert!(signed_in.expires.time() > vendor.world().now());
    let info = vendor.wire.reader(&signed_in.session(), tag()).session().await.unwrap();
    assert_eq!((info.user, info.tenant), (signed_in.user, signed_in.tenant));
    assert_eq!(info.kind.as_deref(), Some("USER"));
}

#[tokio::test]
async fn a_wrong_token_is_refused_once_and_for_all() {
    let vendor = Vendor::start().await;
    let error = vendor.wire.sign_in(&SecretString::from("wrong"), &tag()).await.unwrap_err();
    assert!(matches!(error, Error::TokenRefused { words: Some(_) }), "{error:?}");
    assert_eq!(error.fate(), Fate::Refused);
    assert_eq!(vendor.requests(), 1);
}

#[tokio::test]
async fn a_revoked_token_ends_the_session_for_reads() {
    let vendor = Vendor::start().await;
    vendor.world().revoke_pat(pat(&vendor.running).expose_secret());
    let error = vendor.reader().tenant().await.unwrap_err();
    assert!(matches!(error, Error::SessionEnded { words: Some(_) }), "{error:?}");
    assert_eq!(vendor.requests(), 1);
}

#[tokio::test]
async fn a_sign_in_is_tried_again_on_a_bad_day() {
    let vendor = Vendor::start().await;
    vendor.inject(Fault::status(503).times(1));
    vendor.wire.sign_in(&pat(&vendor.running), &tag()).await.unwrap();
    assert_eq!(vendor.requests(), 2);
}

#[tokio::test]
async fn an_unreadable_sign_in_opens_nothing() {
    let whole = r#"{"sessionToken":"t","userId":"3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "tenantId":"3fa85f64-5717-4562-b3fc-2c963f66afa6","sessionExpiration":"2026-03-03T12:00:00"}"#;
    for (broken, field) in [
        (whole.replace("2026-03-03T12:00:00", "soon"), Some("sessionExpiration")),
        (whole.replace(r#""t""#, r#""""#), Some("sessionToken")),
        (whole.replace(r#""t""#, r#""a\nb""#), Some("sessionToken")),
        (whole.replace("userId", "user"), None),
        (whole.replace(r#""t""#, r#"["t"]"#), None),
    ] {
        let raw = Raw::json(&broken).await;
        let line = wire(&raw.base, Duration::from_secs(5), Table::default());
        let error = line.sign_in(&SecretString::from("p"), &tag()).await.unwrap_err();
        match (field, error) {
            (Some(field), Error::Garbled { source }) => assert_eq!(source, Unreadable::Field { field }),
            (None, Error::Garbled { source: Unreadable::Shape { .. } }) => {}
            other => panic!("{other:?}"),
        }
    }
    let raw = Raw::json(whole).await;
    let line = wire(&raw.base, Duration::from_secs(5), Table::default());
    assert!(line.sign_in(&SecretString::from("p"), &tag()).await.is_ok());
}

#[tokio::test]
async fn the_secret_goes_into_the_body_and_nowhere_else() {
    let raw = Raw::start([answer("401 Unauthorized", "", "")]).await;
    let line = wire(&raw.base, Duration::from_secs(5), Table::default());
    let error = line.sign_in(&SecretString::from("a=b:c\"d"), &tag()).await.unwrap_err();
    assert!(matches!(error, Error::TokenRefused { words: None }), "{error:?}");
    let heard = raw.heard().remove(0);
    let (head, body) = heard.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, r#"{"token":"a=b:c\"d"}"#);
    assert!(head.starts_with("POST /api/v1/pat/login HTTP/1.1\r\n"), "{head}");
    assert!(!head.contains("a=b") && !head.contains("x-tableau-session-token"), "{head}");
}

#[tokio::test]
async fn signing_out_ends_the_session_and_a_dead_one_is_fine() {
    let vendor = Vendor::start().await;
    assert_eq!(vendor.world().manager_sessions(), 1);
    vendor.reader().sign_out().await.unwrap();
    assert_eq!(vendor.world().manager_sessions(), 0);
    vendor.changer().sign_out().await.unwrap();
    vendor.inject(Fault::new(FaultKind::Reset));
    assert!(vendor.reader().sign_out().await.is_err());
    assert_eq!(vendor.requests(), 3);
}
