//! One user of a site: who they are there, their groups, and the forms that plan a change. Drawn on the server.

use leptos::prelude::*;
use model::{
    Permission, SiteId,
    groups::Group,
    licences::Tier,
    site_plane::{GroupLock, SiteUserSheet},
};

use super::parts::{USERS, above, gives, head, whose};
use crate::{
    ask::may,
    parts::{
        badges::badge,
        drawn::{Drawing, Page},
        pairs::{Fact, Pairs, facts},
        table::{Cell, Head, Table},
    },
    people::fields::{plain, roles, ways},
};

/// Draws one person.
pub fn draw(sheet: SiteUserSheet) -> Page {
    let site = sheet.head.site;
    let (top, whose) = (head(&sheet.head, "users"), whose(&sheet.head));
    let above = above(site, &sheet.head.name, Some("users"));
    let title = sheet.user.shown_name().to_owned();
    let here = format!("/sites/{site}/users/{}", sheet.user.id);
    let beside = may(Permission::MoveCredentials)
        .then(|| view! { <a class="button" href=format!("{here}/move")>"Move saved credentials"</a> });
    let (who, change, blocked) = (who(&sheet), change(&sheet), blocked(&sheet));
    let body = view! {
        {top}
        {who}
        {groups(site, sheet.groups)}
        {change}
        {blocked}
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
    let (gives, turns, removes) =
        (may(Permission::ChangeRoles), may(Permission::ChangeSignIn), may(Permission::RemoveFromSites));
    if !(gives || turns || removes) {
        return ().into_any();
    }
    view! {
        <section class="card" aria-labelledby="change-title">
            <h2 id="change-title">"Change"</h2>
            <p class="soft">"Each makes a plan, which shows what would happen before anything is sent."</p>
            {gives.then(|| form("role", "Plan another site role", role, "Plan the role", "button"))}
            {turns.then(|| form("sign-in", "Plan another sign-in type", way, "Plan the sign-in type", "button"))}
            {removes.then(|| form("remove", "Plan removing from this site", heir, "Plan the removal", "button danger"))}
            <p class="soft">
                "Who owns content is not removed: Tableau refuses and has made them Unlicensed by that time. Whether a site of Tableau Cloud lets content be given to somebody else is not certain: the vendor's pages contradict each other."
            </p>
        </section>
    }
    .into_any()
}

/// What keeps this person from being changed: the group, the rule or the limit, each by its name.
fn blocked(sheet: &SiteUserSheet) -> AnyView {
    let site = sheet.head.site;
    let mut reasons: Vec<AnyView> = Vec::new();
    if sheet.is_connection {
        reasons.push(
            view! { <li><strong>"Their role cannot be changed, nor can they be removed. "</strong>"Nobody changes themselves, and this connection is theirs (403009). Connect the site with a token of another administrator."</li> }
                .into_any(),
        );
    }
    let holding: Vec<&Group> = sheet.groups.iter().filter(|group| group.minimum_role.is_some()).collect();
    if !holding.is_empty() {
        let names = holding.into_iter().map(|group| group_link(site, group)).collect_view();
        reasons.push(
            view! { <li><strong>"They cannot be made Unlicensed. "</strong>"Groups that give a role keep the licence (400012): " {names} "Take them out of these groups first, or clear the minimum role."</li> }
                .into_any(),
        );
    }
    let kept: Vec<&Group> =
        sheet.groups.iter().filter(|group| GroupLock::of(group) == Some(GroupLock::Directory)).collect();
    if !kept.is_empty() {
        let names = kept.into_iter().map(|group| group_link(site, group)).collect_view();
        reasons.push(
            view! { <li><strong>"They cannot be taken out of some groups here. "</strong>"A directory decides who is in: " {names}</li> }
                .into_any(),
        );
    }
    for tier in sheet.full.iter().filter(|tier| **tier != sheet.user.site_role.tier()) {
        let words = format!("No {} seat is left on this site. ", tier_words(*tier));
        reasons.push(
            view! {
                <li>
                    <strong>{words}</strong>
                    "Its role limit is reached (409014). "
                    <a href=format!("/sites/{site}")>"The site's seats"</a>
                </li>
            }
            .into_any(),
        );
    }
    reasons.push(
        view! { <li><strong>"Who owns content is not removed. "</strong>"The site refuses it (409003) and has taken the licence by that time. Which content somebody owns no call of these tells; name who gets it."</li> }
            .into_any(),
    );
    view! {
        <section class="card" aria-labelledby="blocked-title">
            <h2 id="blocked-title">"Why can't I…?"</h2>
            <ul class="plain">{reasons}</ul>
        </section>
    }
    .into_any()
}

fn group_link(site: SiteId, group: &Group) -> AnyView {
    let least = group.minimum_role.as_ref().map(|role| format!(" (at least {})", role.words()));
    view! { <a href=format!("/sites/{site}/groups/{}", group.id)>{group.name.clone()}</a> {least} ". " }
        .into_any()
}

fn tier_words(tier: Tier) -> &'static str {
    match tier {
        Tier::Creator => "Creator",
        Tier::Explorer => "Explorer",
        Tier::Viewer => "Viewer",
        Tier::Unlicensed => "",
    }
}
