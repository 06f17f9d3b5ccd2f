//! The job queue of apalis, on the same connections as everything else.

use apalis::prelude::TaskSink;
use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, Result, Store};

/// A queue of tasks of one kind. A worker takes the storage inside, whichever it is.
#[derive(Clone)]
pub enum Queue<Task> {
    /// In SQLite: one process.
    Sqlite(SqliteStorage<Task>),
    /// In PostgreSQL: any number of replicas.
    Postgres(PostgresStorage<Task>),
}

impl Store {
    /// The queue of that name. The name is kept in the database: it must stay the same over versions.
    pub fn queue<Task>(&self, name: &str) -> Queue<Task> {
        if self.is_postgres() {
            let config = apalis_postgres::Config::default().queue(name);
            Queue::Postgres(PostgresStorage::new(self.db.get_postgres_connection_pool()).with_config(config))
        } else {
            let config = apalis_sqlite::Config::default().queue(name);
            Queue::Sqlite(SqliteStorage::new(self.db.get_sqlite_connection_pool()).with_config(config))
        }
    }
}

impl<Task> Queue<Task>
where
    Task: Serialize + DeserializeOwned + Send + Sync + Unpin + 'static,
{
    /// Hands a task in.
    pub async fn push(&mut self, task: Task) -> Result<()> {
        match self {
            Self::Sqlite(storage) => storage.push(task).await.map_err(|error| Error::Other(error.into())),
            Self::Postgres(storage) => storage.push(task).await.map_err(|error| Error::Other(error.into())),
        }
    }
}
