//! The jobs Steward has met, and the form that opens one by its id.

use leptos::prelude::*;
use model::jobs::KnownJob;

use super::{kinds, server::known_jobs};
use crate::parts::{
    badges::job_badge,
    heading::Heading,
    loaded::{Loaded, reading},
    pairs::Fact,
    table::{Cell, Head, Table},
};

/// Jobs.
#[component]
pub fn JobListPage() -> impl IntoView {
    let jobs = reading(String::new, known_jobs);
    view! {
        <Heading title="Jobs"/>
        <section class="card" aria-labelledby="open-title">
            <h2 id="open-title">"Open a job"</h2>
            <p class="soft">
                "Tableau runs changes of people as jobs and gives each an id. It has no list of them, so keep the ids you get."
            </p>
            <form method="get" action="/jobs/open" class="filters">
                <label class="grow">
                    <span>"Job id"</span>
                    <input
                        class="field"
                        name="id"
                        required
                        maxlength="36"
                        autocomplete="off"
                        placeholder="9d222c6d-893e-4e79-8201-3c9ca16a0f39"
                    />
                </label>
                <button class="button first" type="submit">"Open job"</button>
            </form>
        </section>
        <section class="card" aria-labelledby="known-title">
            <h2 id="known-title">"Jobs seen through Steward"</h2>
            <Loaded from=jobs show=|jobs| view! { <Known jobs/> }/>
        </section>
    }
}

#[component]
fn Known(jobs: Vec<KnownJob>) -> impl IntoView {
    if jobs.is_empty() {
        return view! { <p class="empty">"None so far. Jobs that somebody opens here are remembered for everyone of this tenant."</p> }
            .into_any();
    }
    let rows = jobs
        .into_iter()
        .map(|job| {
            vec![
                Cell::link(format!("/jobs/{}", job.id), kinds::operation(&job.operation), None),
                Cell::view(job_badge(&job.status, false)),
                Cell::view(Fact::Time(job.seen).draw()),
                Cell::view(Fact::Code(job.id.to_string()).draw()),
            ]
        })
        .collect();
    let heads = vec![Head::new("Job"), Head::new("State"), Head::new("Last look"), Head::new("Id")];
    view! { <Table label="Jobs seen through Steward" caption="The newest first; the state is that of the last look." heads rows/> }
        .into_any()
}
