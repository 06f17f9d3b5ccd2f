//! The tokens of the person who looks: what there is, making one, swapping the one in use, revoking. Drawn on the server.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use model::{
    Moment, Problem,
    tenancy::{EndsSoon, InUse, TokenRow, TokensSheet},
};

use super::{TOKEN_CREATE, TOKEN_REVOKE, TOKEN_SWAP};
use crate::parts::{
    badges::badge,
    drawn::{Drawing, Page},
    pairs::Fact,
    query::text,
    table::{Cell, Head, Row, Table},
    text::{count, stretch},
};

/// Draws the page. `problem` is what a form of it ran into.
pub fn draw(sheet: TokensSheet, url: &ParamsMap, problem: Option<Problem>) -> Page {
    let TokensSheet { tokens, ticket, as_of } = sheet;
    let ticket = ticket.to_string();
    let perhaps = tokens.iter().any(|row| row.in_use == InUse::Perhaps);
    let caption = format!(
        "{}. Only your own are told, and only while they are valid.",
        count(tokens.len() as u64, "token", "tokens")
    );
    let rows: Vec<Row> = tokens.into_iter().map(|row| draw_row(row, as_of, &ticket)).collect();
    let heads = vec![
        Head::new("Token"),
        Head::new("In use here"),
        Head::new("Ends"),
        Head::num("Left"),
        Head::view(view! { <span class="hidden">"Revoke"</span> }),
    ];
    let unsure = perhaps.then(|| {
        view! {
            <p class="soft">
                "Tableau does not tell which of them you signed in with. After a swap below Steward knows; until then it warns of the earliest end and of every revocation."
            </p>
        }
    });
    let list = if rows.is_empty() {
        view! { <p class="empty">"Tableau lists no token of yours."</p> }.into_any()
    } else {
        view! { <Table label="Your tokens" caption heads rows/> }.into_any()
    };
    let fields = (text(url, "token_name"), text(url, "days"));
    let wrong = |name: &'static str| {
        problem.as_ref().filter(|it| it.field() == Some(name)).map(|it| it.explain().title)
    };
    let (wrong_name, wrong_days) = (wrong("token_name"), wrong("days"));
    let body = view! {
        <section class="card" aria-labelledby="list-title">
            <h2 id="list-title">"Your tokens"</h2>
            {unsure}
            {list}
        </section>
        {swap(&ticket, &fields)}
        {create(&ticket, &fields, wrong_name, wrong_days)}
    };
    Page {
        title: "Tokens".to_owned(),
        above: vec![("Connection".to_owned(), "/connection".to_owned())],
        as_of: Some(as_of),
        body: Drawing::of(body),
        ..Page::default()
    }
}

fn draw_row(row: TokenRow, now: Moment, ticket: &str) -> Row {
    let TokenRow { token, in_use } = row;
    let left = token.ends.map(|ends| now.seconds_until(ends));
    let soon = left.and_then(EndsSoon::of);
    let left_words = left.map_or_else(|| "not told".to_owned(), stretch);
    let left = match soon {
        Some(soon) => badge(soon.tone(), left_words),
        None => view! { <span>{left_words}</span> }.into_any(),
    };
    let used = match in_use {
        InUse::Yes => badge("good", "yes".to_owned()),
        InUse::No => view! { <span class="soft">"no"</span> }.into_any(),
        InUse::Perhaps => badge("warn", "perhaps".to_owned()),
    };
    let revoke = match token.id {
        Some(id) => revoke(id.to_string(), &token.name, in_use, ticket),
        None => view! { <span class="soft">"Tableau tells no id for it"</span> }.into_any(),
    };
    let name = if token.name.is_empty() { "without a name".to_owned() } else { token.name };
    vec![
        Cell::text(name).heads_row().class("word"),
        Cell::view(used),
        Cell::view(Fact::time(token.ends, "not told").draw()),
        Cell::view(left).class("num"),
        Cell::view(revoke),
    ]
}

