//! The overview: the tenant, its seats, and its sites beside their limits.

mod access;
mod counted;
mod seats;
pub mod server;
mod sites;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};
use model::{
    Aged, Permission,
    delegation::MAY_SEE_REQUESTS,
    licences::TenantSeats,
    tenant::{Frame, Tenant},
};

use crate::{
    frame::framed,
    licences::server::get_passed,
    parts::{
        badges::tenant_badge,
        drawn::Drawn,
        explained::Beside,
        heading::{AsOf, Heading},
        loaded::{IfLoaded, Loaded, reading},
        query::freshness,
        text::Day,
    },
    sites::server::list_sites,
};
use seats::SeatTiles;
use server::{get_tenant, get_tenant_seats};
use sites::{Storage, busiest};

/// The first page after signing in.
pub struct Overview;

#[lazy_route]
impl LazyRoute for Overview {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <OverviewPage/> }.into_any()
    }
}

#[component]
fn OverviewPage() -> impl IntoView {
    let query = use_query_map();
    // It changes with each press of "refresh", so that the browser asks again.
    let pressed = move || query.with(|query| query.get("refresh").unwrap_or_default());
    let freshness = move || query.with(freshness);
    let tenant = reading(pressed, move || get_tenant(freshness()));
    let seats = reading(pressed, move || get_tenant_seats(freshness()));
    let passed = reading(pressed, get_passed);
    let sites = reading(pressed, move || list_sites(busiest(), freshness()));
    // Whoever works by a grant may see the tenant without being told how many people it has.
    let tiles = move |is_member: bool| match is_member {
        true => view! { <IfLoaded from=seats show=drawn/> }.into_any(),
        false => view! { <Loaded from=seats show=drawn/> }.into_any(),
    };
    let table = move || {
        view! { <Loaded from=sites show=move |page| view! { <sites::SiteTable page seats/> }/> }.into_any()
    };
    let whole = move |is_member: bool| {
        view! {
            <Loaded from=tenant instead="Overview" show=|tenant| view! { <TenantHead tenant/> }/>
            <IfLoaded from=passed show=|drawing| view! { <Drawn drawing/> }/>
            {tiles(is_member)}
            {table()}
            <div class="two">
                <Loaded from=sites show=|page| view! { <Storage page/> }/>
                <access::Access/>
            </div>
        }
        .into_any()
    };
    let show = move |facts: Frame| match facts.may(&[Permission::SeeTenant]) {
        true => whole(!facts.owner),
        false => {
            let sites = facts.may(&[Permission::SeeSites]).then(table);
            view! { {desk(&facts)} {sites} }.into_any()
        }
    };
    framed(Arc::new(show))
}

fn drawn(seats: Aged<TenantSeats>) -> AnyView {
    view! { <SeatTiles seats/> }.into_any()
}

/// The first page of somebody from the help desk: the grants they work by, and the ways that these open.
fn desk(facts: &Frame) -> AnyView {
    let ways: [(&[Permission], &str, &str); 5] = [
        (&[Permission::SeePeople], "/people", "People in your scope"),
        (&[Permission::SeeOwnRuns, Permission::SeeJobs], "/jobs", "Your runs"),
        (MAY_SEE_REQUESTS, "/approvals", "Approvals"),
        (&[Permission::SeeAudit], "/audit", "The audit log"),
        (&[], "/grants", "Your grants, and what each of them opens"),
    ];
    let ways = ways.into_iter().filter(|(needs, ..)| needs.is_empty() || facts.may(needs));
    let ways = ways.map(|(_, href, words)| view! { <li><a href=href>{words}</a></li> }.into_any());
    let ways = ways.collect_view();
    view! {
        <Heading title="Your desk"/>
        <section class="card" aria-labelledby="ways-title">
            <h2 id="ways-title">"What you can open"</h2>
            <ul>{ways}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn TenantHead(tenant: Aged<Tenant>) -> impl IntoView {
    let Aged { value, as_of, stale } = tenant;
    let terms = match value.terms {
        Some(terms) if terms.accepted => view! {
            "terms accepted" {terms.at.map(|at| view! { " " <Day at/> })}
        }
        .into_any(),
        Some(_) => view! { <span class="badge warn">"terms not accepted"</span> }.into_any(),
        None => "terms not told".into_any(),
    };
    let name = if value.name.is_empty() { "Your tenant".to_owned() } else { value.name };
    view! {
        <Heading title=name>
            <AsOf at=as_of here="/"/>
        </Heading>
        <p class="facts">
            {tenant_badge(&value.status)}
            <span>{terms}</span>
            {value.created.map(|at| view! { <span>"since " <Day at/></span> })}
        </p>
        {stale.map(|problem| view! { <Beside what="The tenant's data is older than it should be." problem/> })}
    }
}
