//! Controls of the site API: which Tableau it is, its tokens and sessions, and its groups.

use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::done;
use crate::world::World;
use crate::world::facts::GroupFacts;
use crate::world::settings::Deployment;

pub(super) fn router() -> Router<World> {
    Router::new()
        .route("/control/site-api", post(set))
        .route("/control/directory", post(add_directory_group))
        .route("/control/sites/{site}/token", get(token))
        .route("/control/sites/{site}/tokens", post(add_token))
        .route("/control/sites/{site}/sessions/end", post(end_sessions))
        .route("/control/sites/{site}/groups", get(groups).post(add_group))
        .route("/control/sites/{site}/sign-in/{user_name}", post(sign_in))
        .route("/control/groups/{group}", post(change_group).delete(remove_group))
        .route("/control/groups/{group}/members", get(members))
}

/// What is left out stays as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SiteApi {
    deployment: Option<Deployment>,
    version: Option<String>,
    index_lag_ms: Option<u64>,
}

async fn set(State(world): State<World>, Json(new): Json<SiteApi>) -> StatusCode {
    if new.version.is_some_and(|version| !world.set_site_version(&version)) {
        return StatusCode::BAD_REQUEST;
    }
    if let Some(deployment) = new.deployment {
        world.set_deployment(deployment);
    }
    if let Some(lag) = new.index_lag_ms {
        world.set_index_lag(Duration::from_millis(lag));
    }
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DirectoryGroup {
    domain: String,
    name: String,
    members: Vec<String>,
}

async fn add_directory_group(State(world): State<World>, Json(group): Json<DirectoryGroup>) -> StatusCode {
    let members: Vec<_> = group.members.iter().map(String::as_str).collect();
    world.add_directory_group(&group.domain, &group.name, &members);
    StatusCode::NO_CONTENT
}

#[derive(Serialize)]
struct Token {
    name: String,
    secret: String,
}

/// The demo token of a site, by its content URL.
async fn token(State(world): State<World>, Path(site): Path<String>) -> Result<Json<Token>, StatusCode> {
    let (name, secret) = world.site_token(&site).ok_or(StatusCode::NOT_FOUND)?;
    Ok(Json(Token { name, secret }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewToken {
    user_name: String,
    name: String,
    secret: String,
    expires_in_seconds: i64,
}

/// Gives somebody a token for a site, by its content URL.
async fn add_token(
    State(world): State<World>,
    Path(site): Path<String>,
    Json(token): Json<NewToken>,
) -> StatusCode {
    let expires = world.now() + time::Duration::seconds(token.expires_in_seconds.clamp(0, 31_536_000));
    done(world.add_site_token(&token.user_name, &site, (&token.name, &token.secret), expires))
}

async fn end_sessions(State(world): State<World>, Path(site): Path<String>) -> StatusCode {
    done(world.end_site_sessions(&site))
}

async fn sign_in(State(world): State<World>, Path((site, user_name)): Path<(String, String)>) -> StatusCode {
    done(world.signs_in(&user_name, &site))
}

async fn groups(State(world): State<World>, Path(site): Path<String>) -> Json<Vec<GroupFacts>> {
    Json(world.groups(&site))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewGroup {
    name: String,
}

#[derive(Serialize)]
struct Added {
    id: String,
}

async fn add_group(
    State(world): State<World>,
    Path(site): Path<String>,
    Json(group): Json<NewGroup>,
) -> Result<Json<Added>, StatusCode> {
    let id = world.add_group(&site, &group.name).ok_or(StatusCode::CONFLICT)?;
    Ok(Json(Added { id }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupChange {
    minimum_role: Option<String>,
}

/// Sets the role that a group gives at least; without one it gives none.
async fn change_group(
    State(world): State<World>,
    Path(group): Path<String>,
    Json(change): Json<GroupChange>,
) -> StatusCode {
    done(world.set_group_role(&group, change.minimum_role.as_deref()))
}

async fn remove_group(State(world): State<World>, Path(group): Path<String>) -> StatusCode {
    done(world.remove_group(&group))
}

async fn members(State(world): State<World>, Path(group): Path<String>) -> Json<Vec<String>> {
    Json(world.group_members(&group))
}
