//! Accounts: people who sign in here.

use model::{AccountId, Moment, TenantId, UserId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict};
use uuid::Uuid;

use crate::{Error, Result, Store, entity::account, stamps::stamp};

impl Store {
    /// The account of a person of a tenant, made at their first sign-in; their name is brought up to date.
    pub async fn account_of(
        &self,
        tenant: TenantId,
        user: UserId,
        name: &str,
        now: Moment,
    ) -> Result<AccountId> {
        let writing = self.write().await?;
        let row = account::ActiveModel {
            id: Set(Uuid::now_v7()),
            tenant: Set(tenant.uuid()),
            vendor_user: Set(user.uuid()),
            name: Set(name.to_owned()),
            created: Set(stamp(now)),
            seen: Set(stamp(now)),
            suspended: Set(None),
        };
        let person = OnConflict::columns([account::Column::Tenant, account::Column::VendorUser])
            .update_columns([account::Column::Name, account::Column::Seen])
            .to_owned();
        account::Entity::insert(row).on_conflict(person).exec_without_returning(&*writing).await?;
        let id = account::Entity::find()
            .select_only()
            .column(account::Column::Id)
            .filter(account::Column::Tenant.eq(tenant.uuid()))
            .filter(account::Column::VendorUser.eq(user.uuid()))
            .into_tuple::<Uuid>()
            .one(&*writing)
            .await?;
        writing.commit().await?;
        // It was written a moment ago, in the same transaction.
        id.map(AccountId::from).ok_or_else(|| Error::Other("the account just written is not there".into()))
    }
}
