//! How the site API says no.

use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;

use super::xml;
use crate::{Result, Unreadable, VendorWords};

/// A refusal of the site API.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Refusal {
    /// The vendor's code, such as `401001`: the status and three digits.
    pub code: String,
    /// What it is about.
    #[serde(default)]
    pub summary: String,
    /// What happened.
    #[serde(default)]
    pub detail: String,
}

/// Reads the answer, in XML or in the JSON that a site speaks where it overlooks what we asked for.
///
/// Vendor: Tableau REST API, "Handling Errors".
pub fn read(answer: &[u8]) -> Result<Refusal> {
    if answer.trim_ascii_start().starts_with(b"{") {
        let wire: AnswerJson = serde_json::from_slice(answer).map_err(Unreadable::from)?;
        return Ok(wire.error);
    }
    let ErrorWire { code, summary, detail } = xml::read::<AnswerWire>(answer)?.error;
    let text = |inside: Option<TextWire>| inside.and_then(|inside| inside.text).unwrap_or_default();
    Ok(Refusal { code, summary: text(summary), detail: text(detail) })
}

/// Whether the code is about the token rather than about the session that it opened.
pub(crate) fn is_about_token(code: &str) -> bool {
    matches!(code, "401000" | "401001")
}

impl Refusal {
    pub(crate) fn words(&self, secrets: &[&SecretString]) -> VendorWords {
        VendorWords::of_site(&self.code, &self.summary, &self.detail, secrets)
    }

    /// The pause that the words ask for. A site that had too many requests tells it in minutes, in its text only.
    pub(crate) fn pause(&self) -> Option<Duration> {
        let text = self.detail.to_ascii_lowercase();
        let mut before = None;
        for word in text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
        {
            let seconds = match word {
                "second" | "seconds" => 1,
                "minute" | "minutes" => 60,
                _ => 0,
            };
            if let (Some(number), 1..) = (before, seconds) {
                return Some(Duration::from_secs(u64::from(number) * seconds));
            }
            before = word.parse::<u32>().ok();
        }
        None
    }
}

#[derive(Deserialize)]
struct AnswerJson {
    error: Refusal,
}

#[derive(Deserialize)]
struct AnswerWire {
    error: ErrorWire,
}

#[derive(Deserialize)]
struct ErrorWire {
    #[serde(rename = "@code")]
    code: String,
    summary: Option<TextWire>,
    detail: Option<TextWire>,
}

#[derive(Deserialize)]
struct TextWire {
    #[serde(rename = "$text")]
    text: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(detail: &str) -> Option<u64> {
        let refusal = Refusal { code: String::new(), summary: String::new(), detail: detail.to_owned() };
        refusal.pause().map(|pause| pause.as_secs())
    }

    #[test]
    fn the_pause_is_found_in_the_words() {
        assert_eq!(pause("Too many requests. Please try again in 5 minutes."), Some(300));
        assert_eq!(pause("retry after 1 Minute"), Some(60));
        assert_eq!(pause("wait (30 seconds)"), Some(30));
        for none in ["", "minutes", "in some minutes", "5 requests per minute", "5", "99999999999 minutes"] {
            assert_eq!(pause(none), None, "{none}");
        }
    }

    #[test]
    fn a_refusal_in_json_is_read_too() {
        let refusal = read(br#"{"error":{"code":"404002","summary":"s","detail":"d"}}"#).unwrap();
        assert_eq!((&*refusal.code, &*refusal.summary, &*refusal.detail), ("404002", "s", "d"));
        assert!(read(br#"{"message":"m"}"#).is_err());
    }
}
