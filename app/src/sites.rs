//! Sites: the list, one site, making one, and the pages that suspend and reactivate it.

mod detail;
mod facts;
mod forms;
mod list;
mod map;
mod new;
pub mod server;

use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_location, lazy_route};

/// The list of sites.
pub struct SiteList;
/// One site.
pub struct SiteDetail;
/// Making a site.
pub struct SiteNew;
/// Suspending or reactivating a site: two pages that share nearly everything, and so one lazy part.
pub struct SiteTurn;

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
impl LazyRoute for SiteNew {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <new::NewSitePage/> }.into_any()
    }
}

#[lazy_route]
impl LazyRoute for SiteTurn {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        if use_location().pathname.get_untracked().ends_with("/suspend") {
            view! { <forms::SuspendPage/> }.into_any()
        } else {
            view! { <forms::ReactivatePage/> }.into_any()
        }
    }
}
