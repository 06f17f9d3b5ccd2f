//! The form that makes the project of a site. Drawn on the server.

use leptos::prelude::*;
use model::{Problem, audit::AuditRow, tenancy::ProjectSheet};

use super::PROJECT;
use crate::parts::{
    badges::act_badge,
    drawn::{Drawing, Page},
    text::Time,
};

/// Draws the page. `owner` is what was typed before.
pub fn draw(sheet: ProjectSheet, owner: String, problem: Option<Problem>) -> Page {
    let ProjectSheet { site, name, acts, ticket } = sheet;
    let href = format!("/sites/{site}");
    let wrong = problem.filter(|it| it.field() == Some("owner")).map(|it| it.explain().title);
    let body = view! {
        <section class="card form" aria-labelledby="make-title">
            <h2 id="make-title">"Who shall own it?"</h2>
            <ul class="points soft">
                <li>"A project holds workbooks, data sources and other content that share their permissions."</li>
                <li>"Nobody can choose its name here: Tableau does (probably it is the project with samples; inferred)."</li>
                <li>"Tableau Cloud Manager has no list of projects, so what it answers is all that Steward can check."</li>
            </ul>
            <form method="post" action=PROJECT aria-label=format!("Create the project of {name}")>
                <input type="hidden" name="site" value=site.to_string()/>
                <input type="hidden" name="ticket" value=ticket.to_string()/>
                <div class="field-group">
                    <label for="owner">"Owner"</label>
                    <p class="soft" id="owner-hint">"The name they sign in with, or their id on this site. They must be on the site."</p>
                    <input
                        class="field"
                        type="text"
                        id="owner"
                        name="owner"
                        value=owner
                        required
                        maxlength="256"
                        autocomplete="off"
                        aria-describedby="owner-hint owner-problem"
                        aria-invalid=wrong.map(|_| "true")
                    />
                    <p class="field-problem" id="owner-problem">{wrong}</p>
                </div>
                <div class="row">
                    <a class="button" href=href.clone()>"Cancel"</a>
                    <button class="button first" type="submit">{format!("Create the project of {name}")}</button>
                </div>
            </form>
        </section>
        {before(acts)}
    };
    Page {
        title: "Create the project".to_owned(),
        above: vec![("Sites".to_owned(), "/sites".to_owned()), (name, href)],
        body: Drawing::of(body),
        ..Page::default()
    }
}

/// What was tried before, by the audit log.
fn before(acts: Vec<AuditRow>) -> Option<AnyView> {
    if acts.is_empty() {
        return None;
    }
    let items = acts
        .into_iter()
        .map(|act| {
            view! {
                <li>
                    {act_badge(act.state)} <a href=format!("/audit/{}", act.act)>{act.sentence()}</a>
                    <span class="soft">"by " {act.who.clone()} ", " <Time at=act.at/></span>
                </li>
            }
        })
        .collect_view();
    let view = view! {
        <section class="card" aria-labelledby="before-title">
            <h2 id="before-title">"Made or tried before"</h2>
            <ul class="history">{items}</ul>
        </section>
    };
    Some(view.into_any())
}
