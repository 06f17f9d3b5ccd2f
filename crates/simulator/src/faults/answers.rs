//! What a fault looks like from outside: the spoilt answers.

use std::io;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::{StreamExt, stream};

use super::{Fault, FaultKind};
use crate::manager::refusal::Refusal;
use crate::rest::answer::SiteRefusal;
use crate::{manager, rest};

/// Marks an answer that must not be sent: the listener ends the connection instead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BreakOff;

/// Longer than any patience a client should have.
const HANG: Duration = Duration::from_secs(120);

/// A slow body comes in at most this many pieces.
const PIECES: usize = 60;

/// What is kept of a request to word its spoilt answer.
pub(crate) struct Setting {
    /// Whether the site API was asked, which speaks XML.
    site: bool,
    /// The session that was shown.
    pub(crate) token: String,
}

impl Setting {
    pub(crate) fn of(request: &Request) -> Self {
        let site = rest::speaks_xml(request.uri().path());
        let name = if site { rest::TOKEN_HEADER } else { manager::TOKEN_HEADER };
        let token = request.headers().get(name).and_then(|value| value.to_str().ok());
        Self { site, token: token.unwrap_or_default().to_owned() }
    }
}

/// The spoilt answer; `real` is the true one, where the request was carried out.
pub(crate) async fn spoil(fault: &Fault, setting: &Setting, real: Option<Response>) -> Response {
    match fault.kind {
        FaultKind::Status => refusal(fault, setting),
        FaultKind::Hang => {
            tokio::time::sleep(HANG).await;
            broken_off()
        }
        FaultKind::Reset => broken_off(),
        FaultKind::SlowBody => slow(fault, body_of(fault, setting, real).await),
        FaultKind::Truncated => truncated(body_of(fault, setting, real).await),
        FaultKind::Malformed => (success_or(fault), typed(setting, nonsense(fault))).into_response(),
        FaultKind::Empty => success_or(fault).into_response(),
        FaultKind::Html => html(fault),
        FaultKind::ExpiredSession => expired(setting),
    }
}

fn broken_off() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.extensions_mut().insert(BreakOff);
    response
}

fn status_of(fault: &Fault) -> StatusCode {
    fault
        .status
        .and_then(|status| StatusCode::from_u16(status).ok())
        .unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
}

/// The ordered status, or a success: a spoilt answer looks well from afar.
fn success_or(fault: &Fault) -> StatusCode {
    fault.status.map_or(StatusCode::OK, |_| status_of(fault))
}

fn nonsense(fault: &Fault) -> String {
    fault.body.clone().unwrap_or_else(|| "{\"sites\": [<tsResponse".to_owned())
}

fn refusal(fault: &Fault, setting: &Setting) -> Response {
    let status = status_of(fault);
    let mut response = match (&fault.body, setting.site) {
        (Some(body), _) => (status, typed(setting, body.clone())).into_response(),
        // The site API's codes begin with the status: 429000 is the rate limit.
        (None, true) => {
            let code = format!("{}000", status.as_u16());
            let (summary, detail) = words(fault, status);
            SiteRefusal::new(status, &code, summary, &detail).into_response()
        }
        (None, false) => {
            Refusal::new(status, "FAULT", "The request was not carried out.", "A fault was ordered.")
                .into_response()
        }
    };
    let retry = fault.retry_after.as_deref().map(HeaderValue::from_str);
    if let Some(Ok(value)) = retry {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

/// What the site API says of it. The rate limit's detail tells the wait in minutes, as a public client has
/// met it.
fn words(fault: &Fault, status: StatusCode) -> (&'static str, String) {
    if status != StatusCode::TOO_MANY_REQUESTS {
        return ("Unavailable", "The request was not carried out.".to_owned());
    }
    let seconds = fault.retry_after.as_deref().and_then(|value| value.parse::<u64>().ok()).unwrap_or(60);
    let minutes = seconds.div_ceil(60).max(1);
    ("Too Many Requests", format!("Too many requests. Please try again in {minutes} minutes."))
}

fn expired(setting: &Setting) -> Response {
    if setting.site {
        SiteRefusal::bad_token().into_response()
    } else {
        Refusal::not_signed_in().into_response()
    }
}

fn html(fault: &Fault) -> Response {
    let page = "<!DOCTYPE html><html><head><title>Bad gateway</title></head>\
                <body><h1>The gateway has no answer</h1></body></html>";
    let text = fault.body.clone().unwrap_or_else(|| page.to_owned());
    (success_or(fault), axum::response::Html(text)).into_response()
}

fn typed(setting: &Setting, text: String) -> Response {
    let kind = if setting.site { "application/xml;charset=utf-8" } else { "application/json" };
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

/// The body that is slowed or cut: the ordered one, the true one, or a made-up one.
async fn body_of(fault: &Fault, setting: &Setting, real: Option<Response>) -> (Response<()>, Bytes) {
    let made_up = if setting.site {
        "<tsResponse xmlns=\"http://tableau.com/api\"><users><user name=\"This answer was never finished\"/></users></tsResponse>"
    } else {
        "{\"message\":\"This answer was never finished.\"}"
    };
    let response = match (&fault.body, real) {
        (Some(body), _) => typed(setting, body.clone()),
        (None, Some(real)) => real,
        (None, None) => typed(setting, made_up.to_owned()),
    };
    let (mut parts, body) = response.into_parts();
    // The body comes in pieces from here on, so its length is said anew.
    parts.headers.remove(header::CONTENT_LENGTH);
    // Our own bodies are whole in memory: reading one cannot fail.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    (Response::from_parts(parts, ()), bytes)
}

fn slow(fault: &Fault, (head, bytes): (Response<()>, Bytes)) -> Response {
    let delay = Duration::from_millis(fault.delay_ms.unwrap_or(1_000));
    let size = bytes.len().div_ceil(PIECES).max(1);
    let pieces: Vec<Bytes> = bytes.chunks(size).map(Bytes::copy_from_slice).collect();
    let body = stream::iter(pieces).then(move |piece| async move {
        tokio::time::sleep(delay).await;
        Ok::<_, io::Error>(piece)
    });
    head.map(|()| Body::from_stream(body))
}

/// Promises the whole body and breaks off in its middle.
fn truncated((mut head, bytes): (Response<()>, Bytes)) -> Response {
    let promised = bytes.len().max(2);
    head.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(promised));
    let half = bytes.slice(..bytes.len() / 2);
    let body = stream::once(async move { Ok(half) }).chain(stream::once(async {
        // The first half must have left before the connection ends, or nothing would arrive.
        tokio::time::sleep(Duration::from_millis(20)).await;
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    }));
    head.map(|()| Body::from_stream(body))
}
