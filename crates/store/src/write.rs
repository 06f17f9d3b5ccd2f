//! Transactions: those that write, and those that see one state of the database for a long reading.

use std::ops::Deref;

use sea_orm::{
    DatabaseTransaction, IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use tokio::sync::OwnedMutexGuard;

use crate::{Result, Store};

/// A transaction that writes; what is not committed is undone.
pub(crate) struct Writing {
    // Declared before the turn, so that it ends before the next one begins.
    transaction: DatabaseTransaction,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Store {
    /// Begins a transaction that writes.
    pub(crate) async fn write(&self) -> Result<Writing> {
        // SQLite lets one write at a time. Those who wait stand in line here instead of knocking at the
        // file, which is neither fair nor fast. On PostgreSQL everybody has a line of their own.
        let turn = match &self.turns {
            Some(turns) => Some(turns.clone().lock_owned().await),
            None => None,
        };
        // IMMEDIATE takes SQLite's write lock at once: a transaction that reads first and writes later
        // could be refused in the middle.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Writing { transaction: self.db.begin_with_options(options).await?, _turn: turn })
    }

    /// Begins a long reading: one view of the database, while others go on writing.
    pub(crate) async fn view(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            isolation_level: self.is_postgres().then_some(IsolationLevel::RepeatableRead),
            ..TransactionOptions::default()
        };
        Ok(self.db.begin_with_options(options).await?)
    }
}

impl Writing {
    /// Makes everything done so far last.
    pub(crate) async fn commit(self) -> Result<()> {
        Ok(self.transaction.commit().await?)
    }
}

impl Deref for Writing {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}
