//! The vendor's addresses: confirmed or inferred, and the one-time unlock of inferred changes. Drawn on the server.

use leptos::prelude::*;
use model::vendor::{Certainty, Effect, OperationRow};

use crate::doctor::unlock::UNLOCK;
use crate::parts::{
    badges::badge,
    pairs::Fact,
    table::{Cell, Head, Row, Table},
};

/// Every vendor operation that Steward uses, and the form that unlocks one, with a fresh ticket.
pub fn addresses(operations: Vec<OperationRow>, ticket: &str) -> AnyView {
    let locked: Vec<OperationRow> = operations.iter().filter(|row| row.locked).cloned().collect();
    let rows = operations.into_iter().map(line).collect();
    let heads = vec![Head::new("Operation"), Head::new("Address"), Head::new("Known"), Head::new("Use")];
    view! {
        {(!locked.is_empty()).then(|| unlock(locked, ticket))}
        <section class="card" aria-labelledby="addresses-title">
            <h2 id="addresses-title">"Vendor addresses"</h2>
            <p class="soft">
                "The vendor's page lost its methods and paths. "<strong>"Confirmed"</strong>
                " ones were read in the vendor's own code or in tools used against real tenants; "
                <strong>"inferred"</strong>" ones are our reconstruction. Your operator can correct each in a settings file."
            </p>
            <p class="lead-in"><a href="/doctor">"Try those that read with the connection doctor"</a></p>
            <Table label="Vendor addresses" heads rows/>
        </section>
    }
    .into_any()
}

fn line(row: OperationRow) -> Row {
    let known = match (row.certainty, row.overridden) {
        (_, true) => badge("info", "from your settings".to_owned()),
        (Certainty::Confirmed, _) => badge("good", "confirmed".to_owned()),
        (Certainty::Inferred, _) => badge("warn", "inferred".to_owned()),
    };
    let usable = match (row.effect, row.locked, row.unlocked) {
        (Effect::Read, ..) => "changes nothing".into_any(),
        (Effect::Change, true, _) => badge("bad", "locked".to_owned()),
        (Effect::Change, false, Some(unlocked)) => {
            format!("unlocked by {}, {}", unlocked.by, unlocked.at.day()).into_any()
        }
        (Effect::Change, false, None) => "changes a site".into_any(),
    };
    vec![
        Cell::view(Fact::Code(row.name).draw()).heads_row(),
        Cell::view(view! { <code class="word">{format!("{} {}", row.method, row.path)}</code> }),
        Cell::view(known),
        Cell::view(usable),
    ]
}

/// The form that opens one of the locked operations.
fn unlock(locked: Vec<OperationRow>, ticket: &str) -> AnyView {
    let choices = locked
        .into_iter()
        .enumerate()
        .map(|(at, row)| {
            view! {
                <label class="pick">
                    <input type="radio" name="operation" value=row.name.clone() required checked={at == 0}/>
                    <span><code>{row.name.clone()}</code> " " <code class="word">{row.method} " " {row.path}</code></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <section class="card form" aria-labelledby="unlock-title">
            <h2 id="unlock-title">"Unlock an inferred change"</h2>
            <p>
                "Compare the address with the vendor's Tableau Cloud Manager REST API reference. A wrong address could do something else: the suspension of a site, for example, is inferred to be a "
                <code>"DELETE"</code>", and the vendor also knows the deletion of sites. Your name goes into the audit log."
            </p>
            <form method="post" action=UNLOCK>
                <input type="hidden" name="ticket" value=ticket.to_owned()/>
                <fieldset><legend>"Operation"</legend>{choices}</fieldset>
                <label class="pick">
                    <input type="checkbox" name="checked" value="yes" required/>
                    <span>"I have checked this address on the vendor's reference page."</span>
                </label>
                <button class="button danger" type="submit">"Unlock the operation"</button>
            </form>
        </section>
    }    .into_any()
}
