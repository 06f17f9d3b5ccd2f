//! What the pages of a site share: the head, the way between them, and small words.

use leptos::prelude::*;
use model::{
    Permission, Problem, SiteId,
    groups::Group,
    site_connections::Standing,
    site_plane::{PlaneList, SiteHead},
    site_users::SiteUser,
};

use super::group_forms::NAME_AT_MOST;
use crate::ask::may;
use crate::parts::{
    badges::badge,
    drawn::{Drawing, Page},
    explained::Beside,
    form::{FormProblem, TextField},
    table::Cell,
    text::number,
};

/// Where a site is connected.
pub const CONNECT: &str = "/api/plane/connect";
/// Where a connection is ended.
pub const DISCONNECT: &str = "/api/plane/disconnect";
/// Where a stopped connection is tried again.
pub const RETRY: &str = "/api/plane/retry";
/// Where a group is made or changed.
pub const GROUP: &str = "/api/plane/group";
/// Where a group set is made or changed.
pub const SET: &str = "/api/plane/set";
/// Where a change of members is planned.
pub const MEMBERS: &str = "/api/plane/members";
/// Where a change of a site's users is planned.
pub const USERS: &str = "/api/plane/users";
/// Where a file of people is uploaded: a door of its own, because a file is larger than any other form.
pub const FILE: &str = "/import/site";
/// Where a job is cancelled.
pub const CANCEL: &str = "/api/plane/cancel";
/// Where saved credentials are moved.
pub const MOVE: &str = "/api/plane/move";

/// The lists of a site: their part of the address, and their words.
pub const LISTS: [(&str, &str); 4] =
    [("users", "Users"), ("groups", "Groups"), ("sets", "Group sets"), ("jobs", "Jobs")];

/// The pages above a page of a site.
pub fn above(site: SiteId, name: &str, list: Option<&str>) -> Vec<(String, String)> {
    let mut above =
        vec![("Sites".to_owned(), "/sites".to_owned()), (name.to_owned(), format!("/sites/{site}"))];
    let known = LISTS.iter().find(|(part, _)| Some(*part) == list);
    above.extend(known.map(|(part, words)| ((*words).to_owned(), format!("/sites/{site}/{part}"))));
    above
}

/// The way between the lists of a site, and by whose connection one looks.
pub fn head(head: &SiteHead, current: &str) -> AnyView {
    let links = LISTS
        .into_iter()
        .filter(|(part, _)| match *part {
            "users" => may(Permission::SeePeople),
            "jobs" => may(Permission::SeeJobs),
            _ => may(Permission::SeeGroups),
        })
        .map(|(part, words)| {
            let here = (part == current).then_some("page");
            view! { <a href=format!("/sites/{}/{part}", head.site) aria-current=here>{words}</a> }.into_any()
        })
        .collect_view();
    let weak = (!head.administers).then(|| {
        view! {
            <p class="notice warn">
                <span aria-hidden="true">"▲"</span>
                <span>
                    {head.who.clone()}
                    " does not administer this site, so Tableau will refuse most of what these pages ask for."
                </span>
            </p>
        }
    });
    view! {
        <nav class="tabs" aria-label="Parts of this site">{links}</nav>
        {weak}
    }
    .into_any()
}

/// Whose connection it is, beside the heading.
pub fn whose(head: &SiteHead) -> AnyView {
    let stands = standing(Some(head.standing));
    if !may(Permission::ConnectSites) {
        // Whose credential it is, a member reads on the page of their grant.
        return stands;
    }
    view! {
        <a class="badge-link" href=format!("/sites/{}/connect", head.site)>{stands}</a>
        <span>"as " {head.who.clone()}</span>
    }
    .into_any()
}

/// How a connection stands.
pub fn standing(standing: Option<Standing>) -> AnyView {
    let (tone, word) = match standing {
        None => ("", "not connected"),
        Some(Standing::Connected) => ("good", "connected"),
        Some(Standing::EndsSoon) => ("warn", "connected, ends soon"),
        Some(Standing::Expired) => ("bad", "expired"),
        Some(Standing::Refused) => ("bad", "refused"),
        Some(Standing::Contested) => ("bad", "used elsewhere"),
    };
    badge(tone, word.to_owned())
}

