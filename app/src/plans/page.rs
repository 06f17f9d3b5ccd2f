//! The page of a plan: its rows by verdict, each with before and after, and the way to apply it once.

use leptos::prelude::*;
use leptos_router::{
    hooks::{use_params_map, use_query_map},
    params::ParamsMap,
};
use model::plan::StepsQuery;

use super::{
    server::get_plan,
    sheet::{ANEW, APPLY, DISCARD},
};
use crate::{
    failure::Failure,
    parts::{
        drawn::{Drawn, Sheet},
        explained::Explained,
        form::problem_in_address,
        heading::Heading,
        lines::Asked,
        loaded::{Loaded, reading},
    },
};

/// One plan.
#[component]
pub fn PlanPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let applying = problem_in_address(APPLY);
    let wrong = applying.as_ref().map(|problem| problem.code.word()).unwrap_or_default();
    let about = move || format!("{} {}", id(), query.with(ParamsMap::to_query_string));
    let plan = reading(about, move || {
        let (id, asked, wrong) = (id(), query.with(Asked::read), wrong.clone());
        async move {
            let Asked { rows, search, page } = asked.map_err(Failure)?;
            get_plan(id, StepsQuery { verdict: rows, search, page }, wrong).await
        }
    });
    let problem = applying.or_else(|| [DISCARD, ANEW].into_iter().find_map(problem_in_address));
    view! {
        {problem.map(|problem| view! { <Explained problem/> })}
        <Loaded from=plan instead="Plan" show=|plan| view! { <Shown plan/> }/>
    }
}

#[component]
fn Shown(plan: Sheet) -> impl IntoView {
    view! {
        <Heading title=plan.title above=plan.above>
            <Drawn drawing=plan.beside/>
        </Heading>
        <Drawn drawing=plan.body/>
    }
}
