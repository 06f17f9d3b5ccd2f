//! How full each limit was when it was last looked at. Each threshold is told once, whoever looks and however often.

use std::collections::HashMap;

use model::{
    Moment, TenantId,
    licences::{Tier, history::CountOf, news::NewsKind, news::NewsState},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{count_of, site_of};
use crate::{
    Result, Store,
    entity::{seat_alarm, seat_hook, seat_news},
    stamps::stamp,
    write::Writing,
};

/// News to be sent.
#[derive(Debug, Clone)]
pub struct NewNews {
    /// Its id.
    pub id: Uuid,
    /// What they are about.
    pub kind: NewsKind,
    /// In words, for pages.
    pub told: String,
    /// The bytes that are signed and sent.
    pub body: String,
    /// The time.
    pub now: Moment,
}

impl Store {
    /// The threshold that each limit had passed when it was last looked at.
    pub async fn seat_alarms(&self, tenant: TenantId) -> Result<HashMap<(CountOf, Tier), u8>> {
        let found = seat_alarm::Entity::find()
            .filter(seat_alarm::Column::Tenant.eq(tenant.uuid()))
            .all(&self.db)
            .await?;
        let told = |row: seat_alarm::Model| {
            let tier = Tier::parse(&row.tier)?;
            Some(((count_of(row.site), tier), u8::try_from(row.passed).unwrap_or(0)))
        };
        Ok(found.into_iter().filter_map(told).collect())
    }

    /// Moves what a limit has passed from one threshold to another, and puts the news on their way, in one transaction.
    /// Of two who do so at the same time one wins; the other is told `false`. Without an address there are no news.
    pub async fn move_alarm(
        &self,
        tenant: TenantId,
        (of, tier): (CountOf, Tier),
        (from, to): (u8, u8),
        news: Option<NewNews>,
        now: Moment,
    ) -> Result<bool> {
        use seat_alarm::Column;
        let writing = self.write().await?;
        if from == 0 {
            // Nothing stands there yet, or a zero does.
            let row = seat_alarm::ActiveModel {
                tenant: Set(tenant.uuid()),
                site: Set(site_of(of)),
                tier: Set(tier.code().to_owned()),
                passed: Set(0),
                at: Set(stamp(now)),
            };
            let key = [Column::Tenant, Column::Site, Column::Tier];
            let there = OnConflict::columns(key).do_nothing().to_owned();
            seat_alarm::Entity::insert(row)
                .on_conflict(there)
                .try_insert()
                .exec_without_returning(&*writing)
                .await?;
        }
        let moved = set(&writing, tenant, (of, tier), (from, to), now).await?;
        if moved && let Some(news) = news {
            hand_in(&writing, tenant, news).await?;
        }
        writing.commit().await?;
        Ok(moved)
    }

    /// Puts news on their way; `false` when there is no address.
    pub async fn hand_in_news(&self, tenant: TenantId, news: NewNews) -> Result<bool> {
        let writing = self.write().await?;
        let there = hand_in(&writing, tenant, news).await?;
        writing.commit().await?;
        Ok(there)
    }
}

async fn set(
    writing: &Writing,
    tenant: TenantId,
    (of, tier): (CountOf, Tier),
    (from, to): (u8, u8),
    now: Moment,
) -> Result<bool> {
    use seat_alarm::Column;
    let moved = seat_alarm::Entity::update_many()
        .col_expr(Column::Passed, Expr::value(i32::from(to)))
        .col_expr(Column::At, Expr::value(stamp(now)))
        .filter(Column::Tenant.eq(tenant.uuid()))
        .filter(Column::Site.eq(site_of(of)))
        .filter(Column::Tier.eq(tier.code()))
        .filter(Column::Passed.eq(i32::from(from)))
        .exec(&**writing)
        .await?;
    Ok(moved.rows_affected > 0)
}

async fn hand_in(writing: &Writing, tenant: TenantId, news: NewNews) -> Result<bool> {
    let hook =
        seat_hook::Entity::find().filter(seat_hook::Column::Tenant.eq(tenant.uuid())).one(&**writing).await?;
    if hook.is_none() {
        return Ok(false);
    }
    let row = seat_news::ActiveModel {
        id: Set(news.id),
        tenant: Set(tenant.uuid()),
        kind: Set(news.kind.word().to_owned()),
        told: Set(news.told),
        body: Set(news.body),
        made: Set(stamp(news.now)),
        state: Set(NewsState::Waiting.word().to_owned()),
        tries: Set(0),
        next: Set(stamp(news.now)),
        until: Set(0),
        fence: Set(0),
    };
    seat_news::Entity::insert(row).exec_without_returning(&**writing).await?;
    Ok(true)
}
