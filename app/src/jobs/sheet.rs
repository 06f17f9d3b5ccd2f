//! The list of runs and of jobs, and the form that opens a job by its id. Drawn on the server.

use leptos::prelude::*;
use model::{PageRequest, runs::RunsQuery};

use super::told::{Entry, Listed};
use crate::parts::{
    badges::badge,
    choice::ChoiceOf,
    drawn::Drawing,
    pairs::Fact,
    query::address,
    table::{Cell, Head, Place, Row, Table, pager},
    text::{Time, number},
};

/// What the address asks for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `jobs` for Tableau's jobs; empty for Steward's runs.
    pub show: String,
    /// Which of them.
    pub query: RunsQuery,
}

/// Draws the list.
pub fn draw(found: Listed, asked: Asked) -> Drawing {
    Drawing::of(view! {
        <Found found asked/>
        <section class="card" aria-labelledby="open-title">
            <h2 id="open-title">"Open a job"</h2>
            <p class="soft">
                "Tableau runs changes of people as jobs and gives each an id. It has no list of them; Steward lists those it has met."
            </p>
            <form method="get" action="/jobs/open" class="filters">
                <label class="grow">
                    <span>"Job id"</span>
                    <input
                        class="field"
                        name="id"
                        required
                        maxlength="36"
                        autocomplete="off"
                        placeholder="9d222c6d-893e-4e79-8201-3c9ca16a0f39"
                    />
                </label>
                <button class="button first" type="submit">"Open job"</button>
            </form>
        </section>
    })
}

fn href(asked: &Asked) -> String {
    let Asked { show, query } = asked;
    let usual = PageRequest::default();
    let unless = |is_usual: bool, value: u32| if is_usual { String::new() } else { value.to_string() };
    address(
        "/jobs",
        &[
            ("show", show.clone()),
            ("whose", query.whose.clone()),
            ("state", query.state.clone()),
            ("kind", query.kind.clone()),
            ("page", unless(query.page.number == usual.number, query.page.number)),
            ("size", unless(query.page.size == usual.size, query.page.size)),
        ],
    )
}

#[component]
fn Found(found: Listed, asked: Asked) -> impl IntoView {
    let Listed { rows: page, states, kinds } = found;
    let of_runs = asked.show.is_empty();
    let tabs = [("", "Runs of Steward"), ("jobs", "Jobs of Tableau")].map(|(show, label)| {
        let current = (show == asked.show).then_some("true");
        let query = RunsQuery { whose: asked.query.whose.clone(), ..RunsQuery::default() };
        view! { <a href=href(&Asked { show: show.to_owned(), query }) aria-current=current>{label}</a> }
            .into_any()
    });
    let table = if page.rows.is_empty() {
        view! { <Nothing of=page.of asked=asked.clone()/> }.into_any()
    } else {
        let pages = |number, size| {
            let query = RunsQuery { page: PageRequest { number, size }, ..asked.query.clone() };
            href(&Asked { query, ..asked.clone() })
        };
        let pages = pager(Place::from(&page), &pages);
        let heads = if of_runs {
            vec![
                Head::new("Run"),
                Head::new("State"),
                Head::new("How far"),
                Head::new("By").class("hide-small"),
                Head::new("Applied").class("hide-small"),
            ]
        } else {
            vec![
                Head::new("Job"),
                Head::new("State"),
                Head::new("Run").class("hide-small"),
                Head::new("Last look").class("hide-small"),
                Head::new("Id"),
            ]
        };
        let rows = page.rows.into_iter().map(|entry| row(entry, of_runs)).collect();
        let label = if of_runs { "Runs of Steward" } else { "Jobs seen through Steward" };
        view! { <Table label heads rows/> {pages} }.into_any()
    };
    view! {
        <section class="card" aria-label="Runs and jobs">
            <nav class="tabs" aria-label="Which list">{tabs.into_iter().collect_view()}</nav>
            <Filter asked states kinds/>
            {table}
        </section>
    }
    .into_any()
}

#[component]
fn Filter(asked: Asked, states: Vec<(String, String)>, kinds: Vec<(String, String)>) -> impl IntoView {
    let Asked { show, query } = asked;
    let filtered = !(query.whose.is_empty() && query.state.is_empty() && query.kind.is_empty());
    let clear = filtered.then(|| {
        let href = href(&Asked { show: show.clone(), query: RunsQuery::default() });
        view! { <a class="button" href=href>"Clear filters"</a> }
    });
    let mine = vec![("mine".to_owned(), "Mine".to_owned())];
    let kind = (!kinds.is_empty())
        .then(|| view! { <ChoiceOf label="Kind" name="kind" all="Any kind" chosen=query.kind pairs=kinds/> });
    view! {
        <form method="get" action="/jobs" class="filters even" role="search">
            <ChoiceOf label="Whose" name="whose" all="Everyone's" chosen=query.whose pairs=mine/>
            <ChoiceOf label="State" name="state" all="Any state" chosen=query.state pairs=states/>
            {kind}
            <input type="hidden" name="show" value=show/>
            <input type="hidden" name="size" value=query.page.size.to_string()/>
            <button class="button first" type="submit">"Show"</button>
            {clear}
        </form>
    }
    .into_any()
}

/// Nothing exists, or the filter hides all: two different things.
#[component]
fn Nothing(of: u64, asked: Asked) -> impl IntoView {
    let words = match (of, asked.show.as_str()) {
        (0, "") => "None so far. A run begins when somebody applies a plan.".to_owned(),
        (0, _) => {
            "None so far. Jobs that Steward starts, and those that somebody opens here, are remembered."
                .to_owned()
        }
        (of, _) => format!("Nothing matches; {} are hidden by the filters.", number(of)),
    };
    view! { <p class="empty">{words}</p> }.into_any()
}

fn row(entry: Entry, of_runs: bool) -> Row {
    let Entry { href, title, id, tone, word, told, run, who, at } = entry;
    let mut cells = vec![Cell::link(href, title, None), Cell::view(badge(&tone, word))];
    let at = Cell::view(view! { <Time at/> }).class("when hide-small");
    if of_runs {
        cells.extend([Cell::text(told), Cell::text(who).class("hide-small"), at]);
    } else {
        let run = (!run.is_empty()).then(|| view! { <a href=run>"its run"</a> }.into_any());
        let whose = (!who.is_empty()).then(|| view! { <small>{format!(" by {who}")}</small> }.into_any());
        cells.extend([
            Cell::view(view! { {run} {whose} }).class("hide-small"),
            at,
            Cell::view(Fact::Code(id).draw()),
        ]);
    }
    cells
}
