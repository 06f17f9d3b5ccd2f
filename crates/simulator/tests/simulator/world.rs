//! The world itself: the same from the same seed, large when wanted, gone when dropped.

use std::collections::HashSet;

use serde_json::Value;
use simulator::{Options, Stamp};

use crate::house::House;

/// Everything the world tells, without what must differ: addresses and dates.
async fn told(options: Options) -> Vec<Value> {
    let house = House::with(options).await;
    let visitor = house.sign_in().await;
    let mut told = visitor.everyone("").await;
    told.push(visitor.read(&visitor.tenant("")).await);
    told.push(visitor.read(&visitor.tenant("/sites")).await);
    told.push(visitor.read(&visitor.tenant("/aggregates/sites")).await);
    told.push(visitor.read("/api/v1/regions").await);
    for job in house.world().jobs() {
        told.push(visitor.read(&format!("/api/v1/users/jobs/{}?showDetailed=true", job.id)).await);
    }
    told.push(serde_json::to_value(house.running.details()).unwrap());
    let origin = house.running.details().tcm_url.clone();
    told.iter().map(|value| timeless(value, &origin)).collect()
}

fn timeless(value: &Value, origin: &str) -> Value {
    match value {
        Value::String(text) if text.starts_with(origin) => Value::Null,
        Value::String(text) if text.len() == "2019-08-24T14:15:22Z".len() && text.ends_with('Z') => {
            Value::Null
        }
        Value::Array(list) => list.iter().map(|value| timeless(value, origin)).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), timeless(value, origin))).collect(),
        other => other.clone(),
    }
}

fn small(seed: u64) -> Options {
    Options { users: 120, seed, ..Options::default() }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_world_and_another_seed_another() {
    let first = told(small(7)).await;
    assert_eq!(first, told(small(7)).await);
    assert_ne!(first, told(small(8)).await);
}

#[tokio::test]
async fn a_site_has_groups_and_some_give_a_role() {
    let house = House::start().await;
    let site = house.world().site("Marketing EU").unwrap();
    let groups = house.world().groups(&site.id);
    let all = groups.iter().find(|group| group.name == "All Users").unwrap();
    assert_eq!(all.members, house.world().site_licences(&site.id).unwrap().users as usize);
    assert!(groups.iter().any(|group| group.minimum_role.as_deref() == Some("Explorer")));
    let names: HashSet<_> = groups.iter().map(|group| &group.name).collect();
    assert_eq!(names.len(), groups.len());
}

#[tokio::test]
async fn twelve_sites_show_every_state() {
    let house = House::start().await;
    let sites = house.world().sites();
    assert_eq!(sites.len(), 12);
    assert_eq!(sites.iter().filter(|site| site.status == "Suspended").count(), 2);
    assert_eq!(sites.iter().filter(|site| site.storage_quota.is_none()).count(), 1);
    let nearly_full = |site: &&simulator::SiteFacts| {
        site.storage_quota.is_some_and(|quota| site.storage_used * 100 > quota * 95)
    };
    assert_eq!(sites.iter().filter(nearly_full).count(), 1);
    assert!(sites.iter().map(|site| &site.region).collect::<HashSet<_>>().len() > 2);
    let addresses: HashSet<_> = sites.iter().map(|site| &site.content_url).collect();
    assert_eq!(addresses.len(), 12);
}

#[tokio::test]
async fn a_large_and_a_tiny_world_can_be_built() {
    let large = House::with(Options { users: 100_000, sites: 200, ..Options::default() }).await;
    assert_eq!(large.world().people(), 100_000);
    let names: HashSet<_> = large.world().sites().into_iter().map(|site| site.content_url).collect();
    assert_eq!(names.len(), 200);
    let visitor = large.sign_in().await;
    visitor.read(&visitor.tenant("/aggregates/licenses")).await;
    let tiny = House::with(Options { users: 0, sites: 0, ..Options::default() }).await;
    assert_eq!((tiny.world().people(), tiny.world().sites().len()), (4, 1));
}

#[tokio::test]
async fn dropping_the_simulator_ends_its_listener_and_its_connections() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let path = visitor.tenant("/sites");
    let request = visitor.request(reqwest::Method::GET, &path).build().unwrap();
    let client = house.client.clone();
    drop(house);
    // The task is told to stop and does so at its next pause, so the first attempts may still arrive.
    for _ in 0..100 {
        if client.execute(request.try_clone().unwrap()).await.is_err() {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("it still answers");
}

#[test]
fn a_stamp_is_written_as_the_vendor_writes_it() {
    assert_eq!(Stamp(time::OffsetDateTime::UNIX_EPOCH).to_string(), "1970-01-01T00:00:00Z");
}
