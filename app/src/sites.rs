//! Sites: the list, one site, making one, and the pages that suspend and reactivate it.

mod detail;
mod facts;
#[cfg(feature = "ssr")]
mod forms;
mod list;
mod map;
mod new;
pub mod server;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use crate::parts::by_address::page_by_address;

/// The form that suspends a site.
const SUSPEND: &str = "/api/sites/suspend";
/// The form that reactivates a site.
const REACTIVATE: &str = "/api/sites/reactivate";

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
        let is_here = |path: &str| path.ends_with("/suspend") || path.ends_with("/reactivate");
        page_by_address(is_here, &[SUSPEND, REACTIVATE], "Suspend or reactivate a site", server::get_turn)
    }
}
