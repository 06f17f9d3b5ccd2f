//! Facts as pairs of a word and a value, drawn in one way everywhere.

use leptos::prelude::*;
use model::Moment;

use crate::parts::text::stretch;

/// A value beside its word.
pub enum Fact {
    /// Plain text; nothing told when it is empty.
    Text(String),
    /// Something to copy as a whole: an id, a code.
    Code(String),
    /// A point in time.
    Time(Moment),
    /// A point in time to come, and how far off it is.
    Until(Moment, Moment),
    /// A link and its words.
    Link(String, String),
    /// A word for there being none.
    None(&'static str),
    /// Anything else.
    View(AnyView),
}

impl Fact {
    /// Text that the vendor may not have told.
    pub fn told(text: Option<String>) -> Self {
        match text.filter(|text| !text.is_empty()) {
            Some(text) => Self::Text(text),
            None => Self::None("not told"),
        }
    }

    /// An id or a word that the vendor may not have told.
    pub fn code(text: Option<String>) -> Self {
        text.map_or(Self::None("not told"), Self::Code)
    }

    /// A time that the vendor may not have told.
    pub fn time(at: Option<Moment>, none: &'static str) -> Self {
        at.map_or(Self::None(none), Self::Time)
    }

    /// The value as HTML.
    pub fn draw(self) -> AnyView {
        match self {
            Self::Text(text) => view! { <span class="word">{text}</span> }.into_any(),
            Self::Code(code) => view! { <code class="copy">{code}</code> }.into_any(),
            Self::Time(at) => view! { <time datetime=at.machine()>{at.to_string()}</time> }.into_any(),
            Self::Until(at, now) => {
                let told = format!("{at} (in {})", stretch(now.seconds_until(at)));
                view! { <time datetime=at.machine()>{told}</time> }.into_any()
            }
            Self::Link(href, words) => view! { <a href=href>{words}</a> }.into_any(),
            Self::None(word) => view! { <span class="soft">{word}</span> }.into_any(),
            Self::View(view) => view,
        }
    }
}

/// Pairs of words and values.
#[component]
pub fn Pairs(
    /// The pairs.
    facts: Vec<(String, Fact)>,
) -> impl IntoView {
    let rows = facts
        .into_iter()
        .map(|(word, fact)| view! { <div><dt>{word}</dt><dd>{fact.draw()}</dd></div> }.into_any())
        .collect_view();
    view! { <dl class="pairs">{rows}</dl> }.into_any()
}

/// Words and values as pairs.
pub fn facts<const N: usize>(pairs: [(&'static str, Fact); N]) -> Vec<(String, Fact)> {
    pairs.into_iter().map(|(word, fact)| (word.to_owned(), fact)).collect()
}
