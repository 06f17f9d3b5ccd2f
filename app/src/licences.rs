//! Licences: seats over time and what lies ahead, limits and news, and seats that are used in vain.
//!
//! The server draws these pages; they are links and plain forms.

pub mod ahead;
pub mod banner;
#[cfg(feature = "ssr")]
mod draw;
pub mod frees;
pub mod frees_forms;
pub mod idle;
pub mod idle_query;
pub mod lower;
pub mod over_time;
pub mod page;
pub mod secret;
pub mod server;
pub mod settings;
pub mod sources;
pub mod told;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Every page about licences.
pub struct Licences;

#[lazy_route]
impl LazyRoute for Licences {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <page::LicencePage/> }.into_any()
    }
}
