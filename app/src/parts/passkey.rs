//! The offer of a passkey: a button inside the form that takes the answer. The browser half asks the device; without it
//! the page says what is needed instead.

use leptos::prelude::*;
use model::{Problem, ProblemCode};

/// What the button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Has the device make a passkey.
    Make,
    /// Has a passkey prove who its owner is.
    Prove,
}

/// An offer of a passkey.
#[derive(Debug)]
pub struct Offer {
    /// What the button does.
    pub way: Way,
    /// Where the browser half fetches the question.
    pub ask: &'static str,
    /// What stands on the button.
    pub verb: &'static str,
    /// A field of the form that may stay empty then.
    pub spare: &'static str,
    /// The answer that an earlier try of the form brought.
    pub answer: String,
}

/// Draws it. The form must have no other field of the name `passkey`.
pub fn offer(offer: Offer) -> AnyView {
    let Offer { way, ask, verb, spare, answer } = offer;
    let way = match way {
        Way::Make => "make",
        Way::Prove => "prove",
    };
    view! {
        <input type="hidden" name="passkey" value=answer/>
        <p class="field-problem" role="alert" data-passkey-said=""></p>
        <p class="needs-passkeys">
            <button class="button first" type="button" data-passkey=way data-ask=ask data-spare=spare>{verb}</button>
        </p>
        <p class="lacks-passkeys soft">"A passkey needs JavaScript and a browser that knows passkeys."</p>
    }
    .into_any()
}

/// What stands in its place where passkeys do not work at Steward's address.
pub fn unfit() -> AnyView {
    let said = Problem::new(ProblemCode::PasskeysUnfit).explain();
    view! { <p class="soft">{said.title} ". " {said.meaning}</p> }.into_any()
}
