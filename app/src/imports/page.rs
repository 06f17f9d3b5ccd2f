//! The page that imports people from a file.

use leptos::prelude::*;

use super::server::get_import;
use crate::parts::{
    drawn::Drawn,
    explained::Explained,
    form::problem_in_address,
    heading::Heading,
    loaded::{Loaded, reading},
};

/// Where the form is sent: a door of its own, because a file is larger than any other form.
pub const IMPORT: &str = "/import";

/// Importing people.
#[component]
pub fn ImportPage() -> impl IntoView {
    let problem = problem_in_address(IMPORT);
    let wrong = problem.as_ref().map(|problem| problem.code.word()).unwrap_or_default();
    let form = reading(String::new, move || get_import(wrong.clone()));
    view! {
        <Heading title="Import people" above=vec![("People".to_owned(), "/people".to_owned())]/>
        {problem.map(|problem| view! { <Explained problem/> })}
        <Loaded from=form show=|drawing| view! { <Drawn drawing/> }/>
    }
}
