//! Questions to passkeys: each counts once, for a while, for what it is bound to, and on every replica.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict};

use super::invitations::hash;
use crate::{Result, Store, entity::passkey_question, stamps::database_now};

/// Questions that nobody answered are swept after this.
const KEPT_SECONDS: i64 = 60 * 60;

impl Store {
    /// Keeps a question. An earlier one that is bound to the same counts no more.
    pub async fn keep_question(&self, bound: &str, state: &str) -> Result<()> {
        use passkey_question::Column;
        let writing = self.write().await?;
        let asked = database_now(&*writing).await?;
        let row = passkey_question::ActiveModel {
            bound: Set(hash(bound)),
            state: Set(state.to_owned()),
            asked: Set(asked),
        };
        let instead =
            OnConflict::column(Column::Bound).update_columns([Column::State, Column::Asked]).to_owned();
        let kept = passkey_question::Entity::insert(row).on_conflict(instead);
        kept.exec_without_returning(&*writing).await?;
        writing.commit().await
    }

    /// Takes a question out, whatever the answer to it is worth. `None` when there is none, when somebody was faster, or
    /// when it is older than `seconds` by the database's clock.
    pub async fn take_question(&self, bound: &str, seconds: i64) -> Result<Option<String>> {
        let bound = hash(bound);
        let writing = self.write().await?;
        let now = database_now(&*writing).await?;
        let row = passkey_question::Entity::find_by_id(bound.clone()).lock_exclusive().one(&*writing).await?;
        let taken = passkey_question::Entity::delete_by_id(bound).exec(&*writing).await?;
        writing.commit().await?;
        let row = row.filter(|_| taken.rows_affected == 1);
        // A clock that was set back makes no question younger.
        let row = row.filter(|row| row.asked <= now && now < row.asked.saturating_add(seconds * 1_000_000));
        Ok(row.map(|row| row.state))
    }

    /// Sweeps questions that nobody answered.
    pub async fn sweep_questions(&self) -> Result<u64> {
        let writing = self.write().await?;
        let before = database_now(&*writing).await?.saturating_sub(KEPT_SECONDS * 1_000_000);
        let old = passkey_question::Column::Asked.lt(before);
        let swept = passkey_question::Entity::delete_many().filter(old).exec(&*writing).await?;
        writing.commit().await?;
        Ok(swept.rows_affected)
    }
}
