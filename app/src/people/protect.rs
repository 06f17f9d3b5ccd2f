//! Whether a person is protected, by whom and why, and the form that turns it. Drawn on the server.

use leptos::prelude::*;
use model::{Problem, people::PersonSheet};

use super::fields::PROTECT;
use crate::parts::{form::TextField, text::Time};

/// The longest reason, as the operations have it.
const REASON_AT_MOST: u32 = 500;

/// The protection of a person. `problem` is what the form ran into.
pub fn protection(sheet: &PersonSheet, problem: Option<Problem>) -> AnyView {
    let problem = Signal::stored(problem);
    let (wanted, button) = match sheet.protected {
        Some(_) => ("free", "End the protection"),
        None => ("protected", "Protect this person"),
    };
    let said = match &sheet.protected {
        Some(it) => view! {
            <span class="badge warn">"protected"</span>
            " since " <Time at=it.at/> " by " {it.by.clone()} {format!(": “{}”", it.reason)}
        }
        .into_any(),
        None => "Not protected. A protected person is changed only by a plan that includes them on purpose: good for service accounts, and for administrators who must not be locked out."
            .into_any(),
    };
    view! {
        <section class="card" aria-labelledby="protection-title">
            <h2 id="protection-title">"Protection"</h2>
            <div class="form">
                <p>{said}</p>
                <form method="post" action=PROTECT aria-label="Turn the protection">
                    <input type="hidden" name="user" value=sheet.person.id.to_string()/>
                    <input type="hidden" name="ticket" value=sheet.ticket.to_string()/>
                    <input type="hidden" name="wanted" value=wanted/>
                    <TextField name="reason" label="Reason" hint="Kept in the audit log." longest=REASON_AT_MOST problem/>
                    <button class="button" type="submit">{button}</button>
                </form>
            </div>
        </section>
    }
    .into_any()
}
