//! What the server draws and the browser only puts in its place.
//!
//! Every kind of element on a page costs the browser half code to wake it. A page of links and plain forms has nothing to
//! wake, so its server function sends it drawn: by the same parts, with the same escaping, as on every other page.

use leptos::prelude::*;
use model::Moment;
use serde::{Deserialize, Serialize};

use crate::parts::heading::{AsOf, Heading};

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
    /// The pages above: word and address.
    pub above: Vec<(String, String)>,
    /// The heading.
    pub title: String,
    /// What stands beside the heading.
    pub beside: Drawing,
    /// What stands below it.
    pub body: Drawing,
}

/// A page as the server draws it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Page {
    /// The heading.
    pub title: String,
    /// The pages above: word and address.
    pub above: Vec<(String, String)>,
    /// What stands beside the heading.
    pub beside: Drawing,
    /// What stands below it, before the age of the data.
    pub facts: Drawing,
    /// When Tableau told it, where the page shows what Tableau tells.
    pub as_of: Option<Moment>,
    /// Everything else.
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

/// Shows a page that the server drew.
#[component]
pub fn DrawnPage(
    /// The page.
    page: Page,
    /// Its own address.
    path: String,
) -> impl IntoView {
    let Page { title, above, beside, facts, as_of, body } = page;
    let age = as_of.map(|at| view! { <div class="facts"><Drawn drawing=facts/> <AsOf at here=path/></div> });
    view! {
        <Heading title above>
            <Drawn drawing=beside/>
        </Heading>
        {age}
        <Drawn drawing=body/>
    }
}
