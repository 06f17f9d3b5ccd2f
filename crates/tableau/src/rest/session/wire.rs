//! What signing in to a single site answers.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::SiteSession;
use crate::{
    Result, Unreadable,
    rest::{loose, xml},
};

/// Reads the answer.
///
/// Vendor: Tableau REST API, Authentication Methods, "Sign In".
pub fn read(answer: &[u8]) -> Result<SiteSession> {
    xml::read::<AnswerWire>(answer)?.read()
}

#[derive(Deserialize)]
pub(super) struct AnswerWire {
    credentials: CredentialsWire,
}

#[derive(Deserialize)]
struct CredentialsWire {
    #[serde(rename = "@token")]
    token: SecretString,
    #[serde(rename = "@estimatedTimeToExpiration")]
    time_left: Option<String>,
    site: SiteWire,
    user: UserWire,
}

#[derive(Deserialize)]
struct SiteWire {
    #[serde(rename = "@id")]
    id: Option<String>,
    #[serde(rename = "@contentUrl", default)]
    content_url: String,
}

#[derive(Deserialize)]
struct UserWire {
    #[serde(rename = "@id")]
    id: Option<String>,
}

impl AnswerWire {
    pub(super) fn read(self) -> Result<SiteSession> {
        let CredentialsWire { token, time_left, site, user } = self.credentials;
        // What cannot stand in a header cannot be a session token.
        let text = token.expose_secret();
        if text.trim().is_empty() || http::HeaderValue::from_str(text).is_err() {
            return Err(Unreadable::Field { field: "token" }.into());
        }
        Ok(SiteSession {
            token,
            site: loose::id(site.id.as_deref())?,
            content_url: site.content_url,
            user: loose::id(user.id.as_deref())?,
            expires_in: time_left.as_deref().and_then(duration),
        })
    }
}

/// Reads `177:05:38`: hours, which may be more than a day, minutes and seconds.
fn duration(text: &str) -> Option<Duration> {
    let mut parts = text.trim().split(':').map(|part| {
        part.bytes().all(|digit| digit.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten()
    });
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || minutes > 59 || seconds > 59 {
        return None;
    }
    Some(Duration::from_secs(u64::from(hours) * 3600 + u64::from(minutes * 60 + seconds)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_may_be_more_than_a_day() {
        assert_eq!(duration("177:05:38"), Some(Duration::from_secs(177 * 3600 + 5 * 60 + 38)));
        assert_eq!(duration("0:00:01"), Some(Duration::from_secs(1)));
        for bad in
            ["", "1:2", "1:60:00", "1:00:60", "-1:00:00", "a:00:00", "1:00:00:00", "99999999999:00:00", "::"]
        {
            assert_eq!(duration(bad), None, "{bad}");
        }
    }
}
