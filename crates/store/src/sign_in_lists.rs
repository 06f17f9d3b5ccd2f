//! Whose sign-ins live, and ending them. It counts at once on every replica, because each request looks them up.

use model::{
    AccountId, CredentialId, Moment, TenantId,
    accounts::{AccountRow, Kind, SignInRow, Standing},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Result, Store,
    credentials::is_living,
    entity::{account, sign_in},
    stamps::{moment, stamp},
};

impl Store {
    /// The living sign-ins of an account, the one used last first. `this` names the one that asks.
    pub async fn sign_ins_of(&self, id: AccountId, this: &str, now: Moment) -> Result<Vec<SignInRow>> {
        let found = sign_in::Entity::find()
            .filter(sign_in::Column::Account.eq(id.uuid()))
            .filter(is_living(now))
            .order_by_desc(sign_in::Column::Seen)
            .all(&self.db)
            .await?;
        let told = |row: sign_in::Model| {
            let key = hex::encode(&row.hash);
            SignInRow {
                began: moment(row.began.unwrap_or(row.seen)),
                seen: moment(row.seen),
                ends: moment(row.absolute_end.unwrap_or(row.expires)),
                address: row.address.unwrap_or_default(),
                browser: row.browser.unwrap_or_default(),
                this: key == this,
                key,
            }
        };
        Ok(found.into_iter().map(told).collect())
    }

    /// How many sign-ins of each account live.
    pub async fn sign_ins_by_account(&self, now: Moment) -> Result<Vec<(AccountId, u64)>> {
        let found = sign_in::Entity::find()
            .select_only()
            .column(sign_in::Column::Account)
            .column_as(sign_in::Column::Hash.count(), "count")
            .filter(sign_in::Column::Account.is_not_null())
            .filter(is_living(now))
            .group_by(sign_in::Column::Account)
            .into_tuple::<(Uuid, i64)>()
            .all(&self.db)
            .await?;
        Ok(found.into_iter().map(|(id, count)| (id.into(), count.unsigned_abs())).collect())
    }

    /// Ends one sign-in of an account, or all but `this`; returns the credentials that they had brought.
    pub async fn end_sign_ins(
        &self,
        id: AccountId,
        one: Option<&str>,
        this: &str,
    ) -> Result<Vec<CredentialId>> {
        let hash = |key: &str| hex::decode(key).unwrap_or_default();
        let which = Condition::all().add(sign_in::Column::Account.eq(id.uuid())).add(match one {
            Some(one) => sign_in::Column::Hash.eq(hash(one)),
            None => sign_in::Column::Hash.ne(hash(this)),
        });
        let writing = self.write().await?;
        let brought = brought(which.clone()).into_tuple::<Uuid>().all(&*writing).await?;
        sign_in::Entity::delete_many().filter(which).exec(&*writing).await?;
        writing.commit().await?;
        Ok(brought.into_iter().map(CredentialId::from).collect())
    }

    /// The credentials that the sign-ins of an account brought.
    pub async fn credentials_of_account(&self, id: AccountId) -> Result<Vec<CredentialId>> {
        let of = Condition::all().add(sign_in::Column::Account.eq(id.uuid()));
        let found = brought(of).into_tuple::<Uuid>().all(&self.db).await?;
        Ok(found.into_iter().map(CredentialId::from).collect())
    }

    /// The cloud administrators who have signed in to a tenant, by name.
    pub async fn administrators(&self, tenant: TenantId) -> Result<Vec<AccountRow>> {
        let found = account::Entity::find()
            .filter(account::Column::Tenant.eq(tenant.uuid()))
            .order_by_asc(account::Column::Name)
            .order_by_asc(account::Column::Id)
            .all(&self.db)
            .await?;
        let told = |row: account::Model| AccountRow {
            id: row.id.into(),
            kind: Kind::Administrator,
            name: row.name,
            email: String::new(),
            standing: if row.suspended.is_some() { Standing::Suspended } else { Standing::Active },
            seen: Some(moment(row.seen)),
            invited_until: None,
            sign_ins: 0,
        };
        Ok(found.into_iter().map(told).collect())
    }

    /// Suspends an administrator's account and ends its sign-ins, or takes that back. Tells whether it is there.
    pub async fn suspend_administrator(
        &self,
        tenant: TenantId,
        id: AccountId,
        since: Option<Moment>,
    ) -> Result<bool> {
        let writing = self.write().await?;
        let turned = account::Entity::update_many()
            .col_expr(account::Column::Suspended, Expr::value(since.map(stamp)))
            .filter(account::Column::Id.eq(id.uuid()))
            .filter(account::Column::Tenant.eq(tenant.uuid()))
            .exec(&*writing)
            .await?;
        if turned.rows_affected > 0 && since.is_some() {
            let theirs = sign_in::Column::Account.eq(id.uuid());
            sign_in::Entity::delete_many().filter(theirs).exec(&*writing).await?;
        }
        writing.commit().await?;
        Ok(turned.rows_affected > 0)
    }

    /// Whether an administrator's account is suspended.
    pub async fn is_administrator_suspended(&self, id: AccountId) -> Result<bool> {
        let found = account::Entity::find_by_id(id.uuid())
            .select_only()
            .column(account::Column::Suspended)
            .into_tuple::<Option<i64>>()
            .one(&self.db)
            .await?;
        Ok(found.flatten().is_some())
    }
}

fn brought(which: Condition) -> Select<sign_in::Entity> {
    sign_in::Entity::find()
        .select_only()
        .column(sign_in::Column::Credential)
        .filter(which)
        .filter(sign_in::Column::Credential.is_not_null())
}
