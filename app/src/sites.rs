//! Sites: the list, one site, and the pages that suspend and reactivate it.

mod detail;
mod facts;
mod forms;
mod list;
pub mod server;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The list of sites.
pub struct SiteList;
/// One site.
pub struct SiteDetail;
/// Suspending a site.
pub struct SiteSuspend;
/// Reactivating a site.
pub struct SiteReactivate;

#[lazy_route]
impl LazyRoute for SiteList {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <list::SiteListPage/> }.into_any()
    }
}

#[lazy_route]
impl LazyRoute for SiteDetail {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <detail::SiteDetailPage/> }.into_any()
    }
}

#[lazy_route]
impl LazyRoute for SiteSuspend {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <forms::SuspendPage/> }.into_any()
    }
}

#[lazy_route]
impl LazyRoute for SiteReactivate {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <forms::ReactivatePage/> }.into_any()
    }
}
