//! The address that news about a tenant's licences go to, with its sealed secret.

use model::{Moment, TenantId, UserId, licences::news::Hook, licences::news::NewsState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use secrecy::SecretString;
use uuid::Uuid;

use crate::{
    Result, Store,
    entity::{seat_hook, seat_news},
    seal::{self, Place},
    stamps::{moment, stamp},
    write::Writing,
};

/// An address to be kept.
pub struct NewHook<'a> {
    /// Its tenant.
    pub tenant: TenantId,
    /// Who sets it.
    pub owner: UserId,
    /// Their name.
    pub by: String,
    /// The address.
    pub url: String,
    /// Its host.
    pub host: String,
    /// What news are signed with.
    pub secret: &'a SecretString,
    /// The time.
    pub now: Moment,
}

impl Store {
    /// Keeps an address and seals its secret. It takes the place of an earlier one, whose secret is erased.
    pub async fn set_hook(&self, new: NewHook<'_>) -> Result<Hook> {
        let mut row = seat_hook::Model {
            id: Uuid::now_v7(),
            tenant: new.tenant.uuid(),
            owner: new.owner.uuid(),
            url: new.url,
            host: new.host,
            sealed: Vec::new(),
            by: new.by,
            at: stamp(new.now),
        };
        row.sealed = seal::seal(&self.keys, &place(&row), new.secret)?;
        let hook = told(&row);
        let writing = self.write().await?;
        delete(&writing, new.tenant).await?;
        seat_hook::Entity::insert(seat_hook::ActiveModel::from(row))
            .exec_without_returning(&*writing)
            .await?;
        writing.commit().await?;
        Ok(hook)
    }

    /// Takes the address away and erases its secret. News that waited for it are dropped.
    pub async fn end_hook(&self, tenant: TenantId) -> Result<()> {
        let writing = self.write().await?;
        delete(&writing, tenant).await?;
        seat_news::Entity::update_many()
            .col_expr(seat_news::Column::State, Expr::value(NewsState::Dropped.word()))
            .filter(seat_news::Column::Tenant.eq(tenant.uuid()))
            .filter(seat_news::Column::State.eq(NewsState::Waiting.word()))
            .exec(&*writing)
            .await?;
        writing.commit().await
    }

    /// The address of a tenant, if there is one.
    pub async fn hook(&self, tenant: TenantId) -> Result<Option<Hook>> {
        Ok(found(self, tenant).await?.as_ref().map(told))
    }

    /// The address with its secret, opened.
    pub async fn open_hook(&self, tenant: TenantId) -> Result<Option<(Hook, SecretString)>> {
        let Some(row) = found(self, tenant).await? else { return Ok(None) };
        let secret = seal::open(&self.keys, &place(&row), &row.sealed)?;
        Ok(Some((told(&row), secret)))
    }
}

async fn found(store: &Store, tenant: TenantId) -> Result<Option<seat_hook::Model>> {
    Ok(seat_hook::Entity::find().filter(seat_hook::Column::Tenant.eq(tenant.uuid())).one(&store.db).await?)
}

async fn delete(writing: &Writing, tenant: TenantId) -> Result<()> {
    seat_hook::Entity::delete_many()
        .filter(seat_hook::Column::Tenant.eq(tenant.uuid()))
        .exec(&**writing)
        .await?;
    Ok(())
}

/// Bound in is the host, so that a secret that was copied beside another address does not open there.
fn place(row: &seat_hook::Model) -> Place<'_> {
    Place { kind: "seat-hook", row: row.id, tenant: row.tenant, owner: row.owner, host: &row.host }
}

fn told(row: &seat_hook::Model) -> Hook {
    Hook { id: row.id, url: row.url.clone(), by: row.by.clone(), at: moment(row.at) }
}
