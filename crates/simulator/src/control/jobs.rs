//! Controls of jobs: how long they take, how they end, and what was imported.

use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

use super::done;
use crate::world::World;
use crate::world::facts::{ImportFacts, OrderedJob};
use crate::world::settings::JobFate;

pub(super) fn router() -> Router<World> {
    Router::new()
        .route("/control/jobs", get(ordered).post(set))
        .route("/control/jobs/{job}", post(change))
        .route("/control/rows", post(refuse_rows).delete(clear_refused_rows))
        .route("/control/imports", get(imports))
}

async fn ordered(State(world): State<World>) -> Json<Vec<OrderedJob>> {
    Json(world.ordered_jobs())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Jobs {
    #[serde(default)]
    pace: Option<Pace>,
    #[serde(default)]
    fate: Option<JobFate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pace {
    job_ms: u64,
    row_ms: u64,
}

/// Decides about jobs that are ordered from now on.
async fn set(State(world): State<World>, Json(jobs): Json<Jobs>) -> StatusCode {
    if let Some(Pace { job_ms, row_ms }) = jobs.pace {
        world.set_job_pace(Duration::from_millis(job_ms), Duration::from_millis(row_ms));
    }
    if let Some(fate) = jobs.fate {
        world.set_job_fate(fate);
    }
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    fate: JobFate,
}

async fn change(
    State(world): State<World>,
    Path(job): Path<String>,
    Json(change): Json<Change>,
) -> StatusCode {
    done(world.change_job(&job, change.fate))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefusedRows {
    user_name: String,
    code: String,
}

async fn refuse_rows(State(world): State<World>, Json(rows): Json<RefusedRows>) -> StatusCode {
    world.refuse_rows(&rows.user_name, &rows.code);
    StatusCode::NO_CONTENT
}

async fn clear_refused_rows(State(world): State<World>) -> StatusCode {
    world.clear_refused_rows();
    StatusCode::NO_CONTENT
}

async fn imports(State(world): State<World>) -> Json<Vec<ImportFacts>> {
    Json(world.imports())
}
