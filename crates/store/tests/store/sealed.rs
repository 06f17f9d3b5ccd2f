//! Sealed secrets open with their key, in their row, and nowhere else.

use std::{fs, os::unix::fs::PermissionsExt};

use secrecy::{ExposeSecret, SecretString};
use store::{Error, Keys, Store, StoreSettings, VendorSession};

use crate::house::{House, noon, on_each, tenant, user};

#[tokio::test]
async fn a_credential_opens_as_it_was_kept() {
    on_each(async |house| {
        let id = house.keep("se\u{e9}cret").await;
        let open = house.store.open_credential(id).await.unwrap().unwrap();
        assert_eq!((open.tenant, open.owner, open.host.as_str()), (tenant(), user(), "tcm.example"));
        assert_eq!(open.secret.expose_secret(), "se\u{e9}cret");
        house.store.credential_used(id, noon()).await.unwrap();
        house.store.erase_credential(id).await.unwrap();
        assert!(house.store.open_credential(id).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_sealed_row_opens_in_no_other_row_tenant_owner_or_host() {
    on_each(async |house| {
        let (mine, other) = (house.keep("mine").await, house.keep("other").await);
        house.sql(&["CREATE TABLE kept AS SELECT * FROM credential"]).await;
        let spare = "(SELECT id FROM credential ORDER BY kept LIMIT 1)";
        for change in [
            "sealed = (SELECT max(k.sealed) FROM kept k WHERE k.id <> credential.id)".to_owned(),
            format!("tenant = {spare}"),
            format!("owner = {spare}"),
            "host = 'evil.example'".to_owned(),
        ] {
            // PostgreSQL 15 has no max() over bytes.
            let change = change.replace("max(k.sealed)", "k.sealed");
            house.sql(&[&format!("UPDATE credential SET {change}")]).await;
            for id in [mine, other] {
                let opened = house.store.open_credential(id).await;
                assert!(matches!(opened, Err(Error::Broken)), "{change}");
            }
            house.sql(&["DELETE FROM credential", "INSERT INTO credential SELECT * FROM kept"]).await;
            assert!(house.store.open_credential(mine).await.unwrap().is_some());
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_token_and_a_credential_do_not_open_as_each_other() {
    on_each(async |house| {
        let id = house.keep("secret").await;
        let fence = house.store.lease_renewal(id, uuid::Uuid::now_v7(), 30).await.unwrap().unwrap();
        let token = SecretString::from("token");
        let session = VendorSession { token: &token, expires: noon(), last_used: noon() };
        house.store.save_vendor_session(id, &session, fence).await.unwrap();
        house.sql(&["UPDATE vendor_session SET sealed = (SELECT sealed FROM credential)"]).await;
        assert!(matches!(house.store.vendor_session(id).await, Err(Error::Broken)));
    })
    .await;
}

#[tokio::test]
async fn changed_and_cut_off_bytes_do_not_open() {
    on_each(async |house| {
        let id = house.keep("secret").await;
        for bytes in ["00", "01", "0108aa", "02", "01ff00"] {
            let literal = if house.is_postgres() { format!("'\\x{bytes}'") } else { format!("x'{bytes}'") };
            house.sql(&[&format!("UPDATE credential SET sealed = {literal}")]).await;
            assert!(matches!(house.store.open_credential(id).await, Err(Error::Broken)), "{bytes}");
        }
    })
    .await;
}

async fn with_keys(house: &House, key: Keys) -> Store {
    Store::open(&StoreSettings { url: house.settings.url.clone(), key }).await.unwrap()
}

#[tokio::test]
async fn another_key_is_named_as_the_wrong_one() {
    on_each(async |house| {
        let id = house.keep("secret").await;
        let stranger = with_keys(house, Keys::random().unwrap()).await;
        let refused = stranger.open_credential(id).await;
        assert!(matches!(refused, Err(Error::WrongKey { .. })));
        stranger.close().await;
    })
    .await;
}

#[tokio::test]
async fn after_a_change_of_keys_the_old_ones_open_and_the_new_one_seals() {
    on_each(async |house| {
        let path = house.folder.path().join("key");
        let (first, second) = ("11".repeat(32), "22".repeat(32));
        let keys = |text: String| {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            Keys::from_file(&path).unwrap()
        };
        let before = House {
            store: with_keys(house, keys(first.clone())).await,
            settings: house.settings.clone(),
            folder: tempfile::tempdir().unwrap(),
        };
        let old = before.keep("old").await;
        let during =
            House { store: with_keys(house, keys(format!("new:{second}\n{first}"))).await, ..before };
        assert_eq!(during.store.open_credential(old).await.unwrap().unwrap().secret.expose_secret(), "old");
        let new = during.keep("new").await;
        let after = House { store: with_keys(house, keys(format!("new:{second}"))).await, ..during };
        assert_eq!(after.store.open_credential(new).await.unwrap().unwrap().secret.expose_secret(), "new");
        assert!(matches!(after.store.open_credential(old).await, Err(Error::WrongKey { .. })));
    })
    .await;
}
