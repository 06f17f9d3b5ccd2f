//! Who is in a group, and the forms that put people in and take them out. Drawn on the server.

use leptos::prelude::*;
use model::{
    Permission, SiteId,
    site_plane::{GroupSheet, PlaneQuery, PlaneSort},
    site_users::SiteUser,
};

use super::{
    listing::{Tabled, search, sorted, table},
    parts::{MEMBERS, tick, user_cells},
};
use crate::{
    ask::may,
    parts::table::{Head, Row},
};

/// Who is in the group.
pub fn members(sheet: GroupSheet, path: &str, query: &PlaneQuery) -> AnyView {
    let site = sheet.head.site;
    let free = sheet.locked.is_none() && may(Permission::RemoveMembers);
    let top = search(path, query, "Name or e-mail address", Vec::new());
    let mut heads =
        vec![sorted(path, query, "Name", PlaneSort::Name), sorted(path, query, "Site role", PlaneSort::Role)];
    if free {
        heads.insert(0, Head::view(view! { <span class="hidden">"Choose"</span> }));
    }
    let group = sheet.group.id.to_string();
    let form = move |table: AnyView| {
        if !free {
            return table;
        }
        view! {
            <form method="post" action=MEMBERS aria-label="Take members out">
                <input type="hidden" name="site" value=site.to_string()/>
                <input type="hidden" name="group" value=group/>
                <input type="hidden" name="mode" value="remove"/>
                {table}
                <p class="row"><button class="button" type="submit">"Plan taking the ticked out"</button></p>
            </form>
        }
        .into_any()
    };
    let tabled = Tabled { label: "Members", heads, empty: "Nobody is in this group." };
    let body = table(path, query, sheet.members, tabled, |user| member(site, user, free), form);
    view! {
        <section class="card" aria-labelledby="members-title">
            <h2 id="members-title">"Members"</h2>
            {top}
            {body}
        </section>
    }
    .into_any()
}

fn member(site: SiteId, user: SiteUser, free: bool) -> Row {
    let tick = free.then(|| tick(&user));
    tick.into_iter().chain(user_cells(site, &user)).collect()
}

/// Puts people in, or takes them out.
pub fn change_members(sheet: &GroupSheet) -> AnyView {
    let raises = sheet.group.minimum_role.as_ref().map(|role| {
        format!(" This group gives {} at least: who is added is raised at their next sign-in, which may take a seat.", role.words())
    });
    let modes = [
        ("add", "Add them"),
        ("remove", "Take them out"),
        ("exactly", "Make the group exactly these people"),
    ];
    let may_do = |mode: &str| match mode {
        "add" => may(Permission::AddMembers),
        "remove" => may(Permission::RemoveMembers),
        // Whoever does not see everybody in a group cannot say who shall be left in it.
        _ => may(Permission::ManageGrants),
    };
    let first = modes.iter().find(|(value, _)| may_do(value)).map_or("", |(value, _)| value);
    let choices = modes
        .into_iter()
        .filter(|(value, _)| may_do(value))
        .map(|(value, words)| {
            let first = value == first;
            view! {
                <label class="pick">
                    <input type="radio" name="mode" value=value checked=first/>
                    <span>{words}</span>
                </label>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <section class="card form" aria-labelledby="change-title">
            <h2 id="change-title">"Change who is in it"</h2>
            <form method="post" action=MEMBERS aria-label="Change members">
                <input type="hidden" name="site" value=sheet.head.site.to_string()/>
                <input type="hidden" name="group" value=sheet.group.id.to_string()/>
                <div class="field-group">
                    <label for="names">"E-mail addresses"</label>
                    <p class="soft" id="names-hint">
                        "One a line, or separated by commas. They must be on this site already." {raises}
                    </p>
                    <textarea class="field" id="names" name="names" rows="5" aria-describedby="names-hint"></textarea>
                </div>
                <fieldset class="field-group">
                    <legend>"What to do"</legend>
                    {choices}
                </fieldset>
                <p class="soft">"Nothing is sent yet: a plan shows who joins, who leaves, and who stays."</p>
                <button class="button first" type="submit">"Plan the change"</button>
            </form>
        </section>
    }
    .into_any()
}
