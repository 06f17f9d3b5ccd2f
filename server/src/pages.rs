//! Skeleton: the pages of the app as routes, with the sign-in page kept free of scripts.

use app::{App, Assets, Life, shell};
use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::get;
use futures::StreamExt;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list_with_exclusions, handle_response_inner};

use crate::headers::set_page_policy;

const SIGN_IN: &str = "/login";

/// All pages and server functions.
pub fn routes(assets: Assets) -> Router {
    let pages = generate_route_list_with_exclusions(App, Some(vec![SIGN_IN.to_owned()]));
    let still = assets.clone();
    Router::new()
        .route(SIGN_IN, get(move |request: Request| render_still(still, request)))
        .leptos_routes_with_context(&(), pages, set_page_policy, move || shell(assets.clone(), Life::Awake))
}

/// Renders a page as HTML and nothing else. Leptos ends every page with small scripts for the browser half; a page
/// that never wakes does not need them.
async fn render_still(assets: Assets, request: Request) -> Response {
    handle_response_inner(set_page_policy, move || shell(assets, Life::Still), request, |page, _scripts, _| {
        Box::pin(async move {
            let html = page.to_html_stream_in_order().collect::<String>().await;
            Box::pin(futures::stream::once(async move { html })) as leptos_axum::PinnedStream
        })
    })
    .await
}
