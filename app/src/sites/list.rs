//! The list of sites: search, filters, sorting and pages, all in the URL.

use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use model::{
    Direction, PageRequest, Permission, Problem, ProblemCode,
    licences::SiteSeats,
    sites::{SiteChoices, SiteRow, SiteSort, SitesPage, SitesQuery},
};

use super::server::list_sites;
use crate::{
    failure::Failure,
    frame::if_may,
    parts::{
        badges::site_badge,
        bars::{fullness, with_bar},
        choice::Choice,
        explained::Beside,
        heading::{AsOf, Heading},
        loaded::{Loaded, reading},
        query::{address, direction, freshness, page, text},
        table::{Cell, Head, Place, Row, Table, pager},
        text::{megabytes, not_counted, number},
    },
};

/// All sites of the tenant.
#[component]
pub fn SiteListPage() -> impl IntoView {
    let url = use_query_map();
    let asked = Memo::new(move |_| url.with(|url| (read(url), freshness(url))));
    let sites = reading(
        move || url.with(ParamsMap::to_query_string),
        move || {
            let (query, freshness) = asked.get();
            async move { list_sites(query.map_err(Failure)?, freshness).await }
        },
    );
    let query = move || asked.with(|(query, _)| query.clone().unwrap_or_default());
    view! {
        <Heading title="Sites">
            {if_may(&[Permission::ChangeLimits], || view! { <a class="button" href="/limits">"Role limits"</a> }.into_any())}
            {if_may(&[Permission::CreateSites], || view! { <a class="button first" href="/sites/new">"New site"</a> }.into_any())}
        </Heading>
        <Loaded from=sites show=move |found| view! { <Found found query=query()/> }/>
    }
}

#[component]
fn Found(found: SitesPage, query: SitesQuery) -> impl IntoView {
    let SitesPage { page, choices, totals, stale, counts } = found;
    let here = href(&query);
    let pages = |number, size| href(&SitesQuery { page: PageRequest { number, size }, ..query.clone() });
    let pages = pager(Place::from(&page), &pages);
    let table = if page.rows.is_empty() {
        view! { <Nothing of=page.of/> }.into_any()
    } else {
        view! { {table(page.rows, &query)} {pages} }.into_any()
    };
    view! {
        {stale.map(|problem| view! { <Beside what="The list is older than it should be." problem/> })}
        {counts.map(|problem| view! { <Beside what="The counts are missing or old." problem/> })}
        {not_counted(totals.uncounted)}
        <section class="card" aria-label="Sites of the tenant">
            <Filter query choices/>
            <AsOf at=page.as_of here/>
            {table}
        </section>
    }
}

#[component]
fn Filter(query: SitesQuery, choices: SiteChoices) -> impl IntoView {
    let filtered = !(query.search.is_empty() && query.status.is_empty() && query.region.is_empty());
    let clear =
        SitesQuery { search: String::new(), status: String::new(), region: String::new(), ..query.clone() };
    let clear = filtered.then(|| {
        let href = href(&SitesQuery { page: PageRequest { number: 1, ..clear.page }, ..clear });
        view! { <a class="button" href=href>"Clear filters"</a> }
    });
    view! {
        <form method="get" action="/sites" class="filters" role="search">
            <label>
                <span>"Name, address or id"</span>
                <input class="field" type="search" name="q" value=query.search.clone() maxlength="200"/>
            </label>
            <Choice label="Status" name="status" all="Any status" chosen=query.status.clone() words=choices.statuses/>
            <Choice label="Region" name="region" all="Any region" chosen=query.region.clone() words=choices.regions/>
            <input type="hidden" name="sort" value=sort_word(query.sort)/>
            <input type="hidden" name="direction" value=direction_word(query.direction)/>
            <input type="hidden" name="size" value=query.page.size.to_string()/>
            <button class="button first" type="submit">"Show"</button>
            {clear}
        </form>
    }
}

/// Nothing exists, or the filter hides all: two different things.
#[component]
fn Nothing(of: u64) -> impl IntoView {
    if of == 0 {
        view! { <p class="empty">"No site: the tenant has none yet, or none is in what you were given."</p> }
            .into_any()
    } else {
        view! {
            <p class="empty">
                "No site matches. " {number(of)} " sites are hidden by the filters. " <a href="/sites">"Show all sites"</a>
            </p>
        }
        .into_any()
    }
}

