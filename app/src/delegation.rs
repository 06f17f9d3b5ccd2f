//! Grants, deposits, approvals: who may do what by whose credential, and who has to say yes.
//!
//! The server draws these pages; they are links and plain forms.

#[cfg(feature = "ssr")]
mod approvals;
#[cfg(feature = "ssr")]
mod deposits;
#[cfg(feature = "ssr")]
mod draw;
#[cfg(feature = "ssr")]
mod editor;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(feature = "ssr")]
mod grant;
#[cfg(feature = "ssr")]
mod grants;
#[cfg(feature = "ssr")]
mod groups;
#[cfg(feature = "ssr")]
mod look;
pub mod page;
#[cfg(feature = "ssr")]
mod question;
pub mod server;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Every page about delegation.
pub struct Delegation;

#[lazy_route]
impl LazyRoute for Delegation {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <page::DelegationPage/> }.into_any()
    }
}
