//! The job queue of apalis, on the same connections as everything else.

use std::{future::Future, pin::Pin, time::Duration};

use apalis::prelude::{BackendExt, BoxDynError, TaskSink, WorkerBuilder};
use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Error, Result, Store};

/// How often an idle worker looks for tasks; by itself the library wakes it only with its heartbeat.
const LOOK_EVERY: Duration = Duration::from_millis(500);

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

    /// Works on tasks, several at once, until told to stop. The library notices workers that died and hands their tasks
    /// on; a task may therefore come twice, and must bear it.
    pub async fn serve<Handle, Handled>(
        self,
        worker: String,
        handle: Handle,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<()>
    where
        Handle: Fn(Task) -> Handled + Clone + Send + Sync + 'static,
        Handled: Future<Output = ()> + Send + 'static,
    {
        let stop = async move {
            stop.await;
            Ok::<(), std::io::Error>(())
        };
        // A task of its own for each, so that a long one keeps no thread from the others.
        let handle = move |task: Task| {
            let handled = tokio::spawn(handle(task));
            async move { handled.await.map_err(BoxDynError::from) }
        };
        let worker = WorkerBuilder::new(worker);
        // Boxed: the compiler cannot see through the library's types that the whole may change threads.
        let serving: Pin<Box<dyn Future<Output = _> + Send>> = match self {
            Self::Sqlite(storage) => {
                let storage = storage.poll_with_interval(LOOK_EVERY);
                Box::pin(worker.backend(storage).build(handle).run_until(stop))
            }
            Self::Postgres(storage) => {
                let storage = storage.poll_with_interval(LOOK_EVERY);
                Box::pin(worker.backend(storage).build(handle).run_until(stop))
            }
        };
        serving.await.map_err(|error| Error::Other(error.into()))
    }
}
