//! Every sample answer that the vendor's page prints for the operations built here can be read.

use std::path::Path;

use model::{JobId, SiteId, UserId};
use secrecy::SecretString;
use serde_json::Value;

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
    // Creating a site and updating its limits answer with a site too.
    assert_eq!(
        read,
        [
            "job",
            "licences of a site",
            "licences of all sites",
            "licences of the tenant",
            "locations",
            "person",
            "regions",
            "session",
            "sign-in",
            "site",
            "site",
            "site",
            "site",
            "sites",
            "tenant",
            "tokens"
        ]
    );
    eprintln!("{} of {} samples belong to operations built here, and are read", read.len(), samples.len());
}

/// Which operation a sample answers, by the fields that only its answer has.
fn kind(sample: &Value) -> Option<&'static str> {
    if let Some(list) = sample.as_array() {
        return list[0].get("tokenUUID").map(|_| "tokens");
    }
    let has = |name: &str| sample.get(name).is_some();
    let kinds = [
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
        ("job", has("statusChangeHistory")),
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
        "person" => assert!(manager.person(&UserId::parse(ID).unwrap()).await.unwrap().is_some()),
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
        other => panic!("{other} is not tried"),
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
