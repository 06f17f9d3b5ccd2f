//! The connection doctor: one round of everything that can be read, and what each answer says about the connection.

mod page;
pub mod problems;
pub mod server;
pub mod sheet;
pub mod told;
pub mod unlock;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The doctor.
pub struct DoctorView;

#[lazy_route]
impl LazyRoute for DoctorView {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <page::DoctorPage/> }.into_any()
    }
}
