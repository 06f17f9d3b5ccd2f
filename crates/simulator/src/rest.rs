//! The site API, from the vendor's page; signing in and out so far.

pub(crate) mod answer;
mod server;
mod signin;
mod version;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::manager;
use crate::world::World;
use answer::SiteRefusal;

/// The header that carries the session.
pub(crate) const TOKEN_HEADER: &str = "x-tableau-auth";

/// Every operation that is pretended so far.
pub(crate) fn router() -> Router<World> {
    Router::new()
        .route("/api/{version}/serverinfo", get(server::info))
        .route("/api/{version}/auth/signin", post(signin::sign_in))
        .route("/api/{version}/auth/signout", post(signin::sign_out))
        .method_not_allowed_fallback(wrong_method)
}

/// Whether a path belongs to the site API: its versions have a dot, such as `3.24`.
pub(crate) fn speaks_xml(path: &str) -> bool {
    version::in_path(path).is_some()
}

/// A path without an operation, answered in the language of its API.
///
/// The site API looks at the session first, so a stranger does not learn which paths exist.
pub(crate) async fn unknown_path(State(world): State<World>, request: Request) -> Response {
    if !speaks_xml(request.uri().path()) {
        return manager::refusal::unknown_path().into_response();
    }
    if let Err(refusal) = version::check(request.uri().path()) {
        return refusal.into_response();
    }
    match signin::session(&world, request.headers()) {
        Ok(_) => SiteRefusal::unknown_resource().into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// The path is known, the verb is not; axum adds `Allow`.
async fn wrong_method(_: Method, request: Request) -> Response {
    if speaks_xml(request.uri().path()) {
        SiteRefusal::wrong_method().into_response()
    } else {
        manager::refusal::unknown_path().into_response()
    }
}
