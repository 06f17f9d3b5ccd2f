//! Old counts are thinned to the last one of each day.

use model::{
    Moment, TenantId,
    licences::history::{DAY_SECONDS, WHOLE_DAYS, day_of},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    Result, Store,
    entity::seat_count,
    pieces::pieces,
    stamps::{moment, stamp},
};

impl Store {
    /// Thins what is older than 90 days to the last count of each day; returns how many times went. All places of a
    /// tenant are counted at the same time, so they are thinned by the times of the tenant itself.
    pub async fn thin_seats(&self, tenant: TenantId, now: Moment) -> Result<u64> {
        let today = Moment::from_seconds(day_of(now) * DAY_SECONDS);
        let old = stamp(today.plus_seconds(-WHOLE_DAYS * DAY_SECONDS));
        let writing = self.write().await?;
        let times = seat_count::Entity::find()
            .select_only()
            .column(seat_count::Column::At)
            .filter(seat_count::Column::Tenant.eq(tenant.uuid()))
            .filter(seat_count::Column::Site.eq(Uuid::nil()))
            .filter(seat_count::Column::At.lt(old))
            .order_by_asc(seat_count::Column::At)
            .into_tuple::<i64>()
            .all(&*writing)
            .await?;
        let is_last = |pair: &[i64]| day_of(moment(pair[0])) != day_of(moment(pair[1]));
        let gone: Vec<i64> = times.windows(2).filter(|pair| !is_last(pair)).map(|pair| pair[0]).collect();
        for piece in pieces(&gone) {
            seat_count::Entity::delete_many()
                .filter(seat_count::Column::Tenant.eq(tenant.uuid()))
                .filter(seat_count::Column::At.is_in(piece.iter().copied()))
                .exec(&*writing)
                .await?;
        }
        writing.commit().await?;
        Ok(gone.len() as u64)
    }
}
