//! Every endpoint: success, refusal, unreadable answer.

use model::{JobId, Moment, SiteId, UserId, sites::SiteStatus};
use simulator::{Fault, FaultKind, Options};
use tableau::{Error, Fate, LogScope, Manager, PeopleFilter, Read, Result, Unreadable};

use crate::raw::{Raw, answer};
use crate::vendor::Vendor;

const NOBODY: &str = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

async fn every_read(manager: &Manager<Read>) -> Vec<(&'static str, Result<()>)> {
    let site = SiteId::parse(NOBODY).unwrap();
    let job = JobId::parse(NOBODY).unwrap();
    let user = UserId::parse(NOBODY).unwrap();
    let (from, to) = (Moment::from_seconds(0), Moment::from_seconds(60));
    vec![
        ("oidc", manager.oidc().await.map(drop)),
        ("authentications", manager.authentications(&[]).await.map(drop)),
        ("log_files", manager.log_files(LogScope::Tenant, (from, to), None, None).await.map(drop)),
        (
            "log_files of a site",
            manager.log_files(LogScope::Site(site), (from, to), None, None).await.map(drop),
        ),
        ("log_urls", manager.log_urls(LogScope::Tenant, &[]).await.map(drop)),
        ("check_tenant_name", manager.check_tenant_name("a").await.map(drop)),
        ("session", manager.session().await.map(drop)),
        ("tenant", manager.tenant().await.map(drop)),
        ("list_sites", manager.list_sites().await.map(drop)),
        ("site", manager.site(&site).await.map(drop)),
        ("licences_of_all_sites", manager.licences_of_all_sites().await.map(drop)),
        ("licences_of_site", manager.licences_of_site(&site).await.map(drop)),
        ("licences_of_tenant", manager.licences_of_tenant().await.map(drop)),
        ("regions", manager.regions().await.map(drop)),
        ("locations", manager.locations().await.map(drop)),
        ("tokens", manager.tokens().await.map(drop)),
        ("job", manager.job(&job).await.map(drop)),
        ("job_items", manager.job_items(&job, None).await.map(drop)),
        ("person", manager.person(&user).await.map(drop)),
        ("list_people", manager.list_people(&PeopleFilter::default(), None).await.map(drop)),
        ("people_by_id", manager.people_by_id(&[user]).await.map(drop)),
        ("resources_of", manager.resources_of("ann@example.com").await.map(drop)),
    ]
}

#[tokio::test]
async fn the_tenant_and_its_places_are_read() {
    let vendor = Vendor::start().await;
    let manager = vendor.reader();
    let tenant = manager.tenant().await.unwrap();
    assert_eq!(tenant.id.to_string(), vendor.running.details().tenant_id);
    assert!(!tenant.name.is_empty() && tenant.created.is_some());
    let regions = manager.regions().await.unwrap();
    let sites = manager.list_sites().await.unwrap();
    for site in &sites {
        let region = site.instance.as_ref().unwrap().region.clone().unwrap();
        assert!(regions.iter().any(|known| known.id == region && !known.name.is_empty()), "{region}");
    }
    let locations = manager.locations().await.unwrap();
    assert!(!locations.pods.is_empty() && !locations.regions.is_empty());
    let tokens = manager.tokens().await.unwrap();
    assert!(tokens.iter().all(|token| !token.name.is_empty() && token.ends.is_some()));
    let session = manager.session().await.unwrap();
    let person = manager.person(&session.user).await.unwrap().unwrap();
    assert_eq!(person.id, session.user);
    assert_eq!(vendor.world().person(&person.user_name).unwrap().display_name, person.display_name);
}

#[tokio::test]
async fn all_sites_come_over_all_pages() {
    let options = Options { users: 300, sites: 130, ..Options::default() };
    let vendor = Vendor::with(options, std::time::Duration::from_secs(15)).await;
    let sites = vendor.reader().list_sites().await.unwrap();
    let facts = vendor.world().sites();
    assert_eq!(vendor.requests(), facts.len().div_ceil(100));
    assert_eq!(sites.len(), facts.len());
    for (site, fact) in sites.iter().zip(&facts) {
        assert_eq!((site.id.to_string(), &site.name), (fact.id.clone(), &fact.name));
        assert_eq!((site.status.word(), site.storage_used), (&*fact.status, Some(fact.storage_used)));
        assert_eq!(site.storage_quota, fact.storage_quota);
        assert_eq!(site.limits.creators.at_most, fact.limits.creator.map(u64::from));
        assert_eq!(site.suspended.is_some(), site.status == SiteStatus::Suspended);
    }
}

#[tokio::test]
async fn licences_are_counted_as_the_vendor_counts_them() {
    let vendor = Vendor::start().await;
    let manager = vendor.reader();
    let all = manager.licences_of_all_sites().await.unwrap();
    assert_eq!(all.len(), vendor.world().sites().len());
    for count in &all {
        let fact = vendor.world().site_licences(&count.site.to_string()).unwrap();
        assert_eq!(
            (count.people, count.administrators),
            (fact.users.into(), fact.site_administrators.into())
        );
        assert_eq!(count.seats.viewers, u64::from(fact.viewers));
    }
    assert_eq!(manager.licences_of_site(&all[0].site).await.unwrap().unwrap(), all[0]);
    let tenant = vendor.world().tenant_licences();
    let seats = manager.licences_of_tenant().await.unwrap();
    assert_eq!((seats.creators, seats.unlicensed), (tenant.creators.into(), tenant.unlicensed.into()));
}

