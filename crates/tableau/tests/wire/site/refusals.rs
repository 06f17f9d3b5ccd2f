//! What a refusal of a site means: by its own code first, then by the status.

use std::time::Duration;

use tableau::{Error, Fate, Result};

use super::changes::{local, somebody};
use super::{changer, group, job, reader, refused, said, set, user, xml};
use crate::raw::{Raw, answer};

/// What is left of an error to compare.
fn kind(error: &Error) -> String {
    match error {
        Error::SessionEnded { .. } => "session".to_owned(),
        Error::TokenRefused { .. } => "token".to_owned(),
        Error::Refused { .. } => "refused".to_owned(),
        Error::NotFound { .. } => "not found".to_owned(),
        Error::Conflict { .. } => "conflict".to_owned(),
        Error::Rejected { status, .. } => format!("rejected {status}"),
        Error::Busy { .. } => "busy".to_owned(),
        Error::Down { status, .. } => format!("down {status}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn every_code_of_the_vendors_page_is_told_apart() {
    for (status, code, wanted) in [
        (400, "400000", "rejected 400"),
        (400, "400003", "rejected 400"),
        (400, "400006", "rejected 400"),
        (400, "400007", "rejected 400"),
        (400, "400012", "rejected 400"),
        (400, "400013", "rejected 400"),
        (403, "400013", "rejected 400"),
        (400, "400019", "rejected 400"),
        (403, "400019", "rejected 400"),
        (400, "400032", "rejected 400"),
        (401, "401002", "session"),
        (401, "401000", "token"),
        (401, "401001", "token"),
        (403, "403004", "refused"),
        (403, "403009", "refused"),
        (403, "403011", "refused"),
        (403, "403014", "refused"),
        (403, "403020", "refused"),
        (403, "403054", "refused"),
        (403, "403133", "refused"),
        (403, "403157", "refused"),
        (404, "404000", "not found"),
        (403, "404000", "not found"),
        (404, "404002", "not found"),
        (404, "404012", "not found"),
        (404, "404016", "not found"),
        (404, "404017", "not found"),
        (405, "405000", "rejected 405"),
        (409, "409000", "conflict"),
        (409, "409003", "conflict"),
        (409, "409005", "conflict"),
        (409, "409009", "conflict"),
        (409, "409011", "conflict"),
        (409, "409014", "conflict"),
        (409, "409017", "conflict"),
        (409, "409120", "conflict"),
        (409, "409121", "conflict"),
        (429, "429000", "busy"),
        (503, "429000", "busy"),
        (200 + 222, "422001", "rejected 422"),
    ] {
        let raw = Raw::start([refused(&format!("{status} X"), code, "Detail")]).await;
        let error = changer(&raw).add_user(&somebody()).await.unwrap_err();
        assert_eq!(kind(&error), wanted, "{code}");
        assert_eq!(error.fate(), Fate::Refused, "{code}");
        let words = error.vendor_words().unwrap();
        assert_eq!((words.code(), words.summary(), words.detail()), (Some(code), "Summary", Some("Detail")));
        assert_eq!(raw.heard().len(), 1, "{code}");
    }
}

#[tokio::test]
async fn a_failure_of_the_vendors_own_proves_nothing_but_is_told_in_its_words() {
    let raw = Raw::start([refused("500 Internal Server Error", "500000", "Detail")]).await;
    let error = changer(&raw).add_user(&somebody()).await.unwrap_err();
    assert_eq!((kind(&error), error.fate()), ("down 500".to_owned(), Fate::Unknown));
    assert_eq!(error.vendor_words().unwrap().code(), Some("500000"));
    let error = reader(&raw).user(&user()).await.unwrap_err();
    assert_eq!((kind(&error), raw.heard().len()), ("down 500".to_owned(), 2));
}

#[tokio::test]
async fn without_the_vendors_own_words_nothing_is_proved() {
    let page = "<html><body>Forbidden</body></html>";
    for (status, wanted) in [
        (400, "rejected 400"),
        (401, "rejected 401"),
        (403, "refused"),
        (404, "not found"),
        (405, "rejected 405"),
        (409, "conflict"),
        (429, "busy"),
        (500, "down 500"),
        (502, "down 502"),
    ] {
        for body in [
            page,
            "",
            "Forbidden",
            "<tsResponse/>",
            "<tsResponse><error/></tsResponse>",
            "{\"message\":\"m\"}",
        ] {
            let raw = Raw::start([answer(&format!("{status} X"), "", body)]).await;
            let error = changer(&raw).cancel_job(&job()).await.unwrap_err();
            assert_eq!(kind(&error), wanted, "{status} {body}");
            assert_eq!(error.fate(), Fate::Unknown, "{status} {body}");
            assert!(error.vendor_words().is_none(), "{status} {body}");
            assert_eq!(raw.heard().len(), 1);
        }
    }
}

#[tokio::test]
async fn a_bare_401_ends_the_session_of_a_read() {
    let raw = Raw::start([answer("401 Unauthorized", "", "")]).await;
    let error = reader(&raw).user(&user()).await.unwrap_err();
    assert_eq!(kind(&error), "session");
    let page = answer("401 Unauthorized", "content-type: text/html\r\n", "<html>Sign in</html>");
    let raw = Raw::start([page]).await;
    assert_eq!(kind(&reader(&raw).user(&user()).await.unwrap_err()), "rejected 401");
}

#[tokio::test]
async fn an_error_in_json_counts_as_the_vendors_own() {
    let body = r#"{"error":{"code":"409009","summary":"Conflict","detail":"taken"}}"#;
    let raw = Raw::start([answer("409 Conflict", "content-type: application/json\r\n", body)]).await;
    let error = changer(&raw).create_group(&local("a")).await.unwrap_err();
    assert_eq!((kind(&error), error.fate()), ("conflict".to_owned(), Fate::Refused));
    assert_eq!(error.vendor_words().unwrap().to_string(), "Conflict (taken) [409009]");
}

#[tokio::test]
async fn the_pause_comes_from_the_header_or_from_the_words() {
    let told = |error: Error| match error {
        Error::Busy { retry_after, vendor_said: true, .. } => retry_after,
        other => panic!("{other:?}"),
    };
    let words = "Too many requests. Please wait 7 minutes.";
    let raw = Raw::start([refused("429 Too Many Requests", "429000", words)]).await;
    assert_eq!(told(reader(&raw).user(&user()).await.unwrap_err()), Some(Duration::from_secs(420)));
    // A read does not come back before that.
    assert_eq!(raw.heard().len(), 1);
    let whole =
        refused("429 Too Many Requests", "429000", words).replacen("\r\n", "\r\nretry-after: 90\r\n", 1);
    let raw = Raw::start([whole]).await;
    assert_eq!(told(reader(&raw).user(&user()).await.unwrap_err()), Some(Duration::from_secs(90)));
    let raw = Raw::start([refused("429 Too Many Requests", "429000", "slow down")]).await;
    assert_eq!(told(changer(&raw).add_user(&somebody()).await.unwrap_err()), None);
}

#[tokio::test]
async fn what_is_asked_for_by_its_id_may_not_be_there() {
    async fn absent(status: &str, code: &str) -> [Result<bool>; 3] {
        let raw = Raw::start([refused(status, code, "d")]).await;
        let api = reader(&raw);
        [
            api.user(&user()).await.map(|found| found.is_none()),
            api.group_set(&set()).await.map(|found| found.is_none()),
            api.job(&job()).await.map(|found| found.is_none()),
        ]
    }
    let is = |outcome: &Result<bool>| matches!(outcome, Ok(true));
    for code in ["404002", "404012", "404001", "404005"] {
        assert!(absent("404 Not Found", code).await.iter().all(is), "{code}");
    }
    for code in ["404000", "404003"] {
        assert!(absent("404 Not Found", code).await.iter().all(Result::is_err), "{code}");
    }
    let [user, set, job] = absent("409 Conflict", "409120").await;
    assert!(user.is_err() && is(&set) && job.is_err());
    let [user, set, job] = absent("400 Bad Request", "400031").await;
    assert!(user.is_err() && set.is_err() && is(&job));
}

#[tokio::test]
async fn a_404_of_something_else_is_not_an_absence() {
    for body in ["", "<html>no</html>", "<tsResponse/>"] {
        let raw = Raw::start([answer("404 Not Found", "", body)]).await;
        let error = reader(&raw).user(&user()).await.unwrap_err();
        assert!(matches!(error, Error::NotFound { words: None }), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn an_unknown_address_of_a_group_set_is_tried_as_the_page_prints_it() {
    let made =
        format!("<tsResponse><groupSet id=\"{}\" name=\"new\" groupCount=\"2\"/></tsResponse>", super::SET);
    for unknown in [answer("404 Not Found", "", ""), refused("404 Not Found", "404003", "unknown")] {
        let raw = Raw::start([unknown.clone(), xml("200 OK", &made)]).await;
        let renamed = changer(&raw).update_group_set(&set(), "new").await.unwrap();
        assert_eq!((renamed.name.as_str(), renamed.size()), ("new", 2));
        let paths: Vec<_> = raw.asked().into_iter().map(|(line, _)| line).collect();
        let path = format!("/api/3.24/sites/{}", super::SITE);
        let (first, second) =
            (format!("PUT {path}/groupsets/{}", super::SET), format!("PUT {path}/group-set/{}", super::SET));
        assert_eq!(paths, [format!("{first} HTTP/1.1"), format!("{second} HTTP/1.1")]);
        let raw = Raw::start([unknown]).await;
        let error = changer(&raw).update_group_set(&set(), "new").await.unwrap_err();
        assert!(matches!(error, Error::NotFound { .. }), "{error:?}");
        assert_eq!(raw.heard().len(), 2);
    }
    for known in [
        refused("404 Not Found", "404000", "site"),
        refused("409 Conflict", "409121", "taken"),
        refused("409 Conflict", "409120", "gone"),
        answer("503 Service Unavailable", "", ""),
    ] {
        let raw = Raw::start([known]).await;
        assert!(changer(&raw).update_group_set(&set(), "new").await.is_err());
        assert_eq!(raw.heard().len(), 1);
    }
}

#[tokio::test]
async fn no_change_is_ever_sent_twice() {
    for whole in [
        answer("502 Bad Gateway", "", ""),
        answer("503 Service Unavailable", "", ""),
        refused("429 Too Many Requests", "429000", "now"),
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n<t".to_owned(),
        String::new(),
    ] {
        let raw = Raw::start([whole]).await;
        let api = changer(&raw);
        assert!(api.add_user(&somebody()).await.is_err());
        assert!(api.remove_user(&user(), None).await.is_err());
        assert!(api.add_to_group(&group(), &user()).await.is_err());
        assert!(api.delete_group(&group()).await.is_err());
        assert!(api.delete_group_set(&set()).await.is_err());
        assert_eq!(raw.heard().len(), 5);
    }
}

#[tokio::test]
async fn any_plain_success_of_a_change_is_one() {
    for whole in [
        "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_owned(),
        answer("200 OK", "", ""),
        xml("200 OK", "<tsResponse/>"),
        xml("200 OK", "<?xml version='1.0'?><tsResponse><job id='x'/></tsResponse>"),
    ] {
        let raw = Raw::start([whole.clone()]).await;
        let api = changer(&raw);
        for outcome in [
            api.remove_user(&user(), None).await,
            api.delete_group(&group()).await,
            api.remove_from_group(&group(), &user()).await,
            api.remove_many_from_group(&group(), &[user()]).await,
            api.delete_group_set(&set()).await,
            api.add_group_to_set(&set(), &group()).await,
            api.remove_group_from_set(&set(), &group()).await,
            api.cancel_job(&job()).await,
        ] {
            assert!(outcome.is_ok(), "{whole}: {outcome:?}");
        }
    }
    let raw = said("").await;
    assert!(changer(&raw).add_user(&somebody()).await.is_err());
}
