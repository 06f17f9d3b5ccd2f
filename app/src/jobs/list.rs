//! Runs of Steward's and the jobs of Tableau's it has met, and the form that opens a job by its id.

use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use model::{Problem, runs::RunsQuery};

use super::server::list_jobs;
use crate::{
    failure::Failure,
    parts::{
        drawn::Drawn,
        heading::Heading,
        loaded::{Loaded, reading},
        query::{page, text},
    },
};

/// Jobs.
#[component]
pub fn JobListPage() -> impl IntoView {
    let url = use_query_map();
    let found = reading(
        move || url.with(ParamsMap::to_query_string),
        move || {
            let asked = url.with(|url| read(url).map(|query| (text(url, "show"), query)));
            async move {
                let (show, query) = asked.map_err(Failure)?;
                list_jobs(show, query).await
            }
        },
    );
    view! {
        <Heading title="Jobs"/>
        <Loaded from=found show=|drawing| view! { <Drawn drawing/> }/>
    }
}

fn read(url: &ParamsMap) -> Result<RunsQuery, Problem> {
    let (whose, state, kind) = (text(url, "whose"), text(url, "state"), text(url, "kind"));
    Ok(RunsQuery { whose, state, kind, page: page(url)? })
}
