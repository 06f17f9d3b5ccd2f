//! The owner's list of accounts, and the form that invites somebody. Drawn on the server.

use leptos::prelude::*;
use model::{
    ActId, Moment,
    accounts::{AccountRow, Accounts, INVITATION_HOURS, Kind, Standing},
};

use super::page::INVITE;
use crate::parts::{
    badges::badge,
    drawn::{Drawing, Page},
    form::step_up_first,
    table::{Cell, Head, Row, Table},
    text::{count, stretch},
};

/// Draws the list.
pub fn draw(found: Accounts, ticket: ActId, stale: bool) -> Page {
    let now = found.now;
    let (members, administrators): (Vec<_>, Vec<_>) =
        found.rows.into_iter().partition(|row| row.kind == Kind::Member);
    let you = found.you;
    let body = view! {
        {invite(ticket, stale)}
        {table("Invited people", "members", "People without a token of Tableau's. They can do what they are given, and nothing else.", members, now, you)}
        {table("Cloud administrators", "administrators", "They signed in with a token of their own, and may do everything that Tableau lets them.", administrators, now, you)}
    };
    Page { title: "Accounts".to_owned(), body: Drawing::of(body), ..Page::default() }
}

fn invite(ticket: ActId, stale: bool) -> AnyView {
    let hint = format!(
        "They get a link that counts once, for {INVITATION_HOURS} hours. You see it once, after this form."
    );
    view! {
        <section class="card form" aria-labelledby="invite-title">
            <h2 id="invite-title">"Invite somebody"</h2>
            {stale.then(|| step_up_first("/accounts"))}
            <form method="post" action=INVITE aria-label="Invite somebody">
                <input type="hidden" name="ticket" value=ticket.to_string()/>
                <div class="field-group">
                    <label for="email">"E-mail address"</label>
                    <p class="soft" id="email-hint">{hint}</p>
                    <input class="field" type="email" id="email" name="email" required maxlength="254" autocomplete="off" aria-describedby="email-hint"/>
                </div>
                <button class="button first" type="submit">"Invite"</button>
            </form>
        </section>
    }
    .into_any()
}

fn table(
    title: &'static str,
    id: &'static str,
    words: &'static str,
    rows: Vec<AccountRow>,
    now: Moment,
    you: model::AccountId,
) -> AnyView {
    let heading = format!("{id}-title");
    let body = if rows.is_empty() {
        view! { <p class="empty">"Nobody yet."</p> }.into_any()
    } else {
        let caption = count(rows.len() as u64, "account", "accounts");
        let heads = vec![
            Head::new("Account"),
            Head::new("Standing"),
            Head::new("Last signed in").class("hide-small"),
            Head::num("Signed in now"),
        ];
        let rows = rows.into_iter().map(|row| draw_row(row, now, you)).collect();
        view! { <Table label=title caption heads rows/> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{title}</h2>
            <p class="soft">{words}</p>
            {body}
        </section>
    }
    .into_any()
}

fn draw_row(row: AccountRow, now: Moment, you: model::AccountId) -> Row {
    let name = if row.id == you { format!("{} (you)", row.name) } else { row.name.clone() };
    let below = Some(row.email.clone()).filter(|email| !email.is_empty() && *email != row.name);
    let seen =
        row.seen.map_or_else(|| "never".to_owned(), |at| format!("{} ago", stretch(at.seconds_until(now))));
    vec![
        Cell::link(format!("/accounts/{}", row.id), name, below).class("word"),
        Cell::view(standing(&row, now)),
        Cell::text(seen).class("hide-small"),
        Cell::num(row.sign_ins),
    ]
}

/// How an account stands, in a badge.
pub fn standing(row: &AccountRow, now: Moment) -> AnyView {
    match (row.standing, row.invited_until) {
        (Standing::Active, _) => badge("good", "active".to_owned()),
        (Standing::Suspended, _) => badge("bad", "suspended".to_owned()),
        (Standing::Invited, Some(until)) if now < until => {
            let left = format!("invited, {} left", stretch(now.seconds_until(until)));
            badge("info", left)
        }
        (Standing::Invited, _) => badge("warn", "invitation over".to_owned()),
    }
    .into_any()
}
