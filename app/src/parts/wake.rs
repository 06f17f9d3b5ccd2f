//! The head of a page that shall come alive in the browser: which files, and the line that starts them.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::WasmSplitManifest;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use serde::Deserialize;

/// The names of the built files inside `/pkg/`, as `cargo xtask build` wrote them to `assets.json`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct AssetNames {
    /// The script that starts the main module.
    pub js: String,
    /// The script that loads lazy parts.
    pub split: String,
    /// The main module.
    pub wasm: String,
    /// The stylesheet.
    pub css: String,
    /// Split function → the lazy parts it needs, without `.wasm`.
    pub lazy: HashMap<String, Vec<String>>,
}

/// The built files of this program. Cheap to clone; empty when the browser half has not been built.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    names: Arc<AssetNames>,
    manifest: WasmSplitManifest,
}

impl Assets {
    /// Prepares what every page needs of these names.
    pub fn new(names: AssetNames) -> Self {
        let manifest = ("/pkg".to_owned(), names.lazy.clone(), names.split.clone());
        Self { names: Arc::new(names), manifest: WasmSplitManifest(ArcStoredValue::new(manifest)) }
    }

    /// Whether there is a browser half at all.
    pub fn can_wake(&self) -> bool {
        !self.names.js.is_empty()
    }

    fn href(name: &str) -> String {
        format!("/pkg/{name}")
    }
}

/// The stylesheet. Every page has it.
#[component]
pub fn Style(
    /// The built files.
    assets: Assets,
) -> impl IntoView {
    (!assets.names.css.is_empty())
        .then(|| view! { <link rel="stylesheet" href=Assets::href(&assets.names.css)/> })
}

/// Starts as much of the browser half as a page needs that stays plain HTML but for the offer of a passkey.
#[cfg(feature = "ssr")]
#[component]
pub fn Attend(
    /// The built files.
    assets: Assets,
) -> impl IntoView {
    assets.can_wake().then(|| {
        let js = Assets::href(&assets.names.js);
        let wasm = Assets::href(&assets.names.wasm);
        let start =
            format!("import start,{{attend}} from {js:?};start({{module_or_path:{wasm:?}}}).then(attend);");
        view! { <script type="module" nonce=use_nonce()>{start}</script> }
    })
}

/// Starts the browser half. Leptos's own `HydrationScripts` looks for its files beside the program; ours are inside.
#[component]
pub fn Wake(
    /// The built files.
    assets: Assets,
) -> impl IntoView {
    assets.can_wake().then(|| {
        // Leptos reads this after rendering and adds a preload for the lazy part of the page that was asked for.
        provide_context(assets.manifest.clone());
        let js = Assets::href(&assets.names.js);
        let wasm = Assets::href(&assets.names.wasm);
        let start =
            format!("import start,{{hydrate}} from {js:?};start({{module_or_path:{wasm:?}}}).then(hydrate);");
        view! {
            <link rel="modulepreload" href=js nonce=use_nonce()/>
            <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
            <script type="module" nonce=use_nonce()>{start}</script>
        }
    })
}
