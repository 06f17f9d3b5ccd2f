//! Form fields with a label and a hint, and the problem beside the field it concerns.

use leptos::{prelude::*, server_fn::error::ServerFnUrlError};
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use model::Problem;

use crate::{failure::Failure, parts::query::address};

/// What a form's last sending ran into, for each of its fields.
pub type FormProblem = Signal<Option<Problem>>;

/// The problem that a plain form brought back in the address, if it was that form's.
pub fn problem_in_address(form: &str) -> Option<Problem> {
    use_query_map().with_untracked(|query| problem_in(query, form))
}

/// The same, out of what stands behind the question mark of an address.
pub fn problem_in(query: &ParamsMap, form: &str) -> Option<Problem> {
    let problem = query.get_str("__err").filter(|_| query.get_str("__path") == Some(form))?;
    let Failure(problem) = ServerFnUrlError::<Failure>::decode_err(problem);
    Some(problem)
}

/// A text field with its label, its hint, and its problem.
#[component]
pub fn TextField(
    /// Its name in the form.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What to know before typing.
    #[prop(into)]
    hint: String,
    /// The longest text.
    longest: u32,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// What was typed before.
    #[prop(optional, into)]
    value: String,
    /// What the form's last sending ran into.
    problem: FormProblem,
) -> impl IntoView {
    let said = problem.get_untracked().filter(|it| it.field() == Some(name)).map(|it| it.explain().title);
    view! {
        <div class="field-group">
            <label for=name>{label}</label>
            <p class="soft" id=format!("{name}-hint")>{hint}</p>
            <input
                class="field"
                type="text"
                id=name
                name=name
                value=(!value.is_empty()).then_some(value)
                required=!optional
                maxlength=longest
                autocomplete="off"
                aria-describedby=format!("{name}-hint {name}-problem")
                aria-invalid=said.map(|_| "true")
            />
            <p class="field-problem" id=format!("{name}-problem")>{said}</p>
        </div>
    }
}

/// The field for a list of people, with the problem beside it.
pub fn file_field(id: &'static str, beside: &'static str) -> AnyView {
    let (hint, problem) = (format!("{id}-hint"), format!("{id}-problem"));
    let described = format!("{hint} {problem}");
    let invalid = (!beside.is_empty()).then_some("true");
    view! {
        <div class="field-group">
            <label for=id>"File"</label>
            <p class="soft" id=hint>"CSV as a spreadsheet saves it, or that compressed with gzip; up to 10 MB and 200,000 rows."</p>
            <input
                class="field"
                type="file"
                id=id
                name="file"
                required
                accept=".csv,.txt,.tsv,.gz,text/csv,text/plain,application/gzip"
                aria-describedby=described
                aria-invalid=invalid
            />
            <p class="field-problem" id=problem>{beside}</p>
        </div>
    }
    .into_any()
}

/// Asks for a new proof before anything is typed, so that nothing typed is lost.
pub fn step_up_first(next: &str) -> AnyView {
    let href = address("/step-up", &[("next", next.to_owned())]);
    view! {
        <div class="notice warn" role="note">
            <span aria-hidden="true">"▲"</span>
            <p>"What stands below is dangerous, and you proved who you are more than five minutes ago. " <a href=href rel="external">"Show that it is you"</a> " first."</p>
        </div>
    }
    .into_any()
}
