//! Tableau Cloud Manager's REST API, from the vendor's page; its lost paths as Steward infers them.

mod activity;
mod caller;
mod creation;
mod jobs;
mod licences;
mod limits;
mod paging;
pub(crate) mod refusal;
mod regions;
mod sessions;
mod sign_on;
mod sites;
mod tenants;
mod tokens;
mod users;

use axum::Router;
use axum::routing::{delete, get, post, put};

use crate::world::World;

/// The header that carries the session.
pub(crate) const TOKEN_HEADER: &str = "x-tableau-session-token";

/// Every operation that is pretended so far.
pub(crate) fn router() -> Router<World> {
    Router::new()
        .route("/api/v1/pat/login", post(sessions::sign_in))
        .route("/api/v1/pat", get(tokens::list).post(tokens::create))
        .route("/api/v1/pat/{token}", delete(tokens::revoke))
        .route("/api/v1/auth-configurations", post(sign_on::authentications))
        .route(
            "/api/v1/oidc-configurations/{resource}",
            get(sign_on::show).put(sign_on::write).delete(sign_on::delete),
        )
        .route("/api/v2/sessions", get(sessions::show).delete(sessions::sign_out))
        .route("/api/v1/regions", get(regions::list_regions))
        .route("/api/v1/users/jobs/{job}", get(jobs::show))
        .route("/api/v1/users/resources", get(users::resources))
        .route("/api/v1/tenants/{tenant}", get(tenants::show))
        .route("/api/v1/tenants/check-name/{name}", get(tenants::check_name))
        .route("/api/v1/tenants/{tenant}/terms-and-conditions", put(tenants::accept_terms))
        .route("/api/v1/tenants/{tenant}/activitylog", get(activity::list).post(activity::urls))
        .route(
            "/api/v1/tenants/{tenant}/sites/{site}/activitylog",
            get(activity::list_of_site).post(activity::urls_of_site),
        )
        .route("/object-store/{*key}", get(activity::fetch))
        .route("/api/v1/tenants/{tenant}/locations", get(regions::list_locations))
        .route("/api/v1/tenants/{tenant}/aggregates/sites", get(licences::all_sites))
        .route("/api/v1/tenants/{tenant}/aggregates/sites/{site}", get(licences::one_site))
        .route("/api/v1/tenants/{tenant}/aggregates/licenses", get(licences::whole_tenant))
        .route("/api/v1/tenants/{tenant}/sites", get(sites::list).post(creation::create))
        .route(
            "/api/v1/tenants/{tenant}/sites/{site}",
            get(sites::show).patch(limits::update).delete(sites::suspend),
        )
        .route("/api/v1/tenants/{tenant}/sites/{site}/projects", post(creation::create_project))
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
