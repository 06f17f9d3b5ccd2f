//! Whole documents beside the app, each the answer to one request. They do not wake up.

use leptos::prelude::*;

use crate::parts::wake::{Assets, Style};

/// The document around a page that is drawn by `body`.
pub fn document(assets: Assets, title: &str, body: impl FnOnce() -> AnyView) -> String {
    Owner::new_root(None).with(|| {
        // As HTML of its own: Leptos would put the mark between two texts into it, which a title shows as it is.
        let title = format!("{title} – Steward").replace('&', "&amp;").replace('<', "&lt;");
        let body = body();
        let page = view! {
            <html lang="en">
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <title inner_html=title></title>
                    <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                    <Style assets/>
                </head>
                <body>{body}</body>
            </html>
        };
        format!("<!DOCTYPE html>{}", page.to_html())
    })
}
