//! A database of its own for each test, on both kinds.

use std::panic::{AssertUnwindSafe, resume_unwind};

use futures::FutureExt;
use model::{ActId, CredentialId, Moment, TenantId, UserId, audit::ActState};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend};
use secrecy::{ExposeSecret, SecretString};
use store::{DatabaseUrl, Finish, Keys, NewAct, NewCredential, Queue, Store, StoreSettings};
use tempfile::TempDir;
use uuid::Uuid;

/// An open store and what a test needs around it.
pub struct House {
    pub store: Store,
    pub settings: StoreSettings,
    pub folder: TempDir,
}

/// A sign-in of somebody with a credential.
pub fn bound_to(credential: CredentialId, ends: Moment) -> store::Binding {
    store::Binding {
        account: Uuid::from_u128(77).into(),
        credential: Some(credential),
        ends,
        began: noon(),
        address: "192.0.2.1".to_owned(),
        browser: "Firefox on Linux".to_owned(),
    }
}

/// Runs a test on SQLite and, when there is one, on PostgreSQL.
pub async fn on_each(test: impl AsyncFn(&House)) {
    let house = House::on_sqlite().await;
    test(&house).await;
    house.store.close().await;
    let Ok(server) = std::env::var("STEWARD_TEST_POSTGRES") else { return };
    let name = format!("store_{}", Uuid::now_v7().simple());
    let admin = Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let house = House::open(DatabaseUrl::Postgres(address(&server, &name))).await;
    let outcome = AssertUnwindSafe(test(&house)).catch_unwind().await;
    house.store.close().await;
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

fn address(server: &str, name: &str) -> SecretString {
    let (front, options) = server.split_once('?').map_or((server, ""), |(front, options)| (front, options));
    let (front, _) = front.rsplit_once('/').unwrap();
    format!("{front}/{name}?{options}").into()
}

impl House {
    pub async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data/steward.db");
        Self { folder, ..Self::open(DatabaseUrl::File(file)).await }
    }

    async fn open(url: DatabaseUrl) -> Self {
        let settings = StoreSettings { url, key: Keys::random().unwrap() };
        let store = Store::open(&settings).await.unwrap();
        Self { store, settings, folder: tempfile::tempdir().unwrap() }
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self.settings.url, DatabaseUrl::Postgres(_))
    }

    /// A connection beside the store's, for what the store itself never does.
    pub async fn intruder(&self) -> DatabaseConnection {
        let url = match &self.settings.url {
            DatabaseUrl::File(path) => format!("sqlite:{}", path.display()),
            DatabaseUrl::Postgres(url) => url.expose_secret().to_owned(),
            DatabaseUrl::Memory => unreachable!("no test looks into memory from outside"),
        };
        Database::connect(url).await.unwrap()
    }

    pub async fn sql(&self, statements: &[&str]) {
        let intruder = self.intruder().await;
        for statement in statements {
            intruder
                .execute_unprepared(statement)
                .await
                .unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        intruder.close().await.unwrap();
    }

    /// One number out of the database.
    pub async fn count(&self, from: &str) -> i64 {
        let intruder = self.intruder().await;
        let backend = if self.is_postgres() { DbBackend::Postgres } else { DbBackend::Sqlite };
        let statement = sea_orm::Statement::from_string(backend, format!("SELECT count(*) AS n FROM {from}"));
        let row = intruder.query_one_raw(statement).await.unwrap().unwrap();
        intruder.close().await.unwrap();
        row.try_get("", "n").unwrap()
    }

    /// Runs a statement on each of the store's own connections.
    pub async fn on_every_connection(&self, statement: &'static str) {
        use sea_orm::sqlx::{AssertSqlSafe, query};
        match self.store.queue::<u8>("none") {
            Queue::Sqlite(storage) => {
                let all = (0..8).map(|_| storage.pool().acquire());
                for connection in &mut futures::future::try_join_all(all).await.unwrap() {
                    query(AssertSqlSafe(statement)).execute(&mut **connection).await.unwrap();
                }
            }
            Queue::Postgres(storage) => {
                let all = (0..10).map(|_| storage.pool().acquire());
                for connection in &mut futures::future::try_join_all(all).await.unwrap() {
                    query(AssertSqlSafe(statement)).execute(&mut **connection).await.unwrap();
                }
            }
        }
    }

    pub async fn keep(&self, secret: &str) -> CredentialId {
        let secret = secret.into();
        let host = "tcm.example".to_owned();
        let new = NewCredential { tenant: tenant(), owner: user(), host, secret: &secret, now: noon() };
        self.store.keep_credential(new).await.unwrap()
    }

    /// Begins an act on a thing of its own and ends it.
    pub async fn done(&self, name: &str) -> ActId {
        let act = suspension(name);
        self.store.audit_begin(&act).await.unwrap();
        self.store.audit_finish(act.act, &finish(ActState::Done)).await.unwrap();
        act.act
    }
}

pub fn noon() -> Moment {
    Moment::parse("2026-03-03T12:00:00Z").unwrap()
}

pub fn tenant() -> TenantId {
    Uuid::from_u128(1).into()
}

pub fn user() -> UserId {
    Uuid::from_u128(2).into()
}

/// Suspending a site of that name, by a form of its own.
pub fn suspension(name: &str) -> NewAct {
    NewAct {
        act: Uuid::now_v7().into(),
        at: noon(),
        tenant: tenant(),
        who: "Ada Admin".to_owned(),
        who_id: user().to_string(),
        verb: "site.suspend".to_owned(),
        object_kind: "site".to_owned(),
        object: format!("id-of-{name}"),
        object_name: name.to_owned(),
        reason: Some("Bills unpaid".to_owned()),
        before: Some("Active".to_owned()),
        via: None,
        actor: Uuid::from_u128(7).to_string(),
        reference: "req-1".to_owned(),
    }
}

pub fn finish(state: ActState) -> Finish {
    let after = (state == ActState::Done).then(|| "Suspended".to_owned());
    let code = (state == ActState::Failed).then(|| "vendor-refused".to_owned());
    Finish { state, code, after, at: noon().plus_seconds(2) }
}
