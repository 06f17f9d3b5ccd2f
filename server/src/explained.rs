//! Problems that come up before a page is reached, as a page for people and as JSON for server functions.

use app::{Assets, problem_document};
use axum::{
    Json,
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use model::{Problem, ProblemCode};

/// The id of a request, in the log, in the audit log, in Tableau's log and on every explained page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

/// A page without scripts needs its stylesheet and its picture, and nothing else.
pub const STILL_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Answers with an explained problem, in the form that the asker reads.
pub fn explained(assets: &Assets, parts: &Parts, code: ProblemCode) -> Response {
    explained_problem(assets, parts, Problem::new(code))
}

/// The same, for a problem that concerns something.
pub fn explained_problem(assets: &Assets, parts: &Parts, problem: Problem) -> Response {
    let reference = parts.extensions.get::<RequestId>().map(|id| id.0.clone());
    let problem = Problem { reference: problem.reference.or(reference), ..problem };
    let status = StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if wants_page(parts) {
        let page = problem_document(assets.clone(), problem);
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (CONTENT_SECURITY_POLICY, STILL_POLICY),
        ];
        (status, headers, page).into_response()
    } else {
        (status, Json(problem)).into_response()
    }
}

/// Whether a person looks at the answer, rather than the browser half.
pub fn wants_page(parts: &Parts) -> bool {
    let accept = parts.headers.get("accept").and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("text/html") || !parts.uri.path().starts_with("/api/")
}
