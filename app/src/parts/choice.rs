//! A choice of one word among those that occur.

use leptos::prelude::*;

/// A labelled choice with "any" on top. A word in the URL that does not occur stays visible as the chosen one.
#[component]
pub fn Choice(
    /// The label.
    label: &'static str,
    /// Its name in the form.
    name: &'static str,
    /// The word for no choice.
    all: &'static str,
    /// The word chosen now.
    chosen: String,
    /// The words to choose from.
    #[prop(into)]
    words: Vec<String>,
) -> impl IntoView {
    let pairs = words.into_iter().map(|word| (word.clone(), word)).collect();
    view! { <ChoiceOf label name all chosen pairs/> }
}

/// A labelled choice whose values and words differ.
#[component]
pub fn ChoiceOf(
    /// The label.
    label: &'static str,
    /// Its name in the form.
    name: &'static str,
    /// The word for no choice.
    all: &'static str,
    /// The value chosen now.
    chosen: String,
    /// Values and their words.
    pairs: Vec<(String, String)>,
) -> impl IntoView {
    let stray = (!chosen.is_empty() && pairs.iter().all(|(value, _)| *value != chosen))
        .then(|| view! { <option value=chosen.clone() selected>{chosen.clone()}</option> });
    let options = pairs
        .into_iter()
        .map(|(value, word)| {
            let is_chosen = value == chosen;
            view! { <option value=value selected=is_chosen>{word}</option> }
        })
        .collect_view();
    view! {
        <label>
            <span>{label}</span>
            <select class="field" name=name>
                <option value="">{all}</option>
                {stray}
                {options}
            </select>
        </label>
    }
}
