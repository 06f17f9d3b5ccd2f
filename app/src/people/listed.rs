//! The list of people, drawn on the server: what is beside the search box, and everything below it.

use leptos::prelude::*;
use model::{
    PageRequest, Permission,
    people::{Loading, PeoplePage},
};

use super::{
    filter::{chips, filters},
    list::Listed,
    query::Asked,
    rows::table,
};
use crate::ask::may;
use crate::parts::{
    drawn::Drawing,
    explained::Beside,
    live::look_again,
    table::{Place, pager},
    text::{count, number},
};

/// Draws one page of people.
pub fn draw(found: PeoplePage, asked: &Asked) -> Listed {
    let PeoplePage { page, choices, loading, stale } = found;
    let (total, of, as_of) = (page.total, page.of, page.as_of);
    let above = view! {
        {stale.map(|problem| view! { <Beside what="The list is older than it should be." problem/> })}
        {loading.running.then(|| still_reading(&loading))}
        {chips(&choices, asked)}
    };
    let files = may(Permission::ExportLists).then(|| {
        view! {
            <p class="row export">
                <span class="soft">{format!("Export {}:", number(total))}</span>
                <a href=asked.export("csv") rel="external" download>"CSV"</a>
                <a href=asked.export("json") rel="external" download>"JSON"</a>
            </p>
        }
    });
    let rows = if page.rows.is_empty() {
        nothing(of, &loading)
    } else {
        let pages = pager(Place::from(&page), &|number, size| asked.on(PageRequest { number, size }).href());
        view! { {table(page.rows, asked, as_of)} {pages} }.into_any()
    };
    let counted = view! { <p role="status">{told(total, of)}</p> };
    Listed {
        filters: Drawing::of(filters(&choices, asked)),
        above: Drawing::of(above),
        counted: Drawing::of(counted),
        files: Drawing::of(files),
        rows: Drawing::of(rows),
        whom: Drawing::of(whom(asked, total)),
        here: asked.href(),
        as_of,
        running: loading.running,
    }
}

/// How many match, and of how many.
fn told(total: u64, of: u64) -> String {
    if total == of {
        count(of, "person", "people")
    } else {
        format!("{} of {} people", number(total), number(of))
    }
}

/// While people are being read from Tableau: how far it is. The page looks again by itself.
fn still_reading(loading: &Loading) -> AnyView {
    let so_far = count(loading.so_far, "person", "people");
    if loading.complete {
        return view! { <p class="soft as-of">{format!("Being read anew: {so_far} so far.")}</p> }.into_any();
    }
    view! {
        {look_again()}
        <div class="notice" role="status">
            <span aria-hidden="true">"…"</span>
            <p>
                <strong>{format!("Still reading: {so_far} so far.")}</strong>
                " Until all are read, people may be missing from this list."
            </p>
        </div>
    }
    .into_any()
}

/// Nothing exists, nothing was read yet, or the filters hide all: three different things. That Tableau does not answer
/// is the fourth, and is explained as a problem.
fn nothing(of: u64, loading: &Loading) -> AnyView {
    let words = match (of, loading.complete) {
        (0, true) => {
            let add = may(Permission::CreatePeople);
            let add = add.then(|| view! { <a href="/people/new">"Add a person"</a> });
            let none =
                if add.is_some() { "This tenant has no people yet. " } else { "Nobody is in your scope." };
            view! { {none} {add} }.into_any()
        }
        (0, false) => "No people were read so far.".into_any(),
        _ => {
            let hidden = count(of, "person is", "people are");
            view! { {format!("Nobody matches. {hidden} hidden by the filters. ")} <a href="/people">"Show everyone"</a> }
                .into_any()
        }
    };
    view! { <p class="empty">{words}</p> }.into_any()
}

/// Whom a change is about: those ticked, or everyone who matches.
fn whom(asked: &Asked, total: u64) -> AnyView {
    let query = &asked.query;
    let words = [
        ("query[search]", &query.search),
        ("query[role]", &query.role),
        ("query[tenant]", &query.tenant),
        ("query[status]", &query.status),
        ("query[site]", &query.site),
        ("query[signin]", &query.signin),
        ("query[last]", &query.last),
        ("query[mark]", &query.mark),
    ];
    let words = words
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.clone()/> })
        .collect_view();
    let everyone = if query.narrows() { "Everyone who matches" } else { "Everyone in the tenant" };
    view! {
        {words}
        <fieldset class="picks">
            <legend>"Whom"</legend>
            <label class="pick">
                <input type="radio" name="whom" value="ticked" checked/>
                <span>"The people ticked in the list"</span>
            </label>
            <label class="pick">
                <input type="radio" name="whom" value="matching"/>
                <span>{format!("{everyone} ({})", number(total))}</span>
            </label>
        </fieldset>
    }
    .into_any()
}
