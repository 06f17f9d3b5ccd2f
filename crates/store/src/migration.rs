//! Brings the tables to this version, one process at a time.

mod audit_actor;
mod conversions;
mod credential_tokens;
mod delegation;
mod directory;
mod first_audit;
mod first_people;
mod first_vendor;
mod held_acts;
mod job_owners;
mod members;
mod passkeys;
mod plans;
mod seats;
mod site_connections;

use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, sqlx,
};
use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait::async_trait, seaql_migrations};

use crate::{Error, Result};

struct Steps;

#[async_trait]
impl MigratorTrait for Steps {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(first_people::Step),
            Box::new(first_audit::Step),
            Box::new(first_vendor::Step),
            Box::new(directory::Step),
            Box::new(plans::Step),
            Box::new(job_owners::Step),
            Box::new(site_connections::Step),
            Box::new(conversions::Step),
            Box::new(credential_tokens::Step),
            Box::new(seats::Step),
            Box::new(members::Step),
            Box::new(delegation::Step),
            Box::new(passkeys::Step),
            Box::new(audit_actor::Step),
            Box::new(held_acts::Step),
        ]
    }
}

/// Runs the steps that are missing, ours first and then those of the job queue.
pub(crate) async fn run(db: &DatabaseConnection) -> Result<()> {
    ours(db).await.map_err(|error| failed(error.into()))?;
    queue(db).await
}

async fn ours(db: &DatabaseConnection) -> std::result::Result<(), DbErr> {
    // One transaction for all steps: it holds SQLite's write lock and PostgreSQL's advisory lock, so that
    // a second process waits and then finds nothing to do.
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = db.begin_with_options(options).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        // Raw SQL: the lock has no table yet that it could stand on. The number spells "steward".
        let lock = "SELECT pg_advisory_xact_lock(32498676216001124)";
        transaction.execute_raw(Statement::from_string(DbBackend::Postgres, lock)).await?;
    }
    Steps::install(&transaction).await?;
    if is_from_a_later_version(&transaction).await? {
        tracing::warn!("The tables were made by a later version of Steward; they are used as they are");
        return Ok(());
    }
    Steps::up(&transaction, None).await?;
    transaction.commit().await
}

/// Later tables stay readable by this version, but the migrator would refuse steps that it does not know.
async fn is_from_a_later_version(transaction: &DatabaseTransaction) -> std::result::Result<bool, DbErr> {
    let known = Steps::migrations();
    let done = seaql_migrations::Entity::find().all(transaction).await?;
    Ok(done.iter().any(|done| known.iter().all(|step| step.name() != done.version)))
}

async fn queue(db: &DatabaseConnection) -> Result<()> {
    if db.get_database_backend() == DbBackend::Postgres {
        let mut steps = PostgresStorage::migrations();
        // Takes an advisory lock of its own.
        return steps
            .set_ignore_missing(true)
            .run(db.get_postgres_connection_pool())
            .await
            .map_err(|error| failed(sqlx::Error::from(error).into()));
    }
    // Not `SqliteStorage::setup`: it also switches `synchronous` off, and with it the promise that an
    // audit record is on disk before anything is sent.
    let mut transaction = db.get_sqlite_connection_pool().begin_with("BEGIN IMMEDIATE").await?;
    let mut steps = SqliteStorage::migrations();
    steps
        .set_ignore_missing(true)
        .run_direct(None, &mut *transaction, false)
        .await
        .map_err(|error| failed(sqlx::Error::from(error).into()))?;
    Ok(transaction.commit().await?)
}

/// A full or locked database keeps its own name; the rest is a failed set-up.
fn failed(error: Error) -> Error {
    match error {
        Error::Other(cause) => Error::Migration(cause),
        error => error,
    }
}
