//! A pretend past for the demo: without it the charts of seats would have a single dot, and nothing could be forecast.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use model::{
    Moment, SiteId, TenantId,
    licences::{
        RoleLimit, RoleLimits, Seats,
        history::{CountOf, CountedSite, DAY_SECONDS, SeatCount, TURN_SECONDS, turn_of},
        keeping::{Purchased, Set},
    },
};
use simulator::{Running, SiteLimits};
use store::{CountRound, Store};

/// Who stands as the one that counted and typed.
const WHO: &str = "the demo";
/// How far the pretend past reaches back.
const DAYS: i64 = 150;

/// Writes 150 days of counts that end in what the simulator counts now, with a few turns missing, and purchased seats.
pub async fn invent(store: &Store, pretend: &Running) -> Result<()> {
    let tenant = TenantId::parse(&pretend.details().tenant_id).map_err(|_| anyhow::anyhow!("no tenant"))?;
    let world = pretend.world();
    let used = world.tenant_licences();
    let seats = |creators: u32, explorers: u32, viewers: u32, unlicensed: u32| Seats {
        creators: creators.into(),
        explorers: explorers.into(),
        viewers: viewers.into(),
        unlicensed: unlicensed.into(),
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let today = turn_of(Moment::from_seconds(i64::try_from(now)?));
    let whole = seats(used.creators, used.explorers, used.viewers, used.unlicensed);
    let mut places = vec![(CountOf::Tenant, whole)];
    let mut sites = Vec::new();
    for site in world.sites() {
        let Ok(id) = SiteId::parse(&site.id) else { continue };
        let Some(count) = world.site_licences(&site.id) else { continue };
        places.push((
            CountOf::Site(id),
            seats(count.creators, count.explorers, count.viewers, count.unlicensed),
        ));
        sites.push((id, site.name, limits(site.limits)));
    }
    let turns = DAYS * DAY_SECONDS / TURN_SECONDS;
    let told = |at: Moment| {
        let site = move |(site, name, limits): &(SiteId, String, RoleLimits)| CountedSite {
            site: *site,
            name: name.clone(),
            limits: *limits,
            seen: at,
        };
        sites.iter().map(site).collect()
    };
    let round = |back: i64| {
        let at = today.plus_seconds(-back * TURN_SECONDS + 90);
        let counts = places
            .iter()
            .enumerate()
            .map(|(place, (of, seats))| SeatCount { of: *of, seats: earlier(*seats, back, place as i64) });
        CountRound { at, by: WHO.to_owned(), counts: counts.collect(), sites: told(at) }
    };
    let past: Vec<CountRound> = (1..=turns).rev().filter(|back| is_counted(*back)).map(round).collect();
    store.keep_past_seats(tenant, &past).await?;
    store.thin_seats(tenant, today).await?;
    let value = Purchased {
        creators: Some(whole.creators + whole.creators / 12 + 1),
        explorers: Some(whole.explorers + whole.explorers / 3 + 1),
        viewers: Some(whole.viewers * 2 + 1),
    };
    store.set_purchased(tenant, &Set { value, by: WHO.to_owned(), at: today }).await?;
    Ok(())
}

fn limits(of: SiteLimits) -> RoleLimits {
    let limit = |at_most: Option<u32>| RoleLimit { at_most: at_most.map(u64::from), cloud_default: None };
    RoleLimits { creators: limit(of.creator), explorers: limit(of.explorer), viewers: limit(of.viewer) }
}

/// A night here and there nobody was signed in, and for four days Steward did not run.
fn is_counted(back: i64) -> bool {
    !(52..=67).contains(&back) && !(230..=231).contains(&back)
}

/// What was counted so many turns ago: less, in uneven steps, the same ones each time.
fn earlier(seats: Seats, back: i64, place: i64) -> Seats {
    let sway = |by: i64| ((back / by + place * 7) * 37 % 11 - 5) as f64 / 1_000.0;
    let part = |people: u64, a_day: f64, by: i64| {
        let days = back as f64 * TURN_SECONDS as f64 / DAY_SECONDS as f64;
        let share = 1.0 - a_day * days + sway(by);
        (people as f64 * share.max(0.2)).round() as u64
    };
    Seats {
        creators: part(seats.creators, 0.0012, 9),
        explorers: part(seats.explorers, 0.0006, 5),
        viewers: part(seats.viewers, 0.0016, 3),
        unlicensed: part(seats.unlicensed, -0.0003, 7),
    }
}
