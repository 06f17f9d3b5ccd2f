//! The list of sites: searched, filtered, sorted and cut into pages.

use std::{cmp::Ordering, collections::HashMap};

use model::{
    Direction, Freshness, Page, Permission, Problem, ProblemCode,
    licences::history::CountOf,
    page::SIZES,
    sites::{Site, SiteChoices, SiteRow, SiteSort, SiteStatus, SiteTotals, SitesPage, SitesQuery},
};

use crate::{Caller, Operations};

impl Operations {
    /// The sites of the tenant with their counts, as the query asks for them.
    pub async fn list_sites(
        &self,
        caller: &Caller,
        query: &SitesQuery,
        freshness: Freshness,
    ) -> Result<SitesPage, Problem> {
        caller.must(Permission::SeeSites)?;
        if !SIZES.contains(&query.page.size) || query.page.number == 0 || query.search.chars().count() > 200 {
            return Err(caller.problem(ProblemCode::MalformedQuery));
        }
        let ask = || self.ask(caller, async |manager| manager.list_sites().await);
        let (sites, seats, regions) = futures::join!(
            self.0.sites.get(caller, freshness, ask),
            self.seats_of_sites(caller, freshness),
            self.regions(caller),
        );
        let sites = sites?;
        let (seats, counts) = match seats {
            Ok(aged) => (aged.value, aged.stale),
            Err(problem) => (Vec::new(), Some(problem)),
        };
        let seats: HashMap<_, _> = seats.into_iter().map(|of| (of.site, of)).collect();
        let rows: Vec<SiteRow> = sites
            .value
            .into_iter()
            .filter(|site| site.tenant == caller.tenant() && caller.sees_site(&site.id))
            .map(|site| {
                let counted = caller.counts(Permission::SeeSites, CountOf::Site(site.id));
                SiteRow {
                    region: region_word(&site, &regions),
                    seats: seats.get(&site.id).copied().filter(|_| counted),
                    uncounted: !counted,
                    site,
                }
            })
            .collect();
        let (choices, totals, of) = (choices(&rows), totals(&rows), rows.len() as u64);
        let page = Page::cut(select(rows, query), of, query.page, sites.as_of);
        Ok(SitesPage { page, choices, totals, stale: sites.stale, counts })
    }
}

/// The region of a site in words: its name, else the vendor's word for the location, else the cloud's.
pub(super) fn region_word(site: &Site, regions: &[(String, String)]) -> String {
    let instance = site.instance.clone().unwrap_or_default();
    let named = |id: &String| regions.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone());
    instance
        .region
        .as_ref()
        .and_then(named)
        .or_else(|| site.location.as_ref().and_then(named))
        .or_else(|| site.location.clone())
        .or(instance.cloud_region)
        .unwrap_or_else(|| "Not told".to_owned())
}

fn choices(rows: &[SiteRow]) -> SiteChoices {
    let sorted = |words: Vec<String>| {
        let mut words = words;
        words.sort();
        words.dedup();
        words
    };
    SiteChoices {
        statuses: sorted(rows.iter().map(|row| row.site.status.word().to_owned()).collect()),
        regions: sorted(rows.iter().map(|row| row.region.clone()).collect()),
    }
}

fn totals(rows: &[SiteRow]) -> SiteTotals {
    rows.iter().fold(SiteTotals::default(), |sum, row| SiteTotals {
        seats: row.seats.map_or(sum.seats, |of| sum.seats.plus(of.seats)),
        storage_used: sum.storage_used + row.site.storage_used.unwrap_or_default(),
        storage_quota: sum.storage_quota + row.site.storage_quota.unwrap_or_default(),
        uncounted: sum.uncounted + u64::from(row.uncounted),
        without_quota: sum.without_quota + u64::from(row.site.storage_quota.is_none()),
        suspended: sum.suspended + u64::from(row.site.status == SiteStatus::Suspended),
    })
}

fn select(rows: Vec<SiteRow>, query: &SitesQuery) -> Vec<SiteRow> {
    let sought = query.search.trim().to_lowercase();
    let mut rows: Vec<SiteRow> = rows
        .into_iter()
        .filter(|row| {
            (sought.is_empty()
                || row.site.name.to_lowercase().contains(&sought)
                || row.site.content_url.to_lowercase().contains(&sought)
                || row.site.id.to_string() == sought)
                && (query.status.is_empty() || row.site.status.word() == query.status)
                && (query.region.is_empty() || row.region == query.region)
        })
        .collect();
    rows.sort_by(|left, right| {
        let order = compare(left, right, query.sort);
        let order = if query.direction == Direction::Down { order.reverse() } else { order };
        // Equal rows keep one order on every page.
        order.then_with(|| by_name(left, right))
    });
    rows
}

fn compare(left: &SiteRow, right: &SiteRow, sort: SiteSort) -> Ordering {
    let part = |row: &SiteRow| {
        let quota = row.site.storage_quota.filter(|quota| *quota > 0)?;
        Some(row.site.storage_used? * 1_000_000 / quota)
    };
    match sort {
        SiteSort::Name => by_name(left, right),
        SiteSort::Status => left.site.status.cmp(&right.site.status),
        SiteSort::Region => left.region.cmp(&right.region),
        SiteSort::People => left.seats.map(|of| of.people).cmp(&right.seats.map(|of| of.people)),
        SiteSort::Storage => part(left).cmp(&part(right)),
        SiteSort::Created => left.site.created.cmp(&right.site.created),
    }
}

fn by_name(left: &SiteRow, right: &SiteRow) -> Ordering {
    let key = |row: &SiteRow| (row.site.name.to_lowercase(), row.site.id);
    key(left).cmp(&key(right))
}
