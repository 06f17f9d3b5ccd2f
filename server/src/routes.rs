//! Every door of the program, and the layers around them.

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::{from_fn, from_fn_with_state},
    response::Response,
    routing::{get, post},
};
use model::ProblemCode;
use store::SignIns;
use tower_http::{compression::CompressionLayer, csrf::CsrfLayer};
use tower_sessions::{SessionManagerLayer, cookie::SameSite};

use crate::{
    accounts, answers, around, assets,
    explained::explained,
    exports, guard, half_way,
    headers::{forget_earlier_problem, set_headers},
    health, hook, join, live, pages, passkeys,
    program::Web,
    provider, signin, step_up, tokens, uploads,
};

/// The name of the sign-in cookie. The prefix makes browsers insist on TLS, on this host alone and on the whole path.
pub const COOKIE: &str = "__Host-steward";

/// The whole program as one service.
pub fn router(web: Web) -> Router {
    let sign_ins = SessionManagerLayer::new(SignIns::new(web.store.clone()))
        .with_name(COOKIE)
        .with_secure(true)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/");
    // The last one is the outermost.
    doors(&web)
        .layer(from_fn(forget_earlier_problem))
        .layer(from_fn(answers::status_of_problems))
        .layer(from_fn_with_state(web.clone(), guard::sign_in))
        .layer(sign_ins)
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state(web.clone(), guard::cross_site))
        .layer(from_fn_with_state(web.clone(), guard::host))
        .layer(from_fn_with_state(web.assets.clone(), around::contain))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(web.origin.transport(), set_headers))
        .layer(from_fn(around::trace))
}

/// The doors that are not pages or server functions.
fn doors(web: &Web) -> Router {
    Router::new()
        .route("/login", get(pages::sign_in).post(signin::sign_in))
        .route("/login/account", post(signin::enter))
        .route("/login/second", get(half_way::page).post(half_way::by_code))
        .route("/login/passkey", post(half_way::by_passkey))
        .route("/login/passkey/ask", post(half_way::ask))
        .route("/login/provider", get(provider::depart))
        .route("/login/provider/back", get(provider::arrive))
        .route("/join", get(join::join_page).post(join::join))
        .route("/join/passkey", post(passkeys::ask_to_join))
        .route("/step-up", get(step_up::step_up_page).post(step_up::step_up))
        .route("/step-up/passkey", post(passkeys::step_up))
        .route("/step-up/passkey/ask", post(passkeys::ask_to_step_up))
        .route("/accounts/invite", post(accounts::invite))
        .route("/accounts/again", post(accounts::invite_again))
        .route("/account/password", post(accounts::password))
        .route("/account/passkey", post(passkeys::add))
        .route("/account/passkey/ask", post(passkeys::ask_to_add))
        .route("/account/passkey/remove", post(passkeys::remove))
        .route("/account/recovery-codes", post(accounts::recovery_codes_form))
        .route("/logout", post(signin::sign_out))
        .route("/api/jobs/{id}/events", get(live::job_events))
        .route("/jobs/{id}/file", get(exports::job))
        .route("/people/export", get(exports::people))
        .route("/audit/export", get(exports::audit))
        .route("/licences/export", get(exports::licences))
        .route("/licences/hook", post(hook::set_hook))
        .route("/codes/file", get(exports::codes))
        .route("/import", post(uploads::import).layer(DefaultBodyLimit::disable()))
        .route("/import/site", post(uploads::import_to_site).layer(DefaultBodyLimit::disable()))
        .route("/convert", post(uploads::convert).layer(DefaultBodyLimit::disable()))
        .route("/convert/{id}/file", get(exports::converted))
        .route("/activity/export", get(exports::events))
        .route("/activity/file", get(exports::log_file))
        .route("/tokens/create", post(tokens::create))
        .route("/tokens/swap", post(tokens::swap))
        .route("/import/template", get(exports::import_template))
        .route("/plans/{id}/file", get(exports::plan))
        .route("/runs/{id}/file", get(exports::run))
        .route("/api/runs/{id}/events", get(live::run_events))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .fallback(nowhere)
        .with_state(web.clone())
        .merge(pages::routes(web))
        .merge(assets::routes())
        // Counts for the routes that are there by now, so it comes after all of them.
        .method_not_allowed_fallback({
            let web = web.clone();
            async move |request: Request| wrong_method(&web, request)
        })
}

/// A path that leads nowhere: with the frame around it for people, as JSON for the browser half.
async fn nowhere(State(web): State<Web>, request: Request) -> Response {
    if request.uri().path().starts_with("/api/") {
        return explained(&web.assets, &request.into_parts().0, ProblemCode::PageNotFound);
    }
    pages::not_found(&web, request).await
}

fn wrong_method(web: &Web, request: Request) -> Response {
    explained(&web.assets, &request.into_parts().0, ProblemCode::MethodNotAllowed)
}
