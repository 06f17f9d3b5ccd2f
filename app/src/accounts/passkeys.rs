//! The passkeys of one's own account: which there are, adding and removing. Drawn on the server.

use leptos::prelude::*;
use model::{
    ActId,
    accounts::{Factors, PASSKEY_NAME_AT_MOST, PASSKEYS_AT_MOST, Passkey},
};

use super::page::{PASSKEY, PASSKEY_REMOVE};
use crate::parts::{
    form::step_up_first,
    passkey::{Offer, Way, offer, unfit},
    text::{Time, count},
};

/// Second factors in few words.
pub fn words_of(factors: &Factors) -> String {
    let app = factors.app.then(|| "authenticator app".to_owned());
    let some = factors.passkeys.len();
    let passkeys = (some > 0).then(|| count(some as u64, "passkey", "passkeys"));
    let words: Vec<_> = app.into_iter().chain(passkeys).collect();
    if words.is_empty() { "none of Steward's".to_owned() } else { words.join(", ") }
}

/// The section of passkeys.
pub fn passkeys(factors: &Factors, stale: bool, ticket: ActId) -> AnyView {
    let rows = factors.passkeys.iter().map(|passkey| row(passkey, ticket)).collect_view();
    let list = if factors.passkeys.is_empty() {
        view! { <p>"You have none."</p> }.into_any()
    } else {
        view! { <ul class="passkeys" aria-label="Your passkeys">{rows}</ul> }.into_any()
    };
    let add = if !factors.fit {
        unfit()
    } else if factors.passkeys.len() >= PASSKEYS_AT_MOST {
        view! { <p class="soft">"An account has ten passkeys at most."</p> }.into_any()
    } else {
        add(ticket)
    };
    view! {
        <section class="card form" aria-labelledby="passkeys-title">
            <h2 id="passkeys-title">"Passkeys"</h2>
            <p>"A passkey is kept by your device, which asks for your finger, your face or its PIN. It takes the place of your app's code when you sign in."</p>
            {list}
            {stale.then(|| step_up_first("/account"))}
            {add}
        </section>
    }
    .into_any()
}

fn row(passkey: &Passkey, ticket: ActId) -> AnyView {
    let used = match passkey.used {
        Some(used) => view! { "last used " <Time at=used/> }.into_any(),
        None => "never used".into_any(),
    };
    let label = format!("Remove the passkey {}", passkey.name);
    let of_form = label.clone();
    view! {
        <li>
            <div>
                <strong class="word">{passkey.name.clone()}</strong>
                <p class="soft">"added " <Time at=passkey.made/> ", " {used}</p>
            </div>
            <form method="post" action=PASSKEY_REMOVE aria-label=of_form>
                <input type="hidden" name="ticket" value=ticket.to_string()/>
                <input type="hidden" name="one" value=passkey.id.to_string()/>
                <button class="button" type="submit" aria-label=label>"Remove"</button>
            </form>
        </li>
    }
    .into_any()
}

fn add(ticket: ActId) -> AnyView {
    let button = offer(Offer {
        way: Way::Make,
        ask: "/account/passkey/ask",
        verb: "Add a passkey",
        spare: "",
        answer: String::new(),
    });
    view! {
        <form method="post" action=PASSKEY aria-label="Add a passkey">
            <input type="hidden" name="ticket" value=ticket.to_string()/>
            <div class="field-group needs-passkeys">
                <label for="passkey-name">"Name of the new passkey"</label>
                <p class="soft" id="passkey-name-hint">"By which you know the device, such as Laptop."</p>
                <input
                    class="field"
                    type="text"
                    id="passkey-name"
                    name="name"
                    required
                    maxlength=PASSKEY_NAME_AT_MOST
                    autocomplete="off"
                    aria-describedby="passkey-name-hint"
                />
            </div>
            {button}
        </form>
    }
    .into_any()
}
