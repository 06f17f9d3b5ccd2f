//! The top of a page: where one is, the one `h1`, what just became true, and how old the data is.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{Moment, Notice};

/// The heading of a page with the way to it.
#[component]
pub fn Heading(
    /// The heading, and the title of the window.
    #[prop(into)]
    title: String,
    /// The pages above this one: word and address.
    #[prop(optional)]
    above: Vec<(String, String)>,
    /// What stands beside the heading: buttons, mostly.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let window = above.iter().rev().fold(title.clone(), |so_far, (word, _)| format!("{so_far} – {word}"));
    let crumbs = (!above.is_empty()).then(|| {
        view! {
            <nav class="crumbs" aria-label="Breadcrumb">
                <ol>
                    {above
                        .into_iter()
                        .map(|(word, href)| view! { <li><a href=href>{word}</a></li> })
                        .collect_view()}
                    <li aria-current="page">{title.clone()}</li>
                </ol>
            </nav>
        }
    });
    view! {
        <Title text=format!("{window} – Steward")/>
        {crumbs}
        <div class="headline">
            <h1>{title}</h1>
            {children.map(|children| view! { <div class="row">{children()}</div> })}
        </div>
        <Told/>
    }
}

/// What just became true, by the code in the URL.
#[component]
fn Told() -> impl IntoView {
    let query = use_query_map();
    let notice = move || query.with(|query| query.get_str("notice").and_then(Notice::parse));
    move || {
        notice().map(|notice| {
            view! {
                <div class="notice good" role="status">
                    <span aria-hidden="true">"✓"</span>
                    <p>{notice.words()}</p>
                </div>
            }
        })
    }
}

/// How old the data is, and the way to newer data.
#[component]
pub fn AsOf(
    /// When it was read.
    at: Moment,
    /// The address of this page, without the word for reading it again.
    #[prop(into)]
    here: String,
) -> impl IntoView {
    // The address must change with each press, or the browser would ask nothing; the time alone stays as it is while
    // Tableau does not answer.
    let stamp = at.seconds().to_string();
    let pressed = use_query_map().with_untracked(|query| query.get_str("refresh") == Some(&stamp));
    let joint = if here.contains('?') { '&' } else { '?' };
    let refresh = format!("{here}{joint}refresh={stamp}{}", if pressed { "-again" } else { "" });
    view! {
        <p class="soft as-of">
            "As of " <time datetime=at.machine() title=at.to_string()>{at.clock()} " UTC"</time> " · "
            <a href=refresh>"refresh"</a>
        </p>
    }
}
