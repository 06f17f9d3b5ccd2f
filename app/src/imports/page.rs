//! The page that imports people from a file.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::server::{get_conversion, get_import};
use crate::parts::{
    drawn::Drawn,
    explained::Explained,
    form::problem_in_address,
    heading::Heading,
    loaded::{Loaded, reading},
};

/// Where the form is sent: a door of its own, because a file is larger than any other form.
pub const IMPORT: &str = "/import";

/// Where the form that converts a list is sent.
pub const CONVERT: &str = "/convert";

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

/// Turning a list into another layout: the form, or what became of a file.
#[component]
pub fn ConvertPage() -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let id = path.strip_prefix("/people/convert/").unwrap_or_default().to_owned();
    let problem = problem_in_address(CONVERT);
    let wrong = problem.as_ref().map(|problem| problem.code.word()).unwrap_or_default();
    let title = if id.is_empty() { "Convert a list" } else { "Converted list" };
    let drawing = reading(String::new, move || get_conversion(id.clone(), wrong.clone()));
    let above = vec![
        ("People".to_owned(), "/people".to_owned()),
        ("Import people".to_owned(), "/people/import".to_owned()),
    ];
    view! {
        <Heading title above/>
        {problem.map(|problem| view! { <Explained problem/> })}
        <Loaded from=drawing show=|drawing| view! { <Drawn drawing/> }/>
    }
}
