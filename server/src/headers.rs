//! The headers that tell a browser what a page may not do.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERER, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use leptos::nonce::{Nonce, use_nonce};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// How the browser reaches this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// The public origin is `https://…`.
    Tls,
    /// Plain HTTP, as on a developer's own machine.
    Plain,
}

/// For everything that is not a page: such an answer, opened by itself, can do nothing.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

const ALWAYS: [(HeaderName, HeaderValue); 6] = [
    // Leptos carries the problem of a form back to the page by its Referer, so `no-referrer` would lose it.
    (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-embedder-policy"), HeaderValue::from_static("require-corp")),
    (HeaderName::from_static("permissions-policy"), HeaderValue::from_static(PERMISSIONS)),
];

const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
    encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), \
    idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), \
    publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(), serial=(), storage-access=(), usb=(), \
    window-management=(), xr-spatial-tracking=()";

const TWO_YEARS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// For pages that stay plain HTML: no script may run at all.
const STILL: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; manifest-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Gives a page that stays plain HTML its policy.
pub fn set_still_page_policy() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(CONTENT_SECURITY_POLICY, STILL);
    }
}

/// Gives the page that is being rendered its policy. Leptos makes the nonce before it calls the function that adds
/// contexts, so this is called there; for a server function there is no nonce and nothing to do.
pub fn set_page_policy() {
    let Some((nonce, response)) = use_nonce().zip(use_context::<ResponseOptions>()) else { return };
    if let Ok(policy) = HeaderValue::from_str(&page_policy(&nonce)) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

/// The same policy for a whole page beside the app.
pub fn waking_policy(nonce: &Nonce) -> Option<HeaderValue> {
    HeaderValue::from_str(&page_policy(nonce)).ok()
}

/// A layer: sets on every answer what has not been set by its maker.
pub async fn set_headers(State(transport): State<Transport>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(NOTHING);
    headers.entry(CACHE_CONTROL).or_insert(NO_STORE);
    if transport == Transport::Tls {
        headers.insert(STRICT_TRANSPORT_SECURITY, TWO_YEARS);
    }
    response
}

/// A layer: takes an earlier problem out of the address that a form came from. Without JavaScript, Leptos adds the
/// problem of a form to that address and sends the browser there; a second try would collect the first one's too.
pub async fn forget_earlier_problem(mut request: Request, next: Next) -> Response {
    let referer = request.headers().get(REFERER).and_then(|referer| referer.to_str().ok());
    if let Some(cleaned) =
        referer.and_then(without_problem).and_then(|cleaned| HeaderValue::from_str(&cleaned).ok())
    {
        request.headers_mut().insert(REFERER, cleaned);
    }
    next.run(request).await
}

/// The address without `__path` and `__err`, if it has them.
fn without_problem(address: &str) -> Option<String> {
    let (page, query) = address.split_once('?')?;
    let is_problem = |pair: &str| pair.starts_with("__path=") || pair.starts_with("__err=");
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_problem(pair)).collect();
    match kept.as_slice() {
        [] => Some(page.to_owned()),
        kept => Some(format!("{page}?{}", kept.join("&"))),
    }
}

/// Scripts run by nonce or because such a script loaded them; `wasm-unsafe-eval` is what WebAssembly needs.
fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
         base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_problem_leaves_the_address_and_the_rest_stays() {
        let cleaned = |address| without_problem(address);
        assert_eq!(cleaned("http://h/s?page=2&__path=%2Fapi&__err=e30%3D"), Some("http://h/s?page=2".into()));
        assert_eq!(cleaned("http://h/s?__path=a&__err=b"), Some("http://h/s".into()));
        assert_eq!(cleaned("http://h/s"), None);
    }

    #[test]
    fn the_policy_of_a_page_allows_nothing_inline() {
        let policy = page_policy("abc");
        assert!(
            policy.starts_with(
                "default-src 'none'; script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval';"
            )
        );
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'") && !policy.contains("  ")
        );
    }
}
