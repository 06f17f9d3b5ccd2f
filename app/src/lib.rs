//! Everything a person sees: pages, shared parts, server functions.

// A page is one deep type: its elements lie inside each other.
#![recursion_limit = "512"]

pub mod accounts;
pub mod ask;
pub mod audit;
mod codec;
pub mod codes;
pub mod connection;
pub mod delegation;
pub mod doctor;
#[cfg(feature = "ssr")]
pub mod entrance;
pub mod failure;
mod frame;
pub mod imports;
pub mod jobs;
pub mod licences;
pub mod overview;
pub mod parts;
pub mod people;
pub mod plans;
mod routes;
pub mod runs;
pub mod signin;
pub mod site_plane;
pub mod sites;
pub mod tenancy;

use leptos::prelude::*;
use leptos_meta::MetaTags;

pub use parts::wake::{AssetNames, Assets};
pub use routes::App;
pub use signin::{DemoHint, ProviderName};

/// What a page may do in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// The page comes alive.
    Awake,
    /// The page stays plain HTML and carries no script at all.
    Still,
}

/// The whole document around a page.
pub fn shell(assets: Assets, life: Life) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <parts::wake::Style assets=assets.clone()/>
                {(life == Life::Awake).then(|| view! { <parts::wake::Wake assets/> })}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// A whole page that only tells a problem, for requests that never reach the router. It carries no script.
#[cfg(feature = "ssr")]
pub fn problem_document(assets: Assets, problem: model::Problem) -> String {
    let title = problem.explain().title;
    parts::document::document(assets, title, move || {
        view! {
            <main class="entrance" id="main">
                <h1>"Steward"</h1>
                <parts::explained::Explained problem/>
                <p><a href="/">"Go to the overview"</a></p>
            </main>
        }
        .into_any()
    })
}
