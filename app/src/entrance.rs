//! Whole pages beside the app: following an invitation, proving once more who one is, and what is shown only once.
//!
//! They carry no script but the one that asks a passkey, and what stands on them is in no address: such a page is the
//! answer to a form.

mod prove;
mod sheet;

use leptos::{nonce::Nonce, prelude::*};
use model::Problem;

pub use prove::{StepUpPage, half_way_document, step_up_document};
use sheet::{Field, draw_field, whole};

use crate::{
    Assets,
    parts::{
        explained::Explained,
        passkey::{Offer, Way, offer, unfit},
    },
};

/// What stands on the page of an invitation.
#[derive(Debug, Clone, Default)]
pub struct JoinPage {
    /// The key in the link.
    pub key: String,
    /// The address the person signs in with.
    pub email: String,
    /// Who invited them.
    pub by: String,
    /// The second factor as a picture, drawn by us.
    pub picture: String,
    /// The same as text.
    pub text: String,
    /// The same, sealed.
    pub sealed: String,
    /// Lets the script run that asks a passkey; none where passkeys do not work.
    pub nonce: Option<Nonce>,
    /// The answer of a device that made a passkey, in an earlier try of the form.
    pub passkey: String,
    /// The name that was typed.
    pub name: String,
    /// What the form ran into.
    pub problem: Option<Problem>,
}

/// Something that is shown once.
#[derive(Debug, Clone)]
pub struct Once {
    /// The heading.
    pub title: &'static str,
    /// What to know.
    pub words: Vec<String>,
    /// What to copy, one a line.
    pub lines: Vec<String>,
    /// Where to go on: words and address.
    pub next: (&'static str, String),
}

/// The page of an invitation.
pub fn join_document(assets: Assets, page: JoinPage) -> String {
    let JoinPage { key, email, by, picture, text, sealed, nonce, passkey, name, problem } = page;
    let wrong = problem.clone();
    let field = move |field: Field| draw_field(field, wrong.as_ref());
    let with_passkey = if nonce.is_some() {
        let words = "Your device keeps it, and asks for your finger, your face or its PIN.";
        let made =
            if passkey.is_empty() { "Set up with a passkey" } else { "Set up with the passkey just made" };
        let spare = "code";
        let button =
            offer(Offer { way: Way::Make, ask: "/join/passkey", verb: made, spare, answer: passkey });
        view! { <p class="soft">{words}</p> {button} }.into_any()
    } else {
        unfit()
    };
    let form = view! {
        {problem.map(|problem| view! { <Explained problem/> })}
        <section class="card form">
            <h1>"Welcome to Steward"</h1>
            <p>{by} " invited you as " <strong class="word">{email.clone()}</strong> ". Set a password and a second factor; you sign in with both."</p>
            <form method="post" action="/join">
                <input type="hidden" name="key" value=key/>
                <input type="hidden" name="sealed" value=sealed/>
                // Password managers keep the password under this name.
                <input class="hidden" type="email" name="email" value=email autocomplete="username" readonly tabindex="-1" aria-hidden="true"/>
                {field(Field {
                    name: "name",
                    label: "Your name",
                    hint: "As it stands in the audit log.",
                    kind: "text",
                    autocomplete: "name",
                    value: name,
                    at_most: 100,
                })}
                {field(Field {
                    name: "password",
                    label: "Password",
                    hint: "At least 12 characters; a phrase of several words is good. Passwords that are common, or made of your name, are refused.",
                    kind: "password",
                    autocomplete: "new-password",
                    value: String::new(),
                    at_most: 256,
                })}
                {field(Field {
                    name: "again",
                    label: "The same password again",
                    hint: "",
                    kind: "password",
                    autocomplete: "new-password",
                    value: String::new(),
                    at_most: 256,
                })}
                <h2>"Second factor"</h2>
                <p>"Choose one of the two. You can add passkeys later."</p>
                <div class="field-group">
                    <h3>"A passkey"</h3>
                    {with_passkey}
                </div>
                <div class="field-group">
                    <h3>"An authenticator app"</h3>
                    <p class="soft">"Scan this with an authenticator app, or type the text into it by hand."</p>
                    <div class="code-picture" role="img" aria-label="QR code of the second factor; the same stands below as text" inner_html=picture></div>
                    <p><code class="copy">{text}</code></p>
                </div>
                {field(Field {
                    name: "code",
                    label: "The six digits that the app shows",
                    hint: "",
                    kind: "text",
                    autocomplete: "one-time-code",
                    value: String::new(),
                    at_most: 10,
                })}
                <button class="button first" type="submit">"Set up and sign in"</button>
            </form>
        </section>
    };
    whole(assets, "Welcome", form.into_any(), nonce)
}

/// A page with what is shown once.
pub fn once_document(assets: Assets, once: Once) -> String {
    let Once { title, words, lines, next: (go, href) } = once;
    let words = words.into_iter().map(|words| view! { <p>{words}</p> }).collect_view();
    let lines =
        lines.into_iter().map(|line| view! { <li><code class="copy word">{line}</code></li> }).collect_view();
    let page = view! {
        <section class="card form">
            <h1>{title}</h1>
            {words}
            <ul class="once">{lines}</ul>
            <p><a class="button first" href=href>{go}</a></p>
        </section>
    };
    whole(assets, title, page.into_any(), None)
}
