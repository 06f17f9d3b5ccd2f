//! Wakes the pages up in the browser.

use leptos::prelude::document;
use leptos::task::{Executor, spawn_local};
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page that the server has rendered. The page's own script calls this.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    // It fails only when an executor is there already, and then there is nothing to do.
    _ = Executor::init_wasm_bindgen();
    spawn_local(wake());
}

/// What `leptos::mount::hydrate_lazy` does (it waits for the lazy part of the page), plus a sign for tests that the
/// page is alive: before it, a click would be lost.
async fn wake() {
    let Some(body) = document().body() else { return };
    leptos::mount::hydrate_from_async(body, app::App).await.forget();
    if let Some(html) = document().document_element() {
        _ = html.set_attribute("data-hydrated", "");
    }
}
