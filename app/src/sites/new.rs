//! The page that makes a site: its name and address are looked at while they are typed, its region is chosen on a list.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    Problem,
    site_names::{Flaw, flaws_of_address, flaws_of_name, rewritten, suggested},
    tenancy::{NewSiteSheet, SitePlaceChoice},
};

use super::{map::map, server::get_new_site};
use crate::parts::{
    explained::{Beside, Explained, words},
    form::problem_in_address,
    heading::Heading,
    loaded::{Loaded, reading},
    text::count,
};

/// Where a site is made.
pub const CREATE: &str = "/api/sites/create";

/// Making a site.
#[component]
pub fn NewSitePage() -> impl IntoView {
    let sheet = reading(String::new, get_new_site);
    view! {
        <Heading title="New site" above=vec![("Sites".to_owned(), "/sites".to_owned())]/>
        {problem_in_address(CREATE).map(|problem| view! { <Explained problem/> })}
        <Loaded from=sheet show=|sheet| view! { <NewSite sheet/> }/>
    }
}

#[component]
fn NewSite(sheet: NewSiteSheet) -> impl IntoView {
    let NewSiteSheet { regions, pods, places, taken, ticket } = sheet;
    let query = use_query_map().get_untracked();
    let text = |name: &str| query.get(name).unwrap_or_default();
    let (name, address) = (RwSignal::new(text("name")), RwSignal::new(text("address")));
    // Until somebody types an address of their own, it follows the name.
    let follows = RwSignal::new(address.with_untracked(String::is_empty));
    let problem = problem_in_address(CREATE);
    let there = StoredValue::new(taken.clone().unwrap_or_default());
    let name_flaws = move || {
        name.with(|name| {
            with_taken(
                flaws_of_name(name),
                there.with_value(|all| all.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))),
                "Another site of this tenant has the name.",
            )
        })
    };
    let address_flaws = move || {
        address.with(|address| {
            let kept = rewritten(address);
            let known =
                there.with_value(|all| all.iter().any(|(_, known)| known.eq_ignore_ascii_case(&kept)));
            with_taken(flaws_of_address(address), known, "Another site of this tenant has the address.")
        })
    };
    let sites = match &taken {
        Some(sites) => format!("The tenant has {} now.", count(sites.len() as u64, "site", "sites")),
        None => "Tableau did not tell how many sites the tenant has.".to_owned(),
    };
    let typed_name = move |now: String| {
        if follows.get_untracked() {
            address.set(suggested(&now));
        }
        name.set(now);
    };
    let typed_address = move |now: String| {
        follows.set(now.is_empty());
        address.set(now);
    };
    view! {
        {places.map(|problem| view! { <Beside what="Tableau did not tell where sites can be made." problem/> })}
        <div class="notice info">
            <span aria-hidden="true">"ⓘ"</span>
            <p>
                {sites} " How many more it may have is not known: Tableau's API does not tell. By its help it is 3, 10 or 50, by edition. A site that is made cannot be deleted here."
            </p>
        </div>
        <form method="post" action=CREATE class="card form" aria-label="New site">
            <input type="hidden" name="ticket" value=ticket.to_string()/>
            <Watched name="name" label="Name" hint="1 to 80 characters, as people read it. Unique in the tenant." value=name on_text=typed_name flaws=name_flaws problem=problem.clone()/>
            <Watched name="address" label="Address" hint="Its part of the address: letters, digits, hyphens and underscores. Unique in all of Tableau Cloud." value=address on_text=typed_address flaws=address_flaws problem=problem.clone()/>
            <Places regions pods chosen=text("region") pod=text("pod")/>
            <div class="field-group">
                <label for="reason">"Reason"</label>
                <p class="soft" id="reason-hint">"Kept in the audit log. May stay empty."</p>
                <input class="field" type="text" id="reason" name="reason" value=text("reason") maxlength="500" autocomplete="off" aria-describedby="reason-hint"/>
            </div>
            <div class="row">
                <a class="button" href="/sites">"Cancel"</a>
                <button class="button first" type="submit">"Create the site"</button>
            </div>
        </form>
    }
}

