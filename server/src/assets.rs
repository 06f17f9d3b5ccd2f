//! Serves the built browser half out of the program itself, compressed beforehand.

use app::{AssetNames, Assets};
use axum::Router;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::{Embed, EmbeddedFile};

/// The site folder: inside the program in a release, read from disk while developing.
#[derive(Embed)]
#[folder = "$STEWARD_SITE"]
#[allow_missing = true]
struct Site;

const MANIFEST: &str = "assets.json";
const PACKAGE: &str = "pkg/";
/// The name of a file in `/pkg/` changes with its content.
const FOREVER: &str = "public, max-age=31536000, immutable";
const AN_HOUR: &str = "public, max-age=3600";
/// What keeps its name while it changes is asked about each time.
const EACH_TIME: &str = "no-cache";
/// What `cargo leptos watch --split` writes, and the script that its lazy parts are loaded by.
const WATCHED_MANIFEST: &str = "pkg/__wasm_split_manifest.json";
const WATCHED_SPLIT: &str = "__wasm_split.______________________.js";

/// The built files a page asks for; empty when neither `cargo xtask build` nor `cargo leptos` has run.
pub fn built() -> Assets {
    // cargo-leptos names its output to the program that it starts.
    if let Some(watched) = std::env::var("LEPTOS_OUTPUT_NAME").ok().and_then(|name| watched(&name)) {
        return Assets::new(watched);
    }
    let Some(manifest) = Site::get(MANIFEST) else {
        tracing::warn!("The browser half is not built; pages stay plain HTML. Run `cargo xtask build`.");
        return Assets::default();
    };
    match serde_json::from_slice::<AssetNames>(&manifest.data) {
        Ok(names) => Assets::new(names),
        Err(error) => {
            tracing::error!(%error, "The manifest of the browser half is unreadable; pages stay plain HTML");
            Assets::default()
        }
    }
}

/// The files that cargo-leptos built, if it did.
fn watched(name: &str) -> Option<AssetNames> {
    let manifest = Site::get(WATCHED_MANIFEST)?;
    Some(AssetNames {
        js: format!("{name}.js"),
        split: WATCHED_SPLIT.to_owned(),
        wasm: format!("{name}.wasm"),
        css: format!("{name}.css"),
        lazy: serde_json::from_slice(&manifest.data).ok()?,
    })
}

/// `/pkg/…` and the files of `public/`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let package = get(async |Path(name): Path<String>, headers: HeaderMap| {
        answer(&format!("{PACKAGE}{name}"), &headers)
    });
    let plain = async |uri: Uri, headers: HeaderMap| answer(uri.path().trim_start_matches('/'), &headers);
    let mut routes = Router::new().route("/pkg/{*name}", package);
    for file in Site::iter().filter(|file| is_public(file)) {
        routes = routes.route(&format!("/{file}"), get(plain));
    }
    routes
}

/// A file of `public/`: neither the package, nor its manifest, nor a compressed twin.
fn is_public(file: &str) -> bool {
    !file.starts_with(PACKAGE) && file != MANIFEST && !is_twin(file)
}

fn is_twin(file: &str) -> bool {
    file.ends_with(".br") || file.ends_with(".gz")
}

/// Whether a hash stands before the ending, as `cargo xtask build` writes it.
fn is_named_by_content(path: &str) -> bool {
    let hash = path.rsplit('.').nth(1).unwrap_or_default();
    hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn answer(path: &str, headers: &HeaderMap) -> Response {
    let climbs = path.split('/').any(|part| part.is_empty() || part.starts_with('.'));
    let Some((file, encoding)) = (!climbs && !is_twin(path)).then(|| find(path, headers)).flatten() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let age = match path.starts_with(PACKAGE) {
        true if is_named_by_content(path) => FOREVER,
        true => EACH_TIME,
        false => AN_HOUR,
    };
    // Each encoding is another representation and has its own tag.
    let tag = format!("\"{}\"", hex(&file.metadata.sha256_hash()[..12]));
    let always = [(CACHE_CONTROL, age), (VARY, "accept-encoding"), (ETAG, tag.as_str())];
    if headers.get(IF_NONE_MATCH).is_some_and(|known| names_tag(known.as_bytes(), &tag)) {
        return (StatusCode::NOT_MODIFIED, always).into_response();
    }
    let kind = [(CONTENT_TYPE, content_type(path))];
    match encoding {
        Some(encoding) => (always, kind, [(CONTENT_ENCODING, encoding)], file.data).into_response(),
        None => (always, kind, file.data).into_response(),
    }
}

/// The smallest form of a file that this browser can read.
fn find(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        if accepts(headers, encoding)
            && let Some(file) = Site::get(&format!("{path}.{ending}"))
        {
            return Some((file, Some(encoding)));
        }
    }
    Site::get(path).map(|file| (file, None))
}

/// Whether the browser names this encoding and does not weigh it with zero.
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|offer| {
            let (name, weight) = offer.split_once(';').unwrap_or((offer, "q=1"));
            let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
            name.trim().eq_ignore_ascii_case(encoding) && weight.is_none_or(|weight| weight > 0.0)
        })
}

fn names_tag(known: &[u8], tag: &str) -> bool {
    let known = String::from_utf8_lossy(known);
    known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn asking_for(encodings: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(encodings))])
    }

    #[test]
    fn an_encoding_counts_only_when_the_browser_wants_it() {
        assert!(accepts(&asking_for("gzip, deflate, br"), "br"));
        assert!(accepts(&asking_for("BR;q=0.5"), "br"));
        assert!(!accepts(&asking_for("gzip, br;q=0"), "br"));
        assert!(!accepts(&asking_for("brotli"), "br"));
        assert!(!accepts(&HeaderMap::new(), "gzip"));
    }

    #[test]
    fn a_path_cannot_leave_the_site_folder() {
        for path in [
            "pkg/../assets.json",
            "pkg/..",
            "../Cargo.toml",
            "pkg//etc/passwd",
            "pkg/.hidden",
            "assets.json.br",
        ] {
            assert_eq!(answer(path, &HeaderMap::new()).status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn only_what_is_named_by_its_content_is_kept_forever() {
        assert!(is_named_by_content("pkg/steward.acc3c6400014bbad.js"));
        assert!(!is_named_by_content("pkg/steward.js"));
        assert!(!is_named_by_content(&format!("pkg/{WATCHED_SPLIT}")));
    }

    #[test]
    fn a_known_tag_is_recognised_in_a_list() {
        assert!(names_tag(b"\"a\", W/\"b\"", "\"b\""));
        assert!(!names_tag(b"\"a\"", "\"b\""));
    }
}