#[tokio::test]
async fn a_job_is_read_with_all_pages_of_its_rows() {
    let vendor = Vendor::start().await;
    let mut over = 0;
    for job in vendor.world().jobs() {
        let id = JobId::parse(&job.id).unwrap();
        let read = vendor.reader().job(&id).await.unwrap().unwrap();
        assert_eq!(read.id, id);
        assert!(!read.status.code().is_empty() && read.submitted.is_some());
        over += usize::from(read.status.is_over());
        let (mut rows, mut next) = vendor.reader().job_items(&id, None).await.unwrap().unwrap();
        while let Some(token) = next {
            let (more, after) = vendor.reader().job_items(&id, Some(token)).await.unwrap().unwrap();
            rows.extend(more);
            next = after;
        }
        if read.status.is_over() {
            assert_eq!(rows.len() as u64, read.expected, "{}", job.example);
            assert_eq!(rows.iter().filter(|row| row.has_failed()).count() as u64, read.failed);
        }
    }
    assert!(over > 0);
}

#[tokio::test]
async fn a_site_can_be_suspended_and_reactivated() {
    let vendor = Vendor::start().await;
    let site = vendor.world().sites().into_iter().find(|site| site.status == "Active").unwrap();
    let id = SiteId::parse(&site.id).unwrap();
    vendor.changer().suspend_site(&id).await.unwrap();
    assert_eq!(vendor.reader().site(&id).await.unwrap().unwrap().status, SiteStatus::Suspended);
    let again = vendor.changer().suspend_site(&id).await.unwrap_err();
    assert!(matches!(again, Error::Conflict { .. }), "{again:?}");
    assert_eq!(again.fate(), Fate::Refused);
    vendor.changer().reactivate_site(&id).await.unwrap();
    assert_eq!(vendor.reader().site(&id).await.unwrap().unwrap().status, SiteStatus::Active);
    assert_eq!(vendor.world().changes().len(), 2);
}

#[tokio::test]
async fn what_is_asked_for_by_its_id_may_not_be_there() {
    let vendor = Vendor::start().await;
    let manager = vendor.reader();
    assert_eq!(manager.site(&SiteId::parse(NOBODY).unwrap()).await.unwrap(), None);
    assert_eq!(manager.licences_of_site(&SiteId::parse(NOBODY).unwrap()).await.unwrap(), None);
    assert_eq!(manager.job(&JobId::parse(NOBODY).unwrap()).await.unwrap(), None);
    assert_eq!(manager.job_items(&JobId::parse(NOBODY).unwrap(), None).await.unwrap(), None);
    assert_eq!(manager.person(&UserId::parse(NOBODY).unwrap()).await.unwrap(), None);
    let gone = vendor.changer().suspend_site(&SiteId::parse(NOBODY).unwrap()).await.unwrap_err();
    assert_eq!(gone.fate(), Fate::Refused);
}

#[tokio::test]
async fn a_404_of_something_else_is_not_an_absence() {
    for body in ["", "<html>no</html>", r#"{"message":"Not Found"}"#, r#"{"status":404,"error":"Not Found"}"#]
    {
        let raw = Raw::start([answer("404 Not Found", "content-type: application/json\r\n", body)]).await;
        let id = SiteId::parse(NOBODY).unwrap();
        let error = raw.reader().site(&id).await.unwrap_err();
        assert!(matches!(error, Error::NotFound { words: None }), "{body}: {error:?}");
        let error = raw.changer().suspend_site(&id).await.unwrap_err();
        assert_eq!(error.fate(), Fate::Unknown, "{body}");
    }
}

#[tokio::test]
async fn every_endpoint_tells_a_refusal() {
    let vendor = Vendor::start().await;
    vendor.inject(Fault::status(403));
    for (name, outcome) in every_read(&vendor.reader()).await {
        let error = outcome.unwrap_err();
        assert!(matches!(error, Error::Refused { words: Some(_) }), "{name}: {error:?}");
    }
    vendor.world().clear_faults();
    vendor.world().expire_sessions();
    for (name, outcome) in every_read(&vendor.reader()).await {
        assert!(matches!(outcome, Err(Error::SessionEnded { .. })), "{name}");
    }
}

#[tokio::test]
async fn every_endpoint_tells_an_unreadable_answer() {
    let vendor = Vendor::start().await;
    for (kind, body) in [
        (FaultKind::Malformed, None),
        (FaultKind::Malformed, Some("[{\"a\":1}]")),
        (FaultKind::Malformed, Some("\"text\"")),
        (FaultKind::Malformed, Some("7")),
        (FaultKind::Html, None),
        (FaultKind::Empty, None),
    ] {
        vendor.world().clear_faults();
        let fault = Fault::new(kind);
        vendor.inject(body.into_iter().fold(fault, Fault::body));
        for (name, outcome) in every_read(&vendor.reader()).await {
            // A list of tokens with nothing known in them still is a list of tokens.
            if matches!(name, "tokens" | "authentications") && body.is_some_and(|body| body.starts_with('['))
            {
                continue;
            }
            // Any JSON of the vendor's is a yes, and an empty list of files may come without a body.
            let may_pass = match name {
                "check_tenant_name" => kind == FaultKind::Empty || body.is_some(),
                "log_files" | "log_files of a site" => kind == FaultKind::Empty,
                _ => false,
            };
            if may_pass {
                continue;
            }
            let error = outcome.unwrap_err();
            let Error::Garbled { source } = error else { panic!("{name} {kind:?}: {error:?}") };
            match kind {
                FaultKind::Html => assert_eq!(source, Unreadable::WebPage, "{name}"),
                FaultKind::Empty => assert_eq!(source, Unreadable::Empty, "{name}"),
                _ => assert!(matches!(source, Unreadable::Syntax { .. } | Unreadable::Shape { .. })),
            }
        }
    }
}
