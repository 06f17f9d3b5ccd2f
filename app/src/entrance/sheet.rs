//! What the whole pages beside the app are made of: the document and its fields.

use leptos::{nonce::Nonce, prelude::*};
use model::{Problem, ProblemCode};

use crate::{
    Assets,
    parts::{document::document, wake::Attend},
};

/// A field of such a page.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) hint: &'static str,
    pub(super) kind: &'static str,
    pub(super) autocomplete: &'static str,
    pub(super) value: String,
    pub(super) at_most: u32,
}

/// Draws a field, with the problem that concerns it.
pub(super) fn draw_field(field: Field, problem: Option<&Problem>) -> AnyView {
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

/// The whole document around such a page. With a nonce it carries the script that asks a passkey.
pub(super) fn whole(assets: Assets, title: &'static str, page: AnyView, nonce: Option<Nonce>) -> String {
    document(assets.clone(), title, || {
        let script = nonce.map(|nonce| {
            provide_context(nonce);
            view! { <Attend assets/> }
        });
        view! {
            <main class="entrance" id="main">
                <div class="brand"><img src="/favicon.svg" alt="" width="40" height="40"/><strong>"Steward"</strong></div>
                {page}
            </main>
            {script}
        }
        .into_any()
    })
}
