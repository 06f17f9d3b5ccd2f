//! A plan: what would happen to whom, before anything does.

pub mod apply;
mod page;
pub mod server;
pub mod sheet;
pub mod told;

use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_location, lazy_route};

use crate::{
    imports::{ConvertPage, ImportPage},
    runs::RunPage,
};

/// A plan, the run it becomes, and the import that makes one: pages that share nearly everything, and so one lazy part.
pub struct PlanRoad;

#[lazy_route]
impl LazyRoute for PlanRoad {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let path = use_location().pathname.get_untracked();
        if path.starts_with("/plans/") {
            view! { <page::PlanPage/> }.into_any()
        } else if path.starts_with("/runs/") {
            view! { <RunPage/> }.into_any()
        } else if path.starts_with("/people/convert") {
            view! { <ConvertPage/> }.into_any()
        } else {
            view! { <ImportPage/> }.into_any()
        }
    }
}
