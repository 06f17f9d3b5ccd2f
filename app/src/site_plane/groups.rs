//! The groups of a site, and the form for a new one. Drawn on the server.

use leptos::prelude::*;
use model::{
    ActId, Problem, SiteId,
    groups::Group,
    roles::SiteRole,
    site_plane::{PlaneList, PlaneQuery},
};

use super::parts::{GROUP, above, filters, gives, head, href, none, origin, stale, whose};
use crate::parts::{
    drawn::{Drawing, Page},
    form::TextField,
    table::{Cell, Head, Place, Row, Table, pager},
};

/// The longest name.
pub const NAME_AT_MOST: u32 = 256;

/// Draws the list.
pub fn draw(list: PlaneList<Group>, query: &PlaneQuery) -> Page {
    let site = list.head.site;
    let path = format!("/sites/{site}/groups");
    let (top, whose, older) = (head(&list.head, "groups"), whose(&list.head), stale(&list));
    let above = above(site, &list.head.name, None);
    let filters = filters(&path, query, "Name", &list.choices);
    let as_of = list.page.as_of;
    let body = if list.page.rows.is_empty() {
        none(&path, list.page.of, "This site has no groups.")
    } else {
        let pages = |number, size| {
            href(&path, &PlaneQuery { page: model::PageRequest { number, size }, ..query.clone() })
        };
        let pages = pager(Place::from(&list.page), &pages);
        let rows = list.page.rows.into_iter().map(|group| row(site, group)).collect();
        let heads = vec![
            Head::new("Group"),
            Head::num("Members"),
            Head::new("Gives at least").class("hide-small"),
            Head::new("On-demand access").class("hide-small"),
        ];
        view! { <Table label="Groups" heads rows/> {pages} }.into_any()
    };
    let body = view! {
        {top}
        {older}
        <section class="card" aria-labelledby="groups-title">
            <h2 id="groups-title">"Groups"</h2>
            {filters}
            {body}
        </section>
    };
    let beside = view! { <a class="button first" href=format!("/sites/{site}/groups/new")>"New group"</a> };
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

/// Draws the form for a new group. `problem` is what it ran into.
pub fn draw_new(site: SiteId, site_name: &str, problem: Option<Problem>, ticket: ActId) -> Page {
    let problem = Signal::stored(problem);
    let body = view! {
        <section class="card form">
            <form method="post" action=GROUP aria-label="New group">
                <input type="hidden" name="site" value=site.to_string()/>
                <input type="hidden" name="ticket" value=ticket.to_string()/>
                <input type="hidden" name="change" value="create"/>
                <TextField name="name" label="Name" hint="Names of groups differ by more than capitals." longest=NAME_AT_MOST problem/>
                {role_choice("", "Its members get this site role at least, when they next sign in. It may take seats, and keeps them from being unlicensed.")}
                <div class="field-group">
                    <label class="pick">
                        <input type="checkbox" name="on_demand" value="yes" aria-describedby="demand-hint"/>
                        <span>"On-demand access"</span>
                    </label>
                    <p class="soft" id="demand-hint">"Lets people see embedded content without being on the site. It needs a usage-based licence; Tableau refuses it otherwise."</p>
                </div>
                <div class="row">
                    <a class="button" href=format!("/sites/{site}/groups")>"Cancel"</a>
                    <button class="button first" type="submit">"Create the group"</button>
                </div>
            </form>
        </section>
    };
    Page {
        title: "New group".to_owned(),
        above: above(site, site_name, Some("groups")),
        body: Drawing::of(body),
        ..Page::default()
    }
}

/// The choice of a minimum role.
pub fn role_choice(chosen: &str, hint: &'static str) -> AnyView {
    let roles = SiteRole::ASSIGNABLE.iter().rev().filter(|role| **role != SiteRole::Unlicensed);
    let options = roles
        .map(|role| {
            let is_chosen = role.code() == chosen;
            view! { <option value=role.code().to_owned() selected=is_chosen>{role.words().to_owned()}</option> }
                .into_any()
        })
        .collect_view();
    view! {
        <div class="field-group">
            <label for="role">"Minimum site role"</label>
            <p class="soft" id="role-hint">{hint}</p>
            <select class="field" id="role" name="role" aria-describedby="role-hint">
                <option value="">"None"</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}
