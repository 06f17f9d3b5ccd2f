//! The users of a site, one of them, and moving their saved credentials. Drawn on the server.

use leptos::prelude::*;
use model::{
    Moment, SiteId,
    groups::Group,
    roles::SignInType,
    site_plane::{MoveSheet, PlaneList, PlaneQuery, SiteUserSheet},
    site_users::SiteUser,
};

use super::parts::{MOVE, USERS, above, filters, gives, head, href, none, stale, whose};
use crate::{
    parts::{
        badges::badge,
        drawn::{Drawing, Page},
        pairs::{Fact, Pairs, facts},
        table::{Cell, Head, Place, Row, Table, pager},
        text::stretch,
    },
    people::fields::{plain, roles, ways},
};

/// Draws the list.
pub fn draw(list: PlaneList<SiteUser>, query: &PlaneQuery) -> Page {
    let site = list.head.site;
    let path = format!("/sites/{site}/users");
    let (top, whose, older) = (head(&list.head, "users"), whose(&list.head), stale(&list));
    let above = above(site, &list.head.name, None);
    let filters = filters(&path, query, "Name, e-mail address or id", &list.choices);
    let as_of = list.page.as_of;
    let body = if list.page.rows.is_empty() {
        none(&path, list.page.of, "Nobody is on this site.")
    } else {
        let pages = |number, size| {
            href(&path, &PlaneQuery { page: model::PageRequest { number, size }, ..query.clone() })
        };
        let pages = pager(Place::from(&list.page), &pages);
        let rows = list.page.rows.into_iter().map(|user| row(site, user, as_of)).collect();
        let heads = vec![
            Head::view(view! { <span class="hidden">"Choose"</span> }),
            Head::new("Name"),
            Head::new("Site role"),
            Head::new("Sign-in type").class("hide-small"),
            Head::new("Last sign-in").class("hide-small"),
        ];
        view! {
            <form method="post" action=USERS aria-label="Change the ticked">
                <input type="hidden" name="site" value=site.to_string()/>
                <Table label="Users of the site" heads rows/>
                {what("ticked", "Plan a change of the ticked")}
            </form>
            {pages}
        }
        .into_any()
    };
    let body = view! {
        {top}
        {older}
        <section class="card" aria-labelledby="users-title">
            <h2 id="users-title">"Users of this site"</h2>
            {filters}
            {body}
        </section>
        {paste(site)}
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

fn row(site: SiteId, user: SiteUser, now: Moment) -> Row {
    let (name, below) = (user.shown_name().to_owned(), user.name.clone());
    let label = format!("Choose {name}");
    let below = (below != name).then_some(below);
    let way = user.sign_in.as_ref().map_or("", SignInType::words).to_owned();
    vec![
        Cell::view(
            view! { <input type="checkbox" name="ids[]" value=user.id.to_string() aria-label=label/> },
        )
        .class("tick"),
        Cell::link(format!("/sites/{site}/users/{}", user.id), name, below).class("word"),
        Cell::text(user.site_role.words().to_owned()),
        Cell::text(way).class("hide-small"),
        Cell::view(last(user.last_login, now)).class("hide-small"),
    ]
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

/// What shall be done: the fields of a change, for those of a list or for pasted names.
fn what(id: &'static str, button: &'static str) -> AnyView {
    let changes = [
        ("role", "Give a site role"),
        ("sign-in", "Change the sign-in type"),
        ("remove", "Remove from this site"),
    ];
    let changes = if id == "ticked" {
        changes.to_vec()
    } else {
        [&[("add", "Add to this site")][..], &changes].concat()
    };
    let options = changes
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
            <p class="soft">
                "Many people, from a file: " <a href="/people/import">"Import people"</a> " reads the layouts of sites and of Tableau Cloud Manager."
            </p>
        </section>
    }
    .into_any()
}

/// Draws one person.
pub fn draw_one(sheet: SiteUserSheet) -> Page {
    let site = sheet.head.site;
    let (top, whose) = (head(&sheet.head, "users"), whose(&sheet.head));
    let above = above(site, &sheet.head.name, Some("users"));
    let title = sheet.user.shown_name().to_owned();
    let here = format!("/sites/{site}/users/{}", sheet.user.id);
    let beside = view! { <a class="button" href=format!("{here}/move")>"Move saved credentials"</a> };
    let (who, change) = (who(&sheet), change(&sheet));
    let body = view! {
        {top}
        {who}
        {groups(site, sheet.groups)}
        {change}
    };
    Page {
        title,
        above,
        beside: Drawing::of(beside),
        facts: Drawing::of(whose),
        as_of: Some(sheet.as_of),
        body: Drawing::of(body),
    }
}

fn who(sheet: &SiteUserSheet) -> AnyView {
    let user = &sheet.user;
    let way = user.sign_in.as_ref().map(|way| way.words().to_owned());
    let tenant = match sheet.in_tenant {
        Some(id) => Fact::Link(format!("/people/{id}"), "The same person in the tenant".to_owned()),
        None => Fact::None("not among the people of the tenant that Steward knows"),
    };
    let facts = facts([
        ("Name", Fact::told(Some(user.full_name.clone()))),
        ("User name", Fact::Text(user.name.clone())),
        ("Site role", Fact::Text(user.site_role.words().to_owned())),
        ("Sign-in type", Fact::told(way)),
        ("Last sign-in", Fact::time(user.last_login, "none told; it misses Tableau Desktop and Prep")),
        ("In the tenant", tenant),
        ("Id on this site", Fact::Code(user.id.to_string())),
    ]);
    let you = sheet.is_connection.then(|| badge("info", "the connection is theirs".to_owned()));
    view! {
        <section class="card" aria-labelledby="who-title">
            <h2 id="who-title">"Who" {you}</h2>
            <Pairs facts/>
        </section>
    }
    .into_any()
}

/// A person's groups as a table.
fn groups(site: SiteId, groups: Vec<Group>) -> AnyView {
    let body = if groups.is_empty() {
        view! { <p class="empty">"In no group."</p> }.into_any()
    } else {
        let rows = groups
            .into_iter()
            .map(|group| {
                let gives = gives(&group);
                vec![
                    Cell::link(format!("/sites/{site}/groups/{}", group.id), group.name, None).class("word"),
                    Cell::text(gives),
                ]
            })
            .collect();
        let heads = vec![Head::new("Group"), Head::new("Gives at least")];
        view! { <Table label="Groups" heads rows/> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="groups-title">
            <h2 id="groups-title">"Groups"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn change(sheet: &SiteUserSheet) -> AnyView {
    if sheet.is_connection {
        return view! {
            <p class="notice info">
                <span aria-hidden="true">"ℹ"</span>
                <span>"Tableau lets nobody change themselves, and this connection is theirs."</span>
            </p>
        }
        .into_any();
    }
    let site = sheet.head.site.to_string();
    let user = sheet.user.id.to_string();
    let form = |change: &'static str,
                label: &'static str,
                fields: AnyView,
                button: &'static str,
                class: &'static str| {
        view! {
            <form method="post" action=USERS aria-label=label class="filters even">
                <input type="hidden" name="site" value=site.clone()/>
                <input type="hidden" name="ids[]" value=user.clone()/>
                <input type="hidden" name="change" value=change/>
                {fields}
                <button class=class type="submit">{button}</button>
            </form>
        }
        .into_any()
    };
    let role = plain("role", "Site role", "–", sheet.user.site_role.code(), roles());
    let way = sheet.user.sign_in.as_ref().map_or("", |way| way.code());
    let way = plain("sign_in", "Sign-in type", "–", way, ways());
    let heir = view! {
        <label>
            <span>"Give their content to"</span>
            <input class="field" name="assets_to" maxlength="200" autocomplete="off" placeholder="e-mail address; empty for nobody"/>
        </label>
    }
    .into_any();
    view! {
        <section class="card" aria-labelledby="change-title">
            <h2 id="change-title">"Change"</h2>
            <p class="soft">"Each makes a plan, which shows what would happen before anything is sent."</p>
            {form("role", "Plan another site role", role, "Plan the role", "button")}
            {form("sign-in", "Plan another sign-in type", way, "Plan the sign-in type", "button")}
            {form("remove", "Plan removing from this site", heir, "Plan the removal", "button danger")}
            <p class="soft">
                "Who owns content is not removed: Tableau refuses and has made them Unlicensed by that time. Whether a site of Tableau Cloud lets content be given to somebody else is not certain: the vendor's pages contradict each other."
            </p>
        </section>
    }
    .into_any()
}

/// Draws the page that moves saved credentials.
pub fn draw_move(sheet: MoveSheet) -> Page {
    let site = sheet.head.site;
    let name = sheet.user.shown_name().to_owned();
    let (top, whose) = (head(&sheet.head, "users"), whose(&sheet.head));
    let mut above = above(site, &sheet.head.name, Some("users"));
    above.push((name.clone(), format!("/sites/{site}/users/{}", sheet.user.id)));
    let (site, user, ticket) = (site.to_string(), sheet.user.id.to_string(), sheet.ticket.to_string());
    let rows: Vec<Row> = sheet
        .targets
        .into_iter()
        .map(|target| {
            let last = match target.there {
                Ok(true) => view! {
                    <form method="post" action=MOVE aria-label=format!("Move to {}", target.name)>
                        <input type="hidden" name="site" value=site.clone()/>
                        <input type="hidden" name="user" value=user.clone()/>
                        <input type="hidden" name="to" value=target.site.to_string()/>
                        <input type="hidden" name="ticket" value=ticket.clone()/>
                        <button class="button" type="submit">{format!("Move to {}", target.name)}</button>
                    </form>
                }
                .into_any(),
                Ok(false) => view! { <span class="soft">"They are not on this site."</span> }.into_any(),
                Err(problem) => view! { <span class="soft">{problem.explain().title}</span> }.into_any(),
            };
            vec![Cell::text(target.name).heads_row(), Cell::view(last)]
        })
        .collect();
    let table = if rows.is_empty() {
        view! {
            <p class="empty">"No other site is connected. " <a href="/connection/sites">"Connect the site they go to"</a></p>
        }
        .into_any()
    } else {
        let heads = vec![Head::new("Site"), Head::new("Move")];
        view! { <Table label="Connected sites" heads rows/> }.into_any()
    };
    let body = view! {
        {top}
        <section class="card" aria-labelledby="move-title">
            <h2 id="move-title">"Where to"</h2>
            <p class="soft">
                "Saved credentials are the passwords that a person stored in Tableau for data sources. The other site gets them sealed as Tableau gives them; Steward passes them on and keeps, logs and shows nothing of them. What the other site holds already for the same connections is replaced."
            </p>
            {table}
        </section>
    };
    Page {
        title: format!("Move saved credentials of {name}"),
        above,
        facts: Drawing::of(whose),
        as_of: Some(sheet.as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}