/// The rows as a table whose headings sort.
fn table(rows: Vec<SiteRow>, query: &SitesQuery) -> AnyView {
    let heads = COLUMNS
        .iter()
        .map(|(label, sort, class)| {
            let now = (query.sort == *sort).then_some(query.direction);
            let direction = if now == Some(Direction::Up) { Direction::Down } else { Direction::Up };
            let page = PageRequest { number: 1, ..query.page };
            let href = href(&SitesQuery { sort: *sort, direction, page, ..query.clone() });
            Head::new(label).class(class).sorting(href, now)
        })
        .collect();
    let rows = rows.into_iter().map(row).collect();
    view! { <Table label="Sites" heads rows/> }.into_any()
}

const COLUMNS: &[(&str, SiteSort, &str)] = &[
    ("Site", SiteSort::Name, ""),
    ("Status", SiteSort::Status, ""),
    ("Region", SiteSort::Region, "hide-small"),
    ("People", SiteSort::People, "num"),
    ("Storage", SiteSort::Storage, "num hide-small"),
    ("Made", SiteSort::Created, "hide-small"),
];

fn row(row: SiteRow) -> Row {
    let SiteRow { site, region, seats, uncounted } = row;
    let storage = match (site.storage_used, site.storage_quota) {
        (Some(used), Some(quota)) => {
            let words =
                view! { {megabytes(used)} <span class="soft">{format!(" of {}", megabytes(quota))}</span> };
            with_bar(words.into_any(), fullness(used, quota, "storage"))
        }
        (Some(used), None) => megabytes(used).into_any(),
        (None, _) => "not told".into_any(),
    };
    let made = site.created.map_or_else(|| "not told".to_owned(), |at| at.day());
    vec![
        Cell::link(format!("/sites/{}", site.id), site.name, Some(site.content_url)),
        Cell::view(site_badge(&site.status)),
        Cell::text(region).class("hide-small"),
        Cell::view(people(seats, uncounted)).class("num"),
        Cell::view(storage).class("num hide-small"),
        Cell::text(made).class("hide-small nowrap"),
    ]
}

/// How many people, or why no number stands there.
fn people(seats: Option<SiteSeats>, uncounted: bool) -> AnyView {
    match seats {
        Some(of) => number(of.people).into_any(),
        None if uncounted => view! { <span class="soft">"not for you"</span> }.into_any(),
        None => "–".into_any(),
    }
}

/// The query in the URL.
fn read(url: &ParamsMap) -> Result<SitesQuery, Problem> {
    let sort = match url.get_str("sort") {
        None | Some("") => SiteSort::default(),
        Some(word) => SORTS
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, sort)| *sort)
            .ok_or_else(|| Problem::about(ProblemCode::MalformedQuery, "sort"))?,
    };
    Ok(SitesQuery {
        search: text(url, "q"),
        status: text(url, "status"),
        region: text(url, "region"),
        sort,
        direction: direction(url)?,
        page: page(url)?,
    })
}

const SORTS: &[(&str, SiteSort)] = &[
    ("name", SiteSort::Name),
    ("status", SiteSort::Status),
    ("region", SiteSort::Region),
    ("people", SiteSort::People),
    ("storage", SiteSort::Storage),
    ("created", SiteSort::Created),
];

fn sort_word(sort: SiteSort) -> &'static str {
    SORTS.iter().find(|(_, known)| *known == sort).map_or("name", |(word, _)| word)
}

fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
    }
}

/// The address of a list; what is as usual is left out.
fn href(query: &SitesQuery) -> String {
    let usual = SitesQuery::default();
    let unless_usual = |is_usual: bool, word: String| if is_usual { String::new() } else { word };
    address(
        "/sites",
        &[
            ("q", query.search.clone()),
            ("status", query.status.clone()),
            ("region", query.region.clone()),
            ("sort", unless_usual(query.sort == usual.sort, sort_word(query.sort).to_owned())),
            (
                "direction",
                unless_usual(query.direction == usual.direction, direction_word(query.direction).to_owned()),
            ),
            ("page", unless_usual(query.page.number == 1, query.page.number.to_string())),
            ("size", unless_usual(query.page.size == usual.page.size, query.page.size.to_string())),
        ],
    )
}
