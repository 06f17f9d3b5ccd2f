//! Every grant, how it stands, and the switch that ends all of them.

use leptos::prelude::*;
use model::{
    Moment,
    delegation::{Pause, Standing, Template},
};
use operations::GrantPage;

use super::{
    fields::button,
    page::{PAUSE, RESUME},
};
use crate::parts::{
    badges::badge,
    drawn::{Drawing, Page},
    table::{Cell, Head, Row, Table},
    text::count,
};

/// Draws the list.
pub fn draw(found: Vec<GrantPage>, pause: Option<Pause>, gives: bool, now: Moment) -> Page {
    let title = if gives { "Grants" } else { "Your grants" };
    let caption = count(found.len() as u64, "grant", "grants");
    let none = found.is_empty().then(|| {
        let words = match gives {
            true => "Nobody holds a grant. Give one from a template below.",
            false => "You hold no grant. A cloud administrator of your tenant can give you one.",
        };
        view! { <p class="soft">{words}</p> }
    });
    let is_empty = found.is_empty();
    let rows = found.into_iter().map(row).collect();
    let heads = vec![
        Head::new("Grant"),
        Head::new("Held by"),
        Head::new("Standing"),
        Head::new("Works by").class("hide-small"),
        Head::new("Until").class("hide-small"),
    ];
    let body = view! {
        {pause.clone().map(|pause| paused(&pause, gives))}
        <section class="card" aria-labelledby="grants-title">
            <h2 id="grants-title">"Who may do what, by whose credential"</h2>
            {none}
            {(!is_empty).then(|| view! { <Table label="Grants" caption heads rows/> })}
        </section>
        {gives.then(templates)}
        {(gives && pause.is_none()).then(switch)}
    };
    let beside = gives.then(|| {
        view! {
            <a class="button" href="/grants/what">"What can somebody do?"</a>
            <a class="button" href="/grants/deposit">"Deposit a credential"</a>
        }
    });
    Page {
        title: title.to_owned(),
        beside: Drawing::of(beside),
        as_of: Some(now),
        body: Drawing::of(body),
        ..Page::default()
    }
}

/// How a grant stands, as a badge.
pub fn standing(standing: Standing) -> AnyView {
    let tone = match standing {
        Standing::Active => "good",
        Standing::Future | Standing::Eligible | Standing::OutsideHours => "info",
        Standing::Expired | Standing::Revoked => "",
        Standing::Paused | Standing::OtherNetwork => "bad",
    };
    badge(tone, standing.words().to_owned())
}

fn row(page: GrantPage) -> Row {
    let grant = page.held.delegation;
    let planes = &page.held.planes;
    let works = match (planes.tenant, planes.sites.len() as u64) {
        (false, 0) => "nothing deposited".to_owned(),
        (true, 0) => "the tenant".to_owned(),
        (false, sites) => count(sites, "site", "sites"),
        (true, sites) => format!("the tenant and {}", count(sites, "site", "sites")),
    };
    vec![
        Cell::view(view! { <a href=format!("/grants/{}", grant.id)>{grant.name}</a> }).heads_row(),
        Cell::text(page.holder).class("word"),
        Cell::view(standing(page.held.standing)),
        Cell::text(works).class("hide-small"),
        Cell::text(grant.until.day()).class("hide-small"),
    ]
}

fn paused(pause: &Pause, gives: bool) -> AnyView {
    let said = format!(
        "{} paused all delegation on {}. Every deposited credential is forgotten.",
        pause.by, pause.at
    );
    let resume = gives.then(|| {
        let ticket = operations::ticket().to_string();
        button(RESUME, vec![("ticket", ticket)], "button first", "Let delegation go on")
    });
    view! {
        <section class="notice bad" role="alert">
            <span aria-hidden="true">"✕"</span>
            <div><h2>"All delegation is paused"</h2><p>{said}</p>{resume}</div>
        </section>
    }
    .into_any()
}

fn templates() -> AnyView {
    let all = Template::ALL
        .into_iter()
        .map(|template| {
            view! {
                <li>
                    <a href=format!("/grants/new?template={}", template.word())>{template.name()}</a>
                    ": " {template.words()}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="templates-title">
            <h2 id="templates-title">"Give a grant"</h2>
            <p class="soft">"A template fills the form. What is kept is the grant, which no later change of a template touches."</p>
            <ul>{all}</ul>
        </section>
    }
    .into_any()
}

fn switch() -> AnyView {
    let ticket = operations::ticket().to_string();
    view! {
        <section class="card" aria-labelledby="switch-title">
            <h2 id="switch-title">"Stop everything"</h2>
            <p>
                "Pauses every grant at once, on every replica, and forgets all deposited credentials. Runs of helpers wait. Connections to sites that were deposited are erased as well, and have to be made again."
            </p>
            {button(PAUSE, vec![("ticket", ticket)], "button danger", "Pause all delegation now")}
        </section>
    }
    .into_any()
}
