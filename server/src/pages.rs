//! The pages and server functions of the app as routes, with the sign-in page kept free of scripts.

use std::pin::Pin;

use app::{App, Life, ProviderName, shell};
use axum::{
    Router,
    extract::{Request, State},
    response::Response,
};
use futures::{Stream, StreamExt};
use leptos::prelude::*;
use leptos_axum::{
    LeptosRoutes, generate_route_list_with_exclusions, handle_response_inner, render_app_async_with_context,
};

use crate::{
    headers::{set_page_policy, set_still_page_policy},
    program::Web,
};

/// All pages and server functions but the sign-in page.
pub fn routes(web: &Web) -> Router {
    let pages = generate_route_list_with_exclusions(App, Some(vec!["/login".to_owned()]));
    // Leptos asks for its options as the router's state; nothing of ours reads them.
    let options = LeptosOptions::builder().output_name("steward").build();
    let assets = web.assets.clone();
    Router::new()
        .leptos_routes_with_context(&options, pages, contexts(web), move || {
            shell(assets.clone(), Life::Awake)
        })
        .with_state(options)
}

/// What every page and server function finds: the operations, and its own policy in the headers.
fn contexts(web: &Web) -> impl Fn() + Clone + Send + 'static {
    let (operations, hint) = (web.operations.clone(), web.hint.clone());
    move || {
        provide_context(operations.clone());
        // In the demo the page that connects a site offers a token.
        if let Some(hint) = hint.clone() {
            provide_context(hint);
        }
        set_page_policy();
    }
}

/// A path that leads nowhere, as a page of the app.
pub async fn not_found(web: &Web, request: Request) -> Response {
    let assets = web.assets.clone();
    render_app_async_with_context(contexts(web), move || shell(assets.clone(), Life::Awake))(request).await
}

/// The sign-in page. Leptos ends every page with small scripts for the browser half; a page that never wakes does not
/// need them.
pub async fn sign_in(State(web): State<Web>, request: Request) -> Response {
    let (assets, hint) = (web.assets.clone(), web.hint.clone());
    let provider = web.operations.provider_name().map(ProviderName);
    let contexts = move || {
        if let Some(provider) = provider.clone() {
            provide_context(provider);
        }
        if let Some(hint) = hint.clone() {
            provide_context(hint);
        }
        set_still_page_policy();
    };
    handle_response_inner(
        contexts,
        move || shell(assets, Life::Still),
        request,
        |page, _scripts, _| {
            Box::pin(async move {
                let html = page.to_html_stream_in_order().collect::<String>().await;
                Box::pin(futures::stream::once(async move { html }))
                    as Pin<Box<dyn Stream<Item = String> + Send>>
            })
        },
    )
    .await
}
