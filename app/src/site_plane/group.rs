//! One group: what it gives, and the forms that change it. Drawn on the server.

use leptos::prelude::*;
use model::{
    Permission, Problem,
    groups::Group,
    site_plane::{GroupSheet, PlaneQuery, Raise},
};

use super::{
    group_forms::{NAME_AT_MOST, directory_fields, role_choice},
    group_members::{change_members, members},
    parts::{GROUP, above, gives, head, origin, rename_form, whose},
};
use crate::ask::may;
use crate::parts::{
    badges::badge,
    drawn::{Drawing, Page},
    form::TextField,
    pairs::{Fact, Pairs, facts},
    table::{Cell, Head, Row, Table},
    text::number,
};

/// Draws the page. `problem` is what one of its forms ran into.
pub fn draw(sheet: GroupSheet, query: &PlaneQuery, problem: Option<Problem>) -> Page {
    let site = sheet.head.site;
    let path = format!("/sites/{site}/groups/{}", sheet.group.id);
    let (top, whose) = (head(&sheet.head, "groups"), whose(&sheet.head));
    let above = above(site, &sheet.head.name, Some("groups"));
    let (title, as_of) = (sheet.group.name.clone(), sheet.members.as_of);
    let problem = Signal::stored(problem);
    let locked = sheet.locked.map(|lock| {
        view! { <p class="notice info"><span aria-hidden="true">"🔒"</span><span>{lock.words()}</span></p> }
    });
    let forms = sheet.locked.is_none().then(|| {
        let rename = may(Permission::ChangeGroups).then(|| rename(&sheet, problem));
        let gives = may(Permission::ChangeGroupPolicy).then(|| gives_form(&sheet));
        let delete = may(Permission::DeleteGroups).then(|| delete(&sheet, problem));
        view! {
            {gives}
            <div class="two">{rename} {delete}</div>
        }
    });
    let joins = may(Permission::AddMembers) || may(Permission::RemoveMembers);
    let change = (sheet.locked.is_none() && joins).then(|| change_members(&sheet));
    // Whom the directory brings no grant can hold.
    let follow = (sheet.can_follow && may(Permission::ManageGrants)).then(|| follow(&sheet, problem));
    let about = about(&sheet);
    let members = members(sheet, &path, query);
    let body = view! {
        {top}
        {locked}
        {about}
        {members}
        {change}
        {follow}
        {forms}
    };
    Page {
        title,
        above,
        facts: Drawing::of(whose),
        as_of: Some(as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn about(sheet: &GroupSheet) -> AnyView {
    let group = &sheet.group;
    let given = gives(group);
    let demand = match group.on_demand {
        Some(true) => Fact::Text("yes".to_owned()),
        Some(false) => Fact::None("no"),
        None => Fact::None("not told"),
    };
    let sets = match &sheet.sets {
        None => Fact::None("not told"),
        Some(sets) if sets.is_empty() => Fact::None("none"),
        Some(sets) => {
            let site = sheet.head.site;
            let links = sets
                .iter()
                .map(|(id, name)| {
                    view! { <a href=format!("/sites/{site}/sets/{id}")>{name.clone()}</a> " " }.into_any()
                })
                .collect_view();
            Fact::View(links.into_any())
        }
    };
    let from = match origin(group) {
        Some(badge) => Fact::View(badge),
        None => Fact::Text("made on this site".to_owned()),
    };
    let facts = facts([
        ("Members", Fact::Text(number(sheet.members.of))),
        ("Gives at least", if given.is_empty() { Fact::None("no role") } else { Fact::Text(given) }),
        ("On-demand access", demand),
        ("In group sets", sets),
        ("Comes from", from),
        ("Id", Fact::Code(group.id.to_string())),
    ]);
    view! {
        <section class="card" aria-labelledby="about-title">
            <h2 id="about-title">"About"</h2>
            <Pairs facts/>
        </section>
    }
    .into_any()
}

fn hidden(sheet: &GroupSheet, change: &'static str) -> AnyView {
    view! {
        <input type="hidden" name="site" value=sheet.head.site.to_string()/>
        <input type="hidden" name="group" value=sheet.group.id.to_string()/>
        <input type="hidden" name="ticket" value=sheet.ticket.to_string()/>
        <input type="hidden" name="change" value=change/>
    }
    .into_any()
}

/// Asks the server to read the directory again.
fn follow(sheet: &GroupSheet, problem: Signal<Option<Problem>>) -> AnyView {
    view! {
        <section class="card form" aria-labelledby="follow-title">
            <h2 id="follow-title">"Synchronise with Active Directory"</h2>
            <p class="soft">"Who is in the directory's group joins this one, and everybody else leaves it."</p>
            <form method="post" action=GROUP aria-label="Synchronise the group">
                {hidden(sheet, "synchronise")}
                {directory_fields(sheet.group.domain.as_deref().unwrap_or_default(), problem)}
                <button class="button" type="submit">"Synchronise the group"</button>
            </form>
        </section>
    }
    .into_any()
}

fn rename(sheet: &GroupSheet, problem: Signal<Option<Problem>>) -> AnyView {
    let words = ("Rename the group", "Permissions go by the group itself, so they stay.", "Rename the group");
    rename_form(GROUP, hidden(sheet, "rename"), words, problem)
}

/// What the group gives, with what each choice would do.
fn gives_form(sheet: &GroupSheet) -> AnyView {
    let Group { minimum_role, on_demand, .. } = &sheet.group;
    let chosen = minimum_role.as_ref().map_or("", |role| role.code());
    let rows = sheet.raises.iter().rev().map(raise).collect();
    let heads = vec![Head::new("Minimum role"), Head::num("Raised"), Head::num("Seats, at most")];
    let on = *on_demand == Some(true);
    let (value, words) = if on { ("", "End on-demand access") } else { ("yes", "Give on-demand access") };
    let mark = on.then(|| badge("info", "on-demand access".to_owned()));
    view! {
        <section class="card" aria-labelledby="gives-title">
            <h2 id="gives-title">"What it gives" {mark}</h2>
            <div class="two">
                <Table
                    label="What each minimum role would do to its members"
                    caption="At their next sign-in. Somebody who has such a seat by another site takes none more."
                    heads
                    rows
                />
                <div class="form">
                    <form method="post" action=GROUP aria-label="Change the minimum site role">
                        {hidden(sheet, "minimum-role")}
                        {role_choice(chosen, "Whom the group raises cannot be unlicensed while they are in it.")}
                        <button class="button" type="submit">"Change the minimum role"</button>
                    </form>
                    <form method="post" action=GROUP aria-label="Change on-demand access">
                        {hidden(sheet, "on-demand")}
                        <input type="hidden" name="on_demand" value=value/>
                        <button class="button quiet" type="submit">{words}</button>
                    </form>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn raise(raise: &Raise) -> Row {
    vec![
        Cell::text(raise.role.words().to_owned()).heads_row(),
        Cell::num(raise.people),
        Cell::num(raise.seats),
    ]
}

fn delete(sheet: &GroupSheet, problem: Signal<Option<Problem>>) -> AnyView {
    let name = sheet.group.name.clone();
    let hint = format!(
        "Type {name} to delete it. Its {} members stay on the site; what the group gave them goes.",
        number(sheet.members.of)
    );
    view! {
        <section class="card form" aria-labelledby="delete-title">
            <h2 id="delete-title">"Delete"</h2>
            <form method="post" action=GROUP aria-label="Delete the group">
                {hidden(sheet, "delete")}
                <TextField name="typed" label="Name of the group" hint=hint longest=NAME_AT_MOST problem/>
                <button class="button danger" type="submit">{format!("Delete {name}")}</button>
            </form>
        </section>
    }
    .into_any()
}
