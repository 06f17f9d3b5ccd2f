//! Signing in to a site, out of it, and over to another.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tableau::{ApiVersion, Error, Fate, HIGHEST_TESTED, SitePat, SiteSession, Unreadable};

use super::{OTHER, SITE, TOKEN, access, changer, line, reader, refused, said, sent, xml};
use crate::raw::{Raw, answer};
use crate::vendor::tag;

const SECRET: &str = "qlE1g9MMh9vbrjjg==:rZTHhPpP2tUW1kfn4tjg8";

fn credentials(token: &str, more: &str) -> String {
    format!(
        "<credentials token=\"{token}\"{more}><site id=\"{SITE}\" contentUrl=\"acme\"/>\
         <user id=\"{OTHER}\"/></credentials>"
    )
}

async fn sign_in(raw: &Raw, content_url: &str) -> tableau::Result<SiteSession> {
    let line = line(raw);
    let host = line.site_host(&raw.base).unwrap();
    let pat = SitePat { name: "steward & co", secret: &SecretString::from(SECRET) };
    line.site_sign_in(&host, HIGHEST_TESTED, pat, content_url, &tag()).await
}

#[tokio::test]
async fn a_token_opens_a_session_with_one_site() {
    let raw = said(&credentials(TOKEN, " estimatedTimeToExpiration=\"177:05:38\"")).await;
    let session = sign_in(&raw, "acme").await.unwrap();
    assert_eq!(session.token.expose_secret(), TOKEN);
    assert_eq!((session.site.to_string(), session.content_url.as_str()), (SITE.to_owned(), "acme"));
    assert_eq!(session.user.to_string(), OTHER);
    assert_eq!(session.expires_in, Some(Duration::from_secs(637_538)));
    let [(line, body)]: [_; 1] = raw.asked().try_into().unwrap();
    assert_eq!(line, "POST /api/3.24/auth/signin HTTP/1.1");
    assert_eq!(
        body,
        format!(
            "<tsRequest><credentials personalAccessTokenName=\"steward &amp; co\" \
             personalAccessTokenSecret=\"{SECRET}\"><site contentUrl=\"acme\"/></credentials></tsRequest>"
        )
    );
    let head = raw.heard().remove(0);
    assert!(
        !head.contains("x-tableau-auth") && head.contains("\r\ncontent-type: application/xml\r\n"),
        "{head}"
    );
    let host = line_host(&raw);
    let kept = session.access(&host, HIGHEST_TESTED);
    assert_eq!((kept.site(), kept.version(), kept.host()), (session.site, HIGHEST_TESTED, &host));
}

fn line_host(raw: &Raw) -> tableau::SiteHost {
    line(raw).site_host(&raw.base).unwrap()
}

#[tokio::test]
async fn the_default_site_has_an_empty_address_and_time_left_may_be_missing() {
    let raw = said(&credentials(TOKEN, " estimatedTimeToExpiration=\"soon\"")).await;
    assert_eq!(sign_in(&raw, "").await.unwrap().expires_in, None);
    assert!(raw.asked()[0].1.contains("<site contentUrl=\"\"/>"));
    let raw = said(&credentials(TOKEN, "")).await;
    assert_eq!(sign_in(&raw, "").await.unwrap().expires_in, None);
}

#[tokio::test]
async fn a_refused_token_is_told_and_not_tried_again() {
    for (status, code) in [
        ("401 Unauthorized", "401001"),
        ("401 Unauthorized", "401000"),
        ("401 Unauthorized", "401002"),
        ("400 Bad Request", "401001"),
    ] {
        let raw = Raw::start([refused(status, code, "Error signing in")]).await;
        let error = sign_in(&raw, "acme").await.unwrap_err();
        assert!(matches!(error, Error::TokenRefused { words: Some(_) }), "{error:?}");
        assert_eq!((raw.heard().len(), error.fate()), (1, Fate::Refused));
    }
}