/// The form that revokes; where it may be the one in use, the consequence has to be confirmed first.
fn revoke(id: String, name: &str, in_use: InUse, ticket: &str) -> AnyView {
    let words = match in_use {
        InUse::No => None,
        InUse::Yes => Some("I know that this signs me out: Steward uses this very token"),
        InUse::Perhaps => Some("I know that this may sign me out: it may be the token that Steward uses"),
    };
    let asked = words.map(|words| {
        view! {
            <label class="pick"><input type="checkbox" name="checked" value="yes" required/><span>{words}</span></label>
        }
    });
    let form = view! {
        <form method="post" action=TOKEN_REVOKE aria-label=format!("Revoke {name}")>
            <input type="hidden" name="token" value=id/>
            <input type="hidden" name="ticket" value=ticket.to_owned()/>
            {asked}
            <button class="button danger" type="submit">{format!("Revoke {name}")}</button>
        </form>
    };
    match words {
        None => form.into_any(),
        Some(_) => view! { <details><summary>"Revoke…"</summary>{form}</details> }.into_any(),
    }
}

/// The guided swap: make, try, use, and then revoke the old one.
fn swap(ticket: &str, fields: &(String, String)) -> AnyView {
    let steps = [
        ("Make", "a new token in Tableau"),
        ("Try", "whether it signs in"),
        ("Swap", "the sealed token of this sign-in"),
        ("Revoke", "the old one, on the next page"),
    ];
    let steps = steps
        .map(|(word, note)| view! { <li class="todo"><strong>{word}</strong><small>{note}</small></li> })
        .collect_view();
    view! {
        <section class="card form" aria-labelledby="swap-title" id="swap">
            <h2 id="swap-title">"Swap the token in use for a new one"</h2>
            <ol class="steps">{steps}</ol>
            <p class="soft">
                "If the new one does not sign in, the old one stays in use. The secret of the new one is shown once, because you need it at your next sign-in."
            </p>
            <form method="post" action=TOKEN_SWAP aria-label="Swap the token in use">
                <input type="hidden" name="ticket" value=ticket.to_owned()/>
                {token_fields("swap", fields, None, None)}
                <button class="button first" type="submit">"Make, try and swap"</button>
            </form>
        </section>
    }
    .into_any()
}

fn create(
    ticket: &str,
    fields: &(String, String),
    wrong_name: Option<&'static str>,
    wrong_days: Option<&'static str>,
) -> AnyView {
    view! {
        <section class="card form" aria-labelledby="create-title" id="create">
            <h2 id="create-title">"Make a token for something else"</h2>
            <p class="soft">"Its secret is shown once and kept nowhere: not in Steward's database, its log or its audit log."</p>
            <form method="post" action=TOKEN_CREATE aria-label="Make a token">
                <input type="hidden" name="ticket" value=ticket.to_owned()/>
                {token_fields("create", fields, wrong_name, wrong_days)}
                <button class="button" type="submit">"Make the token"</button>
            </form>
        </section>
    }
    .into_any()
}

fn token_fields(
    form: &'static str,
    (name, days): &(String, String),
    wrong_name: Option<&'static str>,
    wrong_days: Option<&'static str>,
) -> AnyView {
    let days = if days.is_empty() { "180".to_owned() } else { days.clone() };
    let id = move |field: &str| format!("{form}-{field}");
    view! {
        <div class="field-group">
            <label for=id("name")>"Name"</label>
            <p class="soft" id=id("name-hint")>"Names of your tokens differ. Say what it is for, and when it was made."</p>
            <input class="field" type="text" id=id("name") name="token_name" value=name.clone() required maxlength="80"
                autocomplete="off" aria-describedby=format!("{} {}", id("name-hint"), id("name-problem"))
                aria-invalid=wrong_name.map(|_| "true")/>
            <p class="field-problem" id=id("name-problem")>{wrong_name}</p>
        </div>
        <div class="field-group">
            <label for=id("days")>"Valid for how many days"</label>
            <p class="soft" id=id("days-hint")>"1 to 365. Tableau advises 180 at most."</p>
            <input class="field" type="text" inputmode="numeric" id=id("days") name="days" value=days required maxlength="4"
                autocomplete="off" aria-describedby=format!("{} {}", id("days-hint"), id("days-problem"))
                aria-invalid=wrong_days.map(|_| "true")/>
            <p class="field-problem" id=id("days-problem")>{wrong_days}</p>
        </div>
    }
    .into_any()
}
