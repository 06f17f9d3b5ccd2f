//! The pages on which somebody proves who they are: by a passkey, a code, a password or a token.

use leptos::{nonce::Nonce, prelude::*};
use model::{Problem, accounts::Factors};

use super::sheet::{Field, draw_field, whole};
use crate::{
    Assets,
    parts::{
        explained::Explained,
        passkey::{Offer, Way, offer, unfit},
        query::address,
    },
};

/// The second step of signing in, for whoever has a passkey. Without a nonce passkeys do not work here.
pub fn half_way_document(
    assets: Assets,
    factors: &Factors,
    nonce: Option<Nonce>,
    problem: Option<Problem>,
) -> String {
    let wrong = problem.clone();
    let passkey = match &nonce {
        Some(_) => ask_passkey("/login/passkey", "/login/passkey/ask", String::new()),
        None => unfit(),
    };
    let hint = if factors.app {
        "The six digits that your app shows, or a recovery code."
    } else {
        "One of your recovery codes."
    };
    let code = factors.has_codes().then(|| {
        let field = Field {
            name: "code",
            label: "A code instead",
            hint,
            kind: "text",
            autocomplete: "one-time-code",
            value: String::new(),
            at_most: 30,
        };
        view! {
            <form method="post" action="/login/second">
                {draw_field(field, wrong.as_ref())}
                <button class="button" type="submit">"Sign in with the code"</button>
            </form>
        }
    });
    let page = view! {
        {problem.map(|problem| view! { <Explained problem/> })}
        <section class="card form">
            <h1>"Second step"</h1>
            <p>"Your password is right. Show once more that it is you, within five minutes."</p>
            {passkey}
            {code}
            <p><a href="/login?way=account">"Begin again"</a></p>
        </section>
    };
    whole(assets, "Second step", page.into_any(), nonce)
}

/// The form that takes the answer of a passkey.
fn ask_passkey(action: &'static str, ask: &'static str, next: String) -> AnyView {
    let verb = "Use your passkey";
    let button = offer(Offer { way: Way::Prove, ask, verb, spare: "", answer: String::new() });
    view! {
        <form method="post" action=action aria-label="By passkey">
            <input type="hidden" name="next" value=next/>
            {button}
        </form>
    }
    .into_any()
}

/// What stands on the page of a step-up.
#[derive(Debug, Clone, Default)]
pub struct StepUpPage {
    /// Whether an administrator is asked for their token.
    pub token: bool,
    /// What people call the identity provider, where there is one.
    pub provider: Option<String>,
    /// Lets the script run that asks a passkey; none where there is no passkey to ask.
    pub nonce: Option<Nonce>,
    /// Where to go on.
    pub next: String,
    /// What the form ran into.
    pub problem: Option<Problem>,
}

/// Proving once more who one is.
pub fn step_up_document(assets: Assets, page: StepUpPage) -> String {
    let StepUpPage { token, provider, nonce, next, problem } = page;
    let wrong = problem.clone();
    let field = if token {
        Field {
            name: "proof",
            label: "Token secret",
            hint: "The secret of the token that you signed in with.",
            kind: "password",
            autocomplete: "current-password",
            value: String::new(),
            at_most: 4096,
        }
    } else {
        Field {
            name: "proof",
            label: "Code",
            hint: "The six digits that your app shows, or a recovery code.",
            kind: "password",
            autocomplete: "one-time-code",
            value: String::new(),
            at_most: 256,
        }
    };
    let back = next.clone();
    let passkey =
        nonce.is_some().then(|| ask_passkey("/step-up/passkey", "/step-up/passkey/ask", next.clone()));
    let provider = provider.filter(|_| !token).map(|name| {
        let href = address("/login/provider", &[("anew", "yes".to_owned()), ("next", next.clone())]);
        view! { <p><a class="button" href=href>"Show it to " {name}</a></p> }
    });
    let form = view! {
        {problem.map(|problem| view! { <Explained problem/> })}
        <section class="card form">
            <h1>"Show that it is you"</h1>
            <p>"What you are about to do is dangerous, so Steward asks once more. It counts for five minutes."</p>
            {provider}
            {passkey}
            <form method="post" action="/step-up">
                <input type="hidden" name="next" value=next/>
                {draw_field(field, wrong.as_ref())}
                <div class="row">
                    <a class="button" href=back>"Cancel"</a>
                    <button class="button first" type="submit">"Go on"</button>
                </div>
            </form>
        </section>
    };
    whole(assets, "Show that it is you", form.into_any(), nonce)
}
