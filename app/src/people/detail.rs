//! One person: who they are, the seat they take and why, their roles, what they can reach, and what was done to them.
//! Drawn on the server.

use leptos::prelude::*;
use model::{
    Permission, Problem,
    licences::Tier,
    people::{CLOUD_ADMINISTRATOR, LastSignIn, PersonSheet, PlaceSheet, Resource, RunOfPerson, TenantRole},
    roles::SignInType,
    site_plane::GroupsOnSite,
};

use super::{
    list::CHANGES,
    page::{Page, above},
    protect::protection,
    rows::{last, seat, status},
};
use crate::ask::may;
use crate::parts::{
    badges::{badge, row_state},
    drawn::Drawing,
    explained::Beside,
    history::history,
    pairs::{Fact, Pairs, facts},
    query::address,
    table::{Cell, Head, Row, Table},
};

/// What stands where acts would.
const NOTHING_DONE: &str = "Nothing was done to this person through Steward so far.";

/// Draws a person. `problem` is what the form about their protection ran into.
pub fn draw(sheet: PersonSheet, problem: Option<Problem>) -> Page {
    let here = format!("/people/{}", sheet.person.id);
    let frees = (sheet.seat != Tier::Unlicensed).then(|| {
        view! { <a class="button" href=format!("/licences/people/{}", sheet.person.id)>"What frees the seat?"</a> }
    });
    let edits = CHANGES.into_iter().any(may);
    let beside = view! {
        {frees}
        {edits.then(|| view! { <a class="button" href=format!("{here}/edit")>"Edit"</a> })}
        {may(Permission::DeletePeople).then(|| view! { <a class="button danger" href=format!("{here}/delete")>"Take out of the tenant"</a> })}
    };
    let protection = may(Permission::ProtectPeople).then(|| protection(&sheet, problem));
    let (title, facts, as_of) = (sheet.person.name().to_owned(), in_short(&sheet), sheet.as_of);
    let who = who(&sheet);
    let all = address("/audit", &[("q", sheet.person.id.to_string())]);
    let body = view! {
        {who}
        {places(sheet.places)}
        {groups(sheet.groups)}
        {resources(sheet.resources)}
        {runs(sheet.runs)}
        <div class="two">
            {history(sheet.acts, NOTHING_DONE, Some(all))}
            {protection}
        </div>
    };
    Page {
        title,
        above: above(None),
        beside: Drawing::of(beside),
        facts: Drawing::of(facts),
        as_of: Some(as_of),
        body: Drawing::of(body),
    }
}

/// What matters most, in one line.
fn in_short(sheet: &PersonSheet) -> AnyView {
    let words = match sheet.seat {
        Tier::Unlicensed => "No seat".to_owned(),
        tier if sheet.seat_by.is_empty() => format!("{} seat", tier.word()),
        tier => format!("{} seat, because of {}", tier.word(), listed(&sheet.seat_by)),
    };
    let administers =
        sheet.person.is_active_administrator().then(|| badge("info", "cloud administrator".to_owned()));
    view! {
        {status(&sheet.person.status)}
        {administers}
        {sheet.protected.is_some().then(|| badge("warn", "protected".to_owned()))}
        {sheet.is_you.then(|| badge("info", "this is you".to_owned()))}
        {seat(sheet.seat, words)}
    }
    .into_any()
}

/// `Sales`, `Sales and Finance`, `Sales, Finance and 3 more sites`.
fn listed(names: &[String]) -> String {
    match names {
        [one, two] => format!("{one} and {two}"),
        [one, two, rest @ ..] if rest.len() > 1 => format!("{one}, {two} and {} more sites", rest.len()),
        _ => names.join(", "),
    }
}

fn who(sheet: &PersonSheet) -> AnyView {
    let person = &sheet.person;
    let told = |text: &str| Fact::told(Some(text.to_owned()));
    let roles: Vec<String> = person.tenant_roles.iter().map(tenant_role).collect();
    let roles = if roles.is_empty() { Fact::None("none") } else { Fact::Text(roles.join("; ")) };
    let at = match person.last_sign_in {
        LastSignIn::At(at) => format!(" ({at})"),
        LastSignIn::Never => " (Tableau tells of no sign-in; that this means never is inferred)".to_owned(),
        LastSignIn::Unknown => " (Tableau did not tell)".to_owned(),
    };
    let signed_in = view! {
        {last(person.last_sign_in, sheet.as_of)} {at}
        <p class="soft">"It misses Tableau Desktop and Prep: weak evidence that somebody is idle."</p>
    };
    let facts = facts([
        ("Name", told(&person.display_name)),
        ("User name", told(&person.user_name)),
        ("E-mail field", told(&person.email)),
        ("Last sign-in", Fact::View(signed_in.into_any())),
        ("Tenant role", roles),
        (
            "Language and locale",
            Fact::Text(format!("{}, {}", or_none(&person.language), or_none(&person.locale))),
        ),
        ("Id", Fact::Code(person.id.to_string())),
    ]);
    view! {
        <section class="card" aria-labelledby="who-title">
            <h2 id="who-title">"Who"</h2>
            <Pairs facts/>
        </section>
    }
    .into_any()
}

fn or_none(word: &str) -> &str {
    if word.is_empty() { "not told" } else { word }
}

fn tenant_role(role: &TenantRole) -> String {
    let name = if role.role == CLOUD_ADMINISTRATOR { "Cloud administrator" } else { role.role.as_str() };
    let way = role.sign_in.as_ref().map(|way| format!(", signs in with {}", way.words())).unwrap_or_default();
    format!("{name} ({}){way}", role.status.to_lowercase())
}

