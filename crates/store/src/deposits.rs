//! Deposits: which sealed credential a grant works by. And the one switch that ends all of them.

use model::{
    CredentialId, GrantId, Moment, SiteId, TenantId, UserId,
    delegation::{Delegation, Deposit, Pause},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, sea_query::OnConflict,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    Result, Store,
    entity::{account, credential, delegation, deposit, pause},
    json,
    stamps::{moment, stamp},
    write::Writing,
};

/// A deposit to be kept.
#[derive(Debug, Clone)]
pub struct NewDeposit {
    /// The tenant.
    pub tenant: TenantId,
    /// The sealed credential.
    pub credential: CredentialId,
    /// The grants that may work by it.
    pub grants: Vec<GrantId>,
    /// The site that it opens; `None` for Tableau Cloud Manager.
    pub site: Option<SiteId>,
    /// Whose it is.
    pub owner: UserId,
    /// Their name.
    pub by: String,
    /// Since when.
    pub now: Moment,
    /// Until when.
    pub until: Moment,
}

/// The terms of a grant in one word: another version of it has the same where it opens exactly the same, see
/// [`Delegation::has_terms_of`].
pub fn fingerprint_of_terms(grant: &Delegation) -> Result<String> {
    let terms = Delegation {
        name: String::new(),
        by: String::new(),
        from: Moment::from_seconds(0),
        revoked: None,
        ..grant.clone()
    };
    Ok(hex::encode(Sha256::digest(json::write(&terms)?)))
}

impl Store {
    /// Lets grants work by a credential, if each of them opens at this moment what the fingerprint beside it is of, and
    /// none was taken back. Tells whether; else nothing is kept. Whoever changes a grant at the same time comes before,
    /// and nothing is deposited, or after, and ends it.
    pub async fn deposit_as_seen(&self, new: NewDeposit, seen: &[(GrantId, String)]) -> Result<bool> {
        let mut seen: Vec<_> = seen.iter().collect();
        // Always in the same order, so that no two wait for each other.
        seen.sort_unstable_by_key(|(grant, _)| grant.uuid());
        let writing = self.write().await?;
        for (grant, terms) in seen {
            let row = delegation::Entity::find_by_id(grant.uuid())
                .filter(delegation::Column::Tenant.eq(new.tenant.uuid()))
                .filter(delegation::Column::Revoked.is_null())
                .lock_exclusive()
                .one(&*writing)
                .await?;
            let now = row.map(|row| fingerprint_of_terms(&json::read(&row.terms)?)).transpose()?;
            if now.as_ref() != Some(terms) {
                return Ok(false);
            }
        }
        keep(writing, new).await?;
        Ok(true)
    }

    /// Lets grants work by a credential. It takes the place of what was deposited for them before on the same plane.
    /// Grants of other tenants are passed over.
    pub async fn deposit(&self, new: NewDeposit) -> Result<()> {
        keep(self.write().await?, new).await
    }

    /// The deposits of a tenant, the newest first.
    pub async fn deposits(&self, tenant: TenantId) -> Result<Vec<Deposit>> {
        let rows = of(tenant).order_by_desc(deposit::Column::Made).all(&self.db).await?;
        Ok(rows.into_iter().map(told).collect())
    }

    /// The deposits that count at this time: not run out, and not of an owner whose account is suspended.
    pub async fn living_deposits(&self, tenant: TenantId, now: Moment) -> Result<Vec<Deposit>> {
        Ok(living(tenant, now).all(&self.db).await?.into_iter().map(told).collect())
    }

    /// What a grant works by on a plane, at this moment: not run out, the grant not taken back, nothing paused.
    /// It is asked at every use, so that an end holds at once, everywhere.
    pub async fn deposit_for(
        &self,
        tenant: TenantId,
        grant: GrantId,
        site: Option<SiteId>,
        now: Moment,
    ) -> Result<Option<Deposit>> {
        let view = self.view().await?;
        if pause::Entity::find_by_id(tenant.uuid()).one(&view).await?.is_some() {
            return Ok(None);
        }
        let standing = delegation::Entity::find_by_id(grant.uuid())
            .filter(delegation::Column::Tenant.eq(tenant.uuid()))
            .filter(delegation::Column::Revoked.is_null());
        if standing.one(&view).await?.is_none() {
            return Ok(None);
        }
        let found = living(tenant, now)
            .filter(deposit::Column::Grant.eq(grant.uuid()))
            .filter(deposit::Column::Site.eq(plane(site)));
        Ok(found.one(&view).await?.map(told))
    }

    /// Ends a deposit. A token of Tableau Cloud Manager that no other grant works by is erased with it.
    pub async fn end_deposit(&self, tenant: TenantId, grant: GrantId, site: Option<SiteId>) -> Result<bool> {
        let writing = self.write().await?;
        let found = of(tenant)
            .filter(deposit::Column::Grant.eq(grant.uuid()))
            .filter(deposit::Column::Site.eq(plane(site)));
        let Some(row) = found.one(&*writing).await? else { return Ok(false) };
        end(&writing, &row).await?;
        writing.commit().await?;
        Ok(true)
    }

    /// Pauses all delegation of a tenant and forgets every deposited credential, in one transaction. Tells which.
    pub async fn pause_delegation(&self, tenant: TenantId, pause: &Pause) -> Result<Vec<CredentialId>> {
        let writing = self.write().await?;
        let row = pause::ActiveModel {
            tenant: Set(tenant.uuid()),
            by: Set(pause.by.clone()),
            at: Set(stamp(pause.at)),
        };
        let there = OnConflict::column(pause::Column::Tenant)
            .update_columns([pause::Column::By, pause::Column::At])
            .to_owned();
        pause::Entity::insert(row).on_conflict(there).exec_without_returning(&*writing).await?;
        let credentials: Vec<Uuid> = of(tenant)
            .select_only()
            .column(deposit::Column::Credential)
            .distinct()
            .into_tuple()
            .all(&*writing)
            .await?;
        credential::Entity::delete_many()
            .filter(credential::Column::Id.is_in(credentials.clone()))
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(credentials.into_iter().map(CredentialId::from).collect())
    }

