//! The site API ("Tableau REST API"), from the vendor's page and public clients.

pub(crate) mod answer;
mod caller;
mod element;
mod fields;
mod filter;
mod groups;
mod jobs;
mod paging;
mod parts;
mod reading;
mod refusals;
mod server;
mod sets;
mod signin;
mod sites;
mod users;
pub(crate) mod version;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, delete, get, post, put};

use crate::manager;
use crate::world::World;
use answer::SiteRefusal;

/// The header that carries the session.
pub(crate) const TOKEN_HEADER: &str = "x-tableau-auth";

/// Every operation that is pretended so far.
pub(crate) fn router() -> Router<World> {
    let router = Router::new()
        .route("/api/{version}/serverinfo", get(server::info))
        .route("/api/{version}/auth/signin", post(signin::sign_in))
        .route("/api/{version}/auth/signout", post(signin::sign_out))
        .route("/api/{version}/auth/switchSite", post(signin::switch_site));
    [site_routes(), user_routes(), group_routes(), set_routes()]
        .into_iter()
        .flatten()
        .fold(router, |router, (path, route)| router.route(&format!("/api/{{version}}/sites{path}"), route))
        .method_not_allowed_fallback(wrong_method)
}

/// A path below the sites, and what it answers.
type Route = (&'static str, MethodRouter<World>);

fn site_routes() -> Vec<Route> {
    vec![
        ("", get(sites::list)),
        ("/{site}", get(sites::show)),
        ("/{site}/site-auth-configurations", get(sites::sign_in_ways)),
        ("/{site}/jobs", get(jobs::list)),
        ("/{site}/jobs/{job}", get(jobs::show).put(jobs::cancel)),
    ]
}

/// The vendor's samples write some lists with a slash at the end.
fn user_routes() -> Vec<Route> {
    let list = || get(users::list).post(users::add::add);
    vec![
        ("/{site}/users", list()),
        ("/{site}/users/", list()),
        ("/{site}/users/import", post(users::file::import)),
        ("/{site}/users/delete", post(users::file::delete)),
        ("/{site}/users/{user}", get(users::show).put(users::update::update).delete(users::remove::remove)),
        ("/{site}/users/{user}/groups", get(users::groups)),
        ("/{site}/users/{user}/retrieveSavedCreds", post(users::credentials::download)),
        ("/{site}/users/{user}/uploadSavedCreds", put(users::credentials::upload)),
    ]
}

fn group_routes() -> Vec<Route> {
    let list = || get(groups::list).post(groups::create::create);
    vec![
        ("/{site}/groups", list()),
        ("/{site}/groups/", list()),
        ("/{site}/groups/{group}", put(groups::update::update).delete(groups::delete)),
        ("/{site}/groups/{group}/users", get(groups::members::list).post(groups::members::add)),
        ("/{site}/groups/{group}/users/remove", put(groups::members::remove_many)),
        ("/{site}/groups/{group}/users/{user}", delete(groups::members::remove)),
    ]
}

fn set_routes() -> Vec<Route> {
    let list = || get(sets::list).post(sets::create);
    vec![
        ("/{site}/groupsets", list()),
        ("/{site}/groupsets/", list()),
        ("/{site}/groupsets/{set}", get(sets::show).put(sets::update).delete(sets::delete)),
        ("/{site}/group-set/{set}", put(sets::update)),
        ("/{site}/groupsets/{set}/groups/{group}", put(sets::add_group).delete(sets::remove_group)),
    ]
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
    if let Err(refusal) = version::check(&world, request.uri().path(), version::OLDEST) {
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
