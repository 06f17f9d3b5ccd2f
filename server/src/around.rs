//! The outer layers around every request: its id, its trace, its end in time, and what happens when code panics.

use std::{panic::AssertUnwindSafe, time::Duration};

use app::Assets;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, header::CONTENT_LENGTH},
    middleware::Next,
    response::Response,
};
use futures::FutureExt;
use http_body_util::Limited;
use model::ProblemCode;
use tracing::{Instrument, error, info, info_span};
use uuid::Uuid;

use crate::explained::{RequestId, explained};

/// The longest a request may take before it is given up. Long work does not happen inside a request.
const LONGEST: Duration = Duration::from_secs(60);
/// The largest request body. Forms here are small.
const BODY_AT_MOST: usize = 64 * 1024;
/// The largest body of the form that takes a pasted list of people.
const LIST_AT_MOST: usize = 2 * 1024 * 1024;
/// The largest body of the form that takes a file. Its door keeps far less; the rest is read only so that a browser
/// listens to the answer.
const FILE_AT_MOST: usize = 64 * 1024 * 1024;

/// The largest body that a path takes.
fn body_at_most(path: &str) -> usize {
    match path {
        "/api/people/plan" => LIST_AT_MOST,
        "/import" | "/import/site" | "/convert" => FILE_AT_MOST,
        _ => BODY_AT_MOST,
    }
}

/// Gives the request an id of our own and logs how it ended. The query is left out: it may name people.
pub async fn trace(mut request: Request, next: Next) -> Response {
    let id = Uuid::now_v7().to_string();
    let span = info_span!("request", id = %id, method = %request.method(), path = %request.uri().path());
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", id);
    }
    span.in_scope(|| info!(status = response.status().as_u16(), "Answered"));
    response
}

/// Turns a panic, an overlong request and an oversized body into explained problems.
pub async fn contain(State(assets): State<Assets>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let long =
        parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let at_most = body_at_most(parts.uri.path());
    if long.is_some_and(|length| length > at_most) {
        return explained(&assets, &parts, ProblemCode::TooLarge);
    }
    // Who does not say how long a body is, is stopped where it becomes too long.
    let body = Body::new(Limited::new(body, at_most));
    let kept = parts.clone();
    let answer = AssertUnwindSafe(next.run(Request::from_parts(parts, body))).catch_unwind();
    match tokio::time::timeout(LONGEST, answer).await {
        Ok(Ok(response)) => response,
        Ok(Err(_panic)) => {
            error!("A request panicked");
            explained(&assets, &kept, ProblemCode::Internal)
        }
        Err(_elapsed) => explained(&assets, &kept, ProblemCode::TookTooLong),
    }
}
