//! The rows of a job, each with its code in plain words and what to do next.

use leptos::{either::Either, prelude::*};
use model::{
    PageRequest,
    codes::{self, Source, Tone},
    jobs::{JobItem, JobSheet, Outcome},
};

use super::kinds;
use crate::parts::{query::address, table::Pager, text::number};

const CHOICES: &[(Outcome, &str, &str)] = &[
    (Outcome::All, "", "All"),
    (Outcome::Look, "look", "Need a look"),
    (Outcome::Done, "done", "Done as asked"),
    (Outcome::Open, "open", "No result yet"),
];

/// The rows.
#[component]
pub fn Items(
    /// The job with the page of rows.
    sheet: JobSheet,
    /// Which rows are shown.
    outcome: Outcome,
) -> impl IntoView {
    let JobSheet { job, items, cut_off, .. } = sheet;
    let word = CHOICES.iter().find(|(known, ..)| *known == outcome).map_or("", |(_, word, _)| word);
    let path = format!("/jobs/{}", job.id);
    let here = path.clone();
    let href = move |page: u32, size: u32| {
        let usual = PageRequest::default();
        let unless = |is_usual: bool, value: u32| if is_usual { String::new() } else { value.to_string() };
        address(
            &here,
            &[
                ("rows", word.to_owned()),
                ("page", unless(page == usual.number, page)),
                ("size", unless(size == usual.size, size)),
            ],
        )
    };
    let tabs = CHOICES
        .iter()
        .map(|(choice, word, label)| {
            let current = (*choice == outcome).then_some("true");
            let href = address(&path, &[("rows", (*word).to_owned())]);
            view! { <a href=href aria-current=current>{*label}</a> }
        })
        .collect_view();
    let body = if items.rows.is_empty() {
        Either::Left(view! { <NoRows of=items.of/> })
    } else {
        let rows = items.rows.iter().cloned().map(|item| view! { <Row item/> }).collect_view();
        Either::Right(view! {
            <div class="table" role="region" aria-labelledby="rows-title" tabindex="0">
                <table class="rows">
                    <thead>
                        <tr>
                            <th scope="col" class="num">"Line"</th>
                            <th scope="col">"Person"</th>
                            <th scope="col">"Asked for"</th>
                            <th scope="col">"Outcome"</th>
                            <th scope="col">"What happened, and what to do"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Pager page=items.clone() href/>
        })
    };
    view! {
        <section class="card" aria-labelledby="rows-title">
            <h2 id="rows-title">"Rows"</h2>
            <nav class="tabs" aria-label="Which rows">{tabs}</nav>
            {cut_off.then(|| view! { <p class="notice warn">"The job has more rows than Steward reads here; the rest is left out."</p> })}
            {body}
        </section>
    }
}

#[component]
fn NoRows(of: u64) -> impl IntoView {
    if of == 0 {
        view! { <p class="empty">"Tableau has told no rows of this job so far."</p> }.into_any()
    } else {
        view! { <p class="empty">"None of the " {number(of)} " rows is of this kind."</p> }.into_any()
    }
}

#[component]
fn Row(item: JobItem) -> impl IntoView {
    let said = item.code.as_deref().map(|code| codes::explain(code).unwrap_or_else(codes::unknown));
    let person = item
        .user_name
        .clone()
        .or_else(|| item.user.map(|user| user.to_string()))
        .unwrap_or_else(|| "not told".to_owned());
    let role = item.site_role.clone().or_else(|| item.tenant_role.clone());
    view! {
        <tr>
            <td class="num">{item.line.clone()}</td>
            <th scope="row">{person}</th>
            <td>
                {item.kind.as_deref().map(kinds::row)}
                {role.map(|role| view! { <small>{role}</small> })}
            </td>
            <td><OutcomeBadge status=item.status.clone() tone=said.map(|said| said.tone)/></td>
            <td class="told"><Said said code=item.code/></td>
        </tr>
    }
}

/// The vendor's status decides; the code's tone adds "not as asked".
#[component]
fn OutcomeBadge(status: String, tone: Option<Tone>) -> impl IntoView {
    let (class, word) = match (status.as_str(), tone) {
        ("SUCCESSFUL", Some(Tone::Warning | Tone::Bad)) => ("badge warn", "differs".to_owned()),
        ("SUCCESSFUL", _) => ("badge good", "done".to_owned()),
        ("FAILED", _) => ("badge bad", "failed".to_owned()),
        ("NEW" | "PENDING", _) => ("badge", "waiting".to_owned()),
        ("IN_PROGRESS", _) => ("badge info", "running".to_owned()),
        _ => ("badge", status),
    };
    view! { <span class=class>{word}</span> }
}

#[component]
fn Said(said: Option<codes::Explained>, code: Option<String>) -> impl IntoView {
    let (Some(said), Some(code)) = (said, code) else {
        return view! { <span class="soft">"No result yet."</span> }.into_any();
    };
    let source = match said.source {
        Source::VendorPage => None,
        Source::PublicClient => Some(" · meaning inferred from a public client"),
        Source::Unknown => Some(" · not in any list we know"),
    };
    view! {
        <p>{said.meaning} {said.next.map(|next| view! { " " <strong>"Next: "</strong>{next} })}</p>
        <small class="soft"><code>{code}</code>{said.symbol.map(|symbol| format!(" {symbol}"))}{source}</small>
    }
    .into_any()
}
