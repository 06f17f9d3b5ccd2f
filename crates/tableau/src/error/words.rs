//! What the vendor says about a refusal, kept short and free of secrets.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

/// Longer texts are cut.
const LONGEST: usize = 300;

/// The vendor's error body: `message`, `reason`, `errorCode`.
///
/// `Debug` shows the code only, since the texts may name people; `Display` shows all, for a log at debug level.
#[derive(Clone, PartialEq, Eq)]
pub struct VendorWords {
    message: String,
    reason: Option<String>,
    code: Option<String>,
}

#[derive(Deserialize)]
struct WordsWire {
    message: String,
    reason: Option<String>,
    #[serde(rename = "errorCode")]
    code: Option<String>,
}

impl VendorWords {
    /// Reads the vendor's error body, and nothing that only resembles it.
    ///
    /// `message` is always there; `reason` and `errorCode` may be missing, say public clients. Yet a body with a
    /// `message` alone is also what gateways and web frameworks print by themselves, so it proves nothing
    /// about who spoke: at least one of the other two must be there.
    pub(crate) fn read(body: &[u8], secret: &SecretString) -> Option<Self> {
        let wire: WordsWire = serde_json::from_slice(body).ok()?;
        let reason = wire.reason.filter(|text| !text.trim().is_empty());
        let code = wire.code.filter(|text| !text.trim().is_empty());
        if reason.is_none() && code.is_none() {
            return None;
        }
        let clean = |text: String| clean(&text, secret);
        Some(Self { message: clean(wire.message), reason: reason.map(clean), code: code.map(clean) })
    }

    /// The vendor's `errorCode`.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }
}

/// Takes out the secret, should it be echoed, and whatever could break a log line; then cuts.
fn clean(text: &str, secret: &SecretString) -> String {
    let secret = secret.expose_secret();
    let text = if secret.is_empty() { text.to_owned() } else { text.replace(secret, "[secret]") };
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(LONGEST).collect()
}

impl fmt::Display for VendorWords {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)?;
        if let Some(reason) = &self.reason {
            write!(out, " ({reason})")?;
        }
        if let Some(code) = &self.code {
            write!(out, " [{code}]")?;
        }
        Ok(())
    }
}

impl fmt::Debug for VendorWords {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("VendorWords").field("code", &self.code).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Option<VendorWords> {
        VendorWords::read(body.as_bytes(), &SecretString::from("s3cr3t"))
    }

    #[test]
    fn an_echoed_secret_and_long_texts_are_cut() {
        let long = "x".repeat(1000);
        let words = read(&format!(r#"{{"message":"s3cr3t\n{long}","errorCode":"E"}}"#)).unwrap();
        assert!(words.to_string().starts_with("[secret] xxx"));
        assert!(words.to_string().len() < 320);
        assert_eq!(format!("{words:?}"), r#"VendorWords { code: Some("E"), .. }"#);
    }

    #[test]
    fn a_message_alone_does_not_tell_who_speaks() {
        for foreign in [
            r#"{"message":"Too Many Requests"}"#,
            r#"{"timestamp":"t","status":404,"error":"Not Found","message":"","path":"/api/v1/x"}"#,
            r#"{"message":"m","reason":"","errorCode":null}"#,
            "<html></html>",
            "",
            "[]",
        ] {
            assert_eq!(read(foreign), None, "{foreign}");
        }
        assert!(read(r#"{"message":"m","reason":"r","jobs":[1]}"#).is_some());
    }
}
