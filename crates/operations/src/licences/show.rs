//! Seats over time as their page shows them. All of it comes from the database, so it stands when Tableau does not answer.

use model::{
    Moment, Permission, Problem, ProblemCode, SiteId,
    licences::{
        Tier,
        forecast::{LOOKS_BACK_DAYS, forecast},
        history::{CountOf, CountedAt, DAY_SECONDS, SPANS, Step, gaps},
        keeping::{Filled, filled, limit},
        sheets::{Ahead, SeatsSheet},
    },
};

use crate::{Caller, Operations};

impl Operations {
    /// Seats over the last days, of the tenant or of one site. `days` is one of the spans that a chart can show.
    pub async fn seats_over_time(
        &self,
        caller: &Caller,
        of: CountOf,
        days: i64,
    ) -> Result<SeatsSheet, Problem> {
        caller.must(Permission::SeeTenant)?;
        if !SPANS.contains(&days) {
            return Err(caller.problem(ProblemCode::MalformedQuery));
        }
        if of == CountOf::Tenant {
            caller.must_count(of)?;
        }
        let (store, tenant, now) = (&self.0.store, caller.tenant(), caller.now);
        let failed = |error| caller.store_problem(&error);
        let mut sites = store.seat_sites(tenant).await.map_err(failed)?;
        sites.retain(|it| caller.sees_count(CountOf::Site(it.site)));
        let site = self.counted_site(caller, of, &sites)?;
        let settings = store.seat_settings(tenant).await.map_err(failed)?;
        let since = now.plus_seconds(-days * DAY_SECONDS);
        let looks_back = now.plus_seconds(-LOOKS_BACK_DAYS * DAY_SECONDS).min(since);
        let all = store.seat_counts(tenant, of, looks_back).await.map_err(failed)?;
        let newest = store.last_seats(tenant).await.map_err(failed)?.map(|(at, mut counts)| {
            counts.retain(|count| caller.sees_count(count.of));
            (at, counts)
        });
        let first = store.first_seats(tenant).await.map_err(failed)?;
        let turns = store.seat_turns(tenant, since).await.map_err(failed)?;
        let counts: Vec<CountedAt> = all.iter().filter(|count| count.at >= since).copied().collect();
        let limits = site.map(|(_, limits)| limits);
        let thresholds = settings.thresholds();
        let ahead = |tier: Tier| {
            let used = all.last().map_or(0, |count| count.seats.of(tier));
            let limit = limit(of, tier, &settings, limits.as_ref()).filter(|_| !all.is_empty());
            Ahead {
                tier,
                used,
                limit,
                passed: limit.map_or(0, |limit| thresholds.passed(used, limit)),
                forecast: limit.map(|limit| forecast(&all, tier, limit, now)),
            }
        };
        let (last, newest) = newest.map_or((None, Vec::new()), |(at, counts)| (Some(at), counts));
        Ok(SeatsSheet {
            of,
            name: sites
                .iter()
                .find(|it| CountOf::Site(it.site) == of)
                .map_or_else(String::new, |it| it.name.clone()),
            days,
            gaps: gaps(&counts, &turns, Step::of_span(days), now),
            ahead: Tier::SEATS.map(ahead).into_iter().collect(),
            passed: fullest(filled(&newest, &sites, &settings)),
            turn: store.seat_turn(tenant, now).await.map_err(failed)?,
            counts,
            sites,
            first,
            last,
            settings,
            now,
        })
    }

    /// Limits of which a threshold is passed, for the banner on other pages.
    pub async fn passed_thresholds(&self, caller: &Caller) -> Result<(Vec<Filled>, Option<Moment>), Problem> {
        caller.must(Permission::SeeTenant)?;
        let (store, tenant) = (&self.0.store, caller.tenant());
        let failed = |error| caller.store_problem(&error);
        let Some((at, mut counts)) = store.last_seats(tenant).await.map_err(failed)? else {
            return Ok((Vec::new(), None));
        };
        counts.retain(|count| caller.sees_count(count.of));
        let sites = store.seat_sites(tenant).await.map_err(failed)?;
        let settings = store.seat_settings(tenant).await.map_err(failed)?;
        Ok((fullest(filled(&counts, &sites, &settings)), Some(at)))
    }

    /// The site that is asked for. One that was never counted is not there.
    fn counted_site(
        &self,
        caller: &Caller,
        of: CountOf,
        sites: &[model::licences::history::CountedSite],
    ) -> Result<Option<(SiteId, model::licences::RoleLimits)>, Problem> {
        let CountOf::Site(id) = of else { return Ok(None) };
        let found = sites.iter().find(|site| site.site == id).map(|site| (id, site.limits));
        found.map(Some).ok_or_else(|| caller.problem(ProblemCode::SiteNotFound))
    }
}

/// Those with a threshold passed, the fullest first.
fn fullest(mut all: Vec<Filled>) -> Vec<Filled> {
    all.retain(|filled| filled.passed > 0);
    all.sort_by_cached_key(|filled| {
        let full = u128::from(filled.used) * 10_000 / u128::from(filled.limit.max(1));
        (std::cmp::Reverse(full), filled.of, filled.tier)
    });
    all
}
