//! The connection: where Steward sends its requests, as whom, until when, and what is known of the addresses.

#[cfg(feature = "ssr")]
mod addresses;
mod page;
pub mod server;
#[cfg(feature = "ssr")]
mod sheet;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The connection page.
pub struct ConnectionView;

#[lazy_route]
impl LazyRoute for ConnectionView {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <page::ConnectionPage/> }.into_any()
    }
}
