//! Leases: one replica at a time renews a vendor session, and one that fell behind is noticed.

use model::CredentialId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{
    Error, Result, Store,
    entity::{credential, lease},
    stamps::database_now,
    write::Writing,
};

/// The number of a lease. It grows, so that whoever holds an older one is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fence(pub i64);

impl Store {
    /// Leases the renewal of a credential's vendor session for so many seconds of the database's clock.
    ///
    /// `None` while somebody else holds it, and when there is no such credential.
    pub async fn lease_renewal(&self, id: CredentialId, holder: Uuid, seconds: i64) -> Result<Option<Fence>> {
        let writing = self.write().await?;
        if credential::Entity::find_by_id(id.uuid()).one(&*writing).await?.is_none() {
            return Ok(None);
        }
        let free = lease::ActiveModel {
            credential: Set(id.uuid()),
            holder: Set(Uuid::nil()),
            fence: Set(0),
            until: Set(0),
        };
        let there = OnConflict::column(lease::Column::Credential).do_nothing().to_owned();
        lease::Entity::insert(free).on_conflict(there).try_insert().exec_without_returning(&*writing).await?;
        let Some(row) = locked(&writing, id).await? else { return Ok(None) };
        let now = database_now(&*writing).await?;
        if row.until > now && row.holder != holder {
            return Ok(None);
        }
        let fence = row.fence + 1;
        let until = now.saturating_add(seconds.saturating_mul(1_000_000));
        lease::Entity::update_many()
            .col_expr(lease::Column::Holder, Expr::value(holder))
            .col_expr(lease::Column::Fence, Expr::value(fence))
            .col_expr(lease::Column::Until, Expr::value(until))
            .filter(lease::Column::Credential.eq(id.uuid()))
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(Some(Fence(fence)))
    }

    /// Gives a lease back early, after a renewal that failed. An older lease than the last has no effect.
    pub async fn release_renewal(&self, id: CredentialId, fence: Fence) -> Result<()> {
        let writing = self.write().await?;
        release(&writing, id, fence).await?;
        writing.commit().await
    }
}

/// Refuses whoever does not hold the last lease, and holds the row until the transaction ends.
pub(crate) async fn check(writing: &Writing, id: CredentialId, fence: Fence) -> Result<()> {
    match locked(writing, id).await? {
        Some(row) if row.fence == fence.0 => Ok(()),
        _ => Err(Error::Fenced),
    }
}

/// Ends a lease if it is the last one.
pub(crate) async fn release(writing: &Writing, id: CredentialId, fence: Fence) -> Result<()> {
    lease::Entity::update_many()
        .col_expr(lease::Column::Until, Expr::value(0_i64))
        .filter(lease::Column::Credential.eq(id.uuid()))
        .filter(lease::Column::Fence.eq(fence.0))
        .exec(&**writing)
        .await?;
    Ok(())
}

async fn locked(writing: &Writing, id: CredentialId) -> Result<Option<lease::Model>> {
    Ok(lease::Entity::find_by_id(id.uuid()).lock_exclusive().one(&**writing).await?)
}