/// The box that ticks a user of a list.
pub fn tick(user: &SiteUser) -> Cell {
    let label = format!("Choose {}", user.shown_name());
    Cell::view(view! { <input type="checkbox" name="ids[]" value=user.id.to_string() aria-label=label/> })
        .class("tick")
}

/// A user of a list: the name, with the one they sign in with below, and the role.
pub fn user_cells(site: SiteId, user: &SiteUser) -> [Cell; 2] {
    let (name, below) = (user.shown_name().to_owned(), user.name.clone());
    let below = (below != name).then_some(below);
    [
        Cell::link(format!("/sites/{site}/users/{}", user.id), name, below).class("word"),
        Cell::text(user.site_role.words().to_owned()),
    ]
}

/// The form to give a thing of a site another name.
pub fn rename_form(
    action: &'static str,
    hidden: AnyView,
    (label, hint, button): (&'static str, &'static str, &'static str),
    problem: FormProblem,
) -> AnyView {
    view! {
        <section class="card form" aria-labelledby="rename-title">
            <h2 id="rename-title">"Rename"</h2>
            <form method="post" action=action aria-label=label>
                {hidden}
                <TextField name="name" label="New name" hint=hint longest=NAME_AT_MOST problem/>
                <button class="button" type="submit">{button}</button>
            </form>
        </section>
    }
    .into_any()
}

/// What a group gives, in words.
pub fn gives(group: &Group) -> String {
    match (&group.minimum_role, &group.grant) {
        (Some(role), Some(mode)) => format!("{}, {}", role.words(), mode.words().to_lowercase()),
        (Some(role), None) => role.words().to_owned(),
        (None, Some(mode)) => mode.words().to_owned(),
        (None, None) => String::new(),
    }
}

/// Where a group comes from, as a badge where that matters.
pub fn origin(group: &Group) -> Option<AnyView> {
    match group {
        group if group.is_all_users() => Some(badge("", "everybody".to_owned())),
        group if !group.is_local() => {
            Some(badge("info", group.domain.clone().unwrap_or_else(|| "directory".to_owned())))
        }
        _ => None,
    }
}

/// Why a list is older than it could be, or not whole yet.
pub fn stale<Row>(list: &PlaneList<Row>) -> Option<AnyView> {
    if list.being_read {
        let words = "The whole list is still being read. These rows are the site's own answer to just this question; a search, and the other filters and orders, wait for the rest.";
        return Some(
            view! { <p class="notice info" role="status"><span aria-hidden="true">"↻"</span><span>{words}</span></p> }
                .into_any(),
        );
    }
    let problem = list.stale.clone()?;
    Some(view! { <Beside what="This is what the site told earlier." problem/> }.into_any())
}

/// What stands where a list has no row.
pub fn none(path: &str, of: u64, words: &'static str) -> AnyView {
    if of == 0 {
        return view! { <p class="empty">{words}</p> }.into_any();
    }
    let said = format!("Nothing is like this, of {}. ", number(of));
    view! { <p class="empty">{said} <a href=path.to_owned()>"Show all"</a></p> }.into_any()
}

/// The page of a site whose own API is closed to the person who asks, and the way to open it.
pub fn closed(site: SiteId, name: &str, problem: &Problem) -> Page {
    let said = problem.explain();
    let word = problem.code.word();
    let body = view! {
        <section class="card" aria-label=said.title data-problem=word>
            <h2>{said.title}</h2>
            <p>{said.meaning}</p>
            <p>{said.next}</p>
            <p class="lead-out">
                <a class="button first" href=format!("/sites/{site}/connect")>{format!("Connect {name}")}</a>
            </p>
        </section>
    };
    Page {
        title: name.to_owned(),
        above: above(site, name, None),
        body: Drawing::of(body),
        ..Page::default()
    }
}
