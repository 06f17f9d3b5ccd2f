//! The list of people, as the server draws it, with what a script adds: a search that follows the typing, and a choice
//! of people that outlives the page.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use model::{Moment, Permission};
use serde::{Deserialize, Serialize};

use super::{
    fields::{PLAN, came_back},
    picked::Picked,
    searching::SearchBox,
    server::{change_fields, list_people},
};
use crate::frame::if_may;
use crate::parts::{
    drawn::{Drawing, Drawn},
    heading::{AsOf, Heading},
    loaded::{IfLoaded, Loaded, Reading, reading},
};

/// How soon a page looks again while people are being read.
const AGAIN: Duration = Duration::from_secs(2);

/// The list as the server draws it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Listed {
    /// The filters beside the search box.
    pub filters: Drawing,
    /// What to know before the rows: problems, how far the reading is, the filters in use.
    pub above: Drawing,
    /// How many people.
    pub counted: Drawing,
    /// The way to files.
    pub files: Drawing,
    /// The rows, and the way to other pages.
    pub rows: Drawing,
    /// Whom a change is about: those ticked, or those who match.
    pub whom: Drawing,
    /// The address of the list.
    pub here: String,
    /// How old it is.
    pub as_of: Moment,
    /// Whether people are being read at this moment.
    pub running: bool,
}

/// Everyone in the tenant, one page at a time.
#[component]
pub fn PeopleListPage() -> impl IntoView {
    let url = use_query_map();
    // Counts up while people are still being read, so that the page asks again.
    let news = RwSignal::new(0_u32);
    let asked = move || url.with(ParamsMap::to_query_string);
    let people = reading(
        move || format!("{} {}", asked(), news.get()),
        // Only the press itself asks Tableau; looking again for what it brought does not.
        move || list_people(asked(), news.get() > 0),
    );
    let fields = reading(String::new, change_fields);
    let picked = Picked::new();
    view! {
        <Heading title="People">
            {if_may(&[Permission::ImportFiles], || view! { <a class="button" href="/people/import">"Import a file"</a> }.into_any())}
            {if_may(&CHANGES, || view! { <a class="button" href="/people/change">"Change a pasted list"</a> }.into_any())}
            {if_may(&[Permission::CreatePeople], || view! { <a class="button first" href="/people/new">"Add a person"</a> }.into_any())}
        </Heading>
        {came_back(PLAN)}
        <section class="card" aria-label="People of the tenant">
            <form method="get" action="/people" class="filters sought" role="search">
                <SearchBox/>
                <IfLoaded from=people show=|found: Listed| view! { <Drawn drawing=found.filters/> }/>
            </form>
            <form method="post" action=PLAN class="listed" autocomplete="off" on:change=move |event| picked.turned(&event)>
                <Loaded from=people show=move |found| view! { <Found found news picked/> }/>
                {if_may(&CHANGES, move || change(picked, people, fields))}
            </form>
        </section>
    }
}

/// What can be changed for many people at once.
pub const CHANGES: [Permission; 5] = [
    Permission::ChangeRoles,
    Permission::ChangeSignIn,
    Permission::RemoveFromSites,
    Permission::ChangeDetails,
    Permission::DeletePeople,
];

/// The change of those who are ticked.
fn change(picked: Picked, people: Reading<Listed>, fields: Reading<Drawing>) -> AnyView {
    view! {
        <div class="change">
            {picked.counted()}
            <details>
                <summary><strong>"Change people…"</strong></summary>
                <div class="form">
                    <IfLoaded from=people show=|found: Listed| view! { <Drawn drawing=found.whom/> }/>
                    <IfLoaded from=fields show=|drawing| view! { <Drawn drawing/> }/>
                </div>
            </details>
        </div>
    }
    .into_any()
}

#[component]
fn Found(found: Listed, news: RwSignal<u32>, picked: Picked) -> impl IntoView {
    let running = found.running;
    Effect::new(move |_| {
        picked.show();
        if running {
            set_timeout(move || _ = news.try_update(|news| *news += 1), AGAIN);
        }
    });
    view! {
        <Drawn drawing=found.above/>
        <div class="found">
            <Drawn drawing=found.counted/>
            <AsOf at=found.as_of here=found.here/>
            <Drawn drawing=found.files/>
        </div>
        <Drawn drawing=found.rows/>
    }
}
