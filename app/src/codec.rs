//! What the server tells, as JSON that stays text until a page draws it.
//!
//! Leptos makes its machinery for reading anew for every type that is read, which was a quarter of the browser half.
//! Here it is made once, for text; only the small step from text to type is made for each.

use std::marker::PhantomData;

use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post};
use model::ProblemCode;
use serde::{Serialize, de::DeserializeOwned};

use crate::failure::Failure;

/// A value of a type, as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<T> {
    json: String,
    of: PhantomData<fn() -> T>,
}

impl<T> Told<T> {
    /// The same JSON, to be read for some of its fields only: a page that shows less carries less of a reader.
    pub fn part<Part>(self) -> Told<Part> {
        Told { json: self.json, of: PhantomData }
    }

    /// The JSON itself.
    pub fn into_json(self) -> String {
        self.json
    }
}

impl<T: Serialize> Told<T> {
    /// Writes a value down.
    pub fn of(value: &T) -> Result<Self, Failure> {
        let json = serde_json::to_string(value).map_err(|_| Failure::from(ProblemCode::Internal))?;
        Ok(Self { json, of: PhantomData })
    }
}

/// Reads a value that the server told. Once for each kind of value, wherever it is shown.
#[inline(never)]
pub fn read<T: DeserializeOwned>(json: &str) -> Result<T, Failure> {
    serde_json::from_str(json).map_err(|_| Failure::from(ProblemCode::StewardUnreachable))
}

/// The encoding of such a value: its JSON, as it is.
pub struct JsonText;

/// What `output = Text` means on a server function.
pub type Text = Post<JsonText>;

impl ContentType for JsonText {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T> Encodes<Told<T>> for JsonText {
    type Error = std::convert::Infallible;

    fn encode(value: &Told<T>) -> Result<Bytes, Self::Error> {
        Ok(Bytes::from(value.json.clone()))
    }
}

impl<T> Decodes<Told<T>> for JsonText {
    type Error = std::str::Utf8Error;

    fn decode(bytes: Bytes) -> Result<Told<T>, Self::Error> {
        let json = std::str::from_utf8(&bytes)?.to_owned();
        Ok(Told { json, of: PhantomData })
    }
}
