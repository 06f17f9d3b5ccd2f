//! What the vendor says about a refusal, kept short and free of secrets.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

/// Longer texts are cut.
const LONGEST: usize = 300;

/// The vendor's error body: `message`, `reason`, `errorCode`, or `summary`, `detail` and `code` of a site.
///
/// `Debug` shows the code only, since the texts may name people; `Display` shows all, for a log at debug level.
#[derive(Clone, PartialEq, Eq)]
pub struct VendorWords {
    message: String,
    reason: Option<String>,
    code: Option<String>,
    of_site: bool,
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
    pub(crate) fn read(body: &[u8], secrets: &[&SecretString]) -> Option<Self> {
        let wire: WordsWire = serde_json::from_slice(body).ok()?;
        let reason = wire.reason.filter(|text| !text.trim().is_empty());
        let code = wire.code.filter(|text| !text.trim().is_empty());
        if reason.is_none() && code.is_none() {
            return None;
        }
        let clean = |text: String| clean(&text, secrets);
        let (message, reason, code) = (clean(wire.message), reason.map(clean), code.map(clean));
        Some(Self { message, reason, code, of_site: false })
    }

    /// The words of a site, which always has a code.
    pub(crate) fn of_site(code: &str, summary: &str, detail: &str, secrets: &[&SecretString]) -> Self {
        let clean = |text: &str| clean(text.trim(), secrets);
        let reason = Some(clean(detail)).filter(|text| !text.is_empty());
        Self { message: clean(summary), reason, code: Some(clean(code)), of_site: true }
    }

    /// Whether a site said it: its error body cannot be mistaken for that of something in between.
    pub(crate) fn is_of_site(&self) -> bool {
        self.of_site
    }

    /// The status that a site's code begins with. The status of HTTP may be another one.
    pub(crate) fn status_of_code(&self) -> Option<u16> {
        let code = self.code.as_deref().filter(|_| self.of_site)?;
        let is_code = code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit());
        let status = is_code.then(|| code[..3].parse().ok()).flatten()?;
        (400..=599).contains(&status).then_some(status)
    }

    /// The vendor's `errorCode`, or the six digits of a site.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// What it is about, in the vendor's words. They may name people: show them, and log them at debug level at most.
    pub fn summary(&self) -> &str {
        &self.message
    }

    /// What happened, in the vendor's words. They may name people: show them, and log them at debug level at most.
    pub fn detail(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

/// Takes out the secrets, should they be echoed, and whatever could break a log line; then cuts.
fn clean(text: &str, secrets: &[&SecretString]) -> String {
    let secrets = secrets.iter().map(|secret| secret.expose_secret()).filter(|secret| !secret.is_empty());
    let text = secrets.fold(text.to_owned(), |text, secret| text.replace(secret, "[secret]"));
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
        VendorWords::read(body.as_bytes(), &[&SecretString::from("s3cr3t")])
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
    fn every_secret_of_a_request_is_cut() {
        let secrets = [SecretString::from("one"), SecretString::from("two"), SecretString::from("")];
        let words = VendorWords::of_site("400000", "one", " two\tthree ", &secrets.each_ref());
        assert_eq!(words.to_string(), "[secret] ([secret] three) [400000]");
    }

    #[test]
    fn only_six_digits_name_a_status() {
        let status = |code| VendorWords::of_site(code, "", "", &[]).status_of_code();
        assert_eq!((status("404000"), status("429000"), status("500000")), (Some(404), Some(429), Some(500)));
        for other in ["404", "4040000", "40400x", "200000", "", "-40400", "４０４０"] {
            assert_eq!(status(other), None, "{other}");
        }
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
