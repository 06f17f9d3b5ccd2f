//! The only place that draws a problem: what happened, what was changed, what to do, and the reference to copy.
//!
//! The words for all problems are a sixth of what a page would download, and few pages show one. In the browser they are
//! a lazy part of their own, fetched with the first problem; what the server has drawn already stands meanwhile.

use leptos::prelude::*;
use model::{Problem, ProblemCode, explain::Explanation};

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
    let said = words(&problem);
    view! {
        <div class="notice warn" role="status">
            <span aria-hidden="true">"▲"</span>
            <div>
                <p><strong>{what}</strong>" "{move || said().title}". "{move || said().next}</p>
                <Reference problem/>
            </div>
        </div>
    }
}

/// The words for a problem: at once on the server, in the browser as soon as they are there.
#[cfg(feature = "ssr")]
pub fn words(problem: &Problem) -> impl Fn() -> Explanation + Copy + Send + Sync + 'static + use<> {
    // No signal: pages before the sign-in are drawn without the machinery that keeps them.
    let said = problem.explain();
    move || said
}

/// The words for a problem: at once on the server, in the browser as soon as they are there.
#[cfg(not(feature = "ssr"))]
pub fn words(problem: &Problem) -> impl Fn() -> Explanation + Copy + Send + Sync + 'static + use<> {
    // Where the server cannot be reached, nothing can be fetched.
    let at_hand = match problem.code {
        ProblemCode::StewardUnreachable => model::explain::UNREACHABLE,
        _ => Explanation { title: "", meaning: "", changed: "", next: "" },
    };
    let said = RwSignal::new(at_hand);
    let problem = problem.clone();
    leptos::task::spawn_local(async move {
        let fetched = fetched(problem).await;
        // The page may be gone by now.
        _ = said.try_set(fetched);
    });
    move || said.get()
}

/// The words, out of their lazy part.
#[lazy]
#[cfg_attr(feature = "ssr", allow(dead_code, reason = "the server has them at hand"))]
fn fetched(problem: Problem) -> Explanation {
    problem.explain()
}

fn panel(problem: Problem) -> impl IntoView {
    let said = words(&problem);
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
        <section class="notice bad" role="alert" aria-label=move || said().title data-problem=word>
            <span aria-hidden="true">"✕"</span>
            <div>
                <h2 tabindex="-1">{move || said().title}</h2>
                <p>{move || said().meaning}</p>
                <p><strong>"Changed: "</strong>{move || said().changed}</p>
                <p><strong>"Next: "</strong>{move || said().next}</p>
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
