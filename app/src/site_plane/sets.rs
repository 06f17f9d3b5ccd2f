//! Group sets of a site: the list, one set, its groups, and who is covered by it. Drawn on the server.

use leptos::prelude::*;
use model::{
    ActId, Permission, Problem, SiteId,
    groups::{Group, GroupSet},
    site_plane::{GroupSetSheet, PlaneList, PlaneQuery, PlaneSort},
    site_users::SiteUser,
};

use super::{
    group_forms::NAME_AT_MOST,
    listing::{Tabled, search, sorted, table},
    parts::{SET, above, head, rename_form, user_cells, whose},
};
use crate::ask::may;
use crate::parts::{
    drawn::{Drawing, Page},
    explained::Beside,
    form::TextField,
    table::{Cell, Head, Row, Table},
    text::count,
};

/// Covered people that are shown by name.
const SHOWN: usize = 100;

/// Draws the list with the form for a new set. `problem` is what the form ran into.
pub fn draw(list: PlaneList<GroupSet>, query: &PlaneQuery, problem: Option<Problem>, ticket: ActId) -> Page {
    let site = list.head.site;
    let path = format!("/sites/{site}/sets");
    let (top, whose) = (head(&list.head, "sets"), whose(&list.head));
    let above = above(site, &list.head.name, None);
    let search = search(&path, query, "Name of a set or of a group in it", Vec::new());
    let as_of = list.page.as_of;
    let problem = Signal::stored(problem);
    let heads = vec![
        sorted(&path, query, "Group set", PlaneSort::Name),
        sorted(&path, query, "Groups", PlaneSort::Members).class("num"),
        Head::new("Which").class("hide-small"),
    ];
    let tabled = Tabled { label: "Group sets", heads, empty: "This site has no group sets." };
    let rows = table(&path, query, list.page, tabled, |set| row(site, set), |table| table);
    let body = view! {
        {top}
        <section class="card" aria-labelledby="sets-title">
            <h2 id="sets-title">"Group sets"</h2>
            <p class="soft">"A permission given to a group set counts for who is in every one of its groups."</p>
            {search}
            {rows}
        </section>
        {may(Permission::ChangeGroupSets).then(|| view! {
            <section class="card form" aria-labelledby="new-title">
                <h2 id="new-title">"New group set"</h2>
                <form method="post" action=SET aria-label="New group set">
                    <input type="hidden" name="site" value=site.to_string()/>
                    <input type="hidden" name="ticket" value=ticket.to_string()/>
                    <input type="hidden" name="change" value="create"/>
                    <TextField name="name" label="Name" hint="Names of group sets differ by more than capitals." longest=NAME_AT_MOST problem/>
                    <button class="button first" type="submit">"Create the group set"</button>
                </form>
            </section>
        })}
    };
    Page {
        title: "Group sets".to_owned(),
        above,
        facts: Drawing::of(whose),
        as_of: Some(as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn row(site: SiteId, set: GroupSet) -> Row {
    let which: Vec<&str> = set.groups.iter().map(|group| group.name.as_str()).collect();
    let which = which.join(", ");
    vec![
        Cell::link(format!("/sites/{site}/sets/{}", set.id), set.name.clone(), None).class("word"),
        Cell::num(set.size() as u64),
        Cell::text(which).class("hide-small word"),
    ]
}

/// Draws one set. `problem` is what one of its forms ran into.
pub fn draw_one(sheet: GroupSetSheet, problem: Option<Problem>) -> Page {
    let site = sheet.head.site;
    let (top, whose) = (head(&sheet.head, "sets"), whose(&sheet.head));
    let above = above(site, &sheet.head.name, Some("sets"));
    let title = sheet.set.name.clone();
    let problem = Signal::stored(problem);
    let words = ("Rename the group set", "Permissions go by the set itself, so they stay.", "Rename the set");
    let body = view! {
        {top}
        {groups(&sheet)}
        {covered(site, sheet.set.groups.len(), sheet.covered.clone())}
        {may(Permission::ChangeGroupSets).then(|| view! {
            <div class="two">
                {rename_form(SET, hidden(&sheet, "rename"), words, problem)}
                <section class="card form" aria-labelledby="delete-title">
                    <h2 id="delete-title">"Delete"</h2>
                    <p class="soft">"Its groups and their people stay. Permissions given to the set go with it."</p>
                    <form method="post" action=SET aria-label="Delete the group set">
                        {hidden(&sheet, "delete")}
                        <button class="button danger" type="submit">{format!("Delete {}", sheet.set.name)}</button>
                    </form>
                </section>
            </div>
        })}
    };
    Page {
        title,
        above,
        facts: Drawing::of(whose),
        as_of: Some(sheet.as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn hidden(sheet: &GroupSetSheet, change: &'static str) -> AnyView {
    view! {
        <input type="hidden" name="site" value=sheet.head.site.to_string()/>
        <input type="hidden" name="set" value=sheet.set.id.to_string()/>
        <input type="hidden" name="ticket" value=sheet.ticket.to_string()/>
        <input type="hidden" name="change" value=change/>
    }
    .into_any()
}

fn groups(sheet: &GroupSetSheet) -> AnyView {
    let site = sheet.head.site;
    let changes = may(Permission::ChangeGroupSets);
    let table = if sheet.set.groups.is_empty() {
        view! { <p class="empty">"No group is in this set, so it covers nobody."</p> }.into_any()
    } else {
        let rows =
            sheet
                .set
                .groups
                .iter()
                .map(|group| {
                    let label = format!("Take {} out", group.name);
                    let out = changes.then(|| view! {
                    <form method="post" action=SET>
                        {hidden(sheet, "take-out")}
                        <input type="hidden" name="group" value=group.id.to_string()/>
                        <button class="button quiet" type="submit" aria-label=label>"Take out"</button>
                    </form>
                });
                    vec![
                        Cell::link(format!("/sites/{site}/groups/{}", group.id), group.name.clone(), None),
                        Cell::view(out),
                    ]
                })
                .collect();
        let heads = vec![Head::new("Group"), Head::view(view! { <span class="hidden">"Change"</span> })];
        view! { <Table label="Groups of the set" heads rows/> }.into_any()
    };
    let more = (changes && !sheet.others.is_empty()).then(|| {
        let options = sheet.others.iter().map(option).collect_view();
        view! {
            <form method="post" action=SET class="filters" aria-label="Add a group">
                {hidden(sheet, "add")}
                <label>
                    <span>"Group"</span>
                    <select class="field" name="group">{options}</select>
                </label>
                <button class="button" type="submit">"Add to the set"</button>
            </form>
        }
    });
    view! {
        <section class="card" aria-labelledby="groups-title">
            <h2 id="groups-title">"Groups"</h2>
            {table}
            {more}
        </section>
    }
    .into_any()
}

fn option(group: &Group) -> AnyView {
    view! { <option value=group.id.to_string()>{group.name.clone()}</option> }.into_any()
}

fn covered(site: SiteId, groups: usize, covered: Result<Vec<SiteUser>, Problem>) -> AnyView {
    let body = match covered {
        Err(problem) => view! { <Beside what="Who is covered could not be read." problem/> }.into_any(),
        Ok(none) if none.is_empty() => {
            let words = if groups == 0 {
                "Nobody: the set has no groups."
            } else {
                "Nobody is in every group of the set."
            };
            view! { <p class="empty">{words}</p> }.into_any()
        }
        Ok(people) => {
            let caption = format!(
                "{} in every group of the set.",
                count(people.len() as u64, "person is", "people are")
            );
            let more = people.len().saturating_sub(SHOWN);
            let rows =
                people.into_iter().take(SHOWN).map(|user| Vec::from(user_cells(site, &user))).collect();
            let heads = vec![Head::new("Name"), Head::new("Site role")];
            let more = (more > 0).then(|| {
                view! { <p class="soft">{format!("and {} more.", count(more as u64, "person", "people"))}</p> }
            });
            view! { <Table label="Who is covered" caption heads rows/> {more} }.into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="covered-title">
            <h2 id="covered-title">"Who is covered"</h2>
            {body}
        </section>
    }
    .into_any()
}
