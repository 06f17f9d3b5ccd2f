//! Tries to prove who one is, counted in the database: guesses in parallel, and on other replicas, are not free.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use sha2::{Digest, Sha256};

use crate::{Result, Store, entity::tried, stamps::database_now};

/// Counts older than this are swept.
const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// What tries are counted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TriesOf {
    /// An account, by whatever it is signed in with; it need not exist.
    Account(String),
    /// A network address.
    Address(String),
}

/// How many tries are allowed in a stretch of time.
#[derive(Debug, Clone, Copy)]
pub struct Allowed {
    /// So many.
    pub at_most: u32,
    /// In so many seconds from the first one on.
    pub in_seconds: u32,
}

impl TriesOf {
    fn hash(&self) -> Vec<u8> {
        let (kind, value) = match self {
            Self::Account(value) => ("account", value),
            Self::Address(value) => ("address", value),
        };
        Sha256::digest(format!("{kind} {value}")).to_vec()
    }
}

impl Store {
    /// Counts a try. `Some` is the seconds to wait: it is one too many, and must not even be looked at.
    ///
    /// The clock is the database's, the one that replicas share. One that was set back begins to count anew.
    pub async fn count_try(&self, of: &TriesOf, allowed: Allowed) -> Result<Option<u64>> {
        let what = of.hash();
        let writing = self.write().await?;
        let now = database_now(&*writing).await?;
        let none = tried::ActiveModel { what: Set(what.clone()), tries: Set(0), since: Set(now) };
        let there = OnConflict::column(tried::Column::What).do_nothing().to_owned();
        tried::Entity::insert(none).on_conflict(there).try_insert().exec_without_returning(&*writing).await?;
        // Whoever comes at the same time waits here for their turn.
        let row = tried::Entity::find_by_id(what.clone()).lock_exclusive().one(&*writing).await?;
        let stretch = i64::from(allowed.in_seconds) * 1_000_000;
        let (tries, since) = match row {
            Some(row) if row.since <= now && now < row.since.saturating_add(stretch) => {
                (row.tries, row.since)
            }
            _ => (0, now),
        };
        let refused = tries >= i64::from(allowed.at_most);
        if !refused {
            tried::Entity::update_many()
                .col_expr(tried::Column::Tries, Expr::value(tries + 1))
                .col_expr(tried::Column::Since, Expr::value(since))
                .filter(tried::Column::What.eq(what))
                .exec(&*writing)
                .await?;
        }
        writing.commit().await?;
        let left = since.saturating_add(stretch).saturating_sub(now) / 1_000_000;
        Ok(refused.then(|| left.max(0).unsigned_abs() + 1))
    }

    /// Forgets the tries of somebody who has proved who they are.
    pub async fn forget_tries(&self, of: &TriesOf) -> Result<()> {
        let writing = self.write().await?;
        tried::Entity::delete_by_id(of.hash()).exec(&*writing).await?;
        writing.commit().await
    }

    /// Sweeps counts that are long over.
    pub async fn sweep_tries(&self) -> Result<u64> {
        let writing = self.write().await?;
        let before = database_now(&*writing).await?.saturating_sub(KEPT_SECONDS * 1_000_000);
        let swept =
            tried::Entity::delete_many().filter(tried::Column::Since.lt(before)).exec(&*writing).await?;
        writing.commit().await?;
        Ok(swept.rows_affected)
    }
}
