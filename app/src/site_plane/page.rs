//! The one page in the browser: it asks the server for what its address names, and puts it in its place.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_query_map},
    params::ParamsMap,
};

use super::{
    parts::{CANCEL, CONNECT, DISCONNECT, FILE, GROUP, LISTS, MEMBERS, MOVE, RETRY, SET, USERS},
    server::get_plane,
};
use crate::parts::{
    drawn::DrawnPage,
    explained::Explained,
    form::problem_in_address,
    loaded::{Loaded, reading},
};

/// A page of a site's own API.
#[component]
pub fn PlanePage() -> impl IntoView {
    let (path, query) = (use_location().pathname, use_query_map());
    // Who leaves for another page changes the address before this one is gone; it stays at what it was for.
    let at = Memo::new(move |last: Option<&(String, String)>| {
        let now = (path.get(), query.with(ParamsMap::to_query_string));
        if is_here(&now.0) { now } else { last.cloned().unwrap_or(now) }
    });
    let forms = [CONNECT, DISCONNECT, RETRY, GROUP, SET, MEMBERS, USERS, FILE, CANCEL, MOVE];
    let problem =
        forms.into_iter().find_map(problem_in_address).map(|problem| view! { <Explained problem/> });
    let page = reading(
        move || at.with(|(path, url)| format!("{path} {url}")),
        move || {
            let (path, url) = at.get();
            async move { get_plane(path, url).await }
        },
    );
    view! {
        {problem}
        <Loaded from=page instead="Site" show=move |page| view! { <DrawnPage page path=path.get_untracked()/> }/>
    }
}

/// Whether an address is one of these pages.
fn is_here(path: &str) -> bool {
    let part = path.strip_prefix("/sites/").and_then(|rest| rest.split('/').nth(1));
    let is_list = |part: &str| LISTS.iter().any(|(list, _)| *list == part);
    path == "/connection/sites" || part.is_some_and(|part| part == "connect" || is_list(part))
}
