//! "What frees a seat?": one person, the seat they take, and every site that holds it up. Drawn on the server.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::{
    SiteId,
    licences::{Tier, idle::Rung, sheets::FreesSheet},
    people::PlaceSheet,
    site_plane::GroupsOnSite,
};

use super::{frees_forms as forms, lower, page::above, told};
use crate::{
    parts::{
        badges::badge,
        drawn::{Drawing, Page},
        pairs::{Fact, Pairs, facts},
        table::{Cell, Head, Row, Table},
    },
    people::rows::{last, seat},
};

/// Draws the page.
pub fn draw(sheet: FreesSheet, url: &ParamsMap) -> Page {
    let mut above = above();
    above.push(("Seats used in vain".to_owned(), "/licences/idle".to_owned()));
    let title = format!("What frees the seat of {}?", sheet.person.name());
    let beside =
        view! { <a class="button" href=format!("/people/{}", sheet.person.id)>"The person's page"</a> };
    let as_of = sheet.as_of;
    let body = view! {
        {about(&sheet)}
        {ladder(&sheet)}
        {lower::one(&sheet)}
        {places(&sheet)}
        {groups(&sheet.groups)}
        {forms::left_out(&sheet, url)}
    };
    Page {
        title,
        above,
        beside: Drawing::of(beside),
        facts: Drawing::of(view! { {seat(sheet.seat, seat_words(sheet.seat))} }),
        as_of: Some(as_of),
        body: Drawing::of(body),
    }
}

fn seat_words(tier: Tier) -> String {
    match tier {
        Tier::Unlicensed => "No seat".to_owned(),
        tier => format!("{} seat of the tenant", tier.word()),
    }
}

fn about(sheet: &FreesSheet) -> AnyView {
    let (tone, word, why) = told::evidence(sheet.evidence, sheet.seen);
    let signed_in = view! { {last(sheet.person.last_sign_in, sheet.as_of)} };
    let worth = view! { {badge(tone, word.to_owned())} <p class="soft">{why}</p> };
    let facts = facts([
        ("User name", Fact::Text(sheet.person.user_name.clone())),
        ("Last sign-in", Fact::View(signed_in.into_any())),
        ("Evidence that it is not used", Fact::View(worth.into_any())),
    ]);
    view! {
        <section class="card" aria-labelledby="about-title">
            <h2 id="about-title">"Last seen"</h2>
            <Pairs facts/>
        </section>
    }
    .into_any()
}

/// The way down, step by step, with every site that holds the seat up.
fn ladder(sheet: &FreesSheet) -> AnyView {
    let body = if sheet.person.places.is_none() {
        view! { <p class="empty">"Tableau did not tell the roles of this person, so nothing can be said."</p> }.into_any()
    } else if sheet.rungs.is_empty() {
        view! { <p class="empty">"They take no seat of the tenant, so there is none to free."</p> }.into_any()
    } else {
        let steps = sheet.rungs.iter().map(|rung| step(rung, &sheet.places)).collect_view();
        view! {
            <p>
                "A person takes one seat of the tenant, at the highest role they have on any site. So the seat becomes free only when "
                <strong>"no site"</strong> " needs it any more."
            </p>
            <ol class="ladder">{steps}</ol>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="ladder-title">
            <h2 id="ladder-title">"What frees a seat"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn step(rung: &Rung, places: &[PlaceSheet]) -> AnyView {
    let name = |id: &SiteId| {
        let place = places.iter().find(|it| it.place.site == *id);
        place.map_or_else(|| id.to_string(), |it| it.site_name.clone())
    };
    let names: Vec<String> = rung.on.iter().map(name).collect();
    let all = match names.len() {
        1 => "the role on one site goes down",
        2 => "the roles on both sites go down",
        _ => "the roles on all of these sites go down",
    };
    let left = match rung.leaves {
        Tier::Unlicensed => "Then they take no seat at all.".to_owned(),
        tier => format!("Then they still take a seat of the kind {}, because of other sites.", tier.word()),
    };
    let alone = (names.len() > 1).then(|| {
        view! { <p class="soft">"Lowered on one of them alone, the seat stays taken: the others hold it up."</p> }
    });
    view! {
        <li>
            <p>
                {seat(rung.frees, format!("The {} seat is free", rung.frees.word()))}
                " when " {all} " below " {rung.frees.word()} ": " <strong>{names.join(", ")}</strong> ". " {left}
            </p>
            {alone}
        </li>
    }
    .into_any()
}

fn places(sheet: &FreesSheet) -> AnyView {
    if sheet.places.is_empty() {
        return ().into_any();
    }
    let rows = sheet
        .places
        .iter()
        .map(|it| -> Row {
            let tier = it.place.role.tier();
            let holds = match tier {
                Tier::Unlicensed => view! { <span class="soft">"needs no seat"</span> }.into_any(),
                tier if tier == sheet.seat => badge("warn", "holds the seat up".to_owned()),
                tier => {
                    view! { <span class="soft">{format!("needs {} only", tier.word())}</span> }.into_any()
                }
            };
            vec![
                Cell::link(format!("/sites/{}", it.place.site), it.site_name.clone(), None),
                Cell::view(seat(tier, it.place.role.words().to_owned())),
                Cell::view(holds),
            ]
        })
        .collect();
    let heads = vec![Head::new("Site"), Head::new("Role there"), Head::new("For the seat of the tenant")];
    view! {
        <section class="card" aria-labelledby="places-title">
            <h2 id="places-title">"Site by site"</h2>
            <Table label="Roles on sites" heads rows/>
        </section>
    }
    .into_any()
}

/// Groups that give a role may give it back at the next sign-in.
fn groups(sites: &[GroupsOnSite]) -> AnyView {
    let lines = sites
        .iter()
        .filter_map(|it| {
            let site = it.site;
            let Some(Ok(groups)) = &it.groups else { return None };
            let giving: Vec<AnyView> = groups
                .iter()
                .filter(|group| group.grants_licences())
                .map(|group| {
                    let href = format!("/sites/{site}/groups/{}", group.id);
                    view! { <a href=href>{group.name.clone()}</a> " " }.into_any()
                })
                .collect();
            (!giving.is_empty()).then(|| view! { <li>{it.name.clone()} ": " {giving}</li> }.into_any())
        })
        .collect::<Vec<_>>();
    let closed = sites.iter().filter(|it| it.groups.is_none()).count() as u64;
    let failed = sites.iter().filter(|it| matches!(it.groups, Some(Err(_)))).count() as u64;
    if lines.is_empty() && closed + failed == 0 {
        return ().into_any();
    }
    let found = if lines.is_empty() {
        view! { <p>"No group is known to give this person a role."</p> }.into_any()
    } else {
        view! {
            <p>"These groups give their people a role. It may come back at the next sign-in, and the seat with it:"</p>
            <ul class="points">{lines}</ul>
        }
        .into_any()
    };
    let unseen = closed + failed;
    let unseen = (unseen > 0).then(|| {
        let words = if unseen == 1 { "1 site is" } else { "Some sites are" };
        view! { <p class="soft">{words} " not connected, or did not answer: groups there are not known."</p> }
    });
    view! {
        <section class="card" aria-labelledby="groups-title">
            <h2 id="groups-title">"Groups that may give the role back"</h2>
            {found}
            {unseen}
        </section>
    }
    .into_any()
}
