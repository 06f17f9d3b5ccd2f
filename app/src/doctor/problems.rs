//! What is wrong and what to do, each thing once. Drawn on the server.

use leptos::prelude::*;
use model::{
    ProblemCode,
    doctor::{Outcome, Report, Tried},
};

use super::told;
use crate::parts::code::code_link;

/// A card with everything that needs a person; nothing where all is well.
pub fn problems(report: &Report) -> Option<AnyView> {
    let mut found: Vec<(ProblemCode, String, &'static str, Vec<&Tried>)> = Vec::new();
    for tried in report.tries() {
        let Outcome::Failed(code, _) = &tried.outcome else { continue };
        let (title, next) = told::words(tried);
        let next = next.unwrap_or_default();
        // The same mistake at five addresses is one thing to mend.
        match found.iter_mut().find(|(known, _, said, _)| known == code && *said == next) {
            Some((.., at)) => at.push(tried),
            None => found.push((*code, title, next, vec![tried])),
        }
    }
    let clocks = report.clocks_differ().then(|| {
        let words = report.ahead.map(model::explain::clocks).unwrap_or_default();
        view! { <li><p><strong>{told::clocks(report.ahead)}</strong></p><p>{words}</p></li> }.into_any()
    });
    if found.is_empty() && clocks.is_none() {
        return None;
    }
    let items = found.into_iter().map(|(code, title, next, at)| {
        let names: Vec<&str> = at.iter().map(|tried| tried.operation.name.as_str()).collect();
        view! {
            <li>
                <p><strong>{title}</strong> " " {code_link(code.word())}</p>
                <p>{model::explain::explain(code).meaning}</p>
                <p><strong>"Next: "</strong>{next}</p>
                <p class="soft">{format!("At {}.", names.join(", "))}</p>
            </li>
        }
        .into_any()
    });
    let items: Vec<AnyView> = items.chain(clocks).collect();
    let card = view! {
        <section class="card" aria-labelledby="problems-title">
            <h2 id="problems-title">"What to do"</h2>
            <ul class="mends">{items}</ul>
        </section>
    };
    Some(card.into_any())
}
