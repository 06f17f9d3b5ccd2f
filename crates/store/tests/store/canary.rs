//! No token and no cookie id leaves its place: not into the file, not into a backup, not into a log.

use std::{
    fs, io,
    sync::{Arc, Mutex},
};

use secrecy::SecretString;
use store::{DatabaseUrl, SignIns, VendorSession};
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
};

use crate::house::{House, bound_to, noon, on_each};

const PAT: &str = "canary-pat-3f9a1c7e5b";
const TOKEN: &str = "canary-vendor-token-81d2";

/// Uses every place that a secret passes.
async fn live(house: &House) -> Id {
    let credential = house.keep(PAT).await;
    let fence = house.store.lease_renewal(credential, uuid::Uuid::now_v7(), 30).await.unwrap().unwrap();
    let token = SecretString::from(TOKEN);
    let session = VendorSession { token: &token, expires: noon(), last_used: noon() };
    house.store.save_vendor_session(credential, &session, fence).await.unwrap();
    house.store.open_credential(credential).await.unwrap().unwrap();
    house.store.vendor_session(credential).await.unwrap().unwrap();
    let signins = SignIns::new(house.store.clone());
    let expiry_date = time::OffsetDateTime::now_utc() + time::Duration::hours(1);
    let mut record = Record { id: Id::default(), data: Default::default(), expiry_date };
    signins.create(&mut record).await.unwrap();
    signins.save(&record).await.unwrap();
    signins.load(&record.id).await.unwrap().unwrap();
    house.store.bind_sign_in(&record.id, &bound_to(credential, noon())).await.unwrap();
    house.store.touch_sign_in(&record.id, noon()).await.unwrap();
    record.id
}

fn needles(id: Id) -> Vec<Vec<u8>> {
    vec![
        PAT.into(),
        TOKEN.into(),
        id.to_string().into(),
        id.0.to_string().into(),
        id.0.to_le_bytes().into(),
        id.0.to_be_bytes().into(),
        hex::encode(id.0.to_le_bytes()).into(),
        hex::encode(PAT).into(),
        hex::encode(TOKEN).into(),
    ]
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[tokio::test]
async fn no_secret_is_in_the_database_file_its_log_or_a_backup() {
    let house = House::on_sqlite().await;
    let id = live(&house).await;
    house.store.backup(&house.folder.path().join("data/backup.db")).await.unwrap();
    let DatabaseUrl::File(file) = &house.settings.url else { unreachable!() };
    let mut read = Vec::new();
    for entry in fs::read_dir(file.parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        for needle in needles(id) {
            assert!(!holds(&bytes, &needle), "a secret is in {}", path.display());
        }
        read.push(path.file_name().unwrap().to_string_lossy().into_owned());
    }
    read.sort();
    assert_eq!(read, ["backup.db", "steward.db", "steward.db-shm", "steward.db-wal"]);
    let log = fs::read(file.with_extension("db-wal")).unwrap();
    assert!(holds(&log, b"tcm.example"), "the search would find what is there");
}

#[tokio::test]
async fn no_secret_is_in_the_log_at_its_most_talkative() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .init();
    on_each(async |house| {
        let id = live(house).await;
        let written = log.0.lock().unwrap().clone();
        assert!(holds(&written, b"sign_in"), "the log is talkative");
        for needle in needles(id) {
            assert!(!holds(&written, &needle), "a secret is in the log");
        }
    })
    .await;
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
