//! What an answer means: a success to be read, or a refusal to be told apart.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde::de::{DeserializeOwned, IgnoredAny};

use super::{Call, Kind};
use crate::{
    Error, Result, Unreadable,
    error::{VendorWords, jobs_in_the_way},
};

/// The body of a success.
pub(crate) struct Answer {
    format: Format,
    body: Bytes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Text,
    WebPage,
    Foreign,
    Unsaid,
}

impl Answer {
    pub(super) fn new(headers: &HeaderMap, body: Bytes) -> Self {
        Self { format: Format::of(headers, &body), body }
    }

    /// Reads the body as a JSON object of this shape.
    pub(crate) fn object<Wire: DeserializeOwned>(&self) -> Result<Wire> {
        let wire = self.json()?;
        // The parser would fill an object's fields from a list too, one after the other.
        if self.body.trim_ascii_start().starts_with(b"{") { Ok(wire) } else { Err(shape()) }
    }

    /// Reads the body as a JSON list of objects of this shape.
    pub(crate) fn list<Wire: DeserializeOwned>(&self) -> Result<Vec<Wire>> {
        self.json()
    }

    fn json<Wire: DeserializeOwned>(&self) -> Result<Wire> {
        match self.format {
            Format::WebPage => Err(Unreadable::WebPage.into()),
            _ if self.body.trim_ascii().is_empty() => Err(Unreadable::Empty.into()),
            Format::Foreign | Format::Text => Err(Unreadable::ContentType.into()),
            Format::Json | Format::Unsaid => {
                serde_json::from_slice(&self.body).map_err(|error| Unreadable::from(error).into())
            }
        }
    }

    /// Takes a success whatever it says, as long as it can be the vendor's: nothing, any JSON, or plain text.
    /// The reference shows a bare string or the object, and clients have met empty bodies.
    pub(crate) fn nothing(&self) -> Result<()> {
        match self.format {
            Format::WebPage => Err(Unreadable::WebPage.into()),
            Format::Text => Ok(()),
            _ if self.body.trim_ascii().is_empty() => Ok(()),
            Format::Foreign | Format::Json | Format::Unsaid => self.json::<IgnoredAny>().map(drop),
        }
    }

    /// Takes a success like [`Answer::nothing`], with what an object in it tells; any other says nothing more.
    pub(crate) fn perhaps<Wire: DeserializeOwned + Default>(&self) -> Result<Wire> {
        self.nothing()?;
        let is_object = self.body.trim_ascii_start().starts_with(b"{");
        let told = is_object.then(|| serde_json::from_slice(&self.body).ok()).flatten();
        Ok(told.unwrap_or_default())
    }
}

fn shape() -> Error {
    Unreadable::Shape { line: 1, column: 1 }.into()
}

impl Format {
    fn of(headers: &HeaderMap, body: &[u8]) -> Self {
        let said =
            headers.get(header::CONTENT_TYPE).map(|said| said.to_str().unwrap_or("?").to_ascii_lowercase());
        let kind = said.as_deref().map(|said| said.split(';').next().unwrap_or_default().trim());
        if body.trim_ascii_start().starts_with(b"<") || kind.is_some_and(|kind| kind.contains("html")) {
            return Self::WebPage;
        }
        match kind {
            None => Self::Unsaid,
            Some(kind) if kind == "application/json" || kind.ends_with("+json") => Self::Json,
            Some("text/plain") => Self::Text,
            Some(_) => Self::Foreign,
        }
    }
}

/// The error that a status other than a success stands for.
pub(super) fn refusal(
    call: &Call<'_>,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    retry_after: Option<Duration>,
) -> Error {
    let web_page = Format::of(headers, body) == Format::WebPage;
    let words = VendorWords::read(body, call.key.secret()).map(Box::new);
    match status.as_u16() {
        // On a read a bare 401 is taken for the end of the session: signing in again harms nothing.
        // On a change it proves nothing, as something in between may have said it.
        401 if words.is_some() || !(web_page || call.kind == Kind::Change) => match call.kind {
            Kind::SignIn => Error::TokenRefused { words },
            Kind::Read | Kind::Change => Error::SessionEnded { words },
        },
        403 => Error::Refused { words },
        404 => Error::NotFound { words },
        409 if web_page => Error::Conflict { words, jobs: Vec::new() },
        409 => Error::Conflict { words, jobs: jobs_in_the_way(body) },
        429 => Error::Busy { retry_after, vendor_said: words.is_some(), words },
        status @ 300..=399 => Error::Redirected { status },
        status @ 400..=499 => Error::Rejected { status, words },
        status => Error::Down { status },
    }
}
