//! People with a seat who were not seen for long, and the way from there to a plan. Drawn on the server.

use leptos::prelude::*;
use model::{
    Direction, PageRequest,
    licences::{
        Seats, Tier,
        idle::{IdlePage, IdleQuery, IdleRow, IdleSort},
    },
};

use super::{
    idle_query::{PATH, href},
    lower,
    page::{LOWER, above},
    told,
};
use crate::{
    parts::{
        badges::badge,
        choice::ChoiceOf,
        drawn::{Drawing, Page},
        explained::Beside,
        table::{Cell, Head, Place, Row, Table, pager},
        text::{count, number},
    },
    people::rows::{BOX, last, seat},
};

/// Draws one page of the list.
pub fn draw(found: IdlePage, query: &IdleQuery) -> Page {
    let as_of = found.page.as_of;
    let excluded = query.only == "excluded";
    let stale = found.stale.clone().map(|problem| {
        view! { <Beside what="The list is older than it should be." problem/> }
    });
    let loading = (found.loading.running && !found.loading.complete).then(|| {
        view! {
            <p class="notice" role="status">
                <span aria-hidden="true">"…"</span>
                <span>"People are still being read from Tableau: some may be missing. Load the page again in a moment."</span>
            </p>
        }
    });
    let tabs = tabs(&found, query);
    let filters = filters(&found, query);
    let sum = (!excluded).then(|| sum(found.seats));
    let body = if found.page.rows.is_empty() {
        nothing(found.page.of)
    } else {
        let pages = |number, size| href(&IdleQuery { page: PageRequest { number, size }, ..query.clone() });
        let pages = pager(Place::from(&found.page), &pages);
        let total = found.page.total;
        let rows = found.page.rows.iter().map(|it| row(it, as_of, excluded)).collect();
        let table = view! { <Table label="Seats used in vain" class="people idle" heads=heads(query, excluded) rows/> };
        if excluded {
            view! { {table} {pages} }.into_any()
        } else {
            view! {
                <form method="post" action=LOWER class="listed" aria-label="Lower the people chosen">
                    {table}
                    {pages}
                    {lower::many(query, total, &found.sites)}
                </form>
            }
            .into_any()
        }
    };
    let body = view! {
        {stale}
        {loading}
        <section class="card" aria-labelledby="idle-title">
            <h2 id="idle-title">{format!("Not signed in for {} days and more", found.days)}</h2>
            {grade()}
            {filters}
            {tabs}
            {sum}
            {body}
        </section>
    };
    Page {
        title: "Seats used in vain".to_owned(),
        above: above(),
        facts: Drawing::of(view! { <span>"From Steward's own copy of the people"</span> }),
        as_of: Some(as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}

/// What the evidence is worth, before anybody acts on it.
fn grade() -> AnyView {
    view! {
        <details class="counted">
            <summary>"How good is this evidence?"</summary>
            <div>
                <p>
                    "Tableau tells when somebody last signed in to it. That "
                    <strong>"misses Tableau Desktop and Prep"</strong>
                    ", which need a Creator seat: a Creator who was not seen for a year may work every day. For Explorers and Viewers it misses less, such as subscriptions that arrive by e-mail."
                </p>
                <ul>
                    <li><strong>"Long ago"</strong>": Tableau names a day."</li>
                    <li><strong>"Never"</strong>": Tableau tells of the person, but of no sign-in. That this means never is inferred; somebody who was added yesterday looks the same."</li>
                    <li><strong>"Unknown"</strong>": Tableau told nothing that can be read. This is no evidence at all."</li>
                </ul>
                <p>
                    "Left out are you, cloud administrators, site administrators, whoever is protected, people whose seat a suspended site holds, and people excluded by hand with a reason. The day is as old as Steward's copy of the people, whose age stands above; a plan reads everybody afresh."
                </p>
            </div>
        </details>
    }
    .into_any()
}

fn tabs(found: &IdlePage, query: &IdleQuery) -> AnyView {
    let counts = found.counts;
    let all = counts.long + counts.never + counts.unknown;
    let tabs = [
        ("", "All", all),
        ("long", "Long ago", counts.long),
        ("never", "Never", counts.never),
        ("unknown", "Unknown", counts.unknown),
        ("excluded", "Left out", counts.excluded),
    ];
    let links = tabs
        .map(|(word, label, people)| {
            let current = (word == query.only).then_some("true");
            let page = PageRequest { number: 1, ..query.page };
            let to = IdleQuery { only: word.to_owned(), page, ..query.clone() };
            view! { <a href=href(&to) aria-current=current>{label} " " <small>{number(people)}</small></a> }
                .into_any()
        })
        .collect_view();
    view! { <nav class="tabs" aria-label="What the last sign-in says">{links}</nav> }.into_any()
}

fn filters(found: &IdlePage, query: &IdleQuery) -> AnyView {
    let seats = Tier::SEATS.map(|tier| (tier.code().to_owned(), tier.word().to_owned()));
    let mut days: Vec<u32> = vec![30, 60, 90, 180, 365];
    if !days.contains(&found.days) {
        days.push(found.days);
    }
    let days = days
        .into_iter()
        .map(|days| {
            let is_chosen = days == found.days;
            view! { <option value=days.to_string() selected=is_chosen>{format!("{days} days")}</option> }
                .into_any()
        })
        .collect_view();
    view! {
        <form method="get" action=PATH class="filters" role="search">
            <label>
                <span>"Name or e-mail address"</span>
                <input class="field" type="search" name="q" value=query.search.clone() maxlength="200"/>
            </label>
            <ChoiceOf label="Site" name="site" all="Any site" chosen=query.site.clone() pairs=found.sites.clone()/>
            <ChoiceOf label="Seat" name="seat" all="Any seat" chosen=query.seat.clone() pairs=seats.to_vec()/>
            <label>
                <span>"Without a sign-in for"</span>
                <select class="field" name="days">{days}</select>
            </label>
            <input type="hidden" name="only" value=query.only.clone()/>
            <input type="hidden" name="size" value=query.page.size.to_string()/>
            <button class="button first" type="submit">"Show"</button>
        </form>
    }
    .into_any()
}

fn sum(seats: Seats) -> AnyView {
    let parts: Vec<String> = Tier::SEATS
        .iter()
        .filter(|tier| seats.of(**tier) > 0)
        .map(|tier| format!("{} {}", number(seats.of(*tier)), tier.word()))
        .collect();
    if parts.is_empty() {
        return ().into_any();
    }
    let words = format!("They take {} in the tenant.", parts.join(", "));
    view! { <p class="soft" role="status">{words}</p> }.into_any()
}

fn nothing(of: u64) -> AnyView {
    let words = format!("Nobody is like this, of {}. ", count(of, "person", "people"));
    view! { <p class="empty">{words} <a href=PATH>"Show all"</a></p> }.into_any()
}

fn heads(query: &IdleQuery, excluded: bool) -> Vec<Head> {
    let sorting = |head: Head, sort: IdleSort| {
        let now = (query.sort == sort).then_some(query.direction);
        let direction = if now == Some(Direction::Up) { Direction::Down } else { Direction::Up };
        head.sorting(href(&IdleQuery { sort, direction, ..query.clone() }), now)
    };
    let tick = view! { <span class="hidden">"Choose"</span> };
    let mut heads = vec![
        sorting(Head::new("Name"), IdleSort::Name),
        sorting(Head::new("Seat"), IdleSort::Seat),
        sorting(Head::new("Last sign-in"), IdleSort::Last),
        Head::new("Evidence"),
        Head::new(if excluded { "Why" } else { "Held up by" }),
    ];
    if !excluded {
        heads.insert(0, Head::view(tick).class("tick"));
    }
    heads
}

fn row(it: &IdleRow, as_of: model::Moment, excluded: bool) -> Row {
    let person = &it.person;
    let (tone, word, why) = told::evidence(it.evidence, it.seen);
    let name = view! {
        <a href=format!("/licences/people/{}", person.id)>{person.name.clone()}</a>
        {(person.user_name != person.name).then(|| view! { <small class="word">{person.user_name.clone()}</small> })}
    };
    let label = view! { <span class="narrow">"Signed in: "</span> };
    let mut cells = vec![
        Cell::view(name).heads_row(),
        Cell::view(seat(person.tier, person.tier.word().to_owned())),
        Cell::view(view! { {label} {last(person.last_sign_in, as_of)} }).class("nowrap"),
        Cell::view(view! { <span title=why>{badge(tone, word.to_owned())}</span> }),
    ];
    if excluded {
        let (word, reason) = it.left_out.as_ref().map(told::left_out).unwrap_or_default();
        let reason = (!reason.is_empty()).then(|| view! { <small class="word">{reason}</small> });
        cells.push(Cell::view(view! { {badge("info", word.to_owned())} " " {reason} }));
    } else {
        let tick = view! {
            <input
                type="checkbox"
                class=BOX
                name="ids[]"
                value=person.id.to_string()
                autocomplete="off"
                aria-label=format!("Choose {}", person.name)
            />
        };
        cells.insert(0, Cell::view(tick).class("tick"));
        let label = view! { <span class="narrow">"Because of "</span> };
        cells.push(Cell::view(view! { {label} {it.held_by.join(", ")} }).class("names"));
    }
    cells
}
