//! Fields that the forms about delegation share: boxes to tick, choices, lists, and a day.

use leptos::prelude::*;
use model::Moment;

const USUAL_SECONDS: i64 = 90 * 86_400;

/// A box to tick.
pub fn tick(name: &'static str, value: String, words: String, ticked: bool) -> AnyView {
    view! {
        <label class="pick">
            <input type="checkbox" name=name value=value checked=ticked/>
            <span>{words}</span>
        </label>
    }
    .into_any()
}

/// One of a few ways, each in its own words.
pub fn radio(name: &'static str, value: &'static str, words: &'static str, chosen: bool) -> AnyView {
    view! {
        <label class="pick">
            <input type="radio" name=name value=value checked=chosen required/>
            <span>{words}</span>
        </label>
    }
    .into_any()
}

/// A line or an area of text with its label and hint.
pub fn area(name: &'static str, label: &'static str, hint: &'static str, value: String) -> AnyView {
    view! {
        <div class="field-group">
            <label for=name>{label}</label>
            <p class="soft" id=format!("{name}-hint")>{hint}</p>
            <textarea class="field" id=name name=name rows="3" aria-describedby=format!("{name}-hint")>{value}</textarea>
        </div>
    }
    .into_any()
}

/// A short field of a kind: text, number, date.
pub fn line(
    kind: &'static str,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: String,
    required: bool,
) -> AnyView {
    let hinted = (!hint.is_empty()).then(|| format!("{name}-hint"));
    view! {
        <div class="field-group">
            <label for=name>{label}</label>
            {hinted.clone().map(|id| view! { <p class="soft" id=id>{hint}</p> })}
            <input class="field" type=kind id=name name=name value=value required=required autocomplete="off" aria-describedby=hinted/>
        </div>
    }
    .into_any()
}

/// A choice that has to be made: where none is chosen yet, the first line says so and cannot be sent.
pub fn choice(
    name: &'static str,
    label: &'static str,
    chosen: &str,
    pairs: Vec<(String, String)>,
) -> AnyView {
    let none = pairs.iter().all(|(value, _)| value != chosen);
    let options = pairs
        .into_iter()
        .map(|(value, words)| {
            let is_chosen = value == chosen;
            view! { <option value=value selected=is_chosen>{words}</option> }
        })
        .collect_view();
    let options = view! { {none.then(|| view! { <option value="" selected>"Choose"</option> })} {options} };
    view! {
        <div class="field-group">
            <label for=name>{label}</label>
            <select class="field" id=name name=name required>{options}</select>
        </div>
    }
    .into_any()
}

/// The last day of what is given now, unless another one is chosen.
pub fn usual_end(now: Moment) -> String {
    now.plus_seconds(USUAL_SECONDS).machine().chars().take(10).collect()
}

/// A list of sentences.
pub fn sentences(said: Vec<String>) -> AnyView {
    let said = said.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    view! { <ul>{said}</ul> }.into_any()
}

/// A button that sends hidden values and nothing else.
pub fn button(
    action: &'static str,
    values: Vec<(&'static str, String)>,
    class: &'static str,
    words: &'static str,
) -> AnyView {
    let hidden = values
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! { <form method="post" action=action>{hidden}<button class=class type="submit">{words}</button></form> }
        .into_any()
}
