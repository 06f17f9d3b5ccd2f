//! The sites on the overview: people beside role limits, and storage beside quotas.

use leptos::prelude::*;
use model::{
    Aged, Direction, PageRequest,
    licences::{Seats, TenantSeats, Tier},
    sites::{SiteRow, SiteSort, SitesPage, SitesQuery},
};

use super::counted::HowCounted;
use crate::parts::{
    badges::site_badge,
    bars::{fullness, headroom, mix, with_bar},
    explained::Beside,
    loaded::{IfLoaded, Reading},
    table::{Cell, Head, Row, Table, draw_row},
    text::{count, megabytes, not_counted, percent},
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
    seats: Reading<Aged<TenantSeats>>,
) -> impl IntoView {
    let SitesPage { page, totals, stale, counts, .. } = page;
    let more = (page.total > page.rows.len() as u64).then(
        || view! { <p><a href="/sites">{format!("All {}", count(page.total, "site", "sites"))}</a></p> },
    );
    let heads = [Head::new("Site"), Head::new("Status")]
        .into_iter()
        .chain(Tier::ALL.map(|tier| Head::num(tier.word())))
        .chain([Head::new("Mix").class("hide-small")])
        .collect();
    // The tenant's own counts below the sites' sum, so that the difference is in plain sight.
    let tenant = |aged: Aged<TenantSeats>| sum("Tenant, each person once", aged.value.seats);
    let whole = match totals.uncounted {
        0 => "Sum of all sites",
        _ => "Sum of the sites with numbers",
    };
    let feet = view! { {sum(whole, totals.seats)} <IfLoaded from=seats show=tenant/> }.into_any();
    view! {
        {stale.map(|problem| view! { <Beside what="The list of sites is older than it should be." problem/> })}
        {counts.map(|problem| view! { <Beside what="The counts of the sites are missing or old." problem/> })}
        <section class="card" aria-labelledby="sites-title">
            <h2 id="sites-title">"Licences by site" <small><a href="/sites">"all sites"</a></small></h2>
            <HowCounted/>
            {not_counted(totals.uncounted)}
            <Table
                label="Licences by site"
                caption="People on each site by seat, beside the site's role limit where it has one."
                heads
                rows=page.rows.into_iter().map(line).collect()
                feet
            />
            {more}
        </section>
    }
    .into_any()
}

fn sum(words: &'static str, seats: Seats) -> AnyView {
    let cells = std::iter::once(Cell::text(words).heads_row().over("2"))
        .chain(Tier::ALL.map(|tier| Cell::num(seats.of(tier))))
        .chain([Cell::text("").class("hide-small")]);
    draw_row(cells.collect())
}

fn line(row: SiteRow) -> Row {
    let SiteRow { site, seats, uncounted, .. } = row;
    let mut cells = vec![
        Cell::link(format!("/sites/{}", site.id), site.name, None),
        Cell::view(site_badge(&site.status)),
    ];
    match seats {
        Some(of) => {
            cells
                .extend(Tier::ALL.map(|tier| Cell::view(headroom(tier, of.seats, site.limits)).class("num")));
            cells.push(Cell::view(mix(of.seats)).class("hide-small mix"));
        }
        None => {
            let words = if uncounted { "not for you" } else { "the counts did not come" };
            cells.push(Cell::text(words).class("soft").over("5"));
        }
    }
    cells
}

/// Storage used beside what is allowed.
#[component]
pub fn Storage(
    /// The sites.
    page: SitesPage,
) -> impl IntoView {
    let SitesPage { page, totals, .. } = page;
    let without = match totals.without_quota {
        0 => String::new(),
        some => format!(" {} without a quota.", count(some, "site is", "sites are")),
    };
    let caption = format!(
        "{} used on all sites; quotas add up to {}.{without}",
        megabytes(totals.storage_used),
        megabytes(totals.storage_quota)
    );
    view! {
        <section class="card" aria-labelledby="storage-title">
            <h2 id="storage-title">"Storage"</h2>
            <Table
                label="Storage"
                caption
                heads=vec![Head::new("Site"), Head::num("Used"), Head::num("Quota"), Head::num("Full")]
                rows=page.rows.into_iter().map(storage_line).collect()
            />
        </section>
    }
    .into_any()
}

fn storage_line(row: SiteRow) -> Row {
    let site = row.site;
    let used = site.storage_used.map_or_else(|| "not told".to_owned(), megabytes);
    let full = site.storage_used.zip(site.storage_quota).map(|(used, quota)| {
        with_bar(format!("{} %", percent(used, quota)).into_any(), fullness(used, quota, "storage"))
    });
    vec![
        Cell::link(format!("/sites/{}", site.id), site.name, None),
        Cell::text(used).class("num"),
        Cell::text(site.storage_quota.map_or_else(|| "none told".to_owned(), megabytes)).class("num"),
        Cell::view(full).class("num"),
    ]
}
