//! How the site API says no.

use serde::Deserialize;

use super::xml;
use crate::Result;

/// A refusal of the site API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The vendor's code, such as `401001`: the status and three digits.
    pub code: String,
    /// What it is about.
    pub summary: String,
    /// What happened.
    pub detail: String,
}

/// Reads the answer.
///
/// Vendor: Tableau REST API, "Handling Errors".
pub fn read(answer: &[u8]) -> Result<Refusal> {
    let wire: AnswerWire = xml::read(answer)?;
    let ErrorWire { code, summary, detail } = wire.error;
    Ok(Refusal { code, summary, detail })
}

#[derive(Deserialize)]
struct AnswerWire {
    error: ErrorWire,
}

#[derive(Deserialize)]
struct ErrorWire {
    #[serde(rename = "@code")]
    code: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    detail: String,
}
