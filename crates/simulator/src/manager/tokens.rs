//! The caller's own personal access tokens: listed, made and revoked.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use time::Duration;
use uuid::Uuid;

use super::caller::{Caller, id};
use super::refusal::Refusal;
use crate::world::World;
use crate::world::clock::Stamp;
use crate::world::keys::{Pat, Plane};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TokenInfo {
    #[serde(rename = "tokenUUID")]
    token_uuid: Uuid,
    token_name: String,
    user_id: Uuid,
    tenant_id: Uuid,
    issue_in_utc: Stamp,
    expiration_in_utc: Stamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl TokenInfo {
    fn of(pat: &Pat, tenant: Uuid) -> Self {
        Self {
            token_uuid: pat.id,
            token_name: pat.name.clone(),
            user_id: pat.owner,
            tenant_id: tenant,
            issue_in_utc: Stamp(pat.issued),
            expiration_in_utc: Stamp(pat.expires),
            secret: None,
        }
    }
}

/// Vendor: Authentication Methods, list of the caller's own valid tokens: a bare array.
pub(super) async fn list(State(world): State<World>, caller: Caller) -> impl IntoResponse {
    let now = world.now();
    Json(world.read(|state| {
        let own = state.keys.pats.iter().filter(|pat| {
            pat.plane == Plane::Manager && pat.owner == caller.session.owner && pat.expires > now
        });
        own.map(|pat| TokenInfo::of(pat, state.tenant.id)).collect::<Vec<_>>()
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewToken {
    token_name: String,
    // Vendor: "Default value is 180 days; maximum value is 365 days."
    #[serde(default = "half_a_year")]
    absolute_expiry_in_days: i64,
}

fn half_a_year() -> i64 {
    180
}

/// Vendor: Authentication Methods, "Generate a personal access token". The codes of its refusals are ours.
pub(super) async fn create(
    State(world): State<World>,
    caller: Caller,
    body: Bytes,
) -> Result<impl IntoResponse, Refusal> {
    let NewToken { token_name, absolute_expiry_in_days: days } = serde_json::from_slice(&body)
        .map_err(|_| Refusal::invalid("The body must hold a tokenName, and may hold a number of days."))?;
    if token_name.trim().is_empty() {
        return Err(Refusal::invalid("tokenName must not be empty."));
    }
    if !(1..=365).contains(&days) {
        return Err(Refusal::invalid("absoluteExpiryInDays must be between 1 and 365."));
    }
    let (now, owner) = (world.now(), caller.session.owner);
    let made = world.change(|state| {
        let taken = |pat: &&Pat| pat.plane == Plane::Manager && pat.owner == owner && pat.name == token_name;
        if state.keys.pats.iter().find(taken).is_some_and(|pat| pat.expires > now) {
            let reason = "The name of a token must be unique.";
            return Err(Refusal::new(
                StatusCode::CONFLICT,
                "TOKEN_NAME_CONFLICT",
                "The name is taken.",
                reason,
            ));
        }
        let pat = state.keys.make(&token_name, owner, (now, now + Duration::days(days)));
        Ok(TokenInfo { secret: Some(pat.secret.clone()), ..TokenInfo::of(&pat, state.tenant.id) })
    })?;
    world.write_down("pat.create", made.token_uuid, owner);
    Ok(Json(made))
}

/// Vendor: Authentication Methods, "Revoke a personal access token"; its sample has the shape of an error body. A
/// token of somebody else's is not there, and the sessions of a revoked one end: our choice.
pub(super) async fn revoke(
    State(world): State<World>,
    caller: Caller,
    Path(token): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let (token, owner) = (id(&token)?, caller.session.owner);
    if !world.change(|state| state.keys.revoke_own(token, owner)) {
        return Err(Refusal::not_found("token"));
    }
    world.write_down("pat.revoke", token, owner);
    Ok(Json(serde_json::json!({ "message": "Revoked.", "reason": "", "errorCode": "" })))
}
