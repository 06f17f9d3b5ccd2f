//! The form that uploads a file, and what a file may look like. Drawn on the server.

use leptos::prelude::*;
use model::{ProblemCode, explain::explain, roles::SignInType};

use super::page::IMPORT;
use crate::parts::{choice::ChoiceOf, drawn::Drawing, form::file_field};

/// Draws the page below its heading. `problem` is what the form ran into.
pub fn draw(sites: Vec<(String, String)>, problem: Option<ProblemCode>) -> Drawing {
    let beside = problem.map(|code| explain(code).title).unwrap_or_default();
    Drawing::of(view! {
        <p class="soft lead">
            "A file becomes a plan: every row is compared with what Tableau tells now, and nothing is sent before you have read the plan and applied it. From 26 people on one site their roles go to Tableau as one file that Steward writes itself; fewer go one by one, and so do languages, locales and e-mail addresses. The file that you upload is not kept, and never sent on."
        </p>
        <Form sites beside/>
        <Layouts/>
        <Danger/>
    })
}

#[component]
fn Form(sites: Vec<(String, String)>, beside: &'static str) -> impl IntoView {
    let ways = SignInType::OFFERED
        .map(|kind| (kind.code().to_owned(), kind.words().to_owned()))
        .into_iter()
        .collect();
    view! {
        <form method="post" action=IMPORT enctype="multipart/form-data" class="card form" aria-label="Upload a file">
            {file_field("file", beside)}
            <div class="pair">
                <ChoiceOf label="Site for rows that name none" name="site" all="None: such rows are refused" chosen=String::new() pairs=sites/>
                <ChoiceOf label="Sign-in for rows that name none" name="sign_in" all="As the site has it" chosen=String::new() pairs=ways/>
            </div>
            <div class="row">
                <button class="button first" type="submit">"Compare with Tableau"</button>
            </div>
            <p class="soft">"Passwords in the file are ignored."</p>
        </form>
    }
}

/// What a file may look like, each with a template.
#[component]
fn Layouts() -> impl IntoView {
    let layouts = LAYOUTS.iter().map(|(kind, name, words)| {
        view! {
            <div>
                <dt><a href=format!("/import/template?kind={kind}") rel="external">{*name}</a></dt>
                <dd>{*words}</dd>
            </div>
        }
    });
    view! {
        <section class="card" aria-labelledby="layouts-title">
            <h2 id="layouts-title">"What a file may look like" <small>"each name downloads an empty template"</small></h2>
            <dl class="pairs wide">{layouts.collect_view()}</dl>
            <p class="soft">
                "Roles are read as Tableau writes them (“Explorer (can publish)”) or as its three columns of licence, administrator and publishing. Sites are found by their name, their part of the address, or their id; a word that fits two of them is refused. Commas, semicolons and tabs all work, with or without headings. "
                <a href="/people/convert">"Convert a list"</a>
                " turns one of Tableau's layouts into the other."
            </p>
        </section>
    }
}

const LAYOUTS: [(&str, &str, &str); 4] = [
    (
        "named",
        "Columns by their headings",
        "In any order, others are left aside: user name, display name, site, role, sign-in, language, locale, e-mail. The easiest to fill in.",
    ),
    (
        "tenant",
        "Tableau's columns for a tenant",
        "Nine by position, as Tableau Cloud Manager imports them: site, user name, password, display name, licence, administrator, publishing, e-mail, sign-in.",
    ),
    (
        "site",
        "Tableau's columns for one site",
        "Eight by position, the same without the site. Choose the site in the form.",
    ),
    (
        "names",
        "User names only",
        "One e-mail address in each line. Useful with a site and a way to sign in chosen in the form.",
    ),
];

/// The rule that surprises people most.
#[component]
fn Danger() -> impl IntoView {
    view! {
        <section class="notice warn" aria-labelledby="danger-title">
            <span aria-hidden="true">"▲"</span>
            <div>
                <h2 id="danger-title">"A blank site would make a cloud administrator"</h2>
                <p>
                    "In Tableau's columns for a tenant, a row without a site does not mean “no site”: Tableau takes it as an invitation to administer the whole tenant. Steward shows such a row as dangerous and leaves it out, unless you include it on purpose."
                </p>
            </div>
        </section>
    }
}
