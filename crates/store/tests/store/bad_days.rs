//! Full and read-only databases: nothing begins, nothing is half written, reading goes on.

use model::audit::{ActState, AuditQuery};
use store::{BeginError, Error, Store};

use crate::house::{House, finish, on_each, suspension, tenant};

async fn whole(house: &House, records: u64) {
    let report = house.store.audit_verify().await.unwrap();
    assert_eq!((report.records, report.broken_at), (records, None));
}

#[tokio::test]
async fn a_read_only_database_begins_nothing_and_goes_on_reading() {
    on_each(async |house| {
        let act = house.done("Sales").await;
        let read_only = if house.is_postgres() {
            "SET default_transaction_read_only = on"
        } else {
            "PRAGMA query_only = ON"
        };
        house.on_every_connection(read_only).await;
        let other = suspension("Other");
        let refused = house.store.audit_begin(&other).await;
        assert!(matches!(refused, Err(BeginError::Store(Error::ReadOnly(_)))), "{refused:?}");
        assert!(house.store.audit_entry(tenant(), other.act).await.unwrap().is_none());
        assert!(house.store.audit_entry(tenant(), act).await.unwrap().is_some());
        house.store.ready().await.unwrap();
        whole(house, 2).await;
    })
    .await;
}

#[tokio::test]
async fn a_full_sqlite_begins_nothing_and_is_whole_again_with_room() {
    let house = House::on_sqlite().await;
    // SQLite raises a limit that is too low to what the file has now.
    house.on_every_connection("PRAGMA max_page_count = 1").await;
    let mut begun = 0;
    let refused = loop {
        let act = suspension(&format!("Site {begun}"));
        match house.store.audit_begin(&act).await {
            Ok(()) => begun += 1,
            Err(error) => break (act, error),
        }
    };
    assert!(matches!(refused.1, BeginError::Store(Error::Full(_))), "{:?}", refused.1);
    assert!(house.store.audit_entry(tenant(), refused.0.act).await.unwrap().is_none());
    whole(&house, begun).await;
    house.on_every_connection("PRAGMA max_page_count = 1000000").await;
    house.store.audit_begin(&refused.0).await.unwrap();
    whole(&house, begun + 1).await;
}

