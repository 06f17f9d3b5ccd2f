//! The groups of a site. Drawn on the server.

use leptos::prelude::*;
use model::{
    Permission, SiteId,
    groups::Group,
    site_plane::{PlaneList, PlaneQuery, PlaneSort},
};

use super::{
    listing::{Tabled, search, sorted, table, tabs},
    parts::{above, gives, head, origin, stale, whose},
};
use crate::ask::may;
use crate::parts::{
    drawn::{Drawing, Page},
    table::{Cell, Head, Row},
};

/// Draws the list.
pub fn draw(list: PlaneList<Group>, query: &PlaneQuery) -> Page {
    let site = list.head.site;
    let path = format!("/sites/{site}/groups");
    let (top, whose, older) = (head(&list.head, "groups"), whose(&list.head), stale(&list));
    let above = above(site, &list.head.name, None);
    let search = search(&path, query, "Name", Vec::new());
    let tabs = tabs(&path, query, &list.choices);
    let as_of = list.page.as_of;
    let heads = vec![
        sorted(&path, query, "Group", PlaneSort::Name),
        sorted(&path, query, "Members", PlaneSort::Members).class("num"),
        sorted(&path, query, "Gives at least", PlaneSort::Role).class("hide-small"),
        Head::new("On-demand access").class("hide-small"),
    ];
    let tabled = Tabled { label: "Groups", heads, empty: "This site has no groups." };
    let rows = table(&path, query, list.page, tabled, |group| row(site, group), |table| table);
    let body = view! {
        {top}
        {older}
        <section class="card" aria-labelledby="groups-title">
            <h2 id="groups-title">"Groups"</h2>
            {search}
            {tabs}
            {rows}
        </section>
    };
    let beside = may(Permission::CreateGroups)
        .then(|| view! { <a class="button first" href=format!("/sites/{site}/groups/new")>"New group"</a> });
    Page {
        title: "Groups".to_owned(),
        above,
        beside: Drawing::of(beside),
        facts: Drawing::of(whose),
        as_of: Some(as_of),
        body: Drawing::of(body),
    }
}

fn row(site: SiteId, group: Group) -> Row {
    let members =
        group.user_count.map_or_else(|| Cell::text("not told"), |count| Cell::num(u64::from(count)));
    let demand = if group.on_demand == Some(true) { "yes" } else { "" };
    let (gives, origin) = (gives(&group), origin(&group));
    let name = view! { <a href=format!("/sites/{site}/groups/{}", group.id)>{group.name}</a> " " {origin} };
    vec![
        Cell::view(name).heads_row().class("word"),
        members.class("num"),
        Cell::text(gives).class("hide-small"),
        Cell::text(demand).class("hide-small"),
    ]
}
