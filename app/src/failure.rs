//! The one error that a server function sends to a page: a problem, and nothing else.

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use model::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};

/// A problem on its way to the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure(pub Problem);

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    // The text of a transport error may hold addresses and bodies, so it stays behind.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self(Problem::new(match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => ProblemCode::MalformedForm,
            ServerFnErrorErr::Request(_) => ProblemCode::StewardUnreachable,
            _ => ProblemCode::Internal,
        }))
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<ProblemCode> for Failure {
    fn from(code: ProblemCode) -> Self {
        Self(Problem::new(code))
    }
}
