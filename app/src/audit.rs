//! The audit log: who did what to which object, when, why, with what outcome.

mod detail;
mod list;
pub mod server;

pub use list::read_audit;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The log.
pub struct AuditList;
/// One entry.
pub struct AuditDetail;

#[lazy_route]
impl LazyRoute for AuditList {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <list::AuditListPage/> }.into_any()
    }
}

#[lazy_route]
impl LazyRoute for AuditDetail {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <detail::AuditDetailPage/> }.into_any()
    }
}
