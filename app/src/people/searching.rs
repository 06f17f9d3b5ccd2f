//! The search box. With a script the list follows the typing after a short pause; without, the form is sent.

use std::time::Duration;

use leptos::{leptos_dom::helpers::debounce, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use crate::parts::query::text;

/// How long the typing rests before the list follows.
const PAUSE: Duration = Duration::from_millis(150);

/// The search box of the list. It stands outside of what is read anew, so that it keeps its focus.
#[component]
pub fn SearchBox() -> impl IntoView {
    let url = use_query_map();
    let search = move || url.with(|url| text(url, "q"));
    let first = untrack(search);
    // What this box has put into the URL. What else comes to stand there was put there by a link, and is taken over.
    let sent = StoredValue::new(first.clone());
    let taken = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        let now = search();
        if sent.with_value(|sent| *sent != now) {
            sent.set_value(now.clone());
            taken.set(Some(now));
        }
    });
    let navigate = use_navigate();
    let mut follow = debounce(PAUSE, move |typed: String| {
        let mut query = url.get_untracked();
        // Another search begins on its first page, and leaves behind what the page was told.
        for name in ["q", "page", "refresh", "notice", "__err", "__path"] {
            query.remove(name);
        }
        if !typed.is_empty() {
            query.insert("q", typed.clone());
        }
        sent.set_value(typed);
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&format!("/people{}", query.to_query_string()), options);
    });
    view! {
        <label>
            <span>"Name, e-mail or id"</span>
            <input
                class="field"
                type="search"
                name="q"
                maxlength="200"
                autocomplete="off"
                value=first
                prop:value=move || taken.get()
                on:input=move |event| follow(event_target_value(&event))
            />
        </label>
    }
}
