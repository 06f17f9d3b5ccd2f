//! Saved credentials of a person, on their way from one site to another. They are secrets from the first byte on.

use std::fmt;

use bytes::{Bytes, BytesMut};
use model::{SiteId, SiteUserId};
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroize};
use serde::Deserialize;

use super::{SiteApi, table::SiteOperation, write::Element, xml};
use crate::{Change, Result, Unfit};

/// The site that credentials go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Its part of the address.
    pub content_url: String,
    /// Its id.
    pub site: SiteId,
    /// The address of its server.
    pub server_url: String,
}

/// Saved credentials, encrypted for one destination. `Debug` shows how many there are and nothing else.
pub struct SavedCredentials {
    /// People who are named beside them, as the vendor writes it: its page shows an empty list only.
    pub users: Vec<String>,
    /// The credentials.
    pub keychains: Vec<SecretString>,
}

impl fmt::Debug for SavedCredentials {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SavedCredentials")
            .field("users", &self.users.len())
            .field("keychains", &self.keychains.len())
            .finish()
    }
}

/// The same person on two sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserPair {
    /// Their id on the site that the credentials come from.
    pub source: SiteUserId,
    /// Their id on the site that they go to.
    pub destination: SiteUserId,
}

impl SiteApi<Change> {
    /// Takes out a person's saved credentials, encrypted for the destination. Nothing changes on the site, yet secrets
    /// leave it, so only an audited act may ask for them, and it asks once.
    ///
    /// The answer is erased from memory after reading, as far as it is ours. Copies inside the HTTP and XML libraries
    /// are out of reach.
    ///
    /// Vendor: Tableau REST API, Users and Groups Methods, "Download User Credentials".
    pub async fn retrieve_credentials(
        &self,
        user: &SiteUserId,
        to: &Destination,
    ) -> Result<SavedCredentials> {
        let elements = [
            Element::new("destinationSiteUrlNamespace").saying(&to.content_url),
            Element::new("destinationSiteLuid").saying(to.site.to_string()),
            Element::new("destinationServerUrl").saying(&to.server_url),
        ];
        let ask = self.ask(SiteOperation::CredentialsRetrieve)?.of("userId", user).carrying(elements)?;
        let body = ask.take().await?;
        let wire = xml::read::<AnswerWire>(&body);
        erase(body);
        Ok(wire?.read())
    }

    /// Brings in a person's saved credentials that were taken out for this site.
    ///
    /// Vendor: Users and Groups Methods, "Upload User Credentials". Its example has the wrong method; this is that of
    /// its description. How pairs of people are written is known from the vendor's schema only.
    pub async fn upload_credentials(
        &self,
        user: &SiteUserId,
        mapping: &[UserPair],
        keychains: &[SecretString],
    ) -> Result<()> {
        if keychains.is_empty() {
            return Err(Unfit::Nothing.into());
        }
        let pair = |pair: &UserPair| {
            Element::new("userLuidPair")
                .with("sourceSiteUserLuid", pair.source.to_string())
                .with("destinationSiteUserLuid", pair.destination.to_string())
        };
        let keychain =
            |keychain: &SecretString| Element::new("encryptedKeychain").saying(keychain.expose_secret());
        let elements = [
            Element::new("associatedUserLuidMapping").holding(mapping.iter().map(pair)),
            Element::new("encryptedKeychainList").holding(keychains.iter().map(keychain)),
        ];
        let ask = self.ask(SiteOperation::CredentialsUpload)?.of("userId", user);
        ask.carrying(elements)?.hiding(keychains).done().await
    }
}

/// Overwrites an answer that held secrets, unless something else still holds it.
fn erase(body: Bytes) {
    if let Ok(mut body) = body.try_into_mut() {
        BytesMut::as_mut(&mut body).zeroize();
    }
}

#[derive(Deserialize)]
struct AnswerWire {
    #[serde(rename = "associatedUserLuidList", default)]
    users: UsersWire,
    #[serde(rename = "encryptedKeychainList", default)]
    list: KeychainsWire,
}

/// The vendor's page shows this list without anything in it, so any element with a text will do.
#[derive(Default, Deserialize)]
struct UsersWire {
    #[serde(rename = "$value", default)]
    user: Vec<UserWire>,
}

#[derive(Deserialize)]
struct UserWire {
    #[serde(rename = "@id")]
    id: Option<String>,
    #[serde(rename = "$text")]
    text: Option<String>,
}

#[derive(Default, Deserialize)]
struct KeychainsWire {
    #[serde(rename = "encryptedKeychain", default)]
    keychain: Vec<KeychainWire>,
}

#[derive(Deserialize)]
struct KeychainWire {
    #[serde(rename = "$text")]
    text: Option<SecretString>,
}

impl AnswerWire {
    fn read(self) -> SavedCredentials {
        let users = self.users.user.into_iter().filter_map(|user| user.text.or(user.id));
        let keychains = self.list.keychain.into_iter().filter_map(|keychain| keychain.text);
        // The vendor's example breaks the line before the end.
        let trimmed = |keychain: SecretString| SecretString::from(keychain.expose_secret().trim());
        let keychains = keychains.map(trimmed).filter(|keychain| !keychain.expose_secret().is_empty());
        SavedCredentials { users: users.collect(), keychains: keychains.collect() }
    }
}
