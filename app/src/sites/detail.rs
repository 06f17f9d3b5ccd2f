//! One site: everything the vendor tells, its people, its limits, and what was done to it here.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    Permission,
    audit::AuditRow,
    licences::{SiteSeats, Tier},
    site_connections::Standing,
    sites::{Site, SiteSheet, SiteStatus},
    tenant::Frame,
};

use super::{facts::Facts, server::get_site};
use crate::frame::{framed, if_may};
use crate::parts::{
    badges::site_badge,
    bars::headroom,
    explained::Explained,
    form::problem_in_address,
    heading::{AsOf, Heading},
    history::history,
    loaded::{Loaded, reading},
    table::{Cell, Head, Row, Table},
    text::{Time, count, number},
};
use crate::site_plane::parts::standing as badge_of;

/// The server function behind the question. A plain form is enough for something so rare, and half the size.
const SETTLE: &str = "/api/sites/settle";

/// One site.
#[component]
pub fn SiteDetailPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let query = use_query_map();
    let about = move || format!("{} {:?}", id(), query.with(|query| query.get("refresh")));
    let site = reading(about, move || get_site(id()));
    view! {
        {problem_in_address(SETTLE).map(|problem| view! { <Explained problem/> })}
        <Loaded from=site instead="Site" show=|sheet| view! { <Sheet sheet/> }/>
    }
}

#[component]
fn Sheet(sheet: SiteSheet) -> impl IntoView {
    let question = sheet.open_question().cloned();
    let SiteSheet { row, standing, acts, as_of, .. } = sheet;
    let site = row.site;
    let people = row.seats.map(|of| of.people);
    let turned = site.clone();
    view! {
        <Heading title=site.name.clone() above=vec![("Sites".to_owned(), "/sites".to_owned())]>
            {if_may(turning(&turned.status), move || view! { <Turn site=turned.clone() people/> }.into_any())}
        </Heading>
        <div class="facts">
            {site_badge(&site.status)}
            <span>{row.region.clone()}</span>
            <AsOf at=as_of here=format!("/sites/{}", site.id)/>
        </div>
        <OnTheSite id=site.id.to_string() standing/>
        {question.map(|act| view! { <OpenQuestion act site=site.clone()/> })}
        {(site.status == SiteStatus::Suspended).then(|| view! { <SuspendedNote since=site.suspended/> })}
        <People seats=row.seats uncounted=row.uncounted site=site.clone()/>
        <Facts site region=row.region/>
        {history(acts, "Nothing was changed on this site through Steward so far.", None)}
    }
}

/// The way to what only the site's own API tells.
#[component]
fn OnTheSite(id: String, standing: Option<Standing>) -> impl IntoView {
    let ways: [(&str, &str, &[Permission]); 7] = [
        ("users", "Users", &[Permission::SeePeople]),
        ("groups", "Groups", &[Permission::SeeGroups]),
        ("sets", "Group sets", &[Permission::SeeGroups]),
        ("jobs", "Jobs", &[Permission::SeeJobs]),
        ("connect", "Connection", &[Permission::ConnectSites]),
        ("project", "Project", &[Permission::CreateSites]),
        ("", "Role limits", &[Permission::ChangeLimits]),
    ];
    let draw = move |facts: Frame| {
        let ways = ways.into_iter().filter(|(.., needs)| facts.may(needs)).map(|(part, words, _)| {
            let href =
                if part.is_empty() { format!("/limits?site={id}") } else { format!("/sites/{id}/{part}") };
            view! { <a href=href>{words}</a> }.into_any()
        });
        ways.collect_view().into_any()
    };
    view! {
        <nav class="tabs" aria-label="On the site itself">
            {framed(Arc::new(draw))} {badge_of(standing)}
        </nav>
    }
}

/// What one needs to turn a site that stands so.
fn turning(status: &SiteStatus) -> &'static [Permission] {
    match status {
        SiteStatus::Active => &[Permission::SuspendSite],
        SiteStatus::Suspended => &[Permission::ReactivateSite],
        SiteStatus::Other(_) => &[],
    }
}

