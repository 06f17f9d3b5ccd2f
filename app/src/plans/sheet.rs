//! The page of a plan below its heading. Drawn on the server.

use leptos::prelude::*;
use model::Problem;

use super::{apply::ApplyForm, told::PlanTold};
use crate::{
    parts::{
        drawn::{Drawing, Sheet},
        lines::{Asked, Lines},
        text::{Time, number},
    },
    site_plane::parts::above as above_site,
};

/// Where the forms of this page are sent.
pub const APPLY: &str = "/api/plans/apply";
/// Where a plan is thrown away.
pub const DISCARD: &str = "/api/plans/discard";
/// Where a plan is made once more.
pub const ANEW: &str = "/api/plans/anew";

/// Draws a plan. `problem` is what applying it ran into.
pub fn draw(plan: PlanTold, asked: Asked, problem: Option<Problem>) -> Sheet {
    let id = plan.id.to_string();
    let path = format!("/plans/{id}");
    let file = format!("{path}/file?rows=");
    let is_open = matches!(plan.state.as_str(), "open" | "nothing");
    let beside = view! {
        <a class="button" href=file.clone() rel="external">"Download"</a>
        {is_open.then(|| turn(DISCARD, &id, "Discard"))}
        {plan.apply.is_some().then(|| view! { <a class="button first" href="#apply">"Apply below"</a> })}
    };
    let above = match &plan.site {
        Some((site, name)) => above_site(*site, name, Some("users")),
        None => vec![("People".to_owned(), "/people".to_owned())],
    };
    Sheet {
        above,
        title: format!("Plan: {}", plan.title),
        beside: Drawing::of(beside),
        body: Drawing::of(body(plan, asked, problem, path, file)),
    }
}

fn body(plan: PlanTold, asked: Asked, problem: Option<Problem>, path: String, file: String) -> impl IntoView {
    let is_open = matches!(plan.state.as_str(), "open" | "nothing");
    let (tabs, file) = (plan.tabs(), format!("{file}{}", asked.rows));
    let until = is_open.then(|| {
        let until = plan.until;
        let until =
            view! { <time datetime=until.machine() title=until.to_string()>{until.clock()} " UTC"</time> };
        view! { <span>"valid until " {until}</span> <span>"nothing has been sent yet"</span> }
    });
    let tiles = plan
        .tiles
        .iter()
        .map(|(word, label, rows, note)| {
            view! {
                <a class="card tile" href=format!("{path}?rows={word}")>
                    <span class="key">{label.clone()}</span>
                    <b>{number(*rows)}</b>
                    <small>{note.clone()}</small>
                </a>
            }
        })
        .collect_view();
    view! {
        <p class="facts dotted">
            <span>"Made " <Time at=plan.made/> " by " {plan.by.clone()}</span>
            {until}
        </p>
        <p class="soft lead">"From " {plan.source.clone()} "."</p>
        {standing(&plan)}
        <section class="tiles" aria-label="Rows by verdict">{tiles}</section>
        <p class="soft lead">{plan.seats.clone()}</p>
        <Lines path asked tabs file lines=plan.lines heads=["Verdict", "Why"]/>
        {plan.apply.map(|apply| view! { <ApplyForm plan=plan.id apply problem/> })}
    }
}

/// A button that sends the plan's id and nothing else.
fn turn(action: &'static str, plan: &str, words: &'static str) -> AnyView {
    view! {
        <form method="post" action=action>
            <input type="hidden" name="plan" value=plan.to_owned()/>
            <button class="button" type="submit">{words}</button>
        </form>
    }
    .into_any()
}

/// What to know when the plan cannot be applied.
fn standing(plan: &PlanTold) -> AnyView {
    let id = plan.id.to_string();
    let (tone, words, way) = match plan.state.as_str() {
        "applied" => (
            "good",
            "This plan was applied. That happens once at most; its run tells what became of each row.",
            view! { <p><a class="button first" href=format!("/runs/{id}")>"See what became of it"</a></p> }
                .into_any(),
        ),
        "asked" => (
            "",
            "This plan waits for somebody else's approval. Nothing of it was sent. It is decided, or withdrawn, on the page of approvals.",
            view! { <p><a class="button first" href="/approvals">"Approvals"</a></p> }.into_any(),
        ),
        "discarded" => {
            ("warn", "This plan was discarded. Nothing of it was sent.", turn(ANEW, &id, "Make it again"))
        }
        "run-out" => (
            "warn",
            "This plan ran out: people change meanwhile, so it can no longer be applied. Nothing of it was sent.",
            turn(ANEW, &id, "Make it again"),
        ),
        "nothing" => {
            ("", "No row of this plan would be sent: each is so already, or refused.", ().into_any())
        }
        _ => return ().into_any(),
    };
    view! {
        <div class=format!("notice {tone}") role="status">
            <span aria-hidden="true">{if tone == "good" { "✓" } else { "▲" }}</span>
            <div>
                <p>{words}</p>
                {way}
            </div>
        </div>
    }
    .into_any()
}
