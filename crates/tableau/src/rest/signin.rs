//! What signing in to a single site answers.

use model::{SiteId, UserId};
use secrecy::SecretString;
use serde::Deserialize;

use super::xml;
use crate::Result;

/// An open session with a site. `Debug` leaves the token out, as `SecretString` does.
#[derive(Debug, Clone)]
pub struct SiteSession {
    /// The session token.
    pub token: SecretString,
    /// The site.
    pub site: SiteId,
    /// The site's part of the address; empty for the default site.
    pub content_url: String,
    /// Who signed in.
    pub user: UserId,
}

/// Reads the answer.
///
/// Vendor: Tableau REST API, Authentication Methods, "Sign In".
pub fn read(answer: &[u8]) -> Result<SiteSession> {
    let wire: AnswerWire = xml::read(answer)?;
    let CredentialsWire { token, site, user } = wire.credentials;
    Ok(SiteSession { token, site: site.id, content_url: site.content_url, user: user.id })
}

#[derive(Deserialize)]
struct AnswerWire {
    credentials: CredentialsWire,
}

#[derive(Deserialize)]
struct CredentialsWire {
    #[serde(rename = "@token")]
    token: SecretString,
    site: SiteWire,
    user: UserWire,
}

#[derive(Deserialize)]
struct SiteWire {
    #[serde(rename = "@id")]
    id: SiteId,
    #[serde(rename = "@contentUrl", default)]
    content_url: String,
}

#[derive(Deserialize)]
struct UserWire {
    #[serde(rename = "@id")]
    id: UserId,
}
