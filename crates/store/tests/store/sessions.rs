//! Vendor sessions: one per credential, renewed by one replica at a time.

use futures::future::join_all;
use model::CredentialId;
use secrecy::{ExposeSecret, SecretString};
use store::{Error, Fence, Result, VendorSession};
use uuid::Uuid;

use crate::house::{House, noon, on_each};

async fn save(house: &House, id: CredentialId, token: &str, fence: Fence) -> Result<()> {
    let token = SecretString::from(token);
    let session = VendorSession { token: &token, expires: noon().plus_seconds(7200), last_used: noon() };
    house.store.save_vendor_session(id, &session, fence).await
}

async fn token(house: &House, id: CredentialId) -> Option<String> {
    let session = house.store.vendor_session(id).await.unwrap()?;
    Some(session.token.expose_secret().to_owned())
}

#[tokio::test]
async fn a_renewed_session_replaces_the_older_one() {
    on_each(async |house| {
        let id = house.keep("secret").await;
        assert!(house.store.vendor_session(id).await.unwrap().is_none());
        for name in ["first", "second"] {
            // The one before gave its lease back by saving.
            let fence = house.store.lease_renewal(id, Uuid::now_v7(), 60).await.unwrap().unwrap();
            save(house, id, name, fence).await.unwrap();
        }
        let session = house.store.vendor_session(id).await.unwrap().unwrap();
        assert_eq!(session.token.expose_secret(), "second");
        assert_eq!((session.expires, session.last_used), (noon().plus_seconds(7200), noon()));
        house.store.vendor_session_used(id, session.generation, noon().plus_seconds(5)).await.unwrap();
        let used = house.store.vendor_session(id).await.unwrap().unwrap().last_used;
        assert_eq!(used, noon().plus_seconds(5));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_who_ask_one_gets_the_lease() {
    on_each(async |house| {
        let id = house.keep("secret").await;
        let asked = join_all((0..20).map(|_| house.store.lease_renewal(id, Uuid::now_v7(), 60))).await;
        assert_eq!(asked.into_iter().filter_map(Result::unwrap).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_lost_the_lease_cannot_save() {
    on_each(async |house| {
        let id = house.keep("secret").await;
        let old = house.store.lease_renewal(id, Uuid::now_v7(), 0).await.unwrap().unwrap();
        let new = house.store.lease_renewal(id, Uuid::now_v7(), 60).await.unwrap().unwrap();
        assert!(new > old);
        assert!(matches!(save(house, id, "old", old).await, Err(Error::Fenced)));
        save(house, id, "new", new).await.unwrap();
        assert!(matches!(save(house, id, "old", old).await, Err(Error::Fenced)));
        assert_eq!(token(house, id).await.as_deref(), Some("new"));
    })
    .await;
}

#[tokio::test]
async fn a_lease_is_given_back_by_its_last_holder_only() {
    on_each(async |house| {
        let id = house.keep("secret").await;
        let old = house.store.lease_renewal(id, Uuid::now_v7(), 0).await.unwrap().unwrap();
        let new = house.store.lease_renewal(id, Uuid::now_v7(), 60).await.unwrap().unwrap();
        house.store.release_renewal(id, old).await.unwrap();
        assert!(house.store.lease_renewal(id, Uuid::now_v7(), 60).await.unwrap().is_none());
        house.store.release_renewal(id, new).await.unwrap();
        assert!(house.store.lease_renewal(id, Uuid::now_v7(), 60).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn dropping_an_older_session_spares_the_newer_one() {
    on_each(async |house| {
        let id = house.keep("secret").await;
        let first = house.store.lease_renewal(id, Uuid::now_v7(), 60).await.unwrap().unwrap();
        save(house, id, "first", first).await.unwrap();
        let second = house.store.lease_renewal(id, Uuid::now_v7(), 60).await.unwrap().unwrap();
        save(house, id, "second", second).await.unwrap();
        house.store.drop_vendor_session(id, first.0).await.unwrap();
        assert_eq!(token(house, id).await.as_deref(), Some("second"));
        house.store.drop_vendor_session(id, second.0).await.unwrap();
        assert_eq!(token(house, id).await, None);
    })
    .await;
}

#[tokio::test]
async fn an_erased_credential_takes_its_session_and_lease_along() {
    on_each(async |house| {
        let id = house.keep("secret").await;
        let fence = house.store.lease_renewal(id, Uuid::now_v7(), 60).await.unwrap().unwrap();
        save(house, id, "token", fence).await.unwrap();
        house.store.erase_credential(id).await.unwrap();
        assert_eq!((house.count("vendor_session").await, house.count("lease").await), (0, 0));
        assert!(house.store.vendor_session(id).await.unwrap().is_none());
        assert!(house.store.lease_renewal(id, Uuid::now_v7(), 60).await.unwrap().is_none());
        assert!(matches!(save(house, id, "late", fence).await, Err(Error::NoCredential)));
    })
    .await;
}
