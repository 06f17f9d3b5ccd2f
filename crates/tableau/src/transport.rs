//! The one place that sends: headers, deadlines, repeats, and reading what comes back.

mod again;
mod answer;
mod body;
mod content;

use http::{HeaderMap, HeaderValue, Method, header};
use reqwest::{Request, Response, Url};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{Instant, sleep, timeout_at};
use tracing::warn;

pub(crate) use answer::Answer;
pub(crate) use content::{Content, Part};

use crate::{Error, OperationName, Result, Session, Tag, Wire};

/// The header that carries the session. Vendor: stated on the reference page itself.
const SESSION: &str = "x-tableau-session-token";
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// One call of one operation.
pub(crate) struct Call<'a> {
    pub(crate) name: OperationName,
    pub(crate) kind: Kind,
    pub(crate) key: Key<'a>,
    pub(crate) tag: &'a Tag,
    /// What stands in the braces of the path.
    pub(crate) values: Vec<(&'static str, String)>,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) content: Option<Content>,
    /// The end of all attempts.
    pub(crate) until: Instant,
}

/// What a call is for. It decides about repeats, and about what a bare 401 means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    SignIn,
    Read,
    Change,
}

/// What opens the door.
pub(crate) enum Key<'a> {
    Pat(&'a SecretString),
    Session(&'a Session),
}

impl Key<'_> {
    /// The secret that this call sends, so that an echo of it can be blanked.
    fn secret(&self) -> &SecretString {
        match self {
            Self::Pat(pat) => pat,
            Self::Session(session) => session.token(),
        }
    }
}

/// A failed attempt, and how long the answer asks to wait.
struct Failed {
    error: Error,
    wait: Option<std::time::Duration>,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, wait: None }
    }
}

/// What every attempt of a call sends.
struct Prepared {
    method: Method,
    url: Url,
    headers: HeaderMap,
}

impl Wire {
    /// Sends a call. A read is repeated at most twice, inside its deadline; a change is sent once.
    pub(crate) async fn send(&self, call: &Call<'_>) -> Result<Answer> {
        let prepared = self.prepare(call)?;
        let mut attempt = 1;
        loop {
            let failed = match self.attempt(call, &prepared).await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            let Some(pause) = again::pause(call, attempt, &failed) else { return Err(failed.error) };
            let milliseconds = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
            warn!(operation = %call.name, attempt, milliseconds, "Reading again: {}", failed.error);
            sleep(pause).await;
            attempt += 1;
        }
    }

    fn prepare(&self, call: &Call<'_>) -> Result<Prepared> {
        let row = self.table().row(call.name);
        let mut url = row.address(self.url(), &call.values)?;
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&call.query);
        }
        // The address is built from the base, so this cannot fail; a token must not depend on that.
        if url.origin() != self.url().origin() {
            return Err(Error::NotSent { source: "the address leaves the configured host".into() });
        }
        Ok(Prepared { method: row.method.clone(), url, headers: self.headers(call)? })
    }

    /// The headers, from nothing: the HTTP library adds only `Host` and `Content-Length`.
    fn headers(&self, call: &Call<'_>) -> Result<HeaderMap> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, JSON);
        headers.insert(header::CONTENT_TYPE, call.content.as_ref().map_or(JSON, Content::kind));
        headers.insert(header::USER_AGENT, value(&call.tag.user_agent(self.product()))?);
        if let Key::Session(session) = &call.key {
            let mut token = value(session.token().expose_secret())?;
            token.set_sensitive(true);
            headers.insert(SESSION, token);
        }
        Ok(headers)
    }

    async fn attempt(&self, call: &Call<'_>, prepared: &Prepared) -> Result<Answer, Failed> {
        let mut request = Request::new(prepared.method.clone(), prepared.url.clone());
        *request.headers_mut() = prepared.headers.clone();
        *request.body_mut() = call.content.as_ref().map(|content| content.bytes().into());
        let limit = again::limit(call, self.deadline());
        match timeout_at(limit, self.exchange(call, request)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::Timeout.into()),
        }
    }

    async fn exchange(&self, call: &Call<'_>, request: Request) -> Result<Answer, Failed> {
        let response: Response = self.client().execute(request).await.map_err(unanswered)?;
        let (status, headers) = (response.status(), response.headers().clone());
        if status.is_success() {
            let body = body::whole(response).await?;
            return Ok(Answer::new(&headers, body));
        }
        // What a refusal says is welcome, but its status counts even when the rest is lost.
        let body = body::beginning(response).await;
        let wait = again::retry_after(&headers);
        Err(Failed { error: answer::refusal(call, status, &headers, &body, wait), wait })
    }
}

/// Only a connection that never opened proves that nothing was sent.
fn unanswered(error: reqwest::Error) -> Error {
    let never_opened = error.is_connect() || error.is_builder();
    let timed_out = error.is_timeout();
    let source = error.without_url().into();
    match (never_opened, timed_out) {
        (true, _) => Error::NotSent { source },
        (false, true) => Error::Timeout,
        (false, false) => Error::Interrupted { source },
    }
}

fn value(text: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(text).map_err(|source| Error::NotSent { source: source.into() })
}
