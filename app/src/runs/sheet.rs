//! The page of a run. The server draws what stands still between two pieces of news; what a person may be about to press,
//! and what is read aloud when it changes, stays with the browser.

use leptos::prelude::*;
use model::{ActId, PlanId, runs::AgainFile};
use serde::{Deserialize, Serialize};

use super::told::RunTold;
use crate::{
    parts::{
        badges::badge,
        bars::progress,
        drawn::Drawing,
        lines::{Asked, Lines},
        live::look_again,
        text::{Time, count},
    },
    site_plane::parts::above as above_site,
};

/// Where rows are planned again.
pub const AGAIN: &str = "/api/runs/again";

/// A run on its way to the page.
#[derive(Debug, Serialize, Deserialize)]
pub struct RunSheet {
    /// Its id.
    pub id: PlanId,
    /// The pages above: word and address.
    pub above: Vec<(String, String)>,
    /// The heading.
    pub title: String,
    /// What can be done to it: words for the form and for people.
    pub turns: Vec<(String, String)>,
    /// The act that a turn becomes.
    pub ticket: ActId,
    /// How far it is, in words.
    pub counts: String,
    /// Who, when and why, and what keeps it from going on.
    pub head: Drawing,
    /// How far it is.
    pub progress: Drawing,
    /// What belongs to it, and whether the page follows it.
    pub links: Drawing,
    /// The way on, and the rows.
    pub rows: Drawing,
}

/// Draws a run.
pub fn draw(run: RunTold, asked: Asked) -> RunSheet {
    RunSheet {
        head: head(&run),
        progress: far(&run),
        links: links(&run),
        id: run.id,
        above: above(&run),
        title: run.title.clone(),
        turns: run.turns.clone(),
        ticket: run.ticket,
        counts: run.counts.clone(),
        rows: rows(run, asked),
    }
}

fn above(run: &RunTold) -> Vec<(String, String)> {
    let mut above = match &run.site {
        Some((site, name)) => above_site(*site, name, None),
        None => Vec::new(),
    };
    above.push(("Jobs".to_owned(), "/jobs".to_owned()));
    above
}

fn head(run: &RunTold) -> Drawing {
    let reason = (!run.reason.is_empty()).then(|| view! { <span>"“" {run.reason.clone()} "”"</span> });
    let notes = run.notes.iter().map(|(title, words)| {
        view! {
            <div class="notice warn" role="status">
                <span aria-hidden="true">"▲"</span>
                <div>
                    <p><strong>{title.clone()}</strong></p>
                    <p>{words.clone()}</p>
                </div>
            </div>
        }
    });
    Drawing::of(view! {
        <p class="facts dotted">
            {badge(&run.tone, run.state.clone())}
            <span>"applied " <Time at=run.began/> " by " {run.by.clone()}</span>
            {reason}
            <span><a href=format!("/plans/{}", run.id)>"its plan"</a></span>
        </p>
        {(!run.over).then(look_again)}
        {notes.collect_view()}
    })
}

fn far(run: &RunTold) -> Drawing {
    let (done, differs, failed, of) = run.bar;
    let steps = run.steps.iter().map(|(class, word, note)| {
        view! { <li class=class.clone()><strong>{word.clone()}</strong><small>{note.clone()}</small></li> }
    });
    Drawing::of(view! {
        <ol class="steps">{steps.collect_view()}</ol>
        {progress(done, differs, failed, of)}
    })
}

fn links(run: &RunTold) -> Drawing {
    let jobs = run.jobs.iter().map(|job| {
        view! { <a href=job.address()><code>{job.words()}</code></a> " " }
    });
    let jobs = (!run.jobs.is_empty())
        .then(|| view! { <p class="soft">"Tableau's jobs: " {jobs.collect_view()}</p> });
    let live = (!run.over).then(|| view! { <p class="soft">"This page follows the run by itself."</p> });
    Drawing::of(view! { {jobs} {live} })
}

fn rows(run: RunTold, asked: Asked) -> Drawing {
    let path = format!("/runs/{}", run.id);
    let file = match asked.rows.as_str() {
        "" => format!("{path}/file?rows="),
        "look" if run.again == AgainFile::Import => format!("{path}/file?rows=again"),
        _ => String::new(),
    };
    Drawing::of(view! {
        {(run.look > 0).then(|| again(&run))}
        <Lines path asked tabs=run.tabs file lines=run.lines heads=["Outcome", "What happened, and what to do"]/>
    })
}

/// The way on for rows that somebody should look at.
fn again(run: &RunTold) -> AnyView {
    let words = match run.again {
        AgainFile::Import => Some("Download them, ready to import"),
        AgainFile::Names => Some("Download their user names"),
        AgainFile::Nothing => None,
    };
    let file = words.map(|words| {
        let href = format!("/runs/{}/file?rows=again", run.id);
        view! { <a class="button" href=href rel="external">{words}</a> }
    });
    let rows = count(run.look, "row needs a look", "rows need a look");
    view! {
        <section class="notice" aria-labelledby="again-title">
            <span aria-hidden="true">"↻"</span>
            <div>
                <h2 id="again-title">{rows}</h2>
                <p>
                    "Plan them again to compare them with what Tableau tells now; nothing is sent before you apply that plan."
                </p>
                <div class="row">
                    <form method="post" action=AGAIN>
                        <input type="hidden" name="run" value=run.id.to_string()/>
                        <button class="button first" type="submit">"Plan these rows again"</button>
                    </form>
                    {file}
                </div>
            </div>
        </section>
    }
    .into_any()
}
