//! The one page in the browser: it asks the server for what its address names, and puts it in its place.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_query_map},
    params::ParamsMap,
};

use super::{
    LIMITS, OIDC_CHANGE, OIDC_DELETE, PROJECT, TERMS, TOKEN_CREATE, TOKEN_REVOKE, TOKEN_SWAP,
    server::get_tenancy,
};
use crate::parts::{
    drawn::DrawnPage,
    explained::Explained,
    form::problem_in_address,
    loaded::{Loaded, reading},
};

/// A page of the tenant itself.
#[component]
pub fn TenancyPage() -> impl IntoView {
    let (path, query) = (use_location().pathname, use_query_map());
    let url = move || query.with(ParamsMap::to_query_string);
    let forms = [TERMS, TOKEN_CREATE, TOKEN_SWAP, TOKEN_REVOKE, OIDC_CHANGE, OIDC_DELETE, LIMITS, PROJECT];
    let problem =
        forms.into_iter().find_map(problem_in_address).map(|problem| view! { <Explained problem/> });
    let page = reading(
        move || format!("{} {}", path.get(), url()),
        move || {
            let (path, url) = (path.get(), url());
            async move { get_tenancy(path, url).await }
        },
    );
    view! {
        {problem}
        <Loaded from=page instead="Tenant" show=move |page| view! { <DrawnPage page path=path.get_untracked()/> }/>
    }
}
