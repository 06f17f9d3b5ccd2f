//! The one error that a server function sends to a page: a code and what it is about, never a sentence.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why it did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// A field must not be empty.
    Missing,
    /// The two sides did not understand each other.
    Unreadable,
}

/// A failure on its way to the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Why.
    pub code: Code,
    /// The field or id it concerns.
    pub about: Option<String>,
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    // The text of a transport error may hold addresses and bodies, so it stays behind.
    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self { code: Code::Unreadable, about: None }
    }
}
