//! Tableau Cloud Manager's REST API, from the vendor's page; its lost paths as Steward infers them.

mod caller;
mod jobs;
mod licences;
mod paging;
pub(crate) mod refusal;
mod regions;
mod sessions;
mod sites;
mod tenants;
mod users;

use axum::Router;
use axum::routing::{get, post};

use crate::world::World;

/// The header that carries the session.
pub(crate) const TOKEN_HEADER: &str = "x-tableau-session-token";

/// Every operation that is pretended so far.
pub(crate) fn router() -> Router<World> {
    Router::new()
        .route("/api/v1/pat/login", post(sessions::sign_in))
        .route("/api/v1/pat", get(sessions::list_tokens))
        .route("/api/v2/sessions", get(sessions::show).delete(sessions::sign_out))
        .route("/api/v1/regions", get(regions::list_regions))
        .route("/api/v1/users/jobs/{job}", get(jobs::show))
        .route("/api/v1/users/resources", get(users::resources))
        .route("/api/v1/tenants/{tenant}", get(tenants::show))
        .route("/api/v1/tenants/{tenant}/locations", get(regions::list_locations))
        .route("/api/v1/tenants/{tenant}/aggregates/sites", get(licences::all_sites))
        .route("/api/v1/tenants/{tenant}/aggregates/sites/{site}", get(licences::one_site))
        .route("/api/v1/tenants/{tenant}/aggregates/licenses", get(licences::whole_tenant))
        .route("/api/v1/tenants/{tenant}/sites", get(sites::list))
        .route("/api/v1/tenants/{tenant}/sites/{site}", get(sites::show).delete(sites::suspend))
        .route("/api/v1/tenants/{tenant}/sites/{site}/reactivate", post(sites::reactivate))
        .route("/api/v1/tenants/{tenant}/users", get(users::list).post(users::create))
        .route(
            "/api/v1/tenants/{tenant}/users/{user}",
            get(users::show).patch(users::update).delete(users::delete),
        )
        .route("/api/v1/tenants/{tenant}/bulk/users/import", post(users::import))
        .route("/api/v1/tenants/{tenant}/bulk/users/delete", post(users::delete_some))
        .route("/api/v1/tenants/{tenant}/bulk/users/details", post(users::details))
        .method_not_allowed_fallback(refusal::wrong_method)
}
