//! Wakes the pages up in the browser.

// A page is one deep type: its elements lie inside each other.
#![recursion_limit = "512"]

mod passkey;

use leptos::prelude::document;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Takes over the page that the server has rendered. The page's own script calls this.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    passkey::attend();
    spawn_local(wake());
}

/// Looks after the offers of a passkey on a page that stays plain HTML otherwise. Such a page's own script calls this.
#[wasm_bindgen]
pub fn attend() {
    console_error_panic_hook::set_once();
    passkey::attend();
    sign_of_life();
}

/// Tells tests that the page is alive: before it, a click would be lost.
fn sign_of_life() {
    if let Some(html) = document().document_element() {
        _ = html.set_attribute("data-hydrated", "");
    }
}

/// What `leptos::mount::hydrate_lazy` does (it waits for the lazy part of the page), plus the sign of life.
async fn wake() {
    let Some(body) = document().body() else { return };
    leptos::mount::hydrate_from_async(body, app::App).await.forget();
    sign_of_life();
}