#[tokio::test]
async fn an_unreadable_session_opens_nothing() {
    for (inside, field) in [
        (credentials("", ""), Some("token")),
        (credentials("a&#10;b", ""), Some("token")),
        (credentials(TOKEN, "").replace(SITE, "7"), Some("id")),
        (credentials(TOKEN, "").replace(OTHER, ""), Some("id")),
        (String::new(), None),
        ("<credentials/>".to_owned(), None),
    ] {
        let raw = said(&inside).await;
        match (field, sign_in(&raw, "acme").await.unwrap_err()) {
            (Some(field), Error::Garbled { source }) => assert_eq!(source, Unreadable::Field { field }),
            (None, Error::Garbled { source: Unreadable::Xml }) => {}
            other => panic!("{inside}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_server_tells_its_versions_to_anybody() {
    let inside = "<serverInfo><productVersion build=\"b-1\">2025.3</productVersion>\
                  <restApiVersion>3.27</restApiVersion><platform>x</platform></serverInfo>";
    let raw = said(inside).await;
    let info = line(&raw).server_info(&line_host(&raw), &tag()).await.unwrap();
    assert_eq!((info.product.as_str(), info.build.as_str()), ("2025.3", "b-1"));
    assert_eq!((info.api, info.usable()), (ApiVersion::new(3, 27), HIGHEST_TESTED));
    let heard = raw.heard().remove(0);
    assert!(heard.starts_with("GET /api/2.4/serverinfo HTTP/1.1\r\n"), "{heard}");
    assert!(!heard.contains("x-tableau-auth"), "{heard}");
    let raw = said(&inside.replace("3.27", "3.x")).await;
    let error = line(&raw).server_info(&line_host(&raw), &tag()).await.unwrap_err();
    let field = "restApiVersion";
    assert!(
        matches!(error, Error::Garbled { source: Unreadable::Field { field: f } } if f == field),
        "{error:?}"
    );
}

#[tokio::test]
async fn signing_out_ends_the_session_and_a_dead_one_is_fine() {
    let wanted = ("POST /api/3.24/auth/signout".to_owned(), String::new());
    assert_eq!(sent(async |api| api.sign_out().await).await, wanted);
    for answer in [
        "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_owned(),
        refused("401 Unauthorized", "401002", "expired"),
        answer("401 Unauthorized", "", ""),
    ] {
        let raw = Raw::start([answer]).await;
        reader(&raw).sign_out().await.unwrap();
        assert!(raw.heard()[0].contains(&format!("x-tableau-auth: {TOKEN}\r\n")));
    }
    let raw = Raw::start([refused("500 Internal Server Error", "500000", "d")]).await;
    assert!(reader(&raw).sign_out().await.is_err());
}

#[tokio::test]
async fn another_site_comes_with_another_token() {
    let wanted = "<tsRequest><site contentUrl=\"other\"/></tsRequest>".to_owned();
    let line = "POST /api/3.24/auth/switchSite".to_owned();
    assert_eq!(sent(async |api| api.switch_site("other").await).await, (line, wanted));
    let raw = said(&credentials("new-token", "")).await;
    let session = reader(&raw).switch_site("acme").await.unwrap().unwrap();
    assert_eq!(session.token.expose_secret(), "new-token");
    let raw = Raw::start([refused("403 Forbidden", "403070", "already there")]).await;
    assert!(reader(&raw).switch_site("acme").await.unwrap().is_none());
    let raw = Raw::start([refused("401 Unauthorized", "401001", "no")]).await;
    let error = reader(&raw).switch_site("acme").await.unwrap_err();
    assert!(matches!(error, Error::TokenRefused { .. }), "{error:?}");
}

#[tokio::test]
async fn a_sign_in_is_tried_again_on_a_bad_day_and_a_change_is_not() {
    let bad = answer("503 Service Unavailable", "", "");
    let body = format!("<tsResponse>{}</tsResponse>", credentials(TOKEN, ""));
    let raw = Raw::start([bad.clone(), xml("200 OK", &body)]).await;
    sign_in(&raw, "acme").await.unwrap();
    assert_eq!(raw.heard().len(), 2);
    let raw = Raw::start([bad]).await;
    assert!(changer(&raw).cancel_job(&super::job()).await.is_err());
    assert_eq!((raw.heard().len(), access(&raw, HIGHEST_TESTED).site()), (1, super::site()));
}
