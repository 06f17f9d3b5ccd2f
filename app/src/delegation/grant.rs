//! One grant in words: what its holder can and cannot do, what it works by, and what can be done about it.

use leptos::prelude::*;
use model::delegation::{Held, Standing};
use operations::GrantPage;

use super::{
    fields::{button, line, sentences},
    grants::standing,
    page::{END, TURN},
};
use crate::parts::{
    drawn::{Drawing, Page},
    pairs::{Fact, Pairs, facts},
    table::{Cell, Head, Table},
};

/// Draws a grant.
pub fn draw(page: GrantPage, gives: bool, is_own: bool) -> Page {
    let GrantPage { held, holder, can, cannot, deposits, sites, ticket, now, .. } = page;
    let grant = &held.delegation;
    let (id, ticket) = (grant.id.to_string(), ticket.to_string());
    let list = facts([
        ("Held by", Fact::Text(holder)),
        ("Given by", Fact::Text(grant.by.clone())),
        ("Begins", Fact::Time(grant.from)),
        ("Ends", Fact::Time(grant.until)),
        ("Id", Fact::Code(id.clone())),
    ]);
    let ends = gives && grant.revoked.is_none();
    let rows = deposits
        .into_iter()
        .map(|deposit| {
            let named = |site| sites.iter().find(|(id, _)| *id == site).map(|(_, name)| name.clone());
            let what = match deposit.site {
                None => "Tableau Cloud Manager".to_owned(),
                Some(site) => format!("Site {}", named(site).unwrap_or_else(|| site.to_string())),
            };
            let site = deposit.site.map(|site| site.to_string()).unwrap_or_default();
            let end = gives.then(|| {
                let ticket = operations::ticket().to_string();
                let values = vec![("grant", deposit.grant.to_string()), ("site", site), ("ticket", ticket)];
                button(END, values, "button", "End it")
            });
            vec![
                Cell::text(what).heads_row(),
                Cell::text(deposit.by),
                Cell::text(deposit.until.day()),
                Cell::view(end),
            ]
        })
        .collect::<Vec<_>>();
    let nothing = rows.is_empty();
    let heads = vec![
        Head::new("Opens"),
        Head::new("Deposited by"),
        Head::new("Until"),
        Head::view(view! { <span class="hidden">"Change"</span> }),
    ];
    let body = view! {
        <section class="card" aria-labelledby="facts-title">
            <h2 id="facts-title">"The grant"</h2>
            <Pairs facts=list/>
        </section>
        <section class="card" aria-labelledby="can-title">
            <h2 id="can-title">"What the holder can do"</h2>
            {sentences(can)}
        </section>
        <section class="card" aria-labelledby="cannot-title">
            <h2 id="cannot-title">"What the holder cannot do"</h2>
            {sentences(cannot)}
        </section>
        <section class="card" aria-labelledby="deposits-title">
            <h2 id="deposits-title">"What it works by"</h2>
            {nothing.then(|| view! { <p class="soft">"Nothing is deposited for this grant, so nothing can be read or sent by it."</p> })}
            {(!nothing).then(|| view! { <Table label="Deposits" caption="Credentials, sealed. Nobody sees them." heads rows/> })}
            {gives.then(|| view! { <p><a class="button" href=format!("/grants/deposit?grant={id}")>"Deposit a credential for it"</a></p> })}
        </section>
        {is_own.then(|| activation(&held, &id, &ticket, now))}
    };
    let beside = ends.then(|| {
        let values =
            vec![("grant", id.clone()), ("turn", "take-back".to_owned()), ("ticket", ticket.clone())];
        view! {
            <a class="button" href=format!("/grants/{id}/edit")>"Change"</a>
            {button(TURN, values, "button danger", "Take it back")}
        }
    });
    Page {
        title: grant.name.clone(),
        above: vec![("Grants".to_owned(), "/grants".to_owned())],
        beside: Drawing::of(beside),
        facts: Drawing::of(standing(held.standing)),
        as_of: Some(now),
        body: Drawing::of(body),
    }
}

/// The form that activates an eligible grant, or lets it lapse.
fn activation(held: &Held, id: &str, ticket: &str, now: model::Moment) -> AnyView {
    if !held.delegation.eligible {
        return ().into_any();
    }
    if let Some(until) = held.active_until.filter(|_| held.standing == Standing::Active) {
        let left = crate::parts::text::stretch(now.seconds_until(until));
        let values =
            vec![("grant", id.to_owned()), ("turn", "lapse".to_owned()), ("ticket", ticket.to_owned())];
        return view! {
            <section class="card" aria-labelledby="active-title">
                <h2 id="active-title">"Active"</h2>
                <p>{format!("This grant is active for another {left}. What is not sent by then is not sent at all.")}</p>
                {button(TURN, values, "button", "Let it lapse now")}
            </section>
        }
        .into_any();
    }
    let hours = [1, 2, 4]
        .map(|hours| view! { <option value=hours.to_string()>{format!("{hours} h")}</option> })
        .collect_view();
    view! {
        <section class="card form" aria-labelledby="activate-title">
            <h2 id="activate-title">"Activate this grant"</h2>
            <form method="post" action=TURN>
                <input type="hidden" name="grant" value=id.to_owned()/>
                <input type="hidden" name="turn" value="activate"/>
                <input type="hidden" name="ticket" value=ticket.to_owned()/>
                <div class="field-group">
                    <label for="hours">"For how long"</label>
                    <select class="field" id="hours" name="hours">{hours}</select>
                </div>
                {line("text", "reason", "Reason", "It stands in the audit log.", String::new(), true)}
                <button class="button first" type="submit">"Activate"</button>
            </form>
        </section>
    }
    .into_any()
}
