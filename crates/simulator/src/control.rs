//! The control endpoint: bad days, the pretend clock, drift and the ledger, for tests and demos.
//!
//! It is no part of the vendor's API: its requests are neither delayed nor noted nor met by faults.

mod jobs;
mod people;
mod site;
mod tenant;

use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::details::Details;
use crate::faults::Fault;
use crate::ledger::{ChangeEntry, RequestEntry};
use crate::world::World;
use crate::world::facts::SiteLimits;

pub(crate) fn router(world: &World) -> Router {
    Router::new()
        .route("/control/details", get(details))
        .route("/control/faults", post(add_fault).delete(clear_faults))
        .route("/control/latency", post(set_latency))
        .route("/control/clock", post(advance))
        .route("/control/sessions/expire", post(expire_sessions))
        .route("/control/pats", post(add_pat))
        .route("/control/pats/revoke", post(revoke_pat))
        .route("/control/pats/expire", post(expire_pat))
        .route("/control/ledger", get(ledger).delete(clear_ledger))
        .route("/control/sites/{site}", post(drift))
        .merge(jobs::router())
        .merge(people::router())
        .merge(site::router())
        .merge(tenant::router())
        .with_state(world.clone())
}

/// Done, or there is no such thing.
fn done(found: bool) -> StatusCode {
    if found { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}

async fn details(State(world): State<World>) -> Json<Details> {
    Json(Details::of(&world))
}

async fn add_fault(State(world): State<World>, Json(fault): Json<Fault>) -> StatusCode {
    world.inject(fault);
    StatusCode::NO_CONTENT
}

async fn clear_faults(State(world): State<World>) -> StatusCode {
    world.clear_faults();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Latency {
    ms: u64,
}

async fn set_latency(State(world): State<World>, Json(latency): Json<Latency>) -> StatusCode {
    world.set_latency(Duration::from_millis(latency.ms));
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: u64,
}

async fn advance(State(world): State<World>, Json(advance): Json<Advance>) -> StatusCode {
    world.advance(Duration::from_secs(advance.advance_seconds));
    StatusCode::NO_CONTENT
}

async fn expire_sessions(State(world): State<World>) -> StatusCode {
    world.expire_sessions();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPat {
    name: String,
    secret: String,
    expires_in_seconds: i64,
}

async fn add_pat(State(world): State<World>, Json(pat): Json<NewPat>) -> StatusCode {
    let expires = world.now() + time::Duration::seconds(pat.expires_in_seconds.clamp(0, 31_536_000));
    world.add_pat(&pat.secret, &pat.name, expires);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WhichPat {
    secret: String,
}

async fn revoke_pat(State(world): State<World>, Json(pat): Json<WhichPat>) -> StatusCode {
    done(world.revoke_pat(&pat.secret))
}

async fn expire_pat(State(world): State<World>, Json(pat): Json<WhichPat>) -> StatusCode {
    done(world.expire_pat(&pat.secret))
}

#[derive(Serialize)]
struct LedgerAnswer {
    requests: Vec<RequestEntry>,
    applied: Vec<ChangeEntry>,
}

async fn ledger(State(world): State<World>) -> Json<LedgerAnswer> {
    Json(LedgerAnswer { requests: world.requests(), applied: world.changes() })
}

async fn clear_ledger(State(world): State<World>) -> StatusCode {
    world.clear_ledger();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Drift {
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    limits: Option<SiteLimits>,
    #[serde(default)]
    storage: Option<Storage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Storage {
    quota: Option<u64>,
    used: u64,
}

/// Changes a site as somebody else would have done, behind the dashboard's back.
async fn drift(State(world): State<World>, Path(site): Path<String>, Json(drift): Json<Drift>) -> StatusCode {
    let known = world.sites().iter().any(|facts| facts.id == site);
    if let Some(status) = drift.status {
        world.set_site_status(&site, &status);
    }
    if let Some(limits) = drift.limits {
        world.set_site_limits(&site, limits);
    }
    if let Some(storage) = drift.storage {
        world.set_site_storage(&site, storage.quota, storage.used);
    }
    done(known)
}
