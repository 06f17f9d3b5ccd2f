//! What an answer means: a success to be read, or a refusal to be told apart.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde::de::{DeserializeOwned, IgnoredAny};

use super::{Call, Door, Kind};
use crate::{
    Error, Result, Unreadable,
    error::{VendorWords, jobs_in_the_way},
    rest::errors,
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

    /// The body as it came, for the reader of a site's XML, which looks for itself what it is.
    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body to keep or to erase.
    pub(crate) fn into_body(self) -> Bytes {
        self.body
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
///
/// A site's own code counts before the status of HTTP, as the two differ at times.
pub(super) fn refusal(
    call: &Call<'_>,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
    asked: Option<Duration>,
) -> Error {
    let web_page = Format::of(headers, body) == Format::WebPage;
    let secrets = call.all_secrets();
    let (words, retry_after) = match call.door {
        Door::Manager(_) => (VendorWords::read(body, &secrets), asked),
        Door::Site { .. } => match errors::read(body) {
            Ok(said) => (Some(said.words(&secrets)), asked.or_else(|| said.pause())),
            Err(_) => (None, asked),
        },
    };
    let status = words.as_ref().and_then(VendorWords::status_of_code).unwrap_or(status.as_u16());
    let words = words.map(Box::new);
    match status {
        // On a read a bare 401 is taken for the end of the session: signing in again harms nothing.
        // On a change it proves nothing, as something in between may have said it.
        401 if words.is_some() || !(web_page || call.kind == Kind::Change) => {
            let of_token = words.as_deref().and_then(VendorWords::code).is_some_and(errors::is_about_token);
            match call.kind {
                Kind::Read | Kind::Change if !of_token => Error::SessionEnded { words },
                _ => Error::TokenRefused { words },
            }
        }
        403 => Error::Refused { words },
        404 => Error::NotFound { words },
        // An address that cannot be read in this way is not the one. Of a change that would prove nothing.
        405 if call.kind == Kind::Read && matches!(call.door, Door::Manager(_)) => Error::NotFound { words },
        409 if web_page => Error::Conflict { words, jobs: Vec::new() },
        409 => Error::Conflict { words, jobs: jobs_in_the_way(body) },
        429 => Error::Busy { retry_after, vendor_said: words.is_some(), words },
        status @ 300..=399 => Error::Redirected { status },
        status @ 400..=499 => Error::Rejected { status, words },
        status => Error::Down { status, words },
    }
}
