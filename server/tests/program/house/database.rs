//! The database from outside and on its own connections, for what the program itself never does.

use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
    sqlx::{AssertSqlSafe, query},
};
use store::Queue;

use super::House;

impl House {
    /// The files of the database, each with its content.
    pub fn database_files(&self) -> Vec<(String, Vec<u8>)> {
        let folder = std::fs::read_dir(self.folder.path().join("data")).unwrap();
        folder
            .map(|file| file.unwrap().path())
            .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
            .collect()
    }

    async fn intruder(&self) -> DatabaseConnection {
        let path = self.folder.path().join("data/steward.db");
        Database::connect(format!("sqlite:{}", path.display())).await.unwrap()
    }

    /// Changes the database behind the program's back.
    pub async fn sql(&self, statement: &str) {
        let intruder = self.intruder().await;
        intruder.execute_unprepared(statement).await.unwrap();
        intruder.close().await.unwrap();
    }

    /// How many rows there are.
    pub async fn count(&self, from: &str) -> i64 {
        let intruder = self.intruder().await;
        let sql = format!("SELECT count(*) AS n FROM {from}");
        let row =
            intruder.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap().unwrap();
        intruder.close().await.unwrap();
        row.try_get("", "n").unwrap()
    }

    /// Runs a statement on each of the program's own connections.
    pub async fn on_every_connection(&self, statement: &'static str) {
        let Queue::Sqlite(storage) = self.store.queue::<u8>("none") else { unreachable!("tests use SQLite") };
        let all = (0..8).map(|_| storage.pool().acquire());
        for connection in &mut futures::future::try_join_all(all).await.unwrap() {
            query(AssertSqlSafe(statement)).execute(&mut **connection).await.unwrap();
        }
    }
}
