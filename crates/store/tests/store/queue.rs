//! The job queue: apalis on the store's own connections.

use std::time::Duration;

use apalis::prelude::{BoxDynError, WorkerBuilder, WorkerContext};
use serde::{Deserialize, Serialize};
use store::Queue;

use crate::house::{noon, on_each, suspension};

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Greeting {
    name: String,
}

async fn greet(task: Greeting, worker: WorkerContext) -> Result<(), BoxDynError> {
    assert_eq!(task.name, "Ada");
    worker.stop()?;
    Ok(())
}

#[tokio::test]
async fn a_task_handed_in_is_done_by_a_worker_on_the_same_connections() {
    on_each(async |house| {
        let mut queue = house.store.queue::<Greeting>("greetings");
        queue.push(Greeting { name: "Ada".to_owned() }).await.unwrap();
        let patience = Duration::from_secs(60);
        match queue {
            Queue::Sqlite(storage) => {
                let worker = WorkerBuilder::new("tester").backend(storage).build(greet);
                tokio::time::timeout(patience, worker.run()).await.unwrap().unwrap();
            }
            Queue::Postgres(storage) => {
                let worker = WorkerBuilder::new("tester").backend(storage).build(greet);
                tokio::time::timeout(patience, worker.run()).await.unwrap().unwrap();
            }
        }
        let table = if house.is_postgres() { "apalis.jobs" } else { "Jobs" };
        assert_eq!(house.count(&format!("{table} WHERE status = 'Done'")).await, 1);
        let mut act = suspension("Sales");
        act.at = noon();
        house.store.audit_begin(&act).await.unwrap();
    })
    .await;
}
