//! The error body of Tableau Cloud Manager: `message`, `reason`, `errorCode`.
//!
//! The vendor lists the shape and the codes of *create site* only; the other codes here are ours.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use uuid::Uuid;

use crate::world::orders::Conflict;

/// A refused request.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    body: Body,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    message: String,
    reason: String,
    error_code: &'static str,
    /// A public client's model has such a list, but does not tell its key: this key is our choice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicting_jobs: Vec<ConflictingJob>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ConflictingJob {
    job_id: Uuid,
    bulk_op_type: &'static str,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: &str, reason: &str) -> Self {
        Self {
            status,
            body: Body {
                message: message.to_owned(),
                reason: reason.to_owned(),
                error_code: code,
                conflicting_jobs: Vec::new(),
            },
        }
    }

    pub(crate) fn invalid(reason: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "INVALID_PARAM", "The request is not valid.", reason)
    }

    pub(crate) fn not_signed_in() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "UNAUTHORIZED",
            "The session is missing or has ended.",
            "Sign in and send the session token.",
        )
    }

    /// Unknown, revoked and expired tokens get the same words: a stranger must not learn which it was.
    pub(crate) fn bad_token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "UNAUTHORIZED",
            "The personal access token is not valid.",
            "Sign-in was refused.",
        )
    }

    pub(crate) fn forbidden() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "FORBIDDEN",
            "This needs a cloud administrator.",
            "The caller does not administer the tenant.",
        )
    }

    pub(crate) fn not_found(what: &str) -> Self {
        let message = format!("There is no such {what}.");
        Self::new(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            &message,
            "It does not exist or belongs to another tenant.",
        )
    }

    pub(crate) fn conflict(reason: &str) -> Self {
        Self::new(StatusCode::CONFLICT, "CONFLICT", "The object is not in a state that allows this.", reason)
    }

    /// Other jobs are at work on the same people, or on the site of an import.
    pub(crate) fn busy(conflicts: Vec<Conflict>) -> Self {
        let mut refusal = Self::conflict("Another job is at work on the same users.");
        let jobs = conflicts.into_iter();
        refusal.body.conflicting_jobs = jobs
            .map(|Conflict { job, operation }| ConflictingJob { job_id: job, bulk_op_type: operation })
            .collect();
        refusal
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

/// The path is known, the verb is not; axum adds `Allow`.
pub(crate) async fn wrong_method() -> Refusal {
    Refusal::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "METHOD_NOT_ALLOWED",
        "This path does not know this method.",
        "See the Allow header.",
    )
}

/// Nothing is known under this path.
pub(crate) fn unknown_path() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        "NOT_FOUND",
        "There is nothing at this path.",
        "No operation has this path.",
    )
}
