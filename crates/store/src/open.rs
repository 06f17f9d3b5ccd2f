//! Opening, checking, copying and closing the database.

use std::{fmt, fs, path::Path, str::FromStr, sync::Arc, time::Duration};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, Statement,
    sqlx::{
        Connection, SqliteConnection,
        postgres::{PgConnectOptions, PgPoolOptions},
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};
use secrecy::ExposeSecret;
use tokio::sync::Mutex;

use crate::{DatabaseUrl, Error, Keys, Result, entity::audit_head, files, migration};

/// How long anybody waits for the database.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the database is, and the keys that seal what is secret in it.
#[derive(Debug, Clone)]
pub struct StoreSettings {
    /// Where the database is.
    pub url: DatabaseUrl,
    /// The keys.
    pub key: Keys,
}

/// The open database. Clones share its connections.
#[derive(Clone)]
pub struct Store {
    pub(crate) db: DatabaseConnection,
    pub(crate) keys: Keys,
    /// The line in which those who write to SQLite stand.
    pub(crate) turns: Option<Arc<Mutex<()>>>,
}

impl fmt::Debug for Store {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Store({:?})", self.db.get_database_backend())
    }
}

impl Store {
    /// Opens the database and brings its tables to this version.
    pub async fn open(settings: &StoreSettings) -> Result<Self> {
        let db = match &settings.url {
            DatabaseUrl::File(path) => {
                files::prepare(path)?;
                sqlite(SqliteConnectOptions::new().filename(path), 8).await?
            }
            // One connection, because each further one would have an empty database of its own.
            DatabaseUrl::Memory => sqlite(SqliteConnectOptions::new().filename(":memory:"), 1).await?,
            DatabaseUrl::Postgres(url) => postgres(url.expose_secret()).await?,
        };
        migration::run(&db).await?;
        let turns = (db.get_database_backend() == DbBackend::Sqlite).then(Arc::default);
        Ok(Self { db, keys: settings.key.clone(), turns })
    }

    /// Whether the database answers; a cheap read.
    pub async fn ready(&self) -> Result<()> {
        audit_head::Entity::find_by_id(audit_head::ONLY).one(&self.db).await?;
        Ok(())
    }

    /// Closes all connections; SQLite then folds its write-ahead log into the file.
    pub async fn close(self) {
        if let Err(error) = self.db.close().await {
            tracing::warn!("The database did not close cleanly: {error}");
        }
    }

    /// Copies the database into a new file while it is in use.
    pub async fn backup(&self, file: &Path) -> Result<()> {
        if self.is_postgres() {
            return Err(Error::UsePgDump);
        }
        let name = file.to_str().ok_or(Error::Address)?;
        // Made first, with its rights: SQLite fills an empty file, and refuses one that is not empty.
        let copy = files::create(file).map_err(files::refused(file))?;
        // Raw SQL: the one statement that copies a database in use.
        let statement = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [name.into()]);
        let copied = match self.db.execute_raw(statement).await {
            Ok(_) => copy.sync_all().map_err(files::refused(file)),
            Err(error) => Err(error.into()),
        };
        copied.inspect_err(|_| drop(fs::remove_file(file)))
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.db.get_database_backend() == DbBackend::Postgres
    }
}

async fn sqlite(options: SqliteConnectOptions, connections: u32) -> Result<DatabaseConnection> {
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        .foreign_keys(true)
        // What is erased is overwritten, not only forgotten.
        .pragma("secure_delete", "ON");
    if connections > 1 {
        // The switch to the write-ahead log takes the whole database for itself and refuses, without waiting, whoever
        // meets it. So one connection makes it alone, before a pool opens several at once.
        SqliteConnection::connect_with(&options).await?.close().await?;
    }
    let pool = SqlitePoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        // A database in memory ends with its last connection.
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options)
        .await?;
    Ok(pool.into())
}

async fn postgres(url: &str) -> Result<DatabaseConnection> {
    // Its error is dropped: it may quote the address.
    let options = PgConnectOptions::from_str(url).map_err(|_| Error::Address)?.application_name("steward");
    let pool =
        PgPoolOptions::new().max_connections(10).acquire_timeout(PATIENCE).connect_with(options).await?;
    Ok(pool.into())
}
