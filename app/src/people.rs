//! People of the tenant: the list, one person, and the forms that plan a change of one or of many.
//!
//! The server draws these pages. What the browser half adds is the search that follows the typing, and the choice of
//! people that outlives a page.

pub mod change;
pub mod delete;
pub mod detail;
pub mod edit;
pub mod fields;
pub mod filter;
pub mod list;
pub mod listed;
pub mod new;
pub mod page;
mod picked;
pub mod protect;
pub mod query;
pub mod rows;
mod searching;
pub mod server;

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The list of people.
pub struct PeopleList;
/// One person and the forms: the server draws them all, so they are one lazy part.
pub struct PersonPages;

#[lazy_route]
impl LazyRoute for PeopleList {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <list::PeopleListPage/> }.into_any()
    }
}

#[lazy_route]
impl LazyRoute for PersonPages {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        view! { <page::PersonPage/> }.into_any()
    }
}
