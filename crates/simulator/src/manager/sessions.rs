//! Signing in and out, and the session.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::caller::Caller;
use super::refusal::Refusal;
use crate::world::World;
use crate::world::clock::Stamp;

#[derive(Deserialize)]
struct SignIn {
    token: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SignedIn {
    session_token: String,
    user_id: Uuid,
    tenant_id: Uuid,
    session_expiration: Stamp,
}

/// Vendor: Authentication Methods, "Sign in to Tableau Cloud Manager".
pub(super) async fn sign_in(State(world): State<World>, body: Bytes) -> Result<impl IntoResponse, Refusal> {
    let SignIn { token } =
        serde_json::from_slice(&body).map_err(|_| Refusal::invalid("The body must hold a token."))?;
    let now = world.now();
    let session = world.change(|state| {
        let session = state.keys.sign_in_manager(&token, now)?;
        let administers = state.person(session.owner).is_some_and(|person| person.is_active_admin());
        administers.then_some(session)
    });
    let session = session.ok_or_else(Refusal::bad_token)?;
    Ok(Json(SignedIn {
        session_token: session.token,
        user_id: session.owner,
        tenant_id: world.read(|state| state.tenant.id),
        session_expiration: Stamp(session.ends),
    }))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SessionInfo {
    session_id: Uuid,
    user_id: Uuid,
    tenant_id: Uuid,
    session_type: &'static str,
}

/// Vendor: Administrative Methods, session information (V2).
pub(super) async fn show(State(world): State<World>, caller: Caller) -> impl IntoResponse {
    Json(SessionInfo {
        session_id: caller.session.id,
        user_id: caller.session.owner,
        tenant_id: world.read(|state| state.tenant.id),
        session_type: "USER",
    })
}

/// Not on the vendor's page, but in public clients. The status of success is our choice.
pub(super) async fn sign_out(State(world): State<World>, caller: Caller) -> StatusCode {
    world.change(|state| state.keys.end_session(&caller.session.token));
    StatusCode::NO_CONTENT
}
