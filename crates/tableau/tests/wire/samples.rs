//! Every sample answer that the vendor's page prints for the operations built here can be read, and what is sent to
//! change people has no field but those of its sample requests.

mod people;
mod tenant;

use std::path::Path;

use model::{JobId, SiteId};
use secrecy::SecretString;
use serde_json::Value;

use self::{people::take_people, tenant::take_tenant};
use crate::{
    raw::Raw,
    vendor::{tag, wire},
};

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
