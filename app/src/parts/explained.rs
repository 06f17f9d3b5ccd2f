//! The only place that draws a problem: what happened, what was changed, what to do, and the reference to copy.

use leptos::prelude::*;
use model::{Problem, ProblemCode};

use crate::{
    ask::answer_with,
    parts::{code::code_link, text::stretch},
};

/// A problem that keeps a page from showing what it is for. Sets the status of the page.
#[component]
pub fn Explained(
    /// The problem.
    problem: Problem,
) -> impl IntoView {
    answer_with(problem.code.status());
    panel(problem)
}

/// A problem beside data that is shown all the same: older data, or a part that did not come.
#[component]
pub fn Beside(
    /// What is older or missing.
    #[prop(into)]
    what: String,
    /// The problem.
    problem: Problem,
) -> impl IntoView {
    let said = problem.explain();
    view! {
        <div class="notice warn" role="status">
            <span aria-hidden="true">"▲"</span>
            <div>
                <p><strong>{what}</strong>" "{said.title}". "{said.next}</p>
                <Reference problem/>
            </div>
        </div>
    }
}

fn panel(problem: Problem) -> impl IntoView {
    let said = problem.explain();
    let word = problem.code.word();
    let whose = match problem.code {
        ProblemCode::VendorBusy => "Tableau names the time to wait",
        _ => "Time to wait",
    };
    let wait = problem.wait_seconds().map(|seconds| {
        let wait = stretch(i64::try_from(seconds).unwrap_or(i64::MAX));
        view! { <p>{format!("{whose}: {wait}.")}</p> }
    });
    let whom = problem.whom_to_ask().map(|whom| {
        let whom = whom.to_owned();
        view! { <p><strong>"Whom to ask: "</strong>{whom} ", who gave you what you work by."</p> }
    });
    let sign_in = matches!(problem.code, ProblemCode::NotSignedIn | ProblemCode::SessionEnded)
        .then(|| view! { <p><a href="/login" rel="external">"Go to the sign-in page"</a></p> });
    // The page it came up on is told by the browser, as the referer.
    let step_up = (problem.code == ProblemCode::StepUpNeeded).then(|| {
        view! { <p><a class="button" href="/step-up" rel="external">"Show that it is you"</a></p> }
    });
    view! {
        <section class="notice bad" role="alert" aria-label=said.title data-problem=word>
            <span aria-hidden="true">"✕"</span>
            <div>
                <h2 tabindex="-1">{said.title}</h2>
                <p>{said.meaning}</p>
                <p><strong>"Changed: "</strong>{said.changed}</p>
                <p><strong>"Next: "</strong>{said.next}</p>
                {whom}
                {wait}
                {sign_in}
                {step_up}
                <Reference problem/>
            </div>
        </section>
    }
}

#[component]
fn Reference(problem: Problem) -> impl IntoView {
    // A crafted link could carry any text here, so only what looks like a request id is shown.
    let reference = problem.reference.filter(|reference| {
        reference.len() <= 40
            && reference.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
    });
    view! {
        <p class="soft">
            "Code " {code_link(problem.code.word())}
            {reference.map(|reference| view! { " · reference " <code class="copy">{reference}</code> })}
        </p>
    }
}
