//! Grants: kept whole, ended by a mark of their own, and read together with all that decides whether they count.

use std::collections::HashMap;

use model::{
    GrantId, Moment, SiteId, TenantId, UserId,
    delegation::{Delegation, Held, Planes},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store,
    deposits::{end_of_others, living},
    entity::{delegation, deposit, pause},
    json,
    stamps::{moment, stamp},
};

impl Store {
    /// Keeps a grant, or what is different about one that is there. One that was taken back stays so.
    pub async fn keep_grant(&self, tenant: TenantId, grant: &Delegation, now: Moment) -> Result<()> {
        let writing = self.write().await?;
        keep(&writing, tenant, grant, now).await?;
        writing.commit().await
    }

    /// Changes a grant that is there. A deposit is its owner's consent to the terms of that time: under other terms what
    /// anybody but `by` deposited ends in the same transaction. Returns how many did.
    pub async fn change_grant(
        &self,
        tenant: TenantId,
        grant: &Delegation,
        by: UserId,
        now: Moment,
    ) -> Result<usize> {
        let writing = self.write().await?;
        let known = delegation::Entity::find_by_id(grant.id.uuid())
            .filter(delegation::Column::Tenant.eq(tenant.uuid()))
            .lock_exclusive()
            .one(&*writing)
            .await?;
        let known: Option<Delegation> = known.map(|row| json::read(&row.terms)).transpose()?;
        let ended = match known {
            Some(known) if !known.has_terms_of(grant) => {
                end_of_others(&writing, tenant, grant.id.uuid(), by).await?
            }
            _ => 0,
        };
        keep(&writing, tenant, grant, now).await?;
        writing.commit().await?;
        Ok(ended)
    }

    /// Takes a grant back. Returns whether it was there and not taken back before.
    pub async fn revoke_grant(&self, tenant: TenantId, id: GrantId, now: Moment) -> Result<bool> {
        self.mark(tenant, id, delegation::Column::Revoked, now).await
    }

    /// Activates a grant that has to be, or lets it lapse at once. Returns whether it was there.
    pub async fn activate_grant(&self, tenant: TenantId, id: GrantId, until: Moment) -> Result<bool> {
        self.mark(tenant, id, delegation::Column::ActiveUntil, until).await
    }

    async fn mark(
        &self,
        tenant: TenantId,
        id: GrantId,
        column: delegation::Column,
        at: Moment,
    ) -> Result<bool> {
        let writing = self.write().await?;
        let marked = delegation::Entity::update_many()
            .col_expr(column, Expr::value(stamp(at)))
            .filter(delegation::Column::Tenant.eq(tenant.uuid()))
            .filter(delegation::Column::Id.eq(id.uuid()))
            .filter(delegation::Column::Revoked.is_null())
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(marked.rows_affected == 1)
    }

    /// All grants of a tenant as they count now, the newest first.
    pub async fn grants(&self, tenant: TenantId, now: Moment) -> Result<Vec<Held>> {
        self.held(tenant, None, now).await
    }

    /// The grants of one account as they count now, the newest first: what its every request is decided by.
    pub async fn grants_of(&self, tenant: TenantId, account: Uuid, now: Moment) -> Result<Vec<Held>> {
        self.held(tenant, Some(account), now).await
    }

    /// One grant as it counts now.
    pub async fn grant(&self, tenant: TenantId, id: GrantId, now: Moment) -> Result<Option<Held>> {
        Ok(self.held(tenant, None, now).await?.into_iter().find(|held| held.delegation.id == id))
    }

    async fn held(&self, tenant: TenantId, account: Option<Uuid>, now: Moment) -> Result<Vec<Held>> {
        // One view: a pause between two questions must not be overlooked.
        let view = self.view().await?;
        let mut rows = delegation::Entity::find()
            .filter(delegation::Column::Tenant.eq(tenant.uuid()))
            .order_by_desc(delegation::Column::Made)
            .order_by_desc(delegation::Column::Id);
        if let Some(account) = account {
            rows = rows.filter(delegation::Column::Account.eq(account));
        }
        let rows = rows.all(&view).await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let paused = pause::Entity::find_by_id(tenant.uuid()).one(&view).await?.is_some();
        let mut planes = planes(&view, tenant, now).await?;
        let held = rows.into_iter().map(|row| {
            let mut grant: Delegation = json::read(&row.terms)?;
            grant.revoked = row.revoked.map(moment);
            let planes = planes.remove(&row.id).unwrap_or_default();
            Ok(grant.held(now, paused, row.active_until.map(moment), planes))
        });
        held.collect()
    }
}

async fn keep(on: &DatabaseTransaction, tenant: TenantId, grant: &Delegation, now: Moment) -> Result<()> {
    let row = delegation::ActiveModel {
        id: Set(grant.id.uuid()),
        tenant: Set(tenant.uuid()),
        account: Set(grant.account),
        made: Set(stamp(now)),
        terms: Set(json::write(grant)?),
        revoked: Set(None),
        active_until: Set(None),
    };
    let there = OnConflict::column(delegation::Column::Id)
        .update_column(delegation::Column::Terms)
        // What belongs to another tenant, or to somebody else, is nobody's to rewrite.
        .action_and_where(Expr::col((delegation::Entity, delegation::Column::Tenant)).eq(tenant.uuid()))
        .action_and_where(Expr::col((delegation::Entity, delegation::Column::Account)).eq(grant.account))
        .to_owned();
    delegation::Entity::insert(row).on_conflict(there).exec_without_returning(on).await?;
    Ok(())
}

/// What is deposited for each grant, as far as it has not run out.
async fn planes(view: &impl ConnectionTrait, tenant: TenantId, now: Moment) -> Result<HashMap<Uuid, Planes>> {
    let rows: Vec<(Uuid, Uuid)> = living(tenant, now)
        .select_only()
        .column(deposit::Column::Grant)
        .column(deposit::Column::Site)
        .into_tuple()
        .all(view)
        .await?;
    let mut planes: HashMap<Uuid, Planes> = HashMap::new();
    for (grant, site) in rows {
        let of = planes.entry(grant).or_default();
        if site.is_nil() {
            of.tenant = true;
        } else {
            of.sites.insert(SiteId::from(site));
        }
    }
    Ok(planes)
}
