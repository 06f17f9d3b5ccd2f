//! The jobs Steward has met, and the form that opens one by its id.

use leptos::prelude::*;
use leptos_router::components::Form;
use model::jobs::KnownJob;

use super::{kinds, server::known_jobs};
use crate::parts::{badges::JobBadge, heading::Heading, loaded::Loaded, text::Time};

/// Jobs.
#[component]
pub fn JobListPage() -> impl IntoView {
    let jobs = Resource::new(|| (), |()| known_jobs());
    view! {
        <Heading title="Jobs"/>
        <section class="card" aria-labelledby="open-title">
            <h2 id="open-title">"Open a job"</h2>
            <p class="soft">
                "Tableau runs changes of people as jobs and gives each an id. It has no list of them, so keep the ids you get."
            </p>
            <Form method="GET" action="/jobs/open" attr:class="filters">
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
            </Form>
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
            view! {
                <tr>
                    <th scope="row"><a href=format!("/jobs/{}", job.id)>{kinds::operation(&job.operation)}</a></th>
                    <td><JobBadge status=job.status/></td>
                    <td><Time at=job.seen/></td>
                    <td><code>{job.id.to_string()}</code></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table" role="region" aria-labelledby="known-title" tabindex="0">
            <table>
                <caption>"The newest first; the state is that of the last look."</caption>
                <thead>
                    <tr>
                        <th scope="col">"Job"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Last look"</th>
                        <th scope="col">"Id"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
