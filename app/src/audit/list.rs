//! The audit log as a list: search, filters and pages, all in the URL.

use leptos::{either::Either, prelude::*};
use leptos_router::{components::Form, hooks::use_query_map, params::ParamsMap};
use model::{
    Page, PageRequest, Problem,
    act::VERBS,
    audit::{ActState, AuditQuery, AuditRow},
};

use super::server::list_audit;
use crate::{
    failure::Failure,
    parts::{
        badges::ActBadge,
        choice::{Choice, ChoiceOf},
        heading::Heading,
        loaded::Loaded,
        query::{address, page, text},
        table::Pager,
        text::{Time, number},
    },
};

/// The log.
#[component]
pub fn AuditListPage() -> impl IntoView {
    let url = use_query_map();
    let asked = Memo::new(move |_| url.with(read));
    let log = Resource::new(move || asked.get(), async |query| list_audit(query.map_err(Failure)?).await);
    let query = move || asked.with(|query| query.clone().unwrap_or_default());
    view! {
        <Heading title="Audit log"/>
        <p class="soft lead">
            "Every change is written here before it is sent to Tableau, and its outcome after it was read back. The records are chained: "
            <code>"steward audit verify"</code> " names the first one that was tampered with."
        </p>
        <Loaded from=log show=move |page| view! { <Found page query=query()/> }/>
    }
}

fn read(url: &ParamsMap) -> Result<AuditQuery, Problem> {
    Ok(AuditQuery {
        search: text(url, "q"),
        verb: text(url, "verb"),
        state: text(url, "state"),
        page: page(url)?,
    })
}

fn href(query: &AuditQuery) -> String {
    let usual = PageRequest::default();
    let unless = |is_usual: bool, value: u32| if is_usual { String::new() } else { value.to_string() };
    address(
        "/audit",
        &[
            ("q", query.search.clone()),
            ("verb", query.verb.clone()),
            ("state", query.state.clone()),
            ("page", unless(query.page.number == usual.number, query.page.number)),
            ("size", unless(query.page.size == usual.size, query.page.size)),
        ],
    )
}

#[component]
fn Found(page: Page<AuditRow>, query: AuditQuery) -> impl IntoView {
    let filtered = !(query.search.is_empty() && query.verb.is_empty() && query.state.is_empty());
    let table = if page.rows.is_empty() {
        let words = if filtered {
            view! { "No entry matches; " {number(page.of)} " are hidden by the filters. " <a href="/audit">"Show all"</a> }
                .into_any()
        } else {
            "Nothing was done yet.".into_any()
        };
        Either::Left(view! { <p class="empty">{words}</p> })
    } else {
        let turn = query.clone();
        let pages =
            move |number, size| href(&AuditQuery { page: PageRequest { number, size }, ..turn.clone() });
        let rows = page.rows.iter().cloned().map(|row| view! { <Row row/> }).collect_view();
        Either::Right(view! {
            <div class="table" role="region" aria-label="Audit log" tabindex="0">
                <table class="wide">
                    <thead>
                        <tr>
                            <th scope="col">"When"</th>
                            <th scope="col">"Who"</th>
                            <th scope="col">"What"</th>
                            <th scope="col">"Why"</th>
                            <th scope="col">"Outcome"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Pager page=page.clone() href=pages/>
        })
    };
    view! {
        <section class="card" aria-label="Entries">
            <Filter query filtered/>
            {table}
        </section>
    }
}

#[component]
fn Filter(query: AuditQuery, filtered: bool) -> impl IntoView {
    let verbs = VERBS.iter().map(|(verb, words)| ((*verb).to_owned(), (*words).to_owned())).collect();
    let states = ActState::ALL.map(|state| state.word().to_owned());
    let clear = filtered.then(|| view! { <a class="button" href="/audit">"Clear filters"</a> });
    view! {
        <Form method="GET" action="" attr:class="filters" attr:role="search">
            <label>
                <span>"Person, object, reason or reference"</span>
                <input class="field" type="search" name="q" value=query.search maxlength="200"/>
            </label>
            <ChoiceOf label="Act" name="verb" all="Any act" chosen=query.verb pairs=verbs/>
            <Choice label="Outcome" name="state" all="Any outcome" chosen=query.state words=states/>
            <input type="hidden" name="size" value=query.page.size.to_string()/>
            <button class="button first" type="submit">"Show"</button>
            {clear}
        </Form>
    }
}

#[component]
fn Row(row: AuditRow) -> impl IntoView {
    view! {
        <tr>
            <td class="nowrap"><Time at=row.at/></td>
            <td>{row.who.clone()}</td>
            <th scope="row"><a href=format!("/audit/{}", row.act)>{row.sentence()}</a></th>
            <td class="told">{row.reason.clone()}</td>
            <td><ActBadge state=row.state/> {row.code.clone().map(|code| view! { <small><code>{code}</code></small> })}</td>
        </tr>
    }
}
