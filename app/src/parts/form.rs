//! Form fields with a label and a hint, and the problem beside the field it concerns.

use leptos::{
    prelude::*,
    server_fn::{ServerFn, error::ServerFnUrlError},
};
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use model::Problem;

use crate::{failure::Failure, parts::explained::Explained};

/// What a form's last sending ran into.
pub type FormProblem = Signal<Option<Problem>>;

/// Takes the problem out of a form's last sending.
pub fn problem_of<Sent>(action: ServerAction<Sent>) -> FormProblem
where
    Sent: ServerFn<Output = (), Error = Failure> + Clone + Send + Sync + 'static,
{
    Signal::derive(move || action.value().get().and_then(Result::err).map(|Failure(problem)| problem))
}

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

/// The problem of a form, above its fields. Focus may move here after a submit.
#[component]
pub fn ProblemOfForm(
    /// The problem.
    problem: FormProblem,
) -> impl IntoView {
    move || problem.get().map(|problem| view! { <Explained problem/> })
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
    /// What the form's last sending ran into.
    problem: FormProblem,
) -> impl IntoView {
    let wrong = move || problem.with(|problem| problem.as_ref().is_some_and(|it| it.field() == Some(name)));
    let said = move || problem.get().filter(|_| wrong()).map(|problem| problem.explain().title);
    view! {
        <div class="field-group">
            <label for=name>{label}</label>
            <p class="soft" id=format!("{name}-hint")>{hint}</p>
            <input
                class="field"
                type="text"
                id=name
                name=name
                required=!optional
                maxlength=longest
                autocomplete="off"
                aria-describedby=format!("{name}-hint {name}-problem")
                aria-invalid=move || wrong().then_some("true")
            />
            <p class="field-problem" id=format!("{name}-problem")>{said}</p>
        </div>
    }
}
