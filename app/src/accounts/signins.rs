//! Sign-ins of one account: when, from where, last seen, and the way to end them. Drawn on the server.

use leptos::prelude::*;
use model::{AccountId, ActId, Moment, accounts::SignInRow};

use super::page::END;
use crate::parts::{
    table::{Cell, Head, Row, Table},
    text::{Time, stretch},
};

/// The sign-ins that live.
pub fn sign_ins(rows: Vec<SignInRow>, account: AccountId, ticket: ActId, now: Moment) -> AnyView {
    let others = rows.iter().filter(|row| !row.this).count();
    let all = (others > 0).then(|| {
        let words = if others == rows.len() { "End all of them" } else { "End all others" };
        view! {
            <form method="post" action=END aria-label=words>
                <input type="hidden" name="account" value=account.to_string()/>
                <input type="hidden" name="ticket" value=ticket.to_string()/>
                <button class="button" type="submit">{words}</button>
            </form>
        }
        .into_any()
    });
    let body = if rows.is_empty() {
        view! { <p class="empty">"Not signed in anywhere."</p> }.into_any()
    } else {
        let heads = vec![
            Head::new("Browser"),
            Head::new("From"),
            Head::new("Since").class("hide-small"),
            Head::new("Last seen"),
            Head::view(view! { <span class="hidden">"End"</span> }),
        ];
        let rows = rows.into_iter().map(|row| draw(row, account, ticket, now)).collect();
        view! { <Table label="Sign-ins" heads rows/> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="sign-ins-title">
            <h2 id="sign-ins-title">"Signed in now"</h2>
            <p class="soft">"Ending a sign-in counts at once. Whoever used it has to sign in again."</p>
            {body}
            {all}
        </section>
    }
    .into_any()
}

fn draw(row: SignInRow, account: AccountId, ticket: ActId, now: Moment) -> Row {
    let SignInRow { key, began, seen, address, browser, this, .. } = row;
    let browser = if browser.is_empty() { "not told".to_owned() } else { browser };
    let label = format!("End the sign-in of {browser} from {address}");
    let end = if this {
        view! { <span class="badge good">"this one"</span> }.into_any()
    } else {
        view! {
            <form method="post" action=END aria-label=label>
                <input type="hidden" name="account" value=account.to_string()/>
                <input type="hidden" name="ticket" value=ticket.to_string()/>
                <input type="hidden" name="one" value=key/>
                <button class="button" type="submit">"End"</button>
            </form>
        }
        .into_any()
    };
    vec![
        Cell::text(browser).class("word").heads_row(),
        Cell::text(address).class("word"),
        Cell::view(view! { <Time at=began/> }).class("hide-small"),
        Cell::text(format!("{} ago", stretch(seen.seconds_until(now)))),
        Cell::view(end),
    ]
}
