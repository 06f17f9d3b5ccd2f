//! The status of a failed server function: Leptos answers 500 for all of them, people and scripts deserve the right one.

use app::failure::Failure;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;

/// A problem in JSON is far smaller.
const PROBLEM_AT_MOST: usize = 16 * 1024;

/// Takes the status from the problem inside. A form that goes back to its page keeps its redirect.
pub async fn status_of_problems(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR
        || !response.headers().contains_key(SERVER_FN_ERROR_HEADER)
    {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, PROBLEM_AT_MOST).await else {
        return Response::from_parts(parts, Body::empty());
    };
    if let Ok(Failure(problem)) = serde_json::from_slice(&body)
        && let Ok(status) = StatusCode::from_u16(problem.code.status())
    {
        parts.status = status;
    }
    Response::from_parts(parts, Body::from(body))
}
