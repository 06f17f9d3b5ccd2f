//! Sign-ins: what tower-sessions keeps here, and how it ends.

use std::sync::Arc;

use model::Moment;
use sha2::{Digest, Sha256};
use store::SignIns;
use time::{Duration, OffsetDateTime};
use tower_sessions::{
    Session, SessionStore,
    session::{Id, Record},
};

use crate::house::{House, bound_to, on_each};

fn now() -> Moment {
    OffsetDateTime::now_utc().into()
}

fn signins(house: &House) -> SignIns {
    SignIns::new(house.store.clone())
}

async fn sign_in(house: &House, lasts: Duration) -> Record {
    let data = [("account".to_owned(), serde_json::json!("ada"))].into();
    let mut record = Record { id: Id::default(), data, expiry_date: OffsetDateTime::now_utc() + lasts };
    signins(house).create(&mut record).await.unwrap();
    record
}

#[tokio::test]
async fn a_sign_in_is_loaded_saved_and_deleted() {
    on_each(async |house| {
        let mut record = sign_in(house, Duration::hours(1)).await;
        let loaded = signins(house).load(&record.id).await.unwrap().unwrap();
        assert_eq!((&loaded.id, &loaded.data), (&record.id, &record.data));
        record.data.insert("theme".to_owned(), serde_json::json!("dark"));
        signins(house).save(&record).await.unwrap();
        assert_eq!(signins(house).load(&record.id).await.unwrap().unwrap().data, record.data);
        signins(house).delete(&record.id).await.unwrap();
        assert!(signins(house).load(&record.id).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn the_table_knows_only_the_hash_of_the_id() {
    on_each(async |house| {
        let record = sign_in(house, Duration::hours(1)).await;
        let hash = hex::encode(Sha256::digest(record.id.0.to_le_bytes()));
        let literal = if house.is_postgres() { format!("'\\x{hash}'") } else { format!("x'{hash}'") };
        assert_eq!(house.count(&format!("sign_in WHERE hash = {literal}")).await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_expired_sign_in_is_not_loaded_and_is_swept() {
    on_each(async |house| {
        let over = sign_in(house, Duration::seconds(-1)).await;
        let living = sign_in(house, Duration::hours(1)).await;
        let ended = sign_in(house, Duration::hours(1)).await;
        let credential = house.keep("secret").await;
        house.store.bind_sign_in(&ended.id, &bound_to(credential, now().plus_seconds(-1))).await.unwrap();
        assert!(signins(house).load(&over.id).await.unwrap().is_none());
        assert!(signins(house).load(&ended.id).await.unwrap().is_none());
        assert_eq!(house.store.sweep(now(), 1_200).await.unwrap(), 2);
        assert_eq!(house.store.sweep(now(), 1_200).await.unwrap(), 0);
        assert!(signins(house).load(&living.id).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn two_sign_ins_never_share_an_id() {
    on_each(async |house| {
        let first = sign_in(house, Duration::hours(1)).await;
        let mut second = Record { data: Default::default(), ..first.clone() };
        signins(house).create(&mut second).await.unwrap();
        assert_ne!(first.id, second.id);
        assert_eq!(signins(house).load(&first.id).await.unwrap().unwrap().data, first.data);
        assert!(signins(house).load(&second.id).await.unwrap().unwrap().data.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_new_id_keeps_the_data_and_ends_the_old_id() {
    on_each(async |house| {
        let old = sign_in(house, Duration::hours(1)).await;
        let session = Session::new(Some(old.id), Arc::new(signins(house)), None);
        session.cycle_id().await.unwrap();
        session.save().await.unwrap();
        let new = session.id().unwrap();
        assert_ne!(new, old.id);
        assert!(signins(house).load(&old.id).await.unwrap().is_none());
        assert_eq!(signins(house).load(&new).await.unwrap().unwrap().data, old.data);
    })
    .await;
}

#[tokio::test]
async fn a_revoked_sign_in_is_not_brought_back_by_a_request_under_way() {
    on_each(async |house| {
        let (mine, other) =
            (sign_in(house, Duration::hours(1)).await, sign_in(house, Duration::hours(1)).await);
        let credential = house.keep("secret").await;
        house.store.bind_sign_in(&mine.id, &bound_to(credential, now().plus_seconds(600))).await.unwrap();
        assert_eq!(house.store.revoke_sign_ins_of_credential(credential).await.unwrap(), 1);
        signins(house).save(&mine).await.unwrap();
        assert!(signins(house).load(&mine.id).await.unwrap().is_none());
        assert!(signins(house).load(&other.id).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn the_last_use_of_a_sign_in_is_noted() {
    on_each(async |house| {
        let record = sign_in(house, Duration::hours(1)).await;
        let later = now().plus_seconds(300);
        house.store.touch_sign_in(&record.id, later).await.unwrap();
        let seen = house.store.sign_in_seen(&record.id).await.unwrap().unwrap();
        assert_eq!(seen.seconds_until(later), 0);
        assert_eq!(house.store.sign_in_seen(&Id::default()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_credential_expires_with_its_last_sign_in() {
    on_each(async |house| {
        let credential = house.keep("secret").await;
        let (first, second) =
            (sign_in(house, Duration::hours(1)).await, sign_in(house, Duration::hours(1)).await);
        for record in [&first, &second] {
            house
                .store
                .bind_sign_in(&record.id, &bound_to(credential, now().plus_seconds(600)))
                .await
                .unwrap();
        }
        assert_eq!(house.store.expired_credentials(now()).await.unwrap(), []);
        signins(house).delete(&first.id).await.unwrap();
        assert_eq!(house.store.expired_credentials(now()).await.unwrap(), []);
        assert_eq!(house.store.expired_credentials(now().plus_seconds(601)).await.unwrap(), [credential]);
        signins(house).delete(&second.id).await.unwrap();
        assert_eq!(house.store.expired_credentials(now()).await.unwrap(), [credential]);
    })
    .await;
}

#[tokio::test]
async fn a_credential_whose_sign_in_is_being_made_is_left_alone() {
    on_each(async |house| {
        let credential = house.keep("secret").await;
        let kept = crate::house::noon();
        assert_eq!(house.store.expired_credentials(kept.plus_seconds(299)).await.unwrap(), []);
        assert_eq!(house.store.expired_credentials(kept.plus_seconds(301)).await.unwrap(), [credential]);
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_that_is_not_there_is_not_bound() {
    on_each(async |house| {
        let credential = house.keep("secret").await;
        let refused = house.store.bind_sign_in(&Id::default(), &bound_to(credential, now())).await;
        assert!(matches!(refused, Err(store::Error::NoSignIn)));
    })
    .await;
}
