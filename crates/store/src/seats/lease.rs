//! Whose turn it is to count, and with whose sign-in it can be done.

use model::{AccountId, CredentialId, Moment, TenantId, UserId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{
    Error, Fence, Result, Store,
    credentials::is_living,
    entity::{account, credential, seat_watch, sign_in},
    stamps::{database_now, moment},
    write::Writing,
};

/// Somebody who is signed in with a token of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Their account.
    pub account: AccountId,
    /// The person in Tableau.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// The sealed token of the sign-in.
    pub credential: CredentialId,
    /// When the sign-in ends.
    pub ends: Moment,
}

impl Store {
    /// Every tenant that somebody has ever signed in to.
    pub async fn tenants(&self) -> Result<Vec<TenantId>> {
        let found = account::Entity::find()
            .select_only()
            .column(account::Column::Tenant)
            .distinct()
            .into_tuple::<Uuid>()
            .all(&self.db)
            .await?;
        Ok(found.into_iter().map(TenantId::from).collect())
    }

    /// Who is signed in to a tenant with a token of their own, the sign-in that was used last first.
    pub async fn signed_in(&self, tenant: TenantId, now: Moment) -> Result<Vec<SignedIn>> {
        let sign_ins = sign_in::Entity::find()
            .filter(is_living(now))
            .filter(sign_in::Column::Credential.is_not_null())
            .order_by_desc(sign_in::Column::Seen)
            .all(&self.db)
            .await?;
        let mut found = Vec::new();
        for row in sign_ins {
            let Some(id) = row.credential else { continue };
            let kept = credential::Entity::find_by_id(id)
                .filter(credential::Column::Tenant.eq(tenant.uuid()))
                .one(&self.db)
                .await?;
            let Some(kept) = kept else { continue };
            let account = account::Entity::find()
                .filter(account::Column::Tenant.eq(kept.tenant))
                .filter(account::Column::VendorUser.eq(kept.owner))
                .one(&self.db)
                .await?;
            let Some(account) = account else { continue };
            found.push(SignedIn {
                account: account.id.into(),
                user: kept.owner.into(),
                name: account.name,
                credential: id.into(),
                ends: row.absolute_end.map_or_else(|| moment(row.expires), moment),
            });
        }
        Ok(found)
    }

    /// Takes the counting of a tenant's seats for so many seconds of the database's clock; `None` while another has it.
    pub async fn lease_seats(&self, tenant: TenantId, holder: Uuid, seconds: i64) -> Result<Option<Fence>> {
        let writing = self.write().await?;
        let free = seat_watch::ActiveModel {
            tenant: Set(tenant.uuid()),
            holder: Set(Uuid::nil()),
            fence: Set(0),
            until: Set(0),
        };
        let there = OnConflict::column(seat_watch::Column::Tenant).do_nothing().to_owned();
        seat_watch::Entity::insert(free)
            .on_conflict(there)
            .try_insert()
            .exec_without_returning(&*writing)
            .await?;
        let Some(row) = locked(&writing, tenant).await? else { return Ok(None) };
        let now = database_now(&*writing).await?;
        if row.until > now && row.holder != holder {
            return Ok(None);
        }
        let fence = row.fence + 1;
        seat_watch::Entity::update_many()
            .col_expr(seat_watch::Column::Holder, Expr::value(holder))
            .col_expr(seat_watch::Column::Fence, Expr::value(fence))
            .col_expr(
                seat_watch::Column::Until,
                Expr::value(now.saturating_add(seconds.saturating_mul(1_000_000))),
            )
            .filter(seat_watch::Column::Tenant.eq(tenant.uuid()))
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(Some(Fence(fence)))
    }

    /// Gives the counting back. An older lease than the last has no effect.
    pub async fn release_seats(&self, tenant: TenantId, fence: Fence) -> Result<()> {
        let writing = self.write().await?;
        release(&writing, tenant, fence).await?;
        writing.commit().await
    }
}

/// Refuses whoever does not hold the last lease, and holds the row until the transaction ends.
pub(super) async fn check(writing: &Writing, tenant: TenantId, fence: Fence) -> Result<()> {
    match locked(writing, tenant).await? {
        Some(row) if row.fence == fence.0 => Ok(()),
        _ => Err(Error::Fenced),
    }
}

/// Ends a lease if it is the last one.
pub(super) async fn release(writing: &Writing, tenant: TenantId, fence: Fence) -> Result<()> {
    seat_watch::Entity::update_many()
        .col_expr(seat_watch::Column::Until, Expr::value(0_i64))
        .filter(seat_watch::Column::Tenant.eq(tenant.uuid()))
        .filter(seat_watch::Column::Fence.eq(fence.0))
        .exec(&**writing)
        .await?;
    Ok(())
}

async fn locked(writing: &Writing, tenant: TenantId) -> Result<Option<seat_watch::Model>> {
    Ok(seat_watch::Entity::find_by_id(tenant.uuid()).lock_exclusive().one(&**writing).await?)
}
