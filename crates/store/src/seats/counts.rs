//! Counts of seats and what became of each turn.

use model::{
    Moment, TenantId,
    licences::{
        Seats,
        history::{CountOf, CountedAt, CountedSite, Missed, SeatCount, Turn, turn_of},
    },
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict};
use uuid::Uuid;

use super::{count_of, lease, site_of};
use crate::{
    Fence, Result, Store,
    entity::{seat_count, seat_site, seat_turn},
    json,
    pieces::insert_all,
    stamps::{moment, stamp},
    write::Writing,
};

/// One count of a whole tenant.
#[derive(Debug, Clone)]
pub struct CountRound {
    /// When.
    pub at: Moment,
    /// Whose token asked.
    pub by: String,
    /// The tenant and each of its sites.
    pub counts: Vec<SeatCount>,
    /// The sites as they were told.
    pub sites: Vec<CountedSite>,
}

impl Store {
    /// Keeps a count and gives the lease back, all at once. Refused when the lease is not the last one.
    pub async fn save_seats(&self, tenant: TenantId, fence: Fence, round: &CountRound) -> Result<()> {
        let counts: Vec<_> = round.counts.iter().map(|count| row(tenant, round.at, count)).collect();
        let sites = round
            .sites
            .iter()
            .map(|site| site_row(tenant, site))
            .collect::<Result<Vec<seat_site::Model>>>()?;
        let writing = self.write().await?;
        lease::check(&writing, tenant, fence).await?;
        let key = [seat_count::Column::Tenant, seat_count::Column::Site, seat_count::Column::At];
        let seats = [
            seat_count::Column::Creators,
            seat_count::Column::Explorers,
            seat_count::Column::Viewers,
            seat_count::Column::Unlicensed,
        ];
        let there = OnConflict::columns(key).update_columns(seats).to_owned();
        insert_all(&writing, &counts, Some(there)).await?;
        let there = OnConflict::columns([seat_site::Column::Tenant, seat_site::Column::Site])
            .update_columns([seat_site::Column::Name, seat_site::Column::Limits, seat_site::Column::Seen])
            .to_owned();
        insert_all(&writing, &sites, Some(there)).await?;
        write_turn(&writing, tenant, &done(round)).await?;
        lease::release(&writing, tenant, fence).await?;
        writing.commit().await
    }

    /// Keeps counts of the past, as the demo invents them, the oldest first. What is there already stays as it is.
    pub async fn keep_past_seats(&self, tenant: TenantId, rounds: &[CountRound]) -> Result<()> {
        let mut counts = Vec::new();
        let mut turns = Vec::new();
        for round in rounds {
            counts.extend(round.counts.iter().map(|count| row(tenant, round.at, count)));
            turns.push(turn_row(tenant, &done(round)));
        }
        let sites = rounds.last().map(|round| round.sites.as_slice()).unwrap_or_default();
        let sites = sites.iter().map(|site| site_row(tenant, site)).collect::<Result<Vec<_>>>()?;
        let writing = self.write().await?;
        let key = [seat_count::Column::Tenant, seat_count::Column::Site, seat_count::Column::At];
        insert_all(&writing, &counts, Some(OnConflict::columns(key).do_nothing().to_owned())).await?;
        let key = [seat_turn::Column::Tenant, seat_turn::Column::Begins];
        insert_all(&writing, &turns, Some(OnConflict::columns(key).do_nothing().to_owned())).await?;
        let key = [seat_site::Column::Tenant, seat_site::Column::Site];
        insert_all(&writing, &sites, Some(OnConflict::columns(key).do_nothing().to_owned())).await?;
        writing.commit().await
    }

