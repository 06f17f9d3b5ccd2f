//! The sites on the overview: people beside role limits, and storage beside quotas.

use leptos::prelude::*;
use model::{
    Aged, Direction, PageRequest,
    licences::{TenantSeats, Tier},
    sites::{SiteRow, SiteSort, SitesPage, SitesQuery},
};

use super::counted::HowCounted;
use crate::{
    failure::Failure,
    parts::{
        badges::SiteBadge,
        bars::{Fullness, Headroom, Mix},
        explained::Beside,
        text::{count, megabytes, number, percent},
    },
};

/// The sites with the most people: the overview shows these, the list of sites shows all.
pub fn busiest() -> SitesQuery {
    SitesQuery {
        sort: SiteSort::People,
        direction: Direction::Down,
        page: PageRequest::default(),
        ..SitesQuery::default()
    }
}

/// Sites with their people beside the sites' role limits, and the sums.
#[component]
pub fn SiteTable(
    /// The sites.
    page: SitesPage,
    /// The tenant's own counts, for the line below the sum.
    seats: Resource<Result<Aged<TenantSeats>, Failure>>,
) -> impl IntoView {
    let SitesPage { page, totals, stale, counts, .. } = page;
    let more = (page.total > page.rows.len() as u64)
        .then(|| view! { <p><a href="/sites">"All " {count(page.total, "site", "sites")}</a></p> });
    let sums = Tier::ALL.map(|tier| view! { <td class="num">{number(totals.seats.of(tier))}</td> });
    view! {
        {stale.map(|problem| view! { <Beside what="The list of sites is older than it should be." problem/> })}
        {counts.map(|problem| view! { <Beside what="The counts of the sites are missing or old." problem/> })}
        <section class="card" aria-labelledby="sites-title">
            <h2 id="sites-title">"Licences by site" <small><a href="/sites">"all sites"</a></small></h2>
            <HowCounted/>
            <div class="table" role="region" aria-labelledby="sites-title" tabindex="0">
                <table>
                    <caption>"People on each site by seat, beside the site's role limit where it has one."</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Site"</th>
                            <th scope="col">"Status"</th>
                            {Tier::ALL.map(|tier| view! { <th scope="col" class="num">{tier.word()}</th> })}
                            <th scope="col" class="hide-small">"Mix"</th>
                        </tr>
                    </thead>
                    <tbody>{page.rows.into_iter().map(|row| view! { <SiteLine row/> }).collect_view()}</tbody>
                    <tfoot>
                        <tr>
                            <th scope="row" colspan="2">"Sum of all sites"</th>
                            {sums}
                            <td class="hide-small"></td>
                        </tr>
                        <TenantLine seats/>
                    </tfoot>
                </table>
            </div>
            {more}
        </section>
    }
}

/// The tenant's own counts below the sites' sum, so that the difference is in plain sight.
#[component]
fn TenantLine(seats: Resource<Result<Aged<TenantSeats>, Failure>>) -> impl IntoView {
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                seats
                    .await
                    .ok()
                    .map(|aged| {
                        view! {
                            <tr>
                                <th scope="row" colspan="2">"Tenant, each person once"</th>
                                {Tier::ALL
                                    .map(|tier| view! { <td class="num">{number(aged.value.seats.of(tier))}</td> })}
                                <td class="hide-small"></td>
                            </tr>
                        }
                    })
            })}
        </Suspense>
    }
}

#[component]
fn SiteLine(row: SiteRow) -> impl IntoView {
    let SiteRow { site, seats, .. } = row;
    let limits = site.limits;
    let counts = match seats {
        Some(of) => Tier::ALL
            .map(|tier| view! { <td class="num"><Headroom tier seats=of.seats limits/></td> })
            .into_iter()
            .collect_view()
            .into_any(),
        None => view! { <td colspan="4" class="soft">"counts did not come"</td> }.into_any(),
    };
    view! {
        <tr>
            <td><a href=format!("/sites/{}", site.id)>{site.name}</a></td>
            <td><SiteBadge status=site.status/></td>
            {counts}
            <td class="hide-small mix">{seats.map(|of| view! { <Mix seats=of.seats/> })}</td>
        </tr>
    }
}

/// Storage used beside what is allowed.
#[component]
pub fn Storage(
    /// The sites.
    page: SitesPage,
) -> impl IntoView {
    let SitesPage { page, totals, .. } = page;
    let without = (totals.without_quota > 0)
        .then(|| format!(" {} without a quota.", count(totals.without_quota, "site is", "sites are")));
    let rows = page
        .rows
        .into_iter()
        .map(|SiteRow { site, .. }| {
            let used = site.storage_used.unwrap_or_default();
            let (quota, full) = match site.storage_quota {
                Some(quota) => (
                    megabytes(quota).into_any(),
                    view! {
                        <span class="headroom">
                            <span>{percent(used, quota)} " %"</span>
                            <Fullness used of=quota hue="storage"/>
                        </span>
                    }
                    .into_any(),
                ),
                None => (view! { <span class="soft">"none told"</span> }.into_any(), ().into_any()),
            };
            let used = site.storage_used.map_or_else(|| "not told".to_owned(), megabytes);
            view! {
                <tr>
                    <td><a href=format!("/sites/{}", site.id)>{site.name}</a></td>
                    <td class="num">{used}</td>
                    <td class="num">{quota}</td>
                    <td class="num">{full}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="storage-title">
            <h2 id="storage-title">"Storage"</h2>
            <div class="table" role="region" aria-labelledby="storage-title" tabindex="0">
                <table>
                    <caption>
                        {megabytes(totals.storage_used)} " used on all sites; quotas add up to "
                        {megabytes(totals.storage_quota)} "." {without}
                    </caption>
                    <thead>
                        <tr>
                            <th scope="col">"Site"</th>
                            <th scope="col" class="num">"Used"</th>
                            <th scope="col" class="num">"Quota"</th>
                            <th scope="col" class="num">"Full"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}
