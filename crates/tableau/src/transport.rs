//! The one place that sends: headers, deadlines, repeats, and reading what comes back.

mod again;
mod answer;
mod body;
mod call;
mod content;
mod query;

use http::{HeaderMap, HeaderValue, Method, header};
use reqwest::{Request, Response, Url};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::{sleep, timeout_at};
use tracing::warn;

pub(crate) use answer::Answer;
pub(crate) use call::{Call, Door, Key, Kind};
pub(crate) use content::{Content, Part};

use crate::{Error, Result, Wire, manager::table, witness::Watch};

/// The header that carries the session. Vendor: stated on the reference page itself.
const SESSION: &str = "x-tableau-session-token";
/// The header that carries the session of a site. Vendor: in every example of the site's reference page.
const SITE_SESSION: &str = "x-tableau-auth";
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const XML: HeaderValue = HeaderValue::from_static("application/xml");

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
        let pace = call.site.as_ref().map(|site| self.pace_of(site));
        let mut attempt = 1;
        loop {
            if let Some(pace) = &pace {
                pace.turn(call.kind, call.until).await?;
            }
            let failed = match self.attempt(call, &prepared).await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            if let (Some(pace), Error::Busy { retry_after, .. }) = (&pace, &failed.error) {
                pace.refused(*retry_after);
            }
            let Some(pause) = again::pause(call, attempt, &failed) else { return Err(failed.error) };
            let milliseconds = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
            warn!(operation = call.door.name(), attempt, milliseconds, "Reading again: {}", failed.error);
            sleep(pause).await;
            attempt += 1;
        }
    }

    fn prepare(&self, call: &Call<'_>) -> Result<Prepared> {
        let (method, path, base) = match &call.door {
            Door::Manager(name) => {
                let row = self.table().row(*name);
                (&row.method, row.path.as_str(), self.url())
            }
            Door::Site { host, row } => (&row.method, row.path, self.known(host)?),
        };
        let mut url = table::address(base, path, &call.values)?;
        match &call.door {
            _ if call.query.is_empty() => {}
            Door::Manager(_) => {
                url.query_pairs_mut().extend_pairs(&call.query);
            }
            Door::Site { .. } => url.set_query(Some(&query::written(&call.query))),
        }
        // The address is built from the base, so this cannot fail; a token must not depend on that.
        if url.origin() != base.origin() {
            return Err(Error::NotSent { source: "the address leaves the configured host".into() });
        }
        Ok(Prepared { headers: self.headers(call, method)?, method: method.clone(), url })
    }

    /// The headers, from nothing: the HTTP library adds only `Host` and `Content-Length`.
    fn headers(&self, call: &Call<'_>, method: &Method) -> Result<HeaderMap> {
        let mut headers = HeaderMap::new();
        let own = call.content.as_ref().map(Content::kind);
        match call.door {
            Door::Manager(_) => {
                headers.insert(header::ACCEPT, JSON);
                headers.insert(header::CONTENT_TYPE, own.unwrap_or(JSON));
            }
            Door::Site { .. } => {
                headers.insert(header::ACCEPT, XML);
                match own {
                    Some(own) => headers.insert(header::CONTENT_TYPE, own),
                    // Some gateways refuse a POST or a PUT that does not say how long it is.
                    None if matches!(*method, Method::POST | Method::PUT) => {
                        headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"))
                    }
                    None => None,
                };
            }
        }
        headers.insert(header::USER_AGENT, value(&call.tag.user_agent(self.product()))?);
        match &call.key {
            Key::Session(session) => headers.insert(SESSION, secret(session.token())?),
            Key::Site(token) => headers.insert(SITE_SESSION, secret(token)?),
            Key::Pat(_) | Key::None => None,
        };
        Ok(headers)
    }

    async fn attempt(&self, call: &Call<'_>, prepared: &Prepared) -> Result<Answer, Failed> {
        let mut request = Request::new(prepared.method.clone(), prepared.url.clone());
        *request.headers_mut() = prepared.headers.clone();
        *request.body_mut() = call.content.as_ref().map(|content| content.bytes().into());
        let limit = again::limit(call, self.deadline());
        let watch = Watch::begin();
        let outcome = match timeout_at(limit, self.exchange(call, request, &watch)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::Timeout.into()),
        };
        if let Err(Failed { error: Error::Busy { retry_after, .. }, .. }) = &outcome {
            self.limits().met(call.door.name(), *retry_after);
        }
        self.saw(watch);
        outcome
    }

    async fn exchange(&self, call: &Call<'_>, request: Request, watch: &Watch) -> Result<Answer, Failed> {
        let response: Response = self.client().execute(request).await.map_err(unanswered)?;
        let (status, headers) = (response.status(), response.headers().clone());
        watch.answered(status, again::date(&headers));
        if status.is_success() {
            let body = body::whole(response).await?;
            return Ok(Answer::new(&headers, body));
        }
        // What a refusal says is welcome, but its status counts even when the rest is lost.
        let body = body::beginning(response).await;
        let asked = again::retry_after(&headers);
        let error = answer::refusal(call, status, &headers, &body, asked);
        let wait = if let Error::Busy { retry_after, .. } = &error { *retry_after } else { asked };
        Err(Failed { error, wait })
    }
}

/// Only a connection that never opened proves that nothing was sent.
pub(crate) fn unanswered(error: reqwest::Error) -> Error {
    let never_opened = error.is_connect() || error.is_builder();
    let timed_out = error.is_timeout();
    let source = error.without_url().into();
    match (never_opened, timed_out) {
        (true, _) => Error::NotSent { source },
        (false, true) => Error::Timeout,
        (false, false) => Error::Interrupted { source },
    }
}

/// A token as a header that is never printed.
fn secret(token: &SecretString) -> Result<HeaderValue> {
    let mut token = value(token.expose_secret())?;
    token.set_sensitive(true);
    Ok(token)
}

fn value(text: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(text).map_err(|source| Error::NotSent { source: source.into() })
}
