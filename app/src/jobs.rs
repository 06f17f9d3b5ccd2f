//! Jobs that Tableau runs: opening one by its id, and following it.

mod detail;
mod items;
mod kinds;
mod list;
pub mod server;
pub mod sheet;
pub mod told;

use leptos::prelude::*;
use leptos_router::{LazyRoute, components::Redirect, hooks::use_query_map, lazy_route};
use model::JobId;

use crate::parts::{explained::Explained, heading::Heading};

/// The jobs Steward has met, and the form that opens one by its id.
pub struct JobList;
/// One job.
pub struct JobDetail;

#[lazy_route]
impl LazyRoute for JobList {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <list::JobListPage/> }.into_any()
    }
}

#[lazy_route]
impl LazyRoute for JobDetail {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <detail::JobDetailPage/> }.into_any()
    }
}

/// Where the form that opens a job by its id leads: on to the job, or to what is wrong with the id.
#[component]
pub fn JobOpen() -> impl IntoView {
    let query = use_query_map();
    let id = query.with_untracked(|query| query.get("id").unwrap_or_default());
    match JobId::parse(id.trim()) {
        Ok(id) => view! { <Redirect path=format!("/jobs/{id}")/> }.into_any(),
        Err(problem) => view! {
            <Heading title="Open a job" above=vec![("Jobs".to_owned(), "/jobs".to_owned())]/>
            <Explained problem/>
        }
        .into_any(),
    }
}