    /// Lets delegation go on. What was forgotten has to be deposited anew. Returns whether it was paused.
    pub async fn resume_delegation(&self, tenant: TenantId) -> Result<bool> {
        let writing = self.write().await?;
        let ended = pause::Entity::delete_by_id(tenant.uuid()).exec(&*writing).await?;
        writing.commit().await?;
        Ok(ended.rows_affected == 1)
    }

    /// Whether all delegation of a tenant is paused, by whom and since when.
    pub async fn delegation_pause(&self, tenant: TenantId) -> Result<Option<Pause>> {
        let found = pause::Entity::find_by_id(tenant.uuid()).one(&self.db).await?;
        Ok(found.map(|row| Pause { by: row.by, at: moment(row.at) }))
    }

    /// Ends deposits that have run out, and those for grants that were taken back. Their tokens belong to nobody then and
    /// are erased like those of sign-ins that are over; those of sites stay with the connection they were made for.
    pub async fn sweep_deposits(&self, now: Moment) -> Result<u64> {
        let revoked = delegation::Entity::find()
            .select_only()
            .column(delegation::Column::Id)
            .filter(delegation::Column::Revoked.is_not_null())
            .into_query();
        let over = Condition::any()
            .add(deposit::Column::Until.lte(stamp(now)))
            .add(deposit::Column::Grant.in_subquery(revoked));
        let writing = self.write().await?;
        let swept = deposit::Entity::delete_many().filter(over).exec(&*writing).await?;
        writing.commit().await?;
        Ok(swept.rows_affected)
    }
}

/// Keeps a deposit, and with it everything else of the transaction.
async fn keep(writing: Writing, new: NewDeposit) -> Result<()> {
    let ours: Vec<Uuid> = delegation::Entity::find()
        .select_only()
        .column(delegation::Column::Id)
        .filter(delegation::Column::Tenant.eq(new.tenant.uuid()))
        .filter(delegation::Column::Id.is_in(new.grants.iter().map(GrantId::uuid)))
        .filter(delegation::Column::Revoked.is_null())
        .into_tuple()
        .all(&*writing)
        .await?;
    let rows: Vec<deposit::ActiveModel> = ours.into_iter().map(|grant| row(&new, grant)).collect();
    let earlier = OnConflict::columns([deposit::Column::Grant, deposit::Column::Site])
        .update_columns([
            deposit::Column::Credential,
            deposit::Column::Owner,
            deposit::Column::By,
            deposit::Column::Made,
            deposit::Column::Until,
        ])
        .to_owned();
    if !rows.is_empty() {
        deposit::Entity::insert_many(rows).on_conflict(earlier).exec_without_returning(&*writing).await?;
    }
    writing.commit().await
}

/// Ends what anybody but this owner deposited for a grant. Returns how many.
pub(crate) async fn end_of_others(
    on: &DatabaseTransaction,
    tenant: TenantId,
    grant: Uuid,
    owner: UserId,
) -> Result<usize> {
    let others = of(tenant)
        .filter(deposit::Column::Grant.eq(grant))
        .filter(deposit::Column::Owner.ne(owner.uuid()))
        .all(on)
        .await?;
    for row in &others {
        end(on, row).await?;
    }
    Ok(others.len())
}

async fn end(on: &DatabaseTransaction, row: &deposit::Model) -> Result<()> {
    deposit::Entity::delete_by_id((row.grant, row.site)).exec(on).await?;
    let left = deposit::Entity::find().filter(deposit::Column::Credential.eq(row.credential));
    if row.site.is_nil() && left.one(on).await?.is_none() {
        credential::Entity::delete_by_id(row.credential).exec(on).await?;
    }
    Ok(())
}

fn of(tenant: TenantId) -> Select<deposit::Entity> {
    deposit::Entity::find().filter(deposit::Column::Tenant.eq(tenant.uuid()))
}

/// Those that count: an owner whose account is suspended lends nothing any more.
pub(crate) fn living(tenant: TenantId, now: Moment) -> Select<deposit::Entity> {
    let suspended = account::Entity::find()
        .select_only()
        .column(account::Column::VendorUser)
        .filter(account::Column::Tenant.eq(tenant.uuid()))
        .filter(account::Column::Suspended.is_not_null())
        .into_query();
    of(tenant)
        .filter(deposit::Column::Until.gt(stamp(now)))
        .filter(deposit::Column::Owner.not_in_subquery(suspended))
}

fn plane(site: Option<SiteId>) -> Uuid {
    site.map_or(Uuid::nil(), |site| site.uuid())
}

fn row(new: &NewDeposit, grant: Uuid) -> deposit::ActiveModel {
    deposit::ActiveModel {
        grant: Set(grant),
        site: Set(plane(new.site)),
        tenant: Set(new.tenant.uuid()),
        credential: Set(new.credential.uuid()),
        owner: Set(new.owner.uuid()),
        by: Set(new.by.clone()),
        made: Set(stamp(new.now)),
        until: Set(stamp(new.until)),
    }
}

fn told(row: deposit::Model) -> Deposit {
    Deposit {
        credential: row.credential.into(),
        grant: row.grant.into(),
        site: (!row.site.is_nil()).then(|| row.site.into()),
        owner: row.owner.into(),
        by: row.by,
        made: moment(row.made),
        until: moment(row.until),
    }
}
