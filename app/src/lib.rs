//! Everything a person sees: pages, shared parts, server functions.

pub mod failure;
pub mod parts;
mod routes;
mod skeleton;

use leptos::prelude::*;
use leptos_meta::MetaTags;

pub use parts::wake::{AssetNames, Assets};
pub use routes::App;

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
