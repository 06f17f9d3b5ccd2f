//! Changes are never tried. What is only inferred is locked on a real tenant, and unlocked here as on the page
//! *Connection*. Drawn on the server.

use leptos::prelude::*;
use model::{
    ActId,
    vendor::{Certainty, OperationRow},
};

use super::sheet::{address, known, name};
use crate::parts::{
    badges::badge,
    table::{Cell, Head, Row, Table},
};

/// Where the form is sent: the door that the page *Connection* has too.
pub const UNLOCK: &str = "/api/connection/unlock";

/// Every change with the state of its address, and the form that unlocks those that are locked.
pub fn changes(changes: Vec<OperationRow>, ticket: fn() -> ActId) -> AnyView {
    let locked = changes.iter().filter(|row| row.locked).count();
    let rows = changes.into_iter().map(|row| line(row, ticket())).collect();
    let heads = vec![Head::new("Operation"), Head::new("Address"), Head::new("Known"), Head::new("Use")];
    let words = if locked > 0 {
        "Nobody can try a change without making it. One whose address is only inferred stays locked until a cloud administrator has compared it with the vendor's reference; a wrong address could do something else. Your name goes into the audit log."
    } else {
        "Nobody can try a change without making it. None of them is locked here."
    };
    view! {
        <section class="card" aria-labelledby="changes-title">
            <h2 id="changes-title">"Changes"</h2>
            <p class="lead-in">{words}</p>
            <Table label="Operations that change" class="rows" heads rows/>
        </section>
    }
    .into_any()
}

fn line(row: OperationRow, ticket: ActId) -> Row {
    let usable = match (row.locked, &row.unlocked, row.certainty) {
        (true, ..) => form(&row, ticket),
        (_, Some(unlocked), _) => format!("unlocked by {}, {}", unlocked.by, unlocked.at.day()).into_any(),
        (_, None, Certainty::Confirmed) => "needs no unlock".into_any(),
        (_, None, Certainty::Inferred) => "not locked in the demo".into_any(),
    };
    vec![
        Cell::view(name(&row)).heads_row(),
        Cell::view(address(&row)),
        Cell::view(known(&row)),
        Cell::view(usable).class("told"),
    ]
}

fn form(row: &OperationRow, ticket: ActId) -> AnyView {
    let label = format!("Unlock {}", row.name);
    view! {
        {badge("bad", "locked".to_owned())}
        <form method="post" action=UNLOCK class="unlock" aria-label=label.clone()>
            <input type="hidden" name="operation" value=row.name.clone()/>
            <input type="hidden" name="ticket" value=ticket.to_string()/>
            <label class="pick">
                <input type="checkbox" name="checked" value="yes" required/>
                <span>"I have checked this address on the vendor's reference page."</span>
            </label>
            <button class="button danger" type="submit">{label.clone()}</button>
        </form>
    }
    .into_any()
}
