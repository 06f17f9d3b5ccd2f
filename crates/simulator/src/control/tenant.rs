//! Controls of the tenant itself: terms, sites it may have, how people sign in, and its activity log.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;

use crate::world::World;

pub(super) fn router() -> Router<World> {
    Router::new().route("/control/tenant", post(set)).route("/control/log", post(add_log_file))
}

/// What is left out stays as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tenant {
    terms_accepted: Option<bool>,
    status: Option<String>,
    most_sites: Option<usize>,
    sign_on_revokes: Option<bool>,
    log_delay_seconds: Option<u64>,
}

async fn set(State(world): State<World>, Json(new): Json<Tenant>) -> StatusCode {
    if new.terms_accepted == Some(false) {
        world.forget_terms();
    }
    if let Some(status) = new.status {
        world.set_tenant_status(&status);
    }
    if let Some(sites) = new.most_sites {
        world.set_most_sites(sites);
    }
    if let Some(revokes) = new.sign_on_revokes {
        world.set_sign_on_revokes(revokes);
    }
    if let Some(seconds) = new.log_delay_seconds {
        world.set_log_delay(std::time::Duration::from_secs(seconds));
    }
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LogFile {
    kind: String,
    hours_ago: i64,
    text: String,
}

async fn add_log_file(State(world): State<World>, Json(file): Json<LogFile>) -> StatusCode {
    let hour = world.now() - time::Duration::hours(file.hours_ago.clamp(0, 1_000));
    world.add_log_file(&file.kind, hour, file.text);
    StatusCode::NO_CONTENT
}
