//! The page of the doctor. Tableau is asked only where the address says so, which the button does.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{server::get_doctor, unlock::UNLOCK};
use crate::parts::{
    drawn::DrawnPage,
    explained::Explained,
    form::problem_in_address,
    loaded::{Loaded, reading},
    query::text,
};

/// The doctor.
#[component]
pub fn DoctorPage() -> impl IntoView {
    let query = use_query_map();
    let round = move || query.with(|query| text(query, "try"));
    let problem = problem_in_address(UNLOCK).map(|problem| view! { <Explained problem/> });
    let page = reading(round, move || get_doctor(round()));
    view! {
        {problem}
        <Loaded from=page instead="Connection doctor" show=|page| view! { <DrawnPage page path="/doctor".to_owned()/> }/>
    }
}
