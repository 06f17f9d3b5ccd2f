//! The form that applies a plan: dangers to include on purpose, a number to type, a reason, and one button.

use leptos::prelude::*;
use model::{PlanId, Problem};

use super::{sheet::APPLY, told::Apply};
use crate::parts::form::TextField;

/// The longest reason, as the operations have it.
const REASON_AT_MOST: u32 = 500;

/// Applying a plan. A plain form: it works alike with and without a script.
#[component]
pub fn ApplyForm(
    /// The plan.
    plan: PlanId,
    /// What the form carries and says.
    apply: Apply,
    /// What sending it ran into. The page tells the whole of it above; here it stands beside its field.
    problem: Option<Problem>,
) -> impl IntoView {
    let problem = Signal::stored(problem);
    let dangers = apply
        .dangers
        .into_iter()
        .map(|(word, words)| {
            view! {
                <label class="pick">
                    <input type="checkbox" name="include[]" value=word/>
                    <span>{words}</span>
                </label>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    let dangers = (!dangers.is_empty()).then(|| {
        view! {
            <fieldset class="notice warn">
                <legend class="hidden">"Dangerous rows"</legend>
                <span aria-hidden="true">"▲"</span>
                <div>
                    <p><strong>"Dangerous rows are left out"</strong> " unless you include them here."</p>
                    {dangers}
                </div>
            </fieldset>
        }
    });
    let waits = (!apply.waits.is_empty()).then(|| {
        let why = apply.waits.into_iter().map(|words| view! { <li>{words}</li> }.into_any()).collect::<Vec<_>>();
        view! {
            <div class="notice info">
                <span aria-hidden="true">"★"</span>
                <div>
                    <p><strong>"Somebody else has to approve this first."</strong> " They see this very plan. Nothing is sent before, and any change of it voids the request."</p>
                    <ul>{why}</ul>
                </div>
            </div>
        }
    });
    let (label, hint) = match apply.wants_reason {
        true => ("Reason", "Your grant wants one for every change. Kept in the audit log."),
        false => ("Reason (optional)", "Kept in the audit log. A ticket number is a good reason."),
    };
    let tickets = (!apply.tickets.is_empty()).then(|| {
        let such = apply.tickets.join(" and ");
        view! { <p class="soft">{format!("The reason names a ticket such as {such}, where # is its number.")}</p> }
    });
    let typed = apply.typed.map(|typed| {
        view! {
            <div class="expected">
                "To confirm, type or paste the number of changes: " <code class="copy">{typed}</code>
            </div>
            <TextField name="typed" label="Number of changes" hint="The number above, without what you include." longest=20 problem/>
        }
    });
    view! {
        <section class="card" id="apply" aria-labelledby="apply-title">
            <h2 id="apply-title">"Apply"</h2>
            <form method="post" action=APPLY class="form" aria-label="Apply the plan">
                <input type="hidden" name="plan" value=plan.to_string()/>
                <input type="hidden" name="hash" value=apply.hash/>
                <input type="hidden" name="ticket" value=apply.ticket.to_string()/>
                {dangers}
                {waits}
                {typed}
                {tickets}
                <TextField
                    name="reason"
                    label=label
                    hint=hint
                    longest=REASON_AT_MOST
                    optional=!apply.wants_reason
                    problem
                />
                <div class="row">
                    <button class="button first" type="submit">{apply.button}</button>
                </div>
                <p class="soft">"Each change is written to the audit log first, sent once, and read back."</p>
            </form>
        </section>
    }
    .into_any()
}
