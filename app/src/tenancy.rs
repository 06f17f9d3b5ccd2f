//! The tenant itself: its record and terms, tokens, how people sign in, role limits, projects, and the activity log.
//!
//! The server draws these pages; they are links and plain forms.

#[cfg(feature = "ssr")]
pub mod activity;
#[cfg(feature = "ssr")]
mod compare;
#[cfg(feature = "ssr")]
mod draw;
#[cfg(feature = "ssr")]
mod events;
#[cfg(feature = "ssr")]
mod limits;
#[cfg(feature = "ssr")]
pub mod made;
mod page;
#[cfg(feature = "ssr")]
mod project;
pub mod server;
#[cfg(feature = "ssr")]
mod sign_on;
#[cfg(feature = "ssr")]
mod tenant;
#[cfg(feature = "ssr")]
mod tokens;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Where the terms are accepted.
pub const TERMS: &str = "/api/tenant/terms";
/// Where a token is made.
pub const TOKEN_CREATE: &str = "/tokens/create";
/// Where a token is made and swapped for the one in use.
pub const TOKEN_SWAP: &str = "/tokens/swap";
/// Where a token is revoked.
pub const TOKEN_REVOKE: &str = "/api/tokens/revoke";
/// Where the sign-in configuration is changed.
pub const OIDC_CHANGE: &str = "/api/sign-on/change";
/// Where the sign-in configuration is deleted.
pub const OIDC_DELETE: &str = "/api/sign-on/delete";
/// Where a change of role limits is planned.
pub const LIMITS: &str = "/api/limits/plan";
/// Where a project is made.
pub const PROJECT: &str = "/api/sites/project";

/// The pages of the tenant itself.
pub struct Tenancy;

#[lazy_route]
impl LazyRoute for Tenancy {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <page::TenancyPage/> }.into_any()
    }
}
