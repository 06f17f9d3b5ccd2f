//! Single sites by their own API: connecting them, their users, groups, group sets and jobs.
//!
//! The server draws these pages; they are links and plain forms.

pub mod connect;
pub mod connections;
#[cfg(feature = "ssr")]
mod draw;
pub mod files;
pub mod group;
pub mod group_forms;
mod group_members;
pub mod groups;
pub mod jobs;
pub mod listing;
pub mod moving;
pub mod page;
pub mod parts;
pub mod server;
pub mod sets;
pub mod user;
pub mod users;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Every page of a site's own API.
pub struct SitePlane;

#[lazy_route]
impl LazyRoute for SitePlane {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <page::PlanePage/> }.into_any()
    }
}
