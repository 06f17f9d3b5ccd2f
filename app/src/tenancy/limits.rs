//! Role limits of all sites, and the form that plans other ones. Drawn on the server.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::{
    Problem,
    licences::{LARGEST_LIMIT, Tier},
    tenancy::{LimitsRow, LimitsSheet},
};

use super::LIMITS;
use crate::parts::{
    bars::headroom,
    drawn::{Drawing, Page},
    explained::Beside,
    query::text,
    table::{Cell, Head, Row, Table},
    text::{count, number},
};

/// The tiers with the names of their fields.
const TIERS: [(Tier, &str); 3] =
    [(Tier::Creator, "creators"), (Tier::Explorer, "explorers"), (Tier::Viewer, "viewers")];

/// Draws the page. The address may name sites and what was typed before.
pub fn draw(sheet: LimitsSheet, url: &ParamsMap, problem: Option<Problem>) -> Page {
    let LimitsSheet { rows, as_of, counts } = sheet;
    let (sites, site) = (text(url, "sites"), text(url, "site"));
    let is_picked = |row: &LimitsRow| {
        let id = row.site.to_string();
        site == id || sites.split(' ').any(|picked| picked == id)
    };
    let heads = vec![
        Head::view(view! { <span class="hidden">"Choose"</span> }),
        Head::new("Site"),
        Head::num("Creator"),
        Head::num("Explorer"),
        Head::num("Viewer"),
    ];
    let own = rows.iter().filter(|row| Tier::SEATS.iter().any(|tier| row.limits.of(*tier).own().is_some()));
    let caption = format!(
        "{} of {} with limits of their own. Each cell: people, limit, and how many more there may be.",
        own.count(),
        count(rows.len() as u64, "site", "sites")
    );
    let lines = rows.into_iter().map(|row| draw_row(is_picked(&row), row)).collect();
    let tiers = TIERS.map(|(tier, name)| tier_fields(tier, name, url)).collect_view();
    let bad = problem.map(|it| view! { <p class="field-problem">{it.explain().title}</p> });
    let body = view! {
        {counts.map(|problem| view! { <Beside what="Who is on the sites is missing or old." problem/> })}
        <form method="post" action=LIMITS aria-label="Change role limits">
            <section class="card" aria-labelledby="sites-title">
                <h2 id="sites-title">"Which sites"</h2>
                <Table label="Role limits of sites" caption heads rows=lines/>
            </section>
            <section class="card form" aria-labelledby="limits-title" id="change">
                <h2 id="limits-title">"Which limits"</h2>
                <p class="soft">
                    "A limit keeps new people out once it is reached. It takes no role away from those who are there, and it buys no seats."
                </p>
                {tiers}
                {bad}
                <div class="row">
                    <button class="button first" type="submit">"Plan the change"</button>
                    <span class="soft">"Nothing is sent before you have seen the plan and applied it."</span>
                </div>
            </section>
        </form>
    };
    Page {
        title: "Role limits".to_owned(),
        above: vec![("Sites".to_owned(), "/sites".to_owned())],
        as_of: Some(as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn draw_row(picked: bool, row: LimitsRow) -> Row {
    let id = row.site.to_string();
    let label = format!("Choose {}", row.name);
    let mut cells = vec![
        Cell::view(
            view! { <input type="checkbox" name="sites[]" value=id.clone() checked=picked aria-label=label/> },
        ),
        Cell::view(view! { <a href=format!("/sites/{id}")>{row.name.clone()}</a> }).heads_row(),
    ];
    cells.extend(Tier::SEATS.map(|tier| Cell::view(cell(tier, &row)).class("num")));
    cells
}

/// People and limit of a tier, and what that leaves.
fn cell(tier: Tier, row: &LimitsRow) -> AnyView {
    let limit = row.limits.of(tier).own();
    let Some(of) = row.seats else {
        let words = limit.map_or_else(|| "as the cloud".to_owned(), |most| format!("limit {}", number(most)));
        return view! { <span class="soft">{words}</span> }.into_any();
    };
    let used = of.seats.of(tier);
    let (tone, left) = match limit {
        None => ("soft", "as the cloud".to_owned()),
        Some(most) if used > most => ("field-problem", format!("{} over", number(used - most))),
        Some(most) => ("soft", format!("{} left", number(most - used))),
    };
    let who = limit.is_some_and(|most| used > most).then(|| {
        let label = format!("People of {}, where {} is over its limit", row.name, tier.word());
        view! { " " <small><a href=format!("/people?site={}", row.site) aria-label=label>"who"</a></small> }
    });
    view! { {headroom(tier, of.seats, row.limits)} <small class=tone>{left}</small> {who} }.into_any()
}

/// The choice for one tier: as it is, the limit of the cloud, or a number.
fn tier_fields(tier: Tier, name: &'static str, url: &ParamsMap) -> AnyView {
    let chosen = text(url, name);
    let chosen = if chosen.is_empty() { "keep".to_owned() } else { chosen };
    let typed = text(url, &format!("{name}_number"));
    let field = format!("{name}_number");
    let radio = |value: &'static str, words: String| {
        let is_chosen = chosen == value;
        view! {
            <label class="pick"><input type="radio" name=name value=value checked=is_chosen/><span>{words}</span></label>
        }
    };
    view! {
        <fieldset class="field-group">
            <legend>{tier.word()}</legend>
            {radio("keep", "As it is".to_owned())}
            {radio("cloud", "Use the limit of the cloud".to_owned())}
            {radio("own", "The site's own number".to_owned())}
            <label class="beside">
                <span class="hidden">{format!("Number of people with {}", tier.word())}</span>
                <input class="field" type="text" inputmode="numeric" name=field value=typed maxlength="20" autocomplete="off"
                    placeholder=format!("0 to {}", number(LARGEST_LIMIT))/>
            </label>
        </fieldset>
    }
    .into_any()
}
