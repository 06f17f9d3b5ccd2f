//! Whether the program lives and may be given work.

use axum::{extract::State, http::StatusCode};

use crate::program::Web;

/// It runs.
pub async fn live() -> &'static str {
    "alive"
}

/// It may be given work: the database answers and it is not stopping.
pub async fn ready(State(web): State<Web>) -> (StatusCode, &'static str) {
    if *web.stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    if web.operations.is_ready().await {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
    }
}
