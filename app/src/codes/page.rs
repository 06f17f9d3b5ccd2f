//! The one page in the browser: it asks the server for what its address names, and puts it in its place.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_query_map},
    params::ParamsMap,
};

use super::server::get_codes;
use crate::parts::{
    drawn::DrawnPage,
    loaded::{Loaded, reading},
};

/// Codes.
#[component]
pub fn CodePage() -> impl IntoView {
    let (path, query) = (use_location().pathname, use_query_map());
    let url = move || query.with(ParamsMap::to_query_string);
    let page = reading(
        move || format!("{} {}", path.get(), url()),
        move || {
            let (path, url) = (path.get(), url());
            async move { get_codes(path, url).await }
        },
    );
    view! { <Loaded from=page instead="Error codes" show=move |page| view! { <DrawnPage page path=path.get_untracked()/> }/> }
}
