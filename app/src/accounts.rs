//! Accounts: the owner's list, one account, and everybody's own. The server draws these pages.

#[cfg(feature = "ssr")]
mod draw;
#[cfg(feature = "ssr")]
pub mod list;
#[cfg(feature = "ssr")]
pub mod one;
pub mod page;
#[cfg(feature = "ssr")]
mod passkeys;
pub mod server;
#[cfg(feature = "ssr")]
pub mod signins;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Every page of accounts.
pub struct AccountPages;

#[lazy_route]
impl LazyRoute for AccountPages {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <page::AccountPage/> }.into_any()
    }
}
