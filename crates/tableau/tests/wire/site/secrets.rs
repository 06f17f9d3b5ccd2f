//! No token of a site, no secret and nobody's address is printed.

use std::time::Duration;

use secrecy::SecretString;
use tableau::{Error, HIGHEST_TESTED, ImportSignIn, SitePat, UserUpdate};

use super::changes::{file, somebody};
use super::{TOKEN, access, changer, line, reader, refused, said, user};
use crate::raw::{Raw, answer};
use crate::secrets::Log;
use crate::vendor::tag;

const SECRET: &str = "canary-of-a-pat==:9";

fn chain(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(inner) = cause {
        text += &format!(" {inner} {inner:?}");
        cause = inner.source();
    }
    text + &error.vendor_words().map(ToString::to_string).unwrap_or_default()
}

#[tokio::test]
async fn an_echoed_token_is_blanked() {
    let raw =
        Raw::start([refused("403 Forbidden", "403004", &format!("no, {TOKEN}, says ann@example.com"))]).await;
    let error = reader(&raw).user(&user()).await.unwrap_err();
    let words = error.vendor_words().unwrap();
    assert_eq!((words.code(), words.summary()), (Some("403004"), "Summary"));
    assert_eq!(words.detail(), Some("no, [secret], says ann@example.com"));
    let printed = format!("{error} {error:?} {error:#?}");
    assert!(!printed.contains("example.com") && printed.contains("403004"), "{printed}");
    let detail = format!("{SECRET} is wrong");
    let raw = Raw::start([refused("401 Unauthorized", "401001", &detail)]).await;
    let line = line(&raw);
    let host = line.site_host(&raw.base).unwrap();
    let pat = SitePat { name: "n", secret: &SecretString::from(SECRET) };
    let error = line.site_sign_in(&host, HIGHEST_TESTED, pat, "acme", &tag()).await.unwrap_err();
    assert_eq!(error.vendor_words().unwrap().detail(), Some("[secret] is wrong"));
    assert!(!chain(&error).contains("canary"), "{}", chain(&error));
}

#[tokio::test]
async fn a_password_that_is_echoed_is_blanked() {
    let raw = Raw::start([refused("400 Bad Request", "400000", "canary-word is too short")]).await;
    let update = UserUpdate { password: Some(SecretString::from("canary-word")), ..UserUpdate::default() };
    let error = changer(&raw).update_user(&user(), &update).await.unwrap_err();
    assert_eq!(error.vendor_words().unwrap().detail(), Some("[secret] is too short"));
}

#[tokio::test]
async fn an_unreadable_answer_is_not_quoted() {
    for body in [format!("<tsResponse><{TOKEN}"), format!("<tsResponse token='{TOKEN}'><user id='{TOKEN}'/>")]
    {
        let raw = Raw::start([super::xml("200 OK", &body)]).await;
        let error = reader(&raw).user(&user()).await.unwrap_err();
        assert!(!chain(&error).contains("canary"), "{}", chain(&error));
    }
}

#[tokio::test]
async fn a_token_that_cannot_stand_in_a_header_is_never_sent() {
    let raw = said("").await;
    let own = access(&raw, HIGHEST_TESTED);
    let broken = tableau::SiteAccess::new(
        own.host().clone(),
        own.version(),
        SecretString::from("a\r\nb: c"),
        own.site(),
    );
    let error = line(&raw).site_reader(&broken, tag()).user(&user()).await.unwrap_err();
    assert_eq!(error.fate(), tableau::Fate::NotSent);
    assert!(raw.heard().is_empty());
}

#[tokio::test]
async fn nothing_secret_is_printed_of_what_is_kept_or_sent() {
    let raw = said("").await;
    let secret = SecretString::from(SECRET);
    let update = UserUpdate {
        email: Some("ann@example.com".to_owned()),
        password: Some(SecretString::from(SECRET)),
        ..UserUpdate::default()
    };
    let line_of_file = ImportSignIn { name: Some("ann@example.com".to_owned()), sign_in: None };
    let printed = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        reader(&raw),
        access(&raw, HIGHEST_TESTED),
        SitePat { name: "n", secret: &secret },
        somebody(),
        update,
        file(),
        line_of_file,
    );
    assert!(!printed.contains("canary") && !printed.contains("example.com"), "{printed}");
    assert!(
        printed.contains("SiteAccess") && printed.contains("3.24") || printed.contains("minor"),
        "{printed}"
    );
}

#[tokio::test]
async fn a_dead_address_does_not_print_the_token() {
    let raw = said("").await;
    let base = raw.base.clone();
    let kept = access(&raw, HIGHEST_TESTED);
    drop(raw);
    tokio::time::sleep(Duration::from_millis(20)).await;
    let line = crate::vendor::wire(&base, Duration::from_millis(600), tableau::Table::default());
    let error = line.site_changer(&kept, tag()).cancel_job(&super::job()).await.unwrap_err();
    assert!(!chain(&error).contains("canary"), "{}", chain(&error));
    assert!(matches!(error, Error::NotSent { .. }), "{error:?}");
}

#[tokio::test]
async fn nothing_secret_is_logged_at_any_level() {
    let log = Log::begin();
    let credentials = format!(
        "<tsResponse><credentials token=\"{TOKEN}\"><site id=\"{}\"/><user id=\"{}\"/></credentials></tsResponse>",
        super::SITE,
        super::USER
    );
    let raw =
        Raw::start([answer("503 Service Unavailable", "", ""), super::xml("200 OK", &credentials)]).await;
    let line = line(&raw);
    let host = line.site_host(&raw.base).unwrap();
    let pat = SitePat { name: "n", secret: &SecretString::from(SECRET) };
    let session = line.site_sign_in(&host, HIGHEST_TESTED, pat, "acme", &tag()).await.unwrap();
    let api = line.site_changer(&session.access(&host, HIGHEST_TESTED), tag());
    assert!(api.add_user(&somebody()).await.is_err());
    assert!(api.user(&user()).await.is_err());
    assert!(api.import_users(&file()).await.is_err());
    let raw = Raw::start([refused("403 Forbidden", "403004", TOKEN)]).await;
    assert!(changer(&raw).sign_out().await.is_err());
    let logged = log.text();
    assert!(logged.contains("Reading again"), "{logged}");
    assert!(!logged.contains("canary") && !logged.contains("ann@example"), "{logged}");
}
