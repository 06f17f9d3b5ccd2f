//! The files of a SQLite database and its backups.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use store::{DatabaseUrl, Error, Keys, Store, StoreSettings};

use crate::house::{House, on_each};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn the_folder_and_every_file_belong_to_their_owner_alone() {
    let house = House::on_sqlite().await;
    house.done("Sales").await;
    let DatabaseUrl::File(file) = &house.settings.url else { unreachable!() };
    assert_eq!(mode(file.parent().unwrap()), 0o700);
    for ending in ["db", "db-wal", "db-shm"] {
        assert_eq!(mode(&file.with_extension(ending)), 0o600, "{ending}");
    }
}

#[tokio::test]
async fn a_file_that_others_could_read_is_closed_to_them() {
    let house = House::on_sqlite().await;
    let DatabaseUrl::File(file) = &house.settings.url else { unreachable!() };
    fs::set_permissions(file, fs::Permissions::from_mode(0o644)).unwrap();
    Store::open(&house.settings).await.unwrap();
    assert_eq!(mode(file), 0o600);
}

#[tokio::test]
async fn a_write_is_on_disk_before_it_counts() {
    let house = House::on_sqlite().await;
    // Each connection answers 2 (FULL); the job queue's own set-up would have switched it to 0 (OFF).
    house.on_every_connection("CREATE TEMP TABLE proof (yes INTEGER NOT NULL CHECK (yes = 1))").await;
    house.on_every_connection("INSERT INTO proof SELECT synchronous = 2 FROM pragma_synchronous").await;
    house.on_every_connection("INSERT INTO proof SELECT journal_mode = 'wal' FROM pragma_journal_mode").await;
    house.on_every_connection("INSERT INTO proof SELECT foreign_keys FROM pragma_foreign_keys").await;
}

#[tokio::test]
async fn a_backup_of_a_running_database_opens_and_verifies() {
    let house = House::on_sqlite().await;
    house.done("Sales").await;
    let credential = house.keep("secret").await;
    let copy = house.folder.path().join("backup.db");
    house.store.backup(&copy).await.unwrap();
    assert_eq!(mode(&copy), 0o600);
    let settings = StoreSettings { url: DatabaseUrl::File(copy), key: house.settings.key.clone() };
    let restored = Store::open(&settings).await.unwrap();
    assert_eq!(restored.audit_verify().await.unwrap(), house.store.audit_verify().await.unwrap());
    assert!(restored.open_credential(credential).await.unwrap().is_some());
}

#[tokio::test]
async fn a_backup_overwrites_nothing() {
    let house = House::on_sqlite().await;
    let taken = house.folder.path().join("taken");
    fs::write(&taken, "precious").unwrap();
    assert!(matches!(house.store.backup(&taken).await, Err(Error::File { .. })));
    assert_eq!(fs::read_to_string(&taken).unwrap(), "precious");
}

#[tokio::test]
async fn postgresql_is_backed_up_by_its_own_program() {
    on_each(async |house| {
        if house.is_postgres() {
            let refused = house.store.backup(&house.folder.path().join("backup")).await;
            assert!(matches!(refused, Err(Error::UsePgDump)));
        }
    })
    .await;
}

#[tokio::test]
async fn a_database_in_memory_works_while_it_is_open() {
    let settings = StoreSettings { url: DatabaseUrl::Memory, key: store::Keys::random().unwrap() };
    let store = Store::open(&settings).await.unwrap();
    let acts: Vec<_> = (0..20).map(|n| crate::house::suspension(&format!("Site {n}"))).collect();
    let begun = futures::future::join_all(acts.iter().map(|act| store.audit_begin(act))).await;
    assert!(begun.iter().all(Result::is_ok));
    assert_eq!(store.audit_verify().await.unwrap().records, 20);
}

#[tokio::test]
async fn an_address_is_read_and_its_password_never_shown() {
    let url: DatabaseUrl = "postgres://steward:hunter2@localhost/none?host=/nowhere".parse().unwrap();
    let settings = StoreSettings { url, key: store::Keys::random().unwrap() };
    let refused = Store::open(&settings).await.unwrap_err();
    assert!(matches!(refused, Error::Unavailable(_)), "{refused:?}");
    assert!(!format!("{settings:?} {refused} {refused:?}").contains("hunter2"));
    assert!(matches!("sqlite::memory:".parse(), Ok(DatabaseUrl::Memory)));
    assert!(
        matches!("sqlite:data/a.db".parse(), Ok(DatabaseUrl::File(path)) if path == Path::new("data/a.db"))
    );
    assert!(matches!("/var/lib/a.db".parse(), Ok(DatabaseUrl::File(_))));
    for wrong in ["", "mysql://localhost/x", "sqlite:"] {
        assert!(matches!(wrong.parse::<DatabaseUrl>(), Err(Error::Address)), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_new_databases_open_at_once_without_meeting_a_lock() {
    let opening = (0..24).map(|_| {
        tokio::spawn(async {
            let folder = tempfile::tempdir().unwrap();
            let url = DatabaseUrl::File(folder.path().join("steward.db"));
            let store = Store::open(&StoreSettings { url, key: Keys::random().unwrap() }).await.unwrap();
            store.ready().await.unwrap();
            store.close().await;
        })
    });
    for opened in opening.collect::<Vec<_>>() {
        opened.await.unwrap();
    }
}