fn places(places: Vec<PlaceSheet>) -> AnyView {
    let body = if places.is_empty() {
        view! { <p class="empty">"On no site."</p> }.into_any()
    } else {
        let rows = places.into_iter().map(place).collect();
        let there = view! { <span class="hidden">"In Tableau"</span> };
        let heads = vec![
            Head::new("Site"),
            Head::new("Role"),
            Head::new("Sign-in type").class("hide-small"),
            Head::view(there),
        ];
        view! { <Table label="Roles on sites" heads rows/> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="places-title">
            <h2 id="places-title">"Roles on sites"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn place(it: PlaceSheet) -> Row {
    let PlaceSheet { place, site_name, site_status, href } = it;
    let way = place.sign_in.as_ref().map_or("not told", SignInType::words).to_owned();
    let there = href.map(|href| view! { <a href=href rel="external noopener">"Open in Tableau"</a> });
    let suspended =
        (!matches!(site_status.as_str(), "Active" | "")).then(|| badge("bad", site_status.clone()));
    let name = view! { <a href=format!("/sites/{}", place.site)>{site_name}</a> " " {suspended} };
    vec![
        Cell::view(name).heads_row(),
        Cell::view(seat(place.role.tier(), place.role.words().to_owned())),
        Cell::text(way).class("hide-small"),
        Cell::view(there),
    ]
}

fn resources(resources: Result<Vec<Resource>, Problem>) -> AnyView {
    let body = match resources {
        Err(problem) => {
            let what = "Tableau did not tell what they can reach; its address for this is inferred.";
            view! { <Beside what problem/> }.into_any()
        }
        Ok(none) if none.is_empty() => view! { <p class="empty">"Nothing, says Tableau."</p> }.into_any(),
        Ok(resources) => {
            let rows = resources.into_iter().map(resource).collect();
            let heads = vec![
                Head::new("Name"),
                Head::new("Kind").class("hide-small"),
                Head::new("State"),
                Head::new("Address").class("hide-small"),
            ];
            view! { <Table label="Sites and instances they can reach" heads rows/> }.into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="reach-title">
            <h2 id="reach-title">"Sites and instances they can reach"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn resource(it: Resource) -> Row {
    let place = format!("{}/{}", it.host.trim_end_matches('/'), it.uri.trim_start_matches('/'));
    let name = match it.kind.as_str() {
        "SITE" => view! { <a href=format!("/sites/{}", it.id)>{it.name}</a> }.into_any(),
        _ => it.name.into_any(),
    };
    vec![
        Cell::view(name).heads_row(),
        Cell::text(it.kind.to_lowercase()).class("hide-small"),
        Cell::text(it.state.to_lowercase()),
        Cell::view(view! { <code>{place}</code> }).class("word hide-small"),
    ]
}

/// Their groups on every site they are on, side by side.
fn groups(sites: Vec<GroupsOnSite>) -> AnyView {
    if sites.is_empty() {
        return ().into_any();
    }
    let rows = sites.into_iter().map(groups_on).collect();
    let heads = vec![Head::new("Site"), Head::new("Groups")];
    view! {
        <section class="card" aria-labelledby="groups-title">
            <h2 id="groups-title">"Groups on sites"</h2>
            <Table label="Groups on sites" heads rows/>
        </section>
    }
    .into_any()
}

fn groups_on(it: GroupsOnSite) -> Row {
    let site = it.site;
    let what = match it.groups {
        None => {
            let connect = format!("/sites/{site}/connect");
            view! { <span class="soft">"Not connected. " <a href=connect>"Connect the site"</a></span> }
                .into_any()
        }
        Some(Err(problem)) => view! { <span class="soft">{problem.explain().title}</span> }.into_any(),
        Some(Ok(none)) if none.is_empty() => view! { <span class="soft">"In no group"</span> }.into_any(),
        Some(Ok(groups)) => {
            let links = groups
                .into_iter()
                .map(|group| {
                    let href = format!("/sites/{site}/groups/{}", group.id);
                    view! { <li><a href=href>{group.name}</a></li> }.into_any()
                })
                .collect_view();
            view! { <ul class="names">{links}</ul> }.into_any()
        }
    };
    vec![
        Cell::view(view! { <a href=format!("/sites/{site}")>{it.name}</a> }).heads_row(),
        Cell::view(what).class("word"),
    ]
}

/// What runs did to them, with the jobs of Tableau's that carried it out.
fn runs(rows: Vec<RunOfPerson>) -> AnyView {
    let body = if rows.is_empty() {
        view! { <p class="empty">"No run of Steward was about this person so far."</p> }.into_any()
    } else {
        let rows = rows
            .into_iter()
            .map(|it| {
                let (tone, word) = row_state(it.state);
                let job = it.job.map(|job| view! { <a href=job.address()>"Tableau's job"</a> });
                vec![
                    Cell::link(format!("/runs/{}", it.run), it.title, None).class("word"),
                    Cell::text(it.after).class("hide-small"),
                    Cell::view(badge(tone, word.to_owned())),
                    Cell::view(Fact::time(it.ended, "").draw()).class("hide-small"),
                    Cell::view(job),
                ]
            })
            .collect();
        let heads = vec![
            Head::new("Run"),
            Head::new("Wanted").class("hide-small"),
            Head::new("Outcome"),
            Head::new("Ended").class("hide-small"),
            Head::new("Job"),
        ];
        view! { <Table label="Runs and jobs" heads rows/> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="runs-title">
            <h2 id="runs-title">"Runs and jobs about them"</h2>
            {body}
        </section>
    }
    .into_any()
}
