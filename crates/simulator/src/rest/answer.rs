//! Answers of the site API: XML in the vendor's namespace, and its error form.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::element::Element;

/// Wraps the content as the vendor does.
pub(super) fn xml(status: StatusCode, content: impl IntoIterator<Item = Element>) -> Response {
    let schema = "http://tableau.com/api https://help.tableau.com/samples/en-us/rest_api/ts-api_3_27.xsd";
    let envelope = Element::new("tsResponse")
        .with("xmlns", "http://tableau.com/api")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .with("xsi:schemaLocation", schema)
        .children(content);
    let text = format!("<?xml version='1.0' encoding='UTF-8'?>{envelope}");
    (status, [(header::CONTENT_TYPE, "application/xml;charset=utf-8")], text).into_response()
}

/// A success with one element.
pub(super) fn told(content: Element) -> Response {
    xml(StatusCode::OK, [content])
}

/// Something new, and where it is. Vendor: the new id "is always returned as the value of the Location
/// header".
pub(super) fn created(place: &str, content: Element) -> Response {
    let mut response = xml(StatusCode::CREATED, [content]);
    if let Ok(place) = place.parse() {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}

/// A refused request, with the vendor's six-digit code.
#[derive(Debug)]
pub(crate) struct SiteRefusal {
    status: StatusCode,
    code: String,
    summary: String,
    detail: String,
}

impl SiteRefusal {
    pub(crate) fn new(status: StatusCode, code: &str, summary: &str, detail: &str) -> Self {
        let (code, summary, detail) = (code.to_owned(), summary.to_owned(), detail.to_owned());
        Self { status, code, summary, detail }
    }

    /// Whether this is the refusal with the vendor's code.
    pub(super) fn is(&self, code: &str) -> bool {
        self.code == code
    }

    /// The same refusal under another status: in places the vendor's codes do not begin with it.
    pub(super) fn under(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

impl IntoResponse for SiteRefusal {
    fn into_response(self) -> Response {
        let error = Element::new("error")
            .with("code", &self.code)
            .child(Element::new("summary").saying(&self.summary))
            .child(Element::new("detail").saying(&self.detail));
        xml(self.status, [error])
    }
}
