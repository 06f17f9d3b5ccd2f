//! How much somebody did lately, and whether they did a thing.

use model::{Moment, TenantId, audit::ActState};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Select};

use super::Chain;
use crate::{Result, Store, entity::act, stamps::stamp};

impl Store {
    /// How many changes of people somebody has begun since then. Those that were refused, by us or by Tableau, do not
    /// count: a row that waits because another job is at work would otherwise use up the hour by asking again.
    pub async fn rows_begun_by(&self, tenant: TenantId, who_id: &str, since: Moment) -> Result<u64> {
        Ok(begun_by(tenant, who_id, since).count(&self.db).await?)
    }

    /// Whether somebody has done this very thing since then, and it stands in the log as done.
    pub async fn has_done_since(
        &self,
        tenant: TenantId,
        who_id: &str,
        (verb, object_kind, object): (&str, &str, &str),
        since: Moment,
    ) -> Result<bool> {
        let found = act::Entity::find()
            .filter(act::Column::Tenant.eq(tenant.uuid()))
            .filter(act::Column::WhoId.eq(who_id))
            .filter(act::Column::Verb.eq(verb))
            .filter(act::Column::ObjectKind.eq(object_kind))
            .filter(act::Column::Object.eq(object))
            .filter(act::Column::At.gt(stamp(since)))
            .filter(act::Column::State.eq(ActState::Done.word()));
        Ok(found.one(&self.db).await?.is_some())
    }
}

impl Chain {
    /// The same, while nobody else can begin any.
    pub(crate) async fn rows_begun_by(&self, tenant: TenantId, who_id: &str, since: Moment) -> Result<u64> {
        Ok(begun_by(tenant, who_id, since).count(self.on()).await?)
    }
}

fn begun_by(tenant: TenantId, who_id: &str, since: Moment) -> Select<act::Entity> {
    act::Entity::find()
        .filter(act::Column::Tenant.eq(tenant.uuid()))
        .filter(act::Column::WhoId.eq(who_id))
        .filter(act::Column::ObjectKind.eq("person"))
        .filter(act::Column::At.gt(stamp(since)))
        .filter(act::Column::State.is_not_in([ActState::Denied, ActState::Failed].map(ActState::word)))
}
