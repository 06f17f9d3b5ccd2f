//! "What can Dana do to Sam?", with the rule that decides each kind of change.

use leptos::prelude::*;
use model::Problem;
use operations::{GrantChoices, WhatCan, WhatCanRow};

use super::fields::{choice, line};
use crate::parts::{
    badges::badge,
    drawn::{Drawing, Page},
    explained::Beside,
    table::{Cell, Head, Row, Table},
};

/// Draws the question, and the answer where it was asked.
pub fn draw(
    choices: GrantChoices,
    account: String,
    person: String,
    answer: Option<Result<WhatCan, Problem>>,
) -> Page {
    let said = answer.map(|answer| match answer {
        Ok(answer) => table(answer),
        Err(problem) => view! { <Beside what="This cannot be answered." problem/> }.into_any(),
    });
    let nobody = choices.accounts.is_empty().then(|| {
        view! { <p class="soft">"Nobody but cloud administrators has an account yet. " <a href="/accounts">"Invite somebody"</a> " first."</p> }
    });
    let body = view! {
        <p class="soft lead">"Asks the same lock that decides when they try, for every kind of change, and says which rule decides."</p>
        <form class="card form" method="get" action="/grants/what">
            {nobody}
            {choice("account", "What can", &account, choices.accounts)}
            {line("text", "person", "do to", "The name with which that person signs in to Tableau, such as sam@example.com.", person, true)}
            <button class="button first" type="submit">"Ask"</button>
        </form>
        {said}
    };
    Page {
        title: "What can somebody do?".to_owned(),
        above: vec![("Grants".to_owned(), "/grants".to_owned())],
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn table(answer: WhatCan) -> AnyView {
    let caption = "The same rules decide on pages, in files, in runs and for approvals.";
    let heads = vec![
        Head::new("Change"),
        Head::new("Answer"),
        Head::new("Why"),
        Head::new("By grant").class("hide-small"),
    ];
    let title = format!("What {} can do to {}", answer.holder, answer.person);
    let rows = answer.rows.into_iter().map(row).collect();
    view! {
        <section class="card" aria-labelledby="answer-title">
            <h2 id="answer-title">{title}</h2>
            <Table label="Answers" caption heads rows/>
        </section>
    }
    .into_any()
}

fn row(row: WhatCanRow) -> Row {
    let (tone, words) = match row.word.as_str() {
        "yes" => ("good", "yes"),
        "approval" => ("warn", "with approval"),
        "unknown" => ("", "not known"),
        _ => ("bad", "no"),
    };
    let code = (!row.rule.is_empty()).then(|| view! { " " <code>{row.rule}</code> });
    vec![
        Cell::text(row.what).heads_row(),
        Cell::view(badge(tone, words.to_owned())),
        Cell::view(view! { <span>{row.why}{code}</span> }),
        Cell::text(row.grant).class("hide-small"),
    ]
}
