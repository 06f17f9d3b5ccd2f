//! What the server draws and the browser only puts in its place.
//!
//! Every kind of element on a page costs the browser half code to wake it. A page of links and plain forms has nothing to
//! wake, so its server function sends it drawn: by the same parts, with the same escaping, as on every other page.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// HTML that this program drew.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Drawing(String);

impl Drawing {
    /// Draws a view. Only server functions do this; the view must not ask for the address or the router.
    pub fn of(view: impl IntoView) -> Self {
        Self(view.into_view().to_html())
    }
}

/// A page that the server drew.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sheet {
    /// The heading.
    pub title: String,
    /// What stands beside the heading.
    pub beside: Drawing,
    /// What stands below it.
    pub body: Drawing,
}

/// Puts a drawing in its place.
#[component]
pub fn Drawn(
    /// The drawing.
    drawing: Drawing,
) -> impl IntoView {
    view! { <div class="drawn" inner_html=drawing.0></div> }
}
