//! Files of people for one site: the forms that upload them, and what they may look like. Drawn on the server.

use leptos::prelude::*;
use model::{Problem, SiteId, explain::explain, site_plane::SiteHead};

use super::parts::{FILE, above, head, whose};
use crate::{
    parts::{
        choice::ChoiceOf,
        drawn::{Drawing, Page},
        form::file_field,
    },
    people::fields::{roles, ways},
};

/// Draws the page. `problem` is what one of its forms ran into.
pub fn draw(site: &SiteHead, problem: Option<&Problem>) -> Page {
    let beside = problem.map(|problem| explain(problem.code).title).unwrap_or_default();
    let (top, whose) = (head(site, "users"), whose(site));
    let body = view! {
        {top}
        <p class="soft lead">
            "A file becomes a plan: every row is compared with what this site tells now, and nothing is sent before you have read the plan and applied it. From 26 rows the plan goes to the site as one file that Steward writes itself; fewer go one by one. The file that you upload is not kept, and never sent on."
        </p>
        {import(site.site, beside)}
        {removal(site.site, beside)}
        {layouts()}
        {danger()}
    };
    Page {
        title: "Users by file".to_owned(),
        above: above(site.site, &site.name, Some("users")),
        facts: Drawing::of(whose),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn import(site: SiteId, beside: &'static str) -> AnyView {
    view! {
        <form method="post" action=FILE enctype="multipart/form-data" class="card form" aria-labelledby="import-title">
            <h2 id="import-title">"Add people, or change their roles"</h2>
            <input type="hidden" name="site" value=site.to_string()/>
            <input type="hidden" name="change" value="import"/>
            {file_field("import", beside)}
            <div class="pair">
                <ChoiceOf label="Site role for rows that name none" name="role" all="None: such rows are refused" chosen=String::new() pairs=roles()/>
                <ChoiceOf label="Sign-in for rows that name none" name="sign_in" all="As it is, or the site's default" chosen=String::new() pairs=ways()/>
            </div>
            <div class="row">
                <button class="button first" type="submit">"Compare with this site"</button>
            </div>
            <p class="soft">"Passwords, e-mail addresses, languages and locales in the file are not used here."</p>
        </form>
    }
    .into_any()
}

fn removal(site: SiteId, beside: &'static str) -> AnyView {
    view! {
        <form method="post" action=FILE enctype="multipart/form-data" class="card form" aria-labelledby="removal-title">
            <h2 id="removal-title">"Take people off this site"</h2>
            <input type="hidden" name="site" value=site.to_string()/>
            <input type="hidden" name="change" value="remove"/>
            {file_field("removal", beside)}
            <div class="row">
                <button class="button" type="submit">"Compare whom to take off"</button>
            </div>
            <p class="soft">
                "Only the user names count. Whoever owns content on this site stays, and loses the licence: to hand content over, remove people from the list of users instead."
            </p>
        </form>
    }
    .into_any()
}

const LAYOUTS: [(&str, &str, &str); 4] = [
    (
        "site",
        "Tableau's columns for one site",
        "Eight by position or by these headings: user name, password, display name, licence, administrator, publishing, e-mail, sign-in.",
    ),
    ("removal", "People to take off a site", "One user name in each line; further columns are left aside."),
    (
        "tenant",
        "Tableau's columns for a tenant",
        "Nine, with the site in front. Rows of other sites are refused here, and so are rows with a blank site.",
    ),
    (
        "named",
        "Columns by their headings",
        "In any order, others are left aside: user name, display name, role, sign-in.",
    ),
];

fn layouts() -> AnyView {
    let layouts = LAYOUTS.iter().map(|(kind, name, words)| {
        let template = format!("/import/template?kind={kind}");
        view! {
            <div>
                <dt><a href=template rel="external">{*name}</a></dt>
                <dd>{*words}</dd>
            </div>
        }
        .into_any()
    });
    view! {
        <section class="card" aria-labelledby="layouts-title">
            <h2 id="layouts-title">"What a file may look like" <small>"each name downloads an empty template"</small></h2>
            <dl class="pairs wide">{layouts.collect_view()}</dl>
            <p class="soft">
                "Do you have the other layout? "
                <a href="/people/convert">"Convert a list"</a>
                " turns one into the other and tells what cannot be carried over."
            </p>
        </section>
    }
    .into_any()
}

/// The rules that surprise people most.
fn danger() -> AnyView {
    view! {
        <section class="notice warn" aria-labelledby="danger-title">
            <span aria-hidden="true">"▲"</span>
            <div>
                <h2 id="danger-title">"A file counts, even where it takes something away"</h2>
                <p>
                    "Tableau lets the role in a file win over the role there is, even a lower one and even for administrators: a blank administrator column demotes a site administrator, and a blank licence would take the licence. Steward shows such demotions as dangerous and leaves them out unless you include them on purpose; a row without a role asks for none."
                </p>
            </div>
        </section>
    }
    .into_any()
}