fn with_taken(mut flaws: Vec<Flaw>, taken: bool, words: &str) -> Vec<Flaw> {
    if taken {
        flaws.push(Flaw { refused: true, words: words.to_owned() });
    }
    flaws
}

/// A field that is looked at while somebody types.
#[component]
fn Watched(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: RwSignal<String>,
    on_text: impl Fn(String) + 'static,
    flaws: impl Fn() -> Vec<Flaw> + Copy + Send + Sync + 'static,
    problem: Option<Problem>,
) -> impl IntoView {
    let first = value.get_untracked();
    let said = problem.filter(|it| it.field() == Some(name)).map(|it| words(&it));
    let is_bad = move || value.with(|text| !text.is_empty()) && flaws().iter().any(|flaw| flaw.refused);
    let told = move || {
        // An empty field is not blamed before anything was typed.
        let flaws = if value.with(String::is_empty) { Vec::new() } else { flaws() };
        flaws
            .into_iter()
            .map(|flaw| {
                let class = if flaw.refused { "field-problem" } else { "field-doubt" };
                view! { <p class=class>{flaw.words}</p> }
            })
            .collect_view()
    };
    view! {
        <div class="field-group">
            <label for=name>{label}</label>
            <p class="soft" id=format!("{name}-hint")>{hint}</p>
            <input
                class="field"
                type="text"
                id=name
                name=name
                value=first
                prop:value=value
                required
                autocomplete="off"
                aria-describedby=format!("{name}-hint {name}-problem")
                aria-invalid=move || (is_bad() || said.is_some()).then_some("true")
                on:input=move |event| on_text(event_target_value(&event))
            />
            <div id=format!("{name}-problem") role="status">
                {said.map(|said| view! { <p class="field-problem">{move || said().title}</p> })}
                {told}
            </div>
        </div>
    }
}

/// Regions as a list beside a map, and pods for those who know theirs.
#[component]
fn Places(
    regions: Vec<SitePlaceChoice>,
    pods: Vec<SitePlaceChoice>,
    chosen: String,
    pod: String,
) -> impl IntoView {
    let drawn = map(&regions, &chosen);
    let rows = regions
        .into_iter()
        .zip(1..)
        .map(|(place, number)| {
            let lies = place.position.map(|(latitude, longitude)| lies(latitude, longitude)).unwrap_or_default();
            let preview = place.preview.then(|| view! { <span class="badge warn">"preview"</span> });
            let is_chosen = place.id == chosen;
            let name = if place.name.is_empty() { place.id.clone() } else { place.name };
            view! {
                <label class="pick">
                    <input type="radio" name="region" value=place.id checked=is_chosen/>
                    <span>{format!("{number}. {name}")} " " {preview} <small class="soft">{lies}</small></span>
                </label>
            }
        })
        .collect_view();
    let options = pods
        .into_iter()
        .map(|place| {
            let is_chosen = place.id == pod;
            view! { <option value=place.id selected=is_chosen>{place.name}</option> }
        })
        .collect_view();
    view! {
        <fieldset class="field-group">
            <legend>"Region"</legend>
            <div class="places">
                <div>{rows}
                    <label class="pick"><input type="radio" name="region" value="" checked=chosen.is_empty()/><span>"No region: on the pod below"</span></label>
                </div>
                {drawn}
            </div>
        </fieldset>
        <div class="field-group">
            <label for="pod">"Or on one pod"</label>
            <p class="soft" id="pod-hint">"Only where Tableau told you to. A site is made either in a region or on a pod, never both."</p>
            <select class="field" id="pod" name="pod" aria-describedby="pod-hint">
                <option value="">"No pod: in the region above"</option>
                {options}
            </select>
        </div>
    }
}

/// Where a place lies, in words: `51° N, 7° E`.
fn lies(latitude: f64, longitude: f64) -> String {
    let part = |degrees: f64, plus: &str, minus: &str| {
        format!("{}° {}", degrees.abs().round(), if degrees < 0.0 { minus } else { plus })
    };
    format!("{}, {}", part(latitude, "N", "S"), part(longitude, "E", "W"))
}
