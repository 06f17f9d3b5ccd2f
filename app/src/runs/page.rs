//! The page of a run: how far it is, what can be done to it, and what became of each row.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};
use model::{ActId, PlanId, runs::RowsQuery};

use super::{
    server::get_run,
    sheet::{AGAIN, RunSheet},
};
use crate::{
    failure::Failure,
    parts::{
        drawn::Drawn,
        explained::Explained,
        form::problem_in_address,
        heading::Heading,
        lines::Asked,
        live::follow,
        loaded::{Loaded, reading},
    },
};

const STEER: &str = "/api/runs/steer";

/// One run.
#[component]
pub fn RunPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    // Counts up with each piece of news from the server.
    let news = RwSignal::new(0_u32);
    follow("run", id, news);
    let about = move || format!("{} {} {}", id.get(), query.with(ParamsMap::to_query_string), news.get());
    let run = reading(about, move || {
        let (id, asked) = (id.get(), query.with(Asked::read));
        async move {
            let Asked { rows, search, page } = asked.map_err(Failure)?;
            get_run(id, RowsQuery { state: rows, search, page }).await
        }
    });
    let problem = [STEER, AGAIN].into_iter().find_map(problem_in_address);
    view! {
        {problem.map(|problem| view! { <Explained problem/> })}
        <Loaded from=run instead="Run" show=|run| view! { <Shown run/> }/>
    }
}

#[component]
fn Shown(run: RunSheet) -> impl IntoView {
    let RunSheet { id, above, title, turns, ticket, counts, head, progress, links, rows } = run;
    view! {
        <Heading title above>{steering(id, turns, ticket)}</Heading>
        <Drawn drawing=head/>
        <section class="card" aria-labelledby="progress-title">
            <h2 id="progress-title">"Progress"</h2>
            <Drawn drawing=progress/>
            <p role="status">{counts}</p>
            <Drawn drawing=links/>
        </section>
        <Drawn drawing=rows/>
    }
}

/// Pause, resume, stop: one form, because only one of them is pressed.
fn steering(id: PlanId, turns: Vec<(String, String)>, ticket: ActId) -> AnyView {
    let buttons = turns
        .into_iter()
        .map(|(turn, words)| {
            view! { <button class="button" type="submit" name="turn" value=turn>{words}</button> }.into_any()
        })
        .collect_view();
    view! {
        <form method="post" action=STEER class="row">
            <input type="hidden" name="run" value=id.to_string()/>
            <input type="hidden" name="ticket" value=ticket.to_string()/>
            {buttons}
        </form>
    }
    .into_any()
}