#[tokio::test]
async fn a_write_that_fails_halfway_leaves_nothing_behind() {
    on_each(async |house| {
        house.done("Sales").await;
        let act = suspension("Other");
        house.store.audit_begin(&act).await.unwrap();
        // The last of the writes is refused, as a full disk would do it.
        if house.is_postgres() {
            let refuse = "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS \
                $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$";
            let on = "CREATE TRIGGER no_room BEFORE UPDATE ON audit_head EXECUTE FUNCTION no_room()";
            house.sql(&[refuse, on]).await;
        } else {
            let on =
                "CREATE TRIGGER no_room BEFORE UPDATE ON audit_head BEGIN SELECT RAISE(ABORT, 'full'); END";
            house.sql(&[on]).await;
        }
        let refused = house.store.audit_begin(&suspension("Third")).await;
        if house.is_postgres() {
            assert!(matches!(refused, Err(BeginError::Store(Error::Full(_)))), "{refused:?}");
        }
        assert!(refused.is_err());
        assert!(house.store.audit_finish(act.act, &finish(ActState::Done)).await.is_err());
        assert!(house.store.audit_deny(&suspension("Fourth"), "not-allowed").await.is_err());
        let page = house.store.audit_page(tenant(), &AuditQuery::default()).await.unwrap();
        assert_eq!((page.total, page.rows[0].state), (2, ActState::Started));
        whole(house, 3).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_written_is_there_after_a_restart() {
    on_each(async |house| {
        house.done("Sales").await;
        let before = house.store.audit_verify().await.unwrap();
        let again = Store::open(&house.settings).await.unwrap();
        assert_eq!(again.audit_verify().await.unwrap(), before);
        again.audit_begin(&suspension("Other")).await.unwrap();
        house.store.audit_begin(&suspension("Third")).await.unwrap();
        whole(house, 4).await;
        again.close().await;
    })
    .await;
}

#[tokio::test]
async fn two_processes_open_a_new_database_at_the_same_time() {
    on_each(async |house| {
        let mut settings = house.settings.clone();
        if house.is_postgres() {
            let tables =
                "DROP SCHEMA public CASCADE; DROP SCHEMA IF EXISTS apalis CASCADE; CREATE SCHEMA public";
            house.sql(&tables.split("; ").collect::<Vec<_>>()).await;
        } else {
            settings.url = store::DatabaseUrl::File(house.folder.path().join("new.db"));
        }
        let opened = futures::future::join_all((0..3).map(|_| Store::open(&settings))).await;
        for store in opened {
            let store = store.unwrap();
            store.audit_begin(&suspension(&uuid::Uuid::now_v7().to_string())).await.unwrap();
            store.close().await;
        }
    })
    .await;
}

#[tokio::test]
async fn tables_made_by_a_later_version_are_used_as_they_are() {
    on_each(async |house| {
        house.sql(&["INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)"]).await;
        let again = Store::open(&house.settings).await.unwrap();
        again.audit_begin(&suspension("Sales")).await.unwrap();
        again.close().await;
    })
    .await;
}

#[tokio::test]
async fn tables_of_the_first_version_are_brought_to_this_one_with_what_is_in_them() {
    on_each(async |house| {
        let id = if house.is_postgres() {
            "'00000000-0000-0000-0000-000000000001'"
        } else {
            "x'00000000000000000000000000000001'"
        };
        let columns = "tenant, id, operation, status, seen";
        let job = format!("INSERT INTO known_job ({columns}) VALUES ({id}, {id}, 'A', 'NEW', 1)");
        let first = "DROP TABLE seat_alarm; DROP TABLE seat_count; DROP TABLE seat_exclusion; DROP TABLE seat_try; \
            DROP TABLE seat_news; DROP TABLE seat_hook; DROP TABLE seat_setting; DROP TABLE seat_site; \
            DROP TABLE seat_turn; DROP TABLE seat_watch; ALTER TABLE credential DROP COLUMN token; \
            DROP TABLE approval; DROP TABLE deposit; DROP TABLE delegation; DROP TABLE pause; \
            ALTER TABLE audit_record DROP COLUMN via; ALTER TABLE act DROP COLUMN via; \
            ALTER TABLE audit_record DROP COLUMN actor; ALTER TABLE act DROP COLUMN actor; \
            DROP TABLE passkey_question; DROP TABLE passkey; \
            DROP TABLE conversion; DROP TABLE recovery_code; DROP TABLE member; DROP TABLE tried; \
            DROP INDEX sign_in_by_account; \
            ALTER TABLE sign_in DROP COLUMN account; ALTER TABLE sign_in DROP COLUMN began; \
            ALTER TABLE sign_in DROP COLUMN address; ALTER TABLE sign_in DROP COLUMN browser; \
            ALTER TABLE account DROP COLUMN suspended; \
            DROP TABLE site_connection; DROP TABLE directory; DROP TABLE directory_person; DROP TABLE protection; \
            DROP TABLE plan_step; DROP TABLE plan; DROP TABLE run_row; DROP TABLE run; \
            DROP INDEX known_job_by_run; ALTER TABLE known_job DROP COLUMN owner; \
            ALTER TABLE known_job DROP COLUMN run; DELETE FROM seaql_migrations WHERE version > 'm0003_z'";
        house.sql(&first.split("; ").collect::<Vec<_>>()).await;
        house.sql(&[&job]).await;
        let again = Store::open(&house.settings).await.unwrap();
        assert_eq!(again.known_jobs(tenant(), 9).await.unwrap().len(), 1);
        assert!(again.directory(tenant()).await.unwrap().is_none());
        assert!(again.unfinished_runs().await.unwrap().is_empty());
        again.close().await;
    })
    .await;
}
