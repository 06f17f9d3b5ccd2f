//! The users of a site, and the forms that plan a change of some of them. Drawn on the server.

use leptos::prelude::*;
use model::{
    Moment, Permission, SiteId,
    roles::SignInType,
    site_plane::{PlaneList, PlaneQuery, PlaneSort},
    site_users::SiteUser,
};

use super::{
    listing::{Narrowing, Tabled, counted, search, sorted, table},
    parts::{USERS, above, head, stale, tick, user_cells, whose},
};
use crate::{
    ask::may,
    parts::{
        drawn::{Drawing, Page},
        table::{Cell, Head, Row},
        text::stretch,
    },
    people::fields::{roles, ways},
};

/// Draws the list.
pub fn draw(list: PlaneList<SiteUser>, query: &PlaneQuery) -> Page {
    let site = list.head.site;
    let path = format!("/sites/{site}/users");
    let (top, whose, older) = (head(&list.head, "users"), whose(&list.head), stale(&list));
    let above = above(site, &list.head.name, None);
    let search = search(&path, query, "Name, e-mail address or id", narrowings(&list, query));
    let as_of = list.page.as_of;
    let heads = vec![
        Head::view(view! { <span class="hidden">"Choose"</span> }),
        sorted(&path, query, "Name", PlaneSort::Name),
        sorted(&path, query, "Site role", PlaneSort::Role),
        Head::new("Sign-in type").class("hide-small"),
        sorted(&path, query, "Last sign-in", PlaneSort::Last).class("hide-small"),
    ];
    let tabled = Tabled { label: "Users of the site", heads, empty: "Nobody is on this site." };
    let form = move |table: AnyView| {
        if changes(false).is_empty() {
            return table;
        }
        view! {
            <form method="post" action=USERS aria-label="Change the ticked">
                <input type="hidden" name="site" value=site.to_string()/>
                {table}
                {what("ticked", "Plan a change of the ticked")}
            </form>
        }
        .into_any()
    };
    let rows = table(&path, query, list.page, tabled, |user| row(site, user, as_of), form);
    let body = view! {
        {top}
        {older}
        <section class="card" aria-labelledby="users-title">
            <h2 id="users-title">"Users of this site"</h2>
            {search}
            {rows}
        </section>
        {(!changes(true).is_empty()).then(|| paste(site))}
    };
    Page {
        title: "Users".to_owned(),
        above,
        facts: Drawing::of(whose),
        as_of: Some(as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}

/// The filters: roles that occur, with their numbers; ways to sign in; and how long ago somebody last signed in.
fn narrowings(list: &PlaneList<SiteUser>, query: &PlaneQuery) -> Vec<Narrowing> {
    let roles = if list.choices.is_empty() { roles() } else { counted(&list.choices) };
    let mut days: Vec<i64> = vec![30, 60, 90, 180, 365];
    // A number of days in the address need not be one of the usual ones.
    days.extend(query.days().filter(|given| !days.contains(given)));
    let mut last: Vec<(String, String)> =
        days.into_iter().map(|days| (days.to_string(), format!("Over {days} days ago"))).collect();
    last.push(("never".to_owned(), "None told".to_owned()));
    let narrowing = |name, label, all, pairs| Narrowing { name, label, all, pairs };
    vec![
        narrowing("only", "Site role", "Any role", roles),
        narrowing("signin", "Sign-in type", "Any type", ways()),
        narrowing("last", "Last sign-in", "Any time", last),
    ]
}

fn row(site: SiteId, user: SiteUser, now: Moment) -> Row {
    let way = user.sign_in.as_ref().map_or("", SignInType::words).to_owned();
    let rest =
        [Cell::text(way).class("hide-small"), Cell::view(last(user.last_login, now)).class("hide-small")];
    std::iter::once(tick(&user)).chain(user_cells(site, &user)).chain(rest).collect()
}

/// When somebody last signed in. The vendor leaves it out both for never and for not told.
fn last(at: Option<Moment>, now: Moment) -> AnyView {
    match at {
        Some(at) => {
            let ago = format!("{} ago", stretch(at.seconds_until(now)));
            view! { <time datetime=at.machine() title=at.to_string()>{ago}</time> }.into_any()
        }
        None => view! { <span class="soft">"none told"</span> }.into_any(),
    }
}

/// The changes that whoever asks may plan; of those who are not there yet, too.
fn changes(also_new: bool) -> Vec<(&'static str, &'static str)> {
    let all = [
        ("add", "Add to this site", Permission::CreatePeople),
        ("role", "Give a site role", Permission::ChangeRoles),
        ("sign-in", "Change the sign-in type", Permission::ChangeSignIn),
        ("remove", "Remove from this site", Permission::RemoveFromSites),
    ];
    let all = all.into_iter().filter(|(word, _, needs)| (also_new || *word != "add") && may(*needs));
    all.map(|(word, words, _)| (word, words)).collect()
}

/// What shall be done: the fields of a change, for those of a list or for pasted names.
fn what(id: &'static str, button: &'static str) -> AnyView {
    let options = changes(id != "ticked")
        .into_iter()
        .map(|(value, words)| view! { <option value=value>{words}</option> }.into_any())
        .collect_view();
    view! {
        <details class="more">
            <summary>{button}</summary>
            <div class="filters even">
                <label>
                    <span>"Change"</span>
                    <select class="field" name="change">{options}</select>
                </label>
                {plain_as(id, "role", "Site role", "–", roles())}
                {plain_as(id, "sign_in", "Sign-in type", "–", ways())}
                <label>
                    <span>"When removing, give their content to"</span>
                    <input class="field" name="assets_to" maxlength="200" autocomplete="off" placeholder="e-mail address"/>
                </label>
                <button class="button first" type="submit">"Make the plan"</button>
            </div>
            <p class="soft">"Nothing is sent yet: a plan shows what would happen to each person."</p>
        </details>
    }
    .into_any()
}

fn plain_as(
    id: &'static str,
    name: &'static str,
    label: &'static str,
    none: &'static str,
    pairs: Vec<(String, String)>,
) -> AnyView {
    crate::people::fields::choice(format!("{id}-{name}"), name.to_owned(), label, none.to_owned(), "", pairs)
}

fn paste(site: SiteId) -> AnyView {
    view! {
        <section class="card form" aria-labelledby="paste-title">
            <h2 id="paste-title">"Add or change by e-mail address"</h2>
            <form method="post" action=USERS aria-label="Change pasted people">
                <input type="hidden" name="site" value=site.to_string()/>
                <div class="field-group">
                    <label for="names">"E-mail addresses"</label>
                    <p class="soft" id="names-hint">"One a line, or separated by commas."</p>
                    <textarea class="field" id="names" name="names" rows="4" aria-describedby="names-hint"></textarea>
                </div>
                {what("pasted", "Choose the change")}
            </form>
            {may(Permission::ImportFiles).then(|| view! {
                <p class="soft">
                    "Many people, from a file: "
                    <a href=format!("/sites/{site}/users/import")>"Import or remove users by file"</a>
                    "."
                </p>
            })}
        </section>
    }
    .into_any()
}
