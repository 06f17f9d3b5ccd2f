//! The dictionary of codes: all of them as a list, one page for each, and the whole as a file.
//!
//! The server draws these pages from what is in the program; Tableau is not asked.

#[cfg(feature = "ssr")]
pub mod file;
pub mod one;
mod page;
pub mod server;
pub mod sheet;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The list of codes, and the page of one.
pub struct CodePages;

#[lazy_route]
impl LazyRoute for CodePages {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <page::CodePage/> }.into_any()
    }
}
