//! News about licences on their way: taken by one sender at a time, with every try on record.

use model::{
    Moment, TenantId,
    licences::news::{News, NewsKind, NewsState, Tried, Try},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Error, Fence, Result, Store,
    entity::{seat_news, seat_try},
    stamps::{database_now, moment, stamp},
};

/// News that a sender has in its hands.
#[derive(Debug, Clone)]
pub struct DueNews {
    /// Their id.
    pub id: Uuid,
    /// The tenant.
    pub tenant: TenantId,
    /// The bytes that are signed and sent.
    pub body: String,
    /// How often they were tried before.
    pub tried: u32,
    /// The number that is checked when the try is written down.
    pub fence: Fence,
}

impl Store {
    /// Takes the news that have waited longest, for so many seconds of the database's clock; `None` when nothing is due
    /// or others have it all.
    pub async fn take_news(&self, now: Moment, seconds: i64) -> Result<Option<DueNews>> {
        use seat_news::Column;
        let writing = self.write().await?;
        let clock = database_now(&*writing).await?;
        let due = seat_news::Entity::find()
            .filter(Column::State.eq(NewsState::Waiting.word()))
            .filter(Column::Next.lte(stamp(now)))
            .filter(Column::Until.lte(clock))
            .order_by_asc(Column::Next)
            .order_by_asc(Column::Id)
            .lock_exclusive()
            .one(&*writing)
            .await?;
        // The row may have been taken while we waited for its lock.
        let Some(row) = due.filter(|row| row.until <= clock) else { return Ok(None) };
        let fence = row.fence + 1;
        seat_news::Entity::update_many()
            .col_expr(Column::Fence, Expr::value(fence))
            .col_expr(Column::Until, Expr::value(clock.saturating_add(seconds.saturating_mul(1_000_000))))
            .filter(Column::Id.eq(row.id))
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(Some(DueNews {
            id: row.id,
            tenant: row.tenant.into(),
            body: row.body,
            tried: u32::try_from(row.tries).unwrap_or(0),
            fence: Fence(fence),
        }))
    }

    /// Writes a try down: the news are taken, wait for the next try, or are given up where there is none.
    pub async fn news_tried(&self, due: &DueNews, tried: &Tried, next: Option<Moment>) -> Result<()> {
        use seat_news::Column;
        let state = match (tried.outcome.is_taken(), next) {
            (true, _) => NewsState::Taken,
            (false, Some(_)) => NewsState::Waiting,
            (false, None) => NewsState::GivenUp,
        };
        let number = i32::try_from(due.tried).unwrap_or(i32::MAX).saturating_add(1);
        let writing = self.write().await?;
        let ended = seat_news::Entity::update_many()
            .col_expr(Column::State, Expr::value(state.word()))
            .col_expr(Column::Tries, Expr::value(number))
            .col_expr(Column::Next, Expr::value(next.map_or(0, stamp)))
            .col_expr(Column::Until, Expr::value(0_i64))
            .filter(Column::Id.eq(due.id))
            .filter(Column::Fence.eq(due.fence.0))
            // What was dropped meanwhile stays dropped.
            .filter(Column::State.eq(NewsState::Waiting.word()))
            .exec(&*writing)
            .await?;
        if ended.rows_affected == 0 {
            return Err(Error::Fenced);
        }
        let row = seat_try::ActiveModel {
            news: Set(due.id),
            number: Set(number),
            at: Set(stamp(tried.at)),
            outcome: Set(tried.outcome.word()),
            milliseconds: Set(i64::try_from(tried.milliseconds).unwrap_or(i64::MAX)),
        };
        seat_try::Entity::insert(row).exec_without_returning(&*writing).await?;
        writing.commit().await
    }

    /// The newest news of a tenant with all their tries.
    pub async fn seat_news(&self, tenant: TenantId, at_most: u64) -> Result<Vec<News>> {
        let rows = seat_news::Entity::find()
            .filter(seat_news::Column::Tenant.eq(tenant.uuid()))
            .order_by_desc(seat_news::Column::Made)
            .order_by_desc(seat_news::Column::Id)
            .limit(at_most)
            .all(&self.db)
            .await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let tries = seat_try::Entity::find()
            .filter(seat_try::Column::News.is_in(ids))
            .order_by_asc(seat_try::Column::Number)
            .all(&self.db)
            .await?;
        let of = |id: Uuid| tries.iter().filter(|it| it.news == id).filter_map(tried).collect();
        Ok(rows.into_iter().filter_map(|row| told(of(row.id), row)).collect())
    }

    /// Erases news that ended longer ago than this moment, with their tries; returns how many.
    pub async fn sweep_news(&self, before: Moment) -> Result<u64> {
        let writing = self.write().await?;
        let gone = seat_news::Entity::delete_many()
            .filter(seat_news::Column::State.ne(NewsState::Waiting.word()))
            .filter(seat_news::Column::Made.lt(stamp(before)))
            .exec(&*writing)
            .await?;
        writing.commit().await?;
        Ok(gone.rows_affected)
    }
}

fn tried(row: &seat_try::Model) -> Option<Tried> {
    Some(Tried {
        at: moment(row.at),
        outcome: Try::parse(&row.outcome)?,
        milliseconds: u64::try_from(row.milliseconds).unwrap_or(0),
    })
}

fn told(tries: Vec<Tried>, row: seat_news::Model) -> Option<News> {
    let state = NewsState::parse(&row.state)?;
    Some(News {
        id: row.id,
        kind: NewsKind::parse(&row.kind)?,
        told: row.told,
        made: moment(row.made),
        state,
        next: (state == NewsState::Waiting).then(|| moment(row.next)),
        tries,
    })
}
