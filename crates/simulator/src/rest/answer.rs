//! Answers of the site API: XML in the vendor's namespace, and its error form.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename = "tsResponse")]
struct Envelope<Content> {
    #[serde(rename = "@xmlns")]
    namespace: &'static str,
    #[serde(rename = "@xmlns:xsi")]
    instance: &'static str,
    #[serde(rename = "@xsi:schemaLocation")]
    schema: &'static str,
    #[serde(rename = "$value")]
    content: Content,
}

/// Wraps the content, whose type name is its element, as the vendor does.
pub(super) fn xml(status: StatusCode, content: impl Serialize) -> Response {
    let envelope = Envelope {
        namespace: "http://tableau.com/api",
        instance: "http://www.w3.org/2001/XMLSchema-instance",
        schema: "http://tableau.com/api http://tableau.com/api/ts-api_3_27.xsd",
        content,
    };
    match quick_xml::se::to_string(&envelope) {
        Ok(text) => {
            let text = format!("<?xml version='1.0' encoding='UTF-8'?>{text}");
            (status, [(header::CONTENT_TYPE, "application/xml;charset=utf-8")], text).into_response()
        }
        // Our own content always has an XML form; if not, the test that sees this shall fail loudly.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// A refused request, with the vendor's six-digit code.
#[derive(Debug)]
pub(crate) struct SiteRefusal {
    status: StatusCode,
    error: Error,
}

#[derive(Debug, Serialize)]
#[serde(rename = "error")]
struct Error {
    #[serde(rename = "@code")]
    code: String,
    summary: String,
    detail: String,
}

impl SiteRefusal {
    pub(crate) fn new(status: StatusCode, code: &str, summary: &str, detail: &str) -> Self {
        let error = Error { code: code.to_owned(), summary: summary.to_owned(), detail: detail.to_owned() };
        Self { status, error }
    }

    pub(super) fn bad_request() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "400000", "Bad Request", "The request could not be read.")
    }

    /// Bad token, expired token, wrong site: the vendor does not say which.
    pub(super) fn sign_in_failed() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "401001", "Signin Error", "The sign-in was refused.")
    }

    pub(crate) fn bad_token() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "401002",
            "Unauthorized Access",
            "The authentication credentials are not valid.",
        )
    }

    pub(super) fn unknown_resource() -> Self {
        Self::new(StatusCode::NOT_FOUND, "404003", "Resource Not Found", "Unknown resource or version.")
    }

    pub(super) fn wrong_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "405000",
            "Invalid request method",
            "This path does not know this method.",
        )
    }
}

impl IntoResponse for SiteRefusal {
    fn into_response(self) -> Response {
        xml(self.status, self.error)
    }
}