/// The way to the page that suspends or reactivates the site.
#[component]
fn Turn(site: Site, people: Option<u64>) -> impl IntoView {
    match site.status {
        SiteStatus::Active => {
            let who = people.map_or_else(String::new, |people| format!(" ({})", count(people, "person", "people")));
            view! { <a class="button danger" href=format!("/sites/{}/suspend", site.id)>"Suspend "{site.name}{who}</a> }
                .into_any()
        }
        SiteStatus::Suspended => {
            view! { <a class="button first" href=format!("/sites/{}/reactivate", site.id)>"Reactivate "{site.name}</a> }
                .into_any()
        }
        SiteStatus::Other(_) => ().into_any(),
    }
}

#[component]
fn SuspendedNote(since: Option<model::Moment>) -> impl IntoView {
    view! {
        <div class="notice bad">
            <span aria-hidden="true">"⏸"</span>
            <p>
                <strong>"This site is suspended"</strong> {since.map(|at| view! { " since " <Time at/> })}
                ". Nobody can sign in to it. Its people and content are kept."
            </p>
        </div>
    }
}

/// An act whose answer was lost: what is known, and the way to look again. Nothing is sent again.
#[component]
fn OpenQuestion(act: AuditRow, site: Site) -> impl IntoView {
    view! {
        <div class="notice warn" role="status">
            <span aria-hidden="true">"?"</span>
            <div>
                <p>
                    <strong>"The fate of a change is unknown: "{act.sentence()}"."</strong>
                    " It was sent at " <Time at=act.at/> " by " {act.who.clone()}
                    " and its answer was lost. Tableau now says that the site is " <strong>{site.status.word().to_owned()}</strong>
                    ". Steward does not send it again by itself."
                </p>
                <form method="post" action=SETTLE>
                    <input type="hidden" name="act" value=act.act.to_string()/>
                    <button class="button" type="submit">"Ask Tableau again and write down the answer"</button>
                </form>
                <p class="soft"><a href=format!("/audit/{}", act.act)>"The entry in the audit log"</a></p>
            </div>
        </div>
    }
}

#[component]
fn People(seats: Option<SiteSeats>, uncounted: bool, site: Site) -> impl IntoView {
    let body = match seats {
        Some(of) => {
            let caption = format!(
                "{} on this site, {} of them administer it.",
                count(of.people, "person", "people"),
                number(of.administrators)
            );
            let heads = vec![
                Head::new("Seat"),
                Head::num("People"),
                Head::num("Role limit"),
                Head::num("Left"),
                Head::new("Whose limit").class("hide-small"),
            ];
            let rows = Tier::ALL.map(|tier| seat_row(tier, of, &site)).into_iter().collect();
            view! { <Table label="People and role limits" caption heads rows/> }.into_any()
        }
        None if uncounted => view! {
            <p class="empty">"How many people this site has is told to those whose grant is for everybody on it. Yours is for some of them."</p>
        }
        .into_any(),
        None => view! {
            <p class="empty">"The counts of this site did not come. The rest of the page is as Tableau tells it."</p>
        }
        .into_any(),
    };
    view! {
        <section class="card" aria-labelledby="people-title">
            <h2 id="people-title">"People and role limits"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn seat_row(tier: Tier, of: SiteSeats, site: &Site) -> Row {
    let limit = site.limits.of(tier);
    let left = limit.own().map(|most| number(most.saturating_sub(of.seats.of(tier))));
    let whose = match limit.cloud_default {
        Some(true) => "default of the cloud",
        Some(false) => "the site's own",
        None => "",
    };
    vec![
        Cell::text(tier.word()).heads_row(),
        Cell::view(headroom(tier, of.seats, site.limits)).class("num"),
        Cell::text(limit.at_most.map_or_else(|| "none told".to_owned(), number)).class("num"),
        Cell::text(left.unwrap_or_default()).class("num"),
        Cell::text(whose).class("soft hide-small"),
    ]
}
