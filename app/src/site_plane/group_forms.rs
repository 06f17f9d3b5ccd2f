//! The forms that make a group and decide what it gives, and what they share. Drawn on the server.

use leptos::prelude::*;
use model::{Problem, groups::GrantMode, roles::SiteRole, site_plane::NewGroupSheet};

use super::parts::{GROUP, above, head, whose};
use crate::{
    parts::{
        drawn::{Drawing, Page},
        form::{FormProblem, TextField},
    },
    people::fields,
};

/// The longest name.
pub const NAME_AT_MOST: u32 = 256;

/// Draws the form for a new group, and the one for a group of a directory where there may be one. `problem` is what they
/// ran into.
pub fn draw_new(sheet: &NewGroupSheet, problem: Option<Problem>) -> Page {
    let site = sheet.head.site;
    let problem = Signal::stored(problem);
    let body = view! {
        {head(&sheet.head, "groups")}
        {own(sheet, problem)}
        {sheet.on_server.then(|| import(sheet, problem))}
    };
    Page {
        title: "New group".to_owned(),
        above: above(site, &sheet.head.name, Some("groups")),
        facts: Drawing::of(whose(&sheet.head)),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn hidden(sheet: &NewGroupSheet, change: &'static str) -> AnyView {
    view! {
        <input type="hidden" name="site" value=sheet.head.site.to_string()/>
        <input type="hidden" name="ticket" value=sheet.ticket.to_string()/>
        <input type="hidden" name="change" value=change/>
    }
    .into_any()
}

fn own(sheet: &NewGroupSheet, problem: FormProblem) -> AnyView {
    view! {
        <section class="card form" aria-labelledby="own-title">
            <h2 id="own-title">"A group of this site's own"</h2>
            <form method="post" action=GROUP aria-label="New group">
                {hidden(sheet, "create")}
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
                    <a class="button" href=format!("/sites/{}/groups", sheet.head.site)>"Cancel"</a>
                    <button class="button first" type="submit">"Create the group"</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn import(sheet: &NewGroupSheet, problem: FormProblem) -> AnyView {
    view! {
        <section class="card form" aria-labelledby="import-title">
            <h2 id="import-title">"A group of Active Directory"</h2>
            <form method="post" action=GROUP aria-label="Import a group of Active Directory">
                {hidden(sheet, "import")}
                <div class="field-group">
                    <label for="import-name">"Name in the directory"</label>
                    <input class="field" type="text" id="import-name" name="name" required maxlength=NAME_AT_MOST autocomplete="off"/>
                </div>
                {directory_fields("", problem)}
                <button class="button first" type="submit">"Import the group"</button>
            </form>
        </section>
    }
    .into_any()
}

/// What a group of a directory needs besides its name. `domain` is the one that is known.
pub fn directory_fields(domain: &str, problem: FormProblem) -> AnyView {
    let wrong = move || {
        problem
            .with(|problem| problem.as_ref()?.about.as_deref().filter(|about| *about == "domain").map(|_| ()))
    };
    let modes = [GrantMode::OnLogin, GrantMode::OnSync]
        .map(|mode| (mode.code().to_owned(), mode.words().to_owned()))
        .to_vec();
    view! {
        <div class="field-group">
            <label for="domain">"Domain"</label>
            <p class="soft" id="domain-hint">"As the directory calls it, such as example.com."</p>
            <input
                class="field"
                type="text"
                id="domain"
                name="domain"
                value=domain.to_owned()
                required
                maxlength=NAME_AT_MOST
                autocomplete="off"
                aria-describedby="domain-hint"
                aria-invalid=wrong().map(|()| "true")
            />
        </div>
        {fields::choice("directory-role".to_owned(), "role".to_owned(), "Site role of its people", "Unlicensed".to_owned(), "", least_roles())}
        {fields::choice("grant".to_owned(), "grant".to_owned(), "They get the licence", "As the server decides".to_owned(), "", modes)}
        <div class="field-group">
            <label class="pick">
                <input type="checkbox" name="as_job" value="yes" checked aria-describedby="job-hint"/>
                <span>"Read the directory in a job"</span>
            </label>
            <p class="soft" id="job-hint">"Large groups take longer than an answer may. The job's page tells how far it is."</p>
        </div>
    }
    .into_any()
}

fn least_roles() -> Vec<(String, String)> {
    let roles = SiteRole::ASSIGNABLE.iter().rev().filter(|role| **role != SiteRole::Unlicensed);
    roles.map(|role| (role.code().to_owned(), role.words().to_owned())).collect()
}

/// The choice of a minimum role.
pub fn role_choice(chosen: &str, hint: &'static str) -> AnyView {
    let options = least_roles()
        .into_iter()
        .map(|(value, words)| {
            let is_chosen = value == chosen;
            view! { <option value=value selected=is_chosen>{words}</option> }.into_any()
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
