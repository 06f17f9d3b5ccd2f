//! The vendor's addresses: confirmed or inferred, and the one-time unlock of inferred changes.

use leptos::prelude::*;
use model::{
    ActId,
    vendor::{Certainty, Effect, OperationRow},
};

use super::server::UnlockOperation;
use crate::parts::text::Day;

/// Every vendor operation that Steward uses.
#[component]
pub fn Addresses(
    /// The operations.
    operations: Vec<OperationRow>,
    /// A fresh ticket for the form.
    ticket: ActId,
    /// The unlocking.
    unlock: ServerAction<UnlockOperation>,
) -> impl IntoView {
    let locked: Vec<OperationRow> = operations.iter().filter(|row| row.locked).cloned().collect();
    let rows = operations.into_iter().map(|row| view! { <Line row/> }).collect_view();
    view! {
        {(!locked.is_empty()).then(|| view! { <Unlock locked ticket unlock/> })}
        <section class="card" aria-labelledby="addresses-title">
            <h2 id="addresses-title">"Vendor addresses"</h2>
            <p class="soft">
                "The vendor's page lost its methods and paths. "<strong>"Confirmed"</strong>
                " ones were read in the vendor's own code or in tools used against real tenants; "
                <strong>"inferred"</strong>" ones are our reconstruction. Your operator can correct each in a settings file."
            </p>
            <div class="table" role="region" aria-labelledby="addresses-title" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Operation"</th>
                            <th scope="col">"Address"</th>
                            <th scope="col">"Known"</th>
                            <th scope="col">"Use"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Line(row: OperationRow) -> impl IntoView {
    let known = match (row.certainty, row.overridden) {
        (_, true) => view! { <span class="badge info">"from your settings"</span> }.into_any(),
        (Certainty::Confirmed, _) => view! { <span class="badge good">"confirmed"</span> }.into_any(),
        (Certainty::Inferred, _) => view! { <span class="badge warn">"inferred"</span> }.into_any(),
    };
    let usable = match (row.effect, row.locked, row.unlocked) {
        (Effect::Read, ..) => "reads".into_any(),
        (Effect::Change, true, _) => view! { <span class="badge bad">"locked"</span> }.into_any(),
        (Effect::Change, false, Some(unlocked)) => {
            view! { "unlocked by " {unlocked.by} ", " <Day at=unlocked.at/> }.into_any()
        }
        (Effect::Change, false, None) => "changes".into_any(),
    };
    view! {
        <tr>
            <th scope="row"><code>{row.name}</code></th>
            <td><code class="word">{row.method} " " {row.path}</code></td>
            <td>{known}</td>
            <td>{usable}</td>
        </tr>
    }
}

/// The form that opens one of the locked operations.
#[component]
fn Unlock(locked: Vec<OperationRow>, ticket: ActId, unlock: ServerAction<UnlockOperation>) -> impl IntoView {
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
            <ActionForm action=unlock>
                <input type="hidden" name="ticket" value=ticket.to_string()/>
                <fieldset><legend>"Operation"</legend>{choices}</fieldset>
                <label class="pick">
                    <input type="checkbox" name="checked" value="yes" required/>
                    <span>"I have checked this address on the vendor's reference page."</span>
                </label>
                <button class="button danger" type="submit">"Unlock the operation"</button>
            </ActionForm>
        </section>
    }
}
