//! One person, and the forms about one or many: pages that the server draws.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_params_map, use_query_map},
    params::ParamsMap,
};

use super::{
    fields::{CREATE, DELETE, EDIT, PLAN, PROTECT, came_back},
    server::{get_form, get_person},
};
pub use crate::parts::drawn::Page;
use crate::parts::{
    drawn::DrawnPage,
    loaded::{Loaded, reading},
};

/// A page about people.
#[component]
pub fn PersonPage() -> impl IntoView {
    let (path, params, query) = (use_location().pathname, use_params_map(), use_query_map());
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let fill = move || query.with(ParamsMap::to_query_string);
    let problem = [PLAN, EDIT, CREATE, DELETE, PROTECT].into_iter().find_map(came_back);
    let page = reading(
        move || format!("{} {}", path.get(), fill()),
        move || {
            let (path, id, fill) = (path.get(), id(), fill());
            async move {
                match path.rsplit('/').next() {
                    Some(form @ ("new" | "change" | "edit" | "delete")) => {
                        get_form(form.to_owned(), id, fill).await
                    }
                    _ => get_person(id, fill).await,
                }
            }
        },
    );
    view! {
        {problem}
        <Loaded from=page instead="Person" show=move |page| view! { <DrawnPage page path=path.get_untracked()/> }/>
    }
}

/// The pages above a page: the list, and the person where it is about one.
pub fn above(person: Option<(String, String)>) -> Vec<(String, String)> {
    let mut above = vec![("People".to_owned(), "/people".to_owned())];
    above.extend(person);
    above
}
