//! Whole pages beside the app: following an invitation, proving once more who one is, and what is shown only once.
//!
//! They carry no script, and what stands on them is in no address: such a page is the answer to a form.

use leptos::prelude::*;
use model::{Problem, ProblemCode};

use crate::{
    Assets,
    parts::{document::document, explained::Explained, query::address},
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

/// A field of such a page.
struct Field {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    value: String,
    at_most: u32,
}

/// The page of an invitation.
pub fn join_document(assets: Assets, page: JoinPage) -> String {
    let JoinPage { key, email, by, picture, text, sealed, name, problem } = page;
    let wrong = problem.clone();
    let field = move |field: Field| draw_field(field, wrong.as_ref());
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
                <div class="field-group">
                    <h2>"Second factor"</h2>
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
    whole(assets, "Welcome", form.into_any())
}

/// Proving once more who one is. `token` asks an administrator for their token.
pub fn step_up_document(
    assets: Assets,
    token: bool,
    provider: Option<String>,
    next: String,
    problem: Option<Problem>,
) -> String {
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
    whole(assets, "Show that it is you", form.into_any())
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
    whole(assets, title, page.into_any())
}

fn draw_field(field: Field, problem: Option<&Problem>) -> AnyView {
    let Field { name, label, hint, kind, autocomplete, value, at_most } = field;
    let said = problem.filter(|it| field_of(it.code) == Some(name)).map(|it| it.explain().title);
    view! {
        <div class="field-group">
            <label for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="soft" id=format!("{name}-hint")>{hint}</p> })}
            <input
                class="field"
                type=kind
                id=name
                name=name
                value=value
                required
                maxlength=at_most
                autocomplete=autocomplete
                aria-describedby=format!("{name}-hint {name}-problem")
                aria-invalid=said.map(|_| "true")
            />
            <p class="field-problem" id=format!("{name}-problem")>{said}</p>
        </div>
    }
    .into_any()
}

/// The field beside which a problem is shown.
fn field_of(code: ProblemCode) -> Option<&'static str> {
    match code {
        ProblemCode::NameMissing => Some("name"),
        ProblemCode::PasswordTooShort | ProblemCode::PasswordTooLong | ProblemCode::PasswordCommon => {
            Some("password")
        }
        ProblemCode::PasswordsDiffer => Some("again"),
        ProblemCode::CodeRefused => Some("code"),
        ProblemCode::ProofRefused => Some("proof"),
        _ => None,
    }
}

/// The whole document around such a page.
fn whole(assets: Assets, title: &'static str, page: AnyView) -> String {
    document(assets, title, || {
        view! {
            <main class="entrance" id="main">
                <div class="brand"><img src="/favicon.svg" alt="" width="40" height="40"/><strong>"Steward"</strong></div>
                {page}
            </main>
        }
        .into_any()
    })
}
