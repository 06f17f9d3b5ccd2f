//! The one page in the browser: it asks the server for what its address names, and puts it in its place.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_query_map},
    params::ParamsMap,
};

use super::server::get_licences;
use crate::parts::{
    drawn::DrawnPage,
    explained::Explained,
    form::problem_in_address,
    loaded::{Loaded, reading},
};

/// Where seats are counted now.
pub const COUNT: &str = "/api/licences/count";
/// Where purchased seats are typed in.
pub const PURCHASED: &str = "/api/licences/purchased";
/// Where thresholds are set.
pub const THRESHOLDS: &str = "/api/licences/thresholds";
/// Where the address for news is set: a door of its own, because its answer shows the secret once.
pub const HOOK: &str = "/licences/hook";
/// Where that address is taken away.
pub const END_HOOK: &str = "/api/licences/hook/end";
/// Where it is tried.
pub const TEST_HOOK: &str = "/api/licences/hook/test";
/// Where somebody is left out of the list, or put back.
pub const EXCLUDE: &str = "/api/licences/exclude";
/// Where lower roles are planned.
pub const LOWER: &str = "/api/licences/lower";

/// A page about licences.
#[component]
pub fn LicencePage() -> impl IntoView {
    let (path, query) = (use_location().pathname, use_query_map());
    // Who leaves for another page changes the address before this one is gone; it stays at what it was for.
    let at = Memo::new(move |last: Option<&(String, String)>| {
        let now = (path.get(), query.with(ParamsMap::to_query_string));
        if is_here(&now.0) { now } else { last.cloned().unwrap_or(now) }
    });
    let forms = [COUNT, PURCHASED, THRESHOLDS, HOOK, END_HOOK, TEST_HOOK, EXCLUDE, LOWER];
    let problem =
        forms.into_iter().find_map(problem_in_address).map(|problem| view! { <Explained problem/> });
    let page = reading(
        move || at.with(|(path, url)| format!("{path} {url}")),
        move || {
            let (path, url) = at.get();
            async move { get_licences(path, url).await }
        },
    );
    view! {
        {problem}
        <Loaded from=page instead="Licences" show=move |page| view! { <DrawnPage page path=path.get_untracked()/> }/>
    }
}

/// Whether an address is one of these pages.
fn is_here(path: &str) -> bool {
    path == "/licences" || path.starts_with("/licences/")
}

/// The pages above a page about licences.
pub fn above() -> Vec<(String, String)> {
    vec![("Licences".to_owned(), "/licences".to_owned())]
}
