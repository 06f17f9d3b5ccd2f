//! The one page in the browser of each part that the server draws whole.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_query_map},
    params::ParamsMap,
};

use crate::{
    codec::Told,
    failure::Failure,
    parts::{
        drawn::{DrawnPage, Page},
        explained::Explained,
        form::problem_in_address,
        loaded::{Loaded, reading},
    },
};

/// Asks the server for what the address names, and puts it in its place. `is_here` says which addresses are of this part,
/// `forms` are the addresses of its forms, and `instead` is the heading for when nothing comes.
pub fn page_by_address<Asked>(
    is_here: fn(&str) -> bool,
    forms: &[&str],
    instead: &'static str,
    ask: impl Fn(String, String) -> Asked + Send + Sync + 'static,
) -> AnyView
where
    Asked: Future<Output = Result<Told<Page>, Failure>> + Send + 'static,
{
    let (path, query) = (use_location().pathname, use_query_map());
    // Who leaves for another page changes the address before this one is gone; it stays at what it was for.
    let at = Memo::new(move |last: Option<&(String, String)>| {
        let now = (path.get(), query.with(ParamsMap::to_query_string));
        if is_here(&now.0) { now } else { last.cloned().unwrap_or(now) }
    });
    let problem =
        forms.iter().find_map(|form| problem_in_address(form)).map(|problem| view! { <Explained problem/> });
    let page = reading(
        move || at.with(|(path, url)| format!("{path} {url}")),
        move || {
            let (path, url) = at.get();
            ask(path, url)
        },
    );
    view! {
        {problem}
        <Loaded from=page instead show=move |page| view! { <DrawnPage page path=path.get_untracked()/> }/>
    }
    .into_any()
}

/// The first part of an address.
pub fn first_part(path: &str) -> &str {
    path.trim_start_matches('/').split('/').next().unwrap_or_default()
}