    /// Notes that a turn brought nothing so far, and gives the lease back. A turn that brought a count keeps it.
    pub async fn miss_seats(
        &self,
        tenant: TenantId,
        fence: Fence,
        at: Moment,
        why: Missed,
        by: &str,
    ) -> Result<()> {
        let writing = self.write().await?;
        lease::check(&writing, tenant, fence).await?;
        let begins = turn_of(at);
        let known = seat_turn::Entity::find_by_id((tenant.uuid(), stamp(begins))).one(&*writing).await?;
        let tries = match &known {
            Some(known) if known.missed.is_none() => None,
            Some(known) => Some(u32::try_from(known.tries).unwrap_or(0).saturating_add(1)),
            None => Some(1),
        };
        if let Some(tries) = tries {
            let turn = Turn { begins, missed: Some(why), tries, at, by: by.to_owned() };
            write_turn(&writing, tenant, &turn).await?;
        }
        lease::release(&writing, tenant, fence).await?;
        writing.commit().await
    }

    /// The turn that a moment is in, if anything became of it.
    pub async fn seat_turn(&self, tenant: TenantId, at: Moment) -> Result<Option<Turn>> {
        let key = (tenant.uuid(), stamp(turn_of(at)));
        Ok(seat_turn::Entity::find_by_id(key).one(&self.db).await?.map(told_turn))
    }

    /// What became of every turn since a moment, the oldest first.
    pub async fn seat_turns(&self, tenant: TenantId, since: Moment) -> Result<Vec<Turn>> {
        let found = seat_turn::Entity::find()
            .filter(seat_turn::Column::Tenant.eq(tenant.uuid()))
            .filter(seat_turn::Column::Begins.gte(stamp(since)))
            .order_by_asc(seat_turn::Column::Begins)
            .all(&self.db)
            .await?;
        Ok(found.into_iter().map(told_turn).collect())
    }

    /// The counts of one place since a moment, the oldest first.
    pub async fn seat_counts(&self, tenant: TenantId, of: CountOf, since: Moment) -> Result<Vec<CountedAt>> {
        let found = seat_count::Entity::find()
            .filter(seat_count::Column::Tenant.eq(tenant.uuid()))
            .filter(seat_count::Column::Site.eq(site_of(of)))
            .filter(seat_count::Column::At.gte(stamp(since)))
            .order_by_asc(seat_count::Column::At)
            .all(&self.db)
            .await?;
        Ok(found.iter().map(|row| CountedAt { at: moment(row.at), seats: seats(row) }).collect())
    }

    /// The counts of all places since a moment: the oldest first, the tenant before its sites.
    pub async fn all_seat_counts(
        &self,
        tenant: TenantId,
        since: Moment,
    ) -> Result<Vec<(CountOf, CountedAt)>> {
        let found = seat_count::Entity::find()
            .filter(seat_count::Column::Tenant.eq(tenant.uuid()))
            .filter(seat_count::Column::At.gte(stamp(since)))
            .order_by_asc(seat_count::Column::At)
            .order_by_asc(seat_count::Column::Site)
            .all(&self.db)
            .await?;
        let told = |row: &seat_count::Model| {
            (count_of(row.site), CountedAt { at: moment(row.at), seats: seats(row) })
        };
        Ok(found.iter().map(told).collect())
    }

    /// The newest count of a tenant: its time, and the people of the tenant and of each site.
    pub async fn last_seats(&self, tenant: TenantId) -> Result<Option<(Moment, Vec<SeatCount>)>> {
        let Some(at) = self.edge(tenant, sea_orm::Order::Desc).await? else { return Ok(None) };
        let found = seat_count::Entity::find()
            .filter(seat_count::Column::Tenant.eq(tenant.uuid()))
            .filter(seat_count::Column::At.eq(at))
            .order_by_asc(seat_count::Column::Site)
            .all(&self.db)
            .await?;
        let counts =
            found.iter().map(|row| SeatCount { of: count_of(row.site), seats: seats(row) }).collect();
        Ok(Some((moment(at), counts)))
    }

    /// When a tenant was counted for the first time.
    pub async fn first_seats(&self, tenant: TenantId) -> Result<Option<Moment>> {
        Ok(self.edge(tenant, sea_orm::Order::Asc).await?.map(moment))
    }

