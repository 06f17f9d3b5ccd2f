//! The page that shows the secret of a new token, once: the answer to the form itself, which no address leads to again.

use leptos::prelude::*;
use model::tenant::Token;

use super::TOKEN_REVOKE;
use crate::parts::{document as whole, text::count, wake::Assets};

/// What the page shows.
pub struct Made {
    /// The token.
    pub token: Token,
    /// What signs in.
    pub secret: String,
    /// Whether this sign-in uses it from now on.
    pub swapped: bool,
    /// The caller's other tokens.
    pub others: Vec<Token>,
    /// How many other sign-ins of the caller's may use one of those.
    pub elsewhere: usize,
    /// The act that a revocation on this page becomes.
    pub ticket: String,
}

/// Copies the secret. The page wakes up in no other way. It has no character that HTML would have to escape.
const COPY: &str = "const button=document.getElementById('copy');button.hidden=false;\
    button.addEventListener('click',async function(){\
    await navigator.clipboard.writeText(document.getElementById('secret').textContent);\
    document.getElementById('copied').textContent='Copied.';});";

/// The whole document. `nonce` is that of its one script.
pub fn document(assets: Assets, made: Made, nonce: &str) -> String {
    let nonce = nonce.to_owned();
    let Made { token, secret, swapped, others, elsewhere, ticket } = made;
    let title = if swapped { "The new token is in use" } else { "The token is made" };
    let ends = token.ends.map(|at| format!("It ends on {}.", at.day()));
    whole::document(assets, title, move || {
        view! {
            <main class="entrance wide" id="main">
                <h1>{title}</h1>
                {swapped.then(steps)}
                <section class="card form" aria-labelledby="secret-title">
                    <h2 id="secret-title">"Its secret, this once"</h2>
                    <p>
                        "Token " <strong class="word">{token.name}</strong> ". " {ends}
                        " Copy the secret to where you keep such things now: neither Tableau nor Steward shows it again, and reloading this page does not bring it back."
                    </p>
                    <p class="expected"><code class="copy word" id="secret">{secret}</code></p>
                    <div class="row">
                        <button class="button first" type="button" id="copy" hidden>"Copy the secret"</button>
                        <span role="status" id="copied"></span>
                    </div>
                </section>
                {swapped.then(|| old_ones(others, elsewhere, ticket))}
                <p><a href="/tokens">"To your tokens"</a></p>
            </main>
            <script nonce=nonce>{COPY}</script>
        }
        .into_any()
    })
}

fn steps() -> AnyView {
    let steps = [
        ("done", "Made", "in Tableau"),
        ("done", "Tried", "it signs in"),
        ("done", "Swapped", "sealed for this sign-in"),
        ("now", "Revoke", "the old one, below"),
    ];
    let steps = steps
        .map(
            |(class, word, note)| view! { <li class=class><strong>{word}</strong><small>{note}</small></li> },
        )
        .collect_view();
    view! { <ol class="steps">{steps}</ol> }.into_any()
}

/// The tokens of which one was in use before.
fn old_ones(others: Vec<Token>, elsewhere: usize, ticket: String) -> AnyView {
    let rows = others
        .into_iter()
        .filter_map(|token| {
            let (id, name) = (token.id?.to_string(), token.name);
            let row = view! {
                <li>
                    <form method="post" action=TOKEN_REVOKE aria-label=format!("Revoke {name}")>
                        <input type="hidden" name="token" value=id/>
                        <input type="hidden" name="ticket" value=ticket.clone()/>
                        {(elsewhere > 0).then(known)}
                        <button class="button danger" type="submit">{format!("Revoke {name}")}</button>
                    </form>
                </li>
            };
            Some(row.into_any())
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="old-title">
            <h2 id="old-title">"Last step: revoke the old token"</h2>
            <p>{whether_used(elsewhere)}</p>
            <ul class="history">{rows}</ul>
        </section>
    }
    .into_any()
}

fn whether_used(elsewhere: usize) -> String {
    if elsewhere == 0 {
        return "Steward no longer uses any of these. Revoke the one that you signed in with, unless something else uses it too.".to_owned();
    }
    format!(
        "This sign-in no longer uses any of these, but you are signed in {} more, and a token of these may be in use there. Sign out there first: whoever works with a revoked token is cut off, and their runs pause.",
        count(elsewhere as u64, "time", "times")
    )
}

/// What somebody says who revokes a token that may be in use.
fn known() -> AnyView {
    view! {
        <label class="pick">
            <input type="checkbox" name="checked" value="yes" required/>
            <span>"I know that another sign-in of mine may use it."</span>
        </label>
    }
    .into_any()
}
