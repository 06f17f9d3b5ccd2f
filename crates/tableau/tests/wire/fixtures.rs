//! Answers as other clients have met them: things missing, empty, null, new, or written otherwise.

use model::{JobId, SiteId, UserId, jobs::JobStatus, sites::SiteStatus};
use tableau::{Error, Unreadable};

use crate::raw::{Raw, TENANT};

const ID: &str = "c9e56a0f-ad64-4cef-a0e8-cd7f1d44ab67";

fn site_id() -> SiteId {
    SiteId::parse(ID).unwrap()
}

#[tokio::test]
async fn a_site_needs_nothing_but_its_id() {
    let raw = Raw::json(&format!(r#"{{"siteUUID":"{ID}"}}"#)).await;
    let site = raw.reader().site(&site_id()).await.unwrap().unwrap();
    assert_eq!((site.id, site.tenant.to_string()), (site_id(), TENANT.to_owned()));
    assert_eq!(site.status, SiteStatus::Other("Unknown".to_owned()));
    assert_eq!((site.instance, site.storage_used, site.created), (None, None, None));
    let raw = Raw::json(r#"{"name":"No id"}"#).await;
    let error = raw.reader().site(&site_id()).await.unwrap_err();
    assert!(matches!(error, Error::Garbled { source: Unreadable::Field { field: "siteUUID" } }), "{error:?}");
}

#[tokio::test]
async fn odd_values_of_a_site_do_no_harm() {
    let raw = Raw::json(&format!(
        r#"{{"siteUUID":"{ID}","name":"","status":"Hibernating","location":"","creatorCapacity":"5",
        "explorerCapacity":-1,"viewerCapacity":null,"creatorCapacityIsDefaultCloudLimit":null,"storageUsed":12.5,
        "createDateTime":"2026-03-03T12:00:00","suspendedDateTime":"","lastUpdateDateTime":"last week",
        "instance":{{"baseUrl":"","cloudProvider":null}},"brandNew":[{{}}]}}"#
    ))
    .await;
    let site = raw.reader().site(&site_id()).await.unwrap().unwrap();
    assert_eq!(site.status.word(), "Hibernating");
    assert_eq!(site.location, None);
    assert_eq!((site.limits.creators.at_most, site.limits.explorers.at_most), (Some(5), None));
    assert_eq!(site.storage_used, Some(12));
    assert_eq!(site.created.unwrap().machine(), "2026-03-03T12:00:00Z");
    assert_eq!((site.suspended, site.updated), (None, None));
    assert_eq!(site.instance.unwrap().base_url, None);
}

#[tokio::test]
async fn regions_come_in_the_old_form_too() {
    let raw = Raw::json(r#"{"data":[{"uuid":"r1","name":"Here"},{"name":"Nowhere"}]}"#).await;
    let regions = raw.reader().regions().await.unwrap();
    assert_eq!(regions.len(), 1);
    assert_eq!((regions[0].id.as_str(), regions[0].name.as_str()), ("r1", "Here"));
    assert!(raw.heard()[0].starts_with("GET /api/v1/regions?visibility=PUBLIC "));
    let raw = Raw::json(r#"{"regionsData":null}"#).await;
    assert_eq!(raw.reader().locations().await.unwrap(), Default::default());
}

#[tokio::test]
async fn a_zero_may_be_left_out_of_a_count_but_not_all_of_it() {
    let raw = Raw::json(r#"{"viewers":3}"#).await;
    let seats = raw.reader().licences_of_tenant().await.unwrap();
    assert_eq!((seats.creators, seats.viewers), (0, 3));
    let raw = Raw::json(r#"{"creators":1,"viewers":3}"#).await;
    assert_eq!(raw.reader().licences_of_site(&site_id()).await.unwrap().unwrap().people, 4);
    for empty in ["{}", r#"{"creators":null}"#, r#"{"sum":9}"#] {
        let raw = Raw::json(empty).await;
        assert!(matches!(raw.reader().licences_of_tenant().await, Err(Error::Garbled { .. })), "{empty}");
    }
}

#[tokio::test]
async fn a_job_needs_nothing_and_keeps_unknown_words() {
    let id = JobId::parse(ID).unwrap();
    let raw = Raw::json("{}").await;
    let job = raw.reader().job(&id).await.unwrap().unwrap();
    assert_eq!((job.id, job.tenant.to_string(), job.expected), (id, TENANT.to_owned(), 0));
    assert!(!job.status.is_over());
    let raw = Raw::json(
        r#"{"status":"PAUSED","bulkOpAttributes":{"a":"b","n":1},"siteId":"","statusChangeHistory":[{"jobStatus":"NEW"}],
        "items":[{"lineNumber":7,"status":"FAILED","opCode":"E_NEW","siteId":"x","userId":"not an id"}],"pageToken":"next"}"#,
    )
    .await;
    let job = raw.reader().job(&id).await.unwrap().unwrap();
    assert_eq!(job.status, JobStatus::Other("PAUSED".to_owned()));
    assert_eq!(job.attributes, [("a".to_owned(), "b".to_owned()), ("n".to_owned(), "1".to_owned())]);
    assert_eq!((job.site, job.history.len()), (None, 1));
    let (items, next) = raw.reader().job_items(&id, None).await.unwrap().unwrap();
    assert_eq!((items[0].line.as_deref(), items[0].user, next.as_deref()), (Some("7"), None, Some("next")));
    assert!(items[0].has_failed());
}

#[tokio::test]
async fn people_tenants_and_tokens_may_be_short_of_words() {
    let user = UserId::parse(ID).unwrap();
    let raw = Raw::json(r#"{"user":{"userName":"ann"}}"#).await;
    let person = raw.reader().person(&user).await.unwrap().unwrap();
    assert_eq!((person.id, person.name()), (user, "ann"));
    let raw = Raw::json(r#"{"termsAndConditions":{}}"#).await;
    let tenant = raw.reader().tenant().await.unwrap();
    assert_eq!((tenant.id.to_string(), tenant.terms), (TENANT.to_owned(), None));
    let raw = Raw::json(r#"[{"tokenName":"a","expirationInUtc":"2026-03-03T12:00:00Z"},{}]"#).await;
    let tokens = raw.reader().tokens().await.unwrap();
    assert_eq!((tokens.len(), tokens[0].ends.is_some(), tokens[1].ends), (2, true, None));
}
