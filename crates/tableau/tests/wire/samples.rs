//! Every sample answer that the vendor's page prints for the operations built here can be read, and what is sent to
//! change people has no field but those of its sample requests.

use std::path::Path;

use model::{
    JobId, Moment, SiteId, SiteUserId, UserId,
    licences::{RoleLimit, RoleLimits},
    people::{LastSignIn, Person, Place, TenantRole},
    roles::{SignInType, SiteRole},
};
use secrecy::SecretString;
use serde_json::Value;
use tableau::{LogScope, NewSite, NewSitePlace, OidcFields, PeopleFilter};

use crate::people_changes::{delta, every_change, somebody, user};
use crate::raw::Raw;
use crate::vendor::{tag, wire};

const PAGE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference/vendor/002_3320525781bd4ca5.txt");
const ID: &str = "c9e56a0f-ad64-4cef-a0e8-cd7f1d44ab67";

#[tokio::test]
async fn the_samples_of_the_vendors_page_are_read() {
    let Ok(page) = std::fs::read_to_string(Path::new(PAGE)) else {
        eprintln!("skipped: the vendor's page is not here");
        return;
    };
    let samples = samples(&page);
    // Suspending a site answers with a bare string.
    assert!(page.lines().any(|line| line == r#""string""#));
    let raw = Raw::json(r#""string""#).await;
    raw.changer().suspend_site(&SiteId::parse(ID).unwrap()).await.unwrap();
    let mut read = Vec::new();
    for sample in &samples {
        if let Some(name) = kind(sample) {
            take(name, sample).await;
            read.push(name);
        }
    }
    read.sort_unstable();
    // Creating a site and updating its limits answer with a site too. Creating a person and, by the page's mistake,
    // listing people have one sample; importing, updating and deleting, one by one and in a batch, have another.
    assert_eq!(
        read,
        [
            "accepted",
            "accepted",
            "accepted",
            "accepted",
            "accepted with a person",
            "accepted with a person",
            "asked: a change",
            "asked: a person",
            "asked: a project",
            "asked: a site",
            "asked: a token",
            "asked: ids",
            "asked: ids",
            "asked: limits",
            "asked: log addresses",
            "asked: ways to sign in",
            "job",
            "licences of a site",
            "licences of all sites",
            "licences of the tenant",
            "locations",
            "log addresses",
            "log files",
            "new token",
            "openid connect",
            "openid connect",
            "openid connect",
            "openid connect",
            "people",
            "person",
            "project",
            "regions",
            "resources",
            "session",
            "sign-in",
            "site",
            "site",
            "site",
            "site",
            "sites",
            "tenant",
            "tokens",
            "ways to sign in"
        ]
    );
    eprintln!("{} of {} samples belong to operations built here, and are read", read.len(), samples.len());
}

/// Which operation a sample answers, by the fields that only its answer has.
fn kind(sample: &Value) -> Option<&'static str> {
    if let Some(list) = sample.as_array() {
        let has = |name: &str| list[0].get(name).is_some();
        return [("tokens", has("tokenUUID")), ("ways to sign in", has("resourceId"))]
            .into_iter()
            .find_map(|(name, is_it)| is_it.then_some(name));
    }
    let has = |name: &str| sample.get(name).is_some();
    let kinds = [
        ("new token", has("secret")),
        ("asked: a token", has("absoluteExpiryInDays")),
        ("asked: ways to sign in", has("resourceIds")),
        ("openid connect", has("salesforceDomain")),
        ("asked: a site", has("podUUID")),
        ("asked: limits", has("creatorCapacity") && !has("siteUUID")),
        ("asked: a project", has("ownerId") && !has("statusChangeHistory")),
        ("project", has("project")),
        ("log files", has("files") && sample["files"][0].get("size").is_some()),
        ("log addresses", has("files") && sample["files"][0].get("url").is_some()),
        ("asked: log addresses", has("files")),
        ("regions", has("regions") && has("data")),
        ("locations", has("podsData")),
        ("licences of all sites", has("allSites")),
        ("licences of a site", has("siteAdminCount")),
        ("licences of the tenant", has("creators") && !has("siteId")),
        ("session", has("sessionType")),
        ("sign-in", has("sessionToken")),
        ("sites", has("sites")),
        ("site", has("siteUUID")),
        ("tenant", has("encodeUri")),
        ("person", has("user")),
        ("people", has("users")),
        ("resources", has("resources")),
        ("job", has("statusChangeHistory")),
        ("accepted with a person", has("transactionId")),
        ("accepted", has("jobId")),
        ("asked: ids", has("userIds")),
        ("asked: a person", has("siteRoles") && has("userName")),
        ("asked: a change", has("siteRoles")),
    ];
    kinds.into_iter().find(|(_, is_it)| *is_it).map(|(name, _)| name)
}

async fn take(name: &str, sample: &Value) {
    let raw = match name {
        // The sample says that there is a next page, so that page has to be there.
        "sites" => two_pages(sample).await,
        _ => Raw::json(&sample.to_string()).await,
    };
    let manager = raw.reader();
    let site = SiteId::parse(ID).unwrap();
    match name {
        "regions" => assert_eq!(manager.regions().await.unwrap().len(), 1),
        "locations" => assert_eq!(manager.locations().await.unwrap().pods.len(), 1),
        "licences of all sites" => assert_eq!(manager.licences_of_all_sites().await.unwrap().len(), 1),
        "licences of a site" => assert!(manager.licences_of_site(&site).await.unwrap().is_some()),
        "licences of the tenant" => assert_eq!(manager.licences_of_tenant().await.unwrap().viewers, 0),
        "session" => assert_eq!(manager.session().await.unwrap().kind.as_deref(), Some("USER")),
        "tokens" => assert!(manager.tokens().await.unwrap()[0].ends.is_some()),
        "tenant" => assert!(manager.tenant().await.unwrap().terms.unwrap().accepted),
        "sites" => assert_eq!(manager.list_sites().await.unwrap().len(), 2),
        "site" => {
            raw.changer().reactivate_site(&site).await.unwrap();
            let site = manager.site(&site).await.unwrap().unwrap();
            assert_eq!((site.id.to_string().as_str(), site.storage_quota), (ID, Some(100_000_000)));
            assert!(site.suspended.is_some() && site.instance.unwrap().cloud.is_some());
            assert_eq!(
                (site.limits.viewers.at_most, site.limits.viewers.cloud_default),
                (Some(0), Some(true))
            );
        }
        "job" => {
            let id = JobId::parse(ID).unwrap();
            assert_eq!(manager.job(&id).await.unwrap().unwrap().history.len(), 1);
            let (items, next) = manager.job_items(&id, None).await.unwrap().unwrap();
            assert_eq!((items.len(), next.as_deref()), (1, Some("string")));
        }
        "sign-in" => {
            let line = wire(&raw.base, std::time::Duration::from_secs(5), tableau::Table::default());
            assert!(line.sign_in(&SecretString::from("p"), &tag()).await.is_ok());
        }
        _ if take_tenant(name, sample, &raw).await => {}
        _ => take_people(name, sample, &raw).await,
    }
}

/// What belongs to the tenant itself; says whether it was that.
async fn take_tenant(name: &str, sample: &Value, raw: &Raw) -> bool {
    let (reader, changer) = (raw.reader(), raw.changer());
    let site = SiteId::parse(ID).unwrap();
    let times = (Moment::from_seconds(0), Moment::from_seconds(60));
    match name {
        "new token" => {
            assert_eq!(changer.create_token("MyTokenName", 180).await.unwrap().token.name, "MyTokenName")
        }
        "ways to sign in" => assert_eq!(reader.authentications(&[]).await.unwrap()[0].kind, "OIDC"),
        "openid connect" => {
            let kept = reader.oidc().await.unwrap().unwrap();
            assert_eq!((kept.told().provider.as_str(), kept.told().others.len()), ("Salesforce", 0));
            changer.put_oidc(Some(&kept), &OidcFields::default()).await.unwrap();
        }
        "project" => {
            let owner = SiteUserId::parse(ID).unwrap();
            assert_eq!(changer.create_project(&site, &owner).await.unwrap().name, "string");
        }
        "log files" => {
            let (files, next) = reader.log_files(LogScope::Tenant, times, None, None).await.unwrap();
            assert_eq!((files.len(), next.as_deref()), (1, Some("string")));
        }
        "log addresses" => {
            assert!(reader.log_urls(LogScope::Tenant, &[]).await.unwrap()[0].expires.is_some());
        }
        "asked: a token" => {
            changer.create_token("a", 7).await.unwrap_err();
            only_known_fields(raw, sample);
        }
        "asked: a site" => {
            for place in [NewSitePlace::Region(ID.to_owned()), NewSitePlace::Pod(ID.to_owned())] {
                let site = NewSite { name: "a".to_owned(), content_url: "a".to_owned(), place };
                changer.create_site(&site).await.unwrap_err();
            }
            only_known_fields(raw, sample);
        }
        "asked: limits" => {
            let limits = RoleLimits { creators: RoleLimit::at_most(7), ..RoleLimits::default() };
            changer.update_limits(&site, &limits).await.unwrap();
            only_known_fields(raw, sample);
        }
        "asked: a project" => {
            changer.create_project(&site, &SiteUserId::parse(ID).unwrap()).await.unwrap_err();
            only_known_fields(raw, sample);
        }
        "asked: log addresses" => {
            reader.log_urls(LogScope::Tenant, &["a".to_owned()]).await.unwrap_err();
            only_known_fields(raw, sample);
        }
        // Written as a text by the page's mistake.
        "asked: ways to sign in" => assert!(sample["resourceIds"].is_string()),
        _ => return false,
    }
    true
}

async fn take_people(name: &str, sample: &Value, raw: &Raw) {
    let manager = raw.reader();
    match name {
        "person" => {
            let asked = UserId::parse(ID).unwrap();
            assert_eq!(manager.person(&asked).await.unwrap(), Some(sample_person()));
        }
        "people" => assert_eq!(manager.people_by_id(&[user()]).await.unwrap(), [sample_person()]),
        "resources" => {
            let resources = manager.resources_of("string").await.unwrap();
            assert_eq!((resources[0].kind.as_str(), resources[0].state.as_str()), ("SITE", "string"));
        }
        "accepted" | "accepted with a person" => {
            for (call, outcome) in every_change(&raw.changer()).await {
                let accepted = outcome.unwrap();
                assert!(accepted.job.is_some(), "{call}");
                assert_eq!(accepted.user, (name != "accepted").then(user), "{call}");
            }
            assert!(manager.list_people(&PeopleFilter::default(), None).await.is_err());
        }
        "asked: ids" => {
            manager.people_by_id(&[user()]).await.unwrap_err();
            raw.changer().delete_people(&[user()]).await.unwrap();
            only_known_fields(raw, sample);
        }
        "asked: a person" => {
            raw.changer().create_person(&somebody()).await.unwrap();
            only_known_fields(raw, sample);
        }
        "asked: a change" => {
            raw.changer().update_person(&user(), &delta()).await.unwrap();
            only_known_fields(raw, sample);
        }
        other => panic!("{other} is not tried"),
    }
}

/// The person of the vendor's sample, who is the same wherever people are told.
fn sample_person() -> Person {
    let text = || "string".to_owned();
    let site = SiteId::parse("60189e9c-7d12-438c-b9ca-6998d9c364b1").unwrap();
    let (role, sign_in) = (SiteRole::SiteAdministratorExplorer, Some(SignInType::OpenId));
    Person {
        id: user(),
        user_name: text(),
        display_name: text(),
        email: text(),
        status: "ACTIVE".to_owned(),
        highest: Some(role.clone()),
        tenant_roles: vec![TenantRole {
            role: "LINK_ADMIN".to_owned(),
            status: "INVITED".to_owned(),
            sign_in: Some(SignInType::Other(text())),
        }],
        places: Some(vec![Place { site, role, sign_in, site_user: None }]),
        // The sample counts none, although it has one.
        site_count: 0,
        last_sign_in: LastSignIn::At(Moment::parse("2019-08-24T14:15:22Z").unwrap()),
        language: "DE_DE".to_owned(),
        locale: "ar_AE".to_owned(),
    }
}

/// Whatever was sent has no field that the vendor's sample request lacks.
fn only_known_fields(raw: &Raw, sample: &Value) {
    for (line, body) in raw.asked() {
        let sent: Value = serde_json::from_str(&body).unwrap();
        assert!(is_within(&sent, sample), "{line}: {sent} has more than {sample}");
    }
}

fn is_within(sent: &Value, sample: &Value) -> bool {
    match (sent, sample) {
        (Value::Object(sent), Value::Object(sample)) => {
            sent.iter().all(|(name, value)| sample.get(name).is_some_and(|known| is_within(value, known)))
        }
        (Value::Array(sent), Value::Array(sample)) => sent.iter().all(|item| is_within(item, &sample[0])),
        (Value::String(_), Value::String(_))
        | (Value::Bool(_), Value::Bool(_))
        | (Value::Number(_), Value::Number(_)) => true,
        _ => false,
    }
}

async fn two_pages(sample: &Value) -> Raw {
    let mut last = sample.clone();
    last["pageToken"] = Value::Null;
    let json = "content-type: application/json\r\n";
    Raw::start([sample, &last].map(|page| crate::raw::answer("200 OK", json, &page.to_string()))).await
}

/// The JSON of the page, whose lines came out with bullets in between: `{- "regions": [`.
fn samples(page: &str) -> Vec<Value> {
    let mut samples = Vec::new();
    let mut open = String::new();
    for line in page.lines() {
        if open.is_empty() && !line.starts_with(['{', '[']) {
            continue;
        }
        let line =
            line.trim_start_matches("- ").replace("{- ", "{").replace("[- ", "[").replace(", - ", ", ");
        open.push_str(&line);
        open.push('\n');
        if let Ok(sample) = serde_json::from_str(&open) {
            samples.push(sample);
            open.clear();
        } else if open.len() > 20_000 || line.starts_with("{{") {
            open.clear();
        }
    }
    samples
}