    async fn edge(&self, tenant: TenantId, order: sea_orm::Order) -> Result<Option<i64>> {
        Ok(seat_count::Entity::find()
            .select_only()
            .column(seat_count::Column::At)
            .filter(seat_count::Column::Tenant.eq(tenant.uuid()))
            .filter(seat_count::Column::Site.eq(Uuid::nil()))
            .order_by(seat_count::Column::At, order)
            .into_tuple::<i64>()
            .one(&self.db)
            .await?)
    }

    /// Every site that was ever counted, as it was told last, by name.
    pub async fn seat_sites(&self, tenant: TenantId) -> Result<Vec<CountedSite>> {
        let found = seat_site::Entity::find()
            .filter(seat_site::Column::Tenant.eq(tenant.uuid()))
            .order_by_asc(seat_site::Column::Site)
            .all(&self.db)
            .await?;
        let told = |row: seat_site::Model| CountedSite {
            site: row.site.into(),
            name: row.name,
            // Limits that another version wrote are unknown to this one; the next count brings them anew.
            limits: json::read(&row.limits).unwrap_or_default(),
            seen: moment(row.seen),
        };
        let mut sites: Vec<CountedSite> = found.into_iter().map(told).collect();
        sites.sort_by_cached_key(|site| site.name.to_lowercase());
        Ok(sites)
    }
}

fn row(tenant: TenantId, at: Moment, count: &SeatCount) -> seat_count::Model {
    let number = |people: u64| i64::try_from(people).unwrap_or(i64::MAX);
    seat_count::Model {
        tenant: tenant.uuid(),
        site: site_of(count.of),
        at: stamp(at),
        creators: number(count.seats.creators),
        explorers: number(count.seats.explorers),
        viewers: number(count.seats.viewers),
        unlicensed: number(count.seats.unlicensed),
    }
}

fn seats(row: &seat_count::Model) -> Seats {
    let number = |people: i64| u64::try_from(people).unwrap_or(0);
    Seats {
        creators: number(row.creators),
        explorers: number(row.explorers),
        viewers: number(row.viewers),
        unlicensed: number(row.unlicensed),
    }
}

fn site_row(tenant: TenantId, site: &CountedSite) -> Result<seat_site::Model> {
    Ok(seat_site::Model {
        tenant: tenant.uuid(),
        site: site.site.uuid(),
        name: site.name.clone(),
        limits: json::write(&site.limits)?,
        seen: stamp(site.seen),
    })
}

/// The turn that a count belongs to.
fn done(round: &CountRound) -> Turn {
    Turn { begins: turn_of(round.at), missed: None, tries: 0, at: round.at, by: round.by.clone() }
}

fn turn_row(tenant: TenantId, turn: &Turn) -> seat_turn::Model {
    seat_turn::Model {
        tenant: tenant.uuid(),
        begins: stamp(turn.begins),
        missed: turn.missed.map(Missed::word),
        tries: i32::try_from(turn.tries).unwrap_or(i32::MAX),
        at: stamp(turn.at),
        by: turn.by.clone(),
    }
}

async fn write_turn(writing: &Writing, tenant: TenantId, turn: &Turn) -> Result<()> {
    use seat_turn::Column;
    let row = seat_turn::ActiveModel::from(turn_row(tenant, turn));
    let there = OnConflict::columns([Column::Tenant, Column::Begins])
        .update_columns([Column::Missed, Column::Tries, Column::At, Column::By])
        .to_owned();
    seat_turn::Entity::insert(row).on_conflict(there).exec_without_returning(&**writing).await?;
    Ok(())
}

fn told_turn(row: seat_turn::Model) -> Turn {
    Turn {
        begins: moment(row.begins),
        missed: row.missed.as_deref().map(Missed::parse),
        tries: u32::try_from(row.tries).unwrap_or(0),
        at: moment(row.at),
        by: row.by,
    }
}
