//! What an answer to a change of people means: accepted, refused, in the way of another job, or unknown.

use std::time::Duration;

use model::JobId;
use simulator::{Fault, FaultKind};
use tableau::{Accepted, Error, Fate, PersonDelta};

use crate::people_changes::{JOB, USER, accepting, every_change, file, user};
use crate::raw::{Raw, TENANT, answer};
use crate::vendor::Vendor;

const JSON: &str = "content-type: application/json\r\n";
const OTHER_JOB: &str = "009f739c-6620-43b0-978e-b245e723c57a";

#[tokio::test]
async fn a_success_names_the_job_or_is_a_success_all_the_same() {
    let (job, user) = (Some(JobId::parse(JOB).unwrap()), Some(user()));
    let created =
        format!(r#"{{"jobId":"{JOB}","userId":"{USER}","transactionId":"string","tenantId":"{TENANT}"}}"#);
    let text = "content-type: text/plain\r\n";
    for (whole, expected) in [
        (answer("200 OK", JSON, &created), Accepted { job, user }),
        (answer("202 Accepted", JSON, &format!(r#"{{"jobId":"{JOB}"}}"#)), Accepted { job, user: None }),
        (answer("200 OK", text, &format!(r#" {{"jobId":"{JOB}"}}"#)), Accepted { job, user: None }),
        (answer("200 OK", JSON, r#"{"jobId":"soon","userId":null}"#), Accepted::default()),
        (answer("200 OK", JSON, r#"{"jobId":7,"userId":[]}"#), Accepted::default()),
        (answer("200 OK", JSON, r#""done""#), Accepted::default()),
        (answer("200 OK", JSON, ""), Accepted::default()),
        (answer("200 OK", text, "done"), Accepted::default()),
        ("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_owned(), Accepted::default()),
    ] {
        let raw = Raw::start([whole.clone()]).await;
        for (name, outcome) in every_change(&raw.changer()).await {
            let accepted = outcome.unwrap_or_else(|error| panic!("{name} {whole}: {error:?}"));
            assert_eq!(accepted, expected, "{name} {whole}");
        }
    }
}

#[tokio::test]
async fn no_change_of_people_is_ever_sent_twice() {
    let vendor = Vendor::impatient().await;
    for (fault, fate) in [
        (Fault::status(400), Fate::Refused),
        (Fault::status(401), Fate::Refused),
        (Fault::status(403), Fate::Refused),
        (Fault::status(404), Fate::Refused),
        (Fault::status(409), Fate::Refused),
        (Fault::status(429).retry_after("0"), Fate::Refused),
        (Fault::status(409).body(""), Fate::Unknown),
        (Fault::status(405), Fate::Unknown),
        (Fault::status(500), Fate::Unknown),
        (Fault::status(503), Fate::Unknown),
        (Fault::new(FaultKind::Reset), Fate::Unknown),
        (Fault::new(FaultKind::Truncated), Fate::Unknown),
        (Fault::new(FaultKind::Malformed), Fate::Unknown),
        (Fault::new(FaultKind::Html), Fate::Unknown),
    ] {
        vendor.meets(fault, fate, every_change).await;
    }
}

#[tokio::test]
async fn a_change_of_nothing_is_never_sent() {
    let raw = accepting().await;
    for outcome in [
        raw.changer().update_person(&user(), &PersonDelta::default()).await,
        raw.changer().delete_people(&[]).await,
    ] {
        assert_eq!(outcome.unwrap_err().fate(), Fate::NotSent);
    }
    assert!(raw.heard().is_empty());
}

#[tokio::test]
async fn a_conflict_names_the_jobs_in_the_way() {
    let words = r#""message":"m","errorCode":"CONFLICT""#;
    let (job, other) = (JobId::parse(JOB).unwrap(), JobId::parse(OTHER_JOB).unwrap());
    for (body, expected, fate) in [
        (
            format!(
                r#"{{{words},"conflictingJobs":[{{"jobId":"{JOB}","bulkOpType":"X"}},{{"jobId":"{OTHER_JOB}"}}]}}"#
            ),
            vec![job, other],
            Fate::Refused,
        ),
        (
            format!(r#"{{{words},"whatever":[{{"jobId":"{JOB}"}},{{"jobId":"{JOB}"}}]}}"#),
            vec![job],
            Fate::Refused,
        ),
        (format!(r#"{{{words},"jobs":[1,null,{{"jobId":"soon"}}]}}"#), vec![], Fate::Refused),
        (format!(r#"{{"jobs":[{{"jobId":"{JOB}"}}]}}"#), vec![job], Fate::Unknown),
        (String::new(), vec![], Fate::Unknown),
    ] {
        let raw = Raw::start([answer("409 Conflict", JSON, &body)]).await;
        for (name, outcome) in every_change(&raw.changer()).await {
            let error = outcome.unwrap_err();
            assert_eq!(error.fate(), fate, "{name} {body}");
            let Error::Conflict { jobs, .. } = error else { panic!("{name} {body}: {error:?}") };
            assert_eq!(jobs, expected, "{name} {body}");
        }
    }
}

#[tokio::test]
async fn a_file_has_more_time_than_other_changes() {
    let vendor = Vendor::impatient().await;
    vendor.world().set_latency(Duration::from_millis(700));
    let error = vendor.changer().delete_person(&user()).await.unwrap_err();
    assert!(matches!(error, Error::Timeout), "{error:?}");
    let error = vendor.changer().import_people(&file(b"x")).await.unwrap_err();
    assert_eq!(error.fate(), Fate::Refused, "{error:?}");
}
