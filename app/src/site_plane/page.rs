//! The one page in the browser: it asks the server for what its address names, and puts it in its place.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_query_map},
    params::ParamsMap,
};

use super::{
    parts::{CANCEL, CONNECT, DISCONNECT, FILE, GROUP, MEMBERS, MOVE, RETRY, SET, USERS},
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
    let url = move || query.with(ParamsMap::to_query_string);
    let forms = [CONNECT, DISCONNECT, RETRY, GROUP, SET, MEMBERS, USERS, FILE, CANCEL, MOVE];
    let problem =
        forms.into_iter().find_map(problem_in_address).map(|problem| view! { <Explained problem/> });
    let page = reading(
        move || format!("{} {}", path.get(), url()),
        move || {
            let (path, url) = (path.get(), url());
            async move { get_plane(path, url).await }
        },
    );
    view! {
        {problem}
        <Loaded from=page instead="Site" show=move |page| view! { <DrawnPage page path=path.get_untracked()/> }/>
    }
}
