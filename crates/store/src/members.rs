//! Accounts of Steward's own: who they are and how they stand.

mod invitations;
mod passkeys;
mod questions;
mod secrets;

use model::{
    AccountId, Moment, TenantId,
    accounts::{Member, Standing},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use secrecy::SecretString;
use uuid::Uuid;

pub use invitations::{Joined, NewFactor, NewInvitation};
pub use passkeys::{Added, KeptPasskey, NewPasskey, Removed};
pub use secrets::Proofs;

use crate::{
    Error, Result, Store,
    entity::{member, sign_in},
    json,
    seal::Place,
    stamps::{moment, stamp},
};

impl Store {
    /// Everyone of a tenant with an account of Steward's own, by name.
    pub async fn members(&self, tenant: TenantId) -> Result<Vec<Member>> {
        let found = member::Entity::find()
            .filter(member::Column::Tenant.eq(tenant.uuid()))
            .order_by_asc(member::Column::Name)
            .order_by_asc(member::Column::Id)
            .all(&self.db)
            .await?;
        found.into_iter().map(told).collect()
    }

    /// One of them.
    pub async fn member(&self, tenant: TenantId, id: AccountId) -> Result<Option<Member>> {
        let found = member::Entity::find().filter(one(tenant, id)).one(&self.db).await?;
        found.map(told).transpose()
    }

    /// Sets how an account stands. Whoever may no longer sign in is signed out in the same transaction. Tells whether
    /// it stood as `from` before.
    pub async fn turn_member(
        &self,
        tenant: TenantId,
        id: AccountId,
        from: Standing,
        to: Standing,
    ) -> Result<bool> {
        let writing = self.write().await?;
        let turned = member::Entity::update_many()
            .col_expr(member::Column::Standing, Expr::value(to.word()))
            .filter(one(tenant, id))
            .filter(member::Column::Standing.eq(from.word()))
            .exec(&*writing)
            .await?;
        if turned.rows_affected > 0 && to != Standing::Active {
            sign_in::Entity::delete_many()
                .filter(sign_in::Column::Account.eq(id.uuid()))
                .exec(&*writing)
                .await?;
        }
        writing.commit().await?;
        Ok(turned.rows_affected > 0)
    }

    /// Removes an account with its secrets and sign-ins. Tells whether it was there.
    pub async fn remove_member(&self, tenant: TenantId, id: AccountId) -> Result<bool> {
        let writing = self.write().await?;
        let removed = member::Entity::delete_many().filter(one(tenant, id)).exec(&*writing).await?;
        if removed.rows_affected > 0 {
            let theirs = sign_in::Column::Account.eq(id.uuid());
            sign_in::Entity::delete_many().filter(theirs).exec(&*writing).await?;
        }
        writing.commit().await?;
        Ok(removed.rows_affected > 0)
    }

    /// Sets the names in Tableau that belong to somebody, beside their e-mail address.
    pub async fn link_member(&self, tenant: TenantId, id: AccountId, names: &[String]) -> Result<bool> {
        let names = json::write(&names)?;
        let writing = self.write().await?;
        let linked = member::Entity::update_many()
            .col_expr(member::Column::Names, Expr::value(names))
            .filter(one(tenant, id))
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(linked.rows_affected > 0)
    }

    /// Notes that somebody signed in.
    pub async fn member_signed_in(&self, id: AccountId, now: Moment) -> Result<()> {
        let writing = self.write().await?;
        member::Entity::update_many()
            .col_expr(member::Column::Seen, Expr::value(stamp(now)))
            .filter(member::Column::Id.eq(id.uuid()))
            .exec(&*writing)
            .await?;
        writing.commit().await
    }
}

fn one(tenant: TenantId, id: AccountId) -> Condition {
    Condition::all().add(member::Column::Tenant.eq(tenant.uuid())).add(member::Column::Id.eq(id.uuid()))
}

/// Addresses differ by more than capitals.
fn fold(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Where the secret of a second factor belongs.
fn place(id: Uuid, tenant: Uuid) -> Place<'static> {
    Place { kind: "second-factor", row: id, tenant, owner: id, host: "" }
}

fn told(row: member::Model) -> Result<Member> {
    let standing = Standing::parse(&row.standing);
    let standing = standing.ok_or_else(|| Error::Other("an account stands in no known way".into()))?;
    Ok(Member {
        id: row.id.into(),
        tenant: row.tenant.into(),
        email: row.email,
        name: row.name,
        standing,
        created: moment(row.created),
        created_by: row.created_by,
        seen: row.seen.map(moment),
        invited_until: row.invited_until.map(moment),
        names: json::read(&row.names)?,
    })
}

/// A secret as the database never sees it.
type Open = Option<SecretString>;
