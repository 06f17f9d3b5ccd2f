//! From a personal access token to a session with one site, and its end.

mod wire;

use std::{fmt, time::Duration};

use model::{SiteId, SiteUserId};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::Instant;

use super::{
    SiteApi,
    host::SiteHost,
    table::SiteOperation,
    version::ApiVersion,
    write::{self, Element},
};
use crate::{
    Error, Result, Tag, VendorWords, Wire,
    transport::{Call, Content, Door, Key, Kind},
};

pub use wire::read;

/// The vendor's code for "you already are on that site".
const ALREADY_THERE: &str = "403070";

/// A personal access token of a site. It is of another kind than those of Tableau Cloud Manager.
#[derive(Debug, Clone, Copy)]
pub struct SitePat<'a> {
    /// Its name, which counts at sign-in.
    pub name: &'a str,
    /// Its secret.
    pub secret: &'a SecretString,
}

/// An open session with a site. `Debug` leaves the token out, as `SecretString` does.
#[derive(Debug, Clone)]
pub struct SiteSession {
    /// The session token.
    pub token: SecretString,
    /// The site.
    pub site: SiteId,
    /// The site's part of the address; empty for the default site of a server.
    pub content_url: String,
    /// Who signed in.
    pub user: SiteUserId,
    /// How long it lasts by the vendor's estimate, counted from the sign-in; not every server tells.
    pub expires_in: Option<Duration>,
}

impl SiteSession {
    /// What a client needs to ask.
    pub fn access(&self, host: &SiteHost, version: ApiVersion) -> SiteAccess {
        SiteAccess::new(host.clone(), version, self.token.clone(), self.site)
    }
}

/// What a client needs to ask a site: where, in which version, with which session.
#[derive(Clone)]
pub struct SiteAccess {
    host: SiteHost,
    version: ApiVersion,
    token: SecretString,
    site: SiteId,
}

impl SiteAccess {
    /// From what sign-in gave, perhaps kept sealed in between.
    pub fn new(host: SiteHost, version: ApiVersion, token: SecretString, site: SiteId) -> Self {
        Self { host, version, token, site }
    }

    /// The host of the site.
    pub fn host(&self) -> &SiteHost {
        &self.host
    }

    /// The version to speak.
    pub fn version(&self) -> ApiVersion {
        self.version
    }

    /// The session token, to be sealed until the next request; it goes nowhere else.
    pub fn token(&self) -> &SecretString {
        &self.token
    }

    /// The site.
    pub fn site(&self) -> SiteId {
        self.site
    }
}

impl fmt::Debug for SiteAccess {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SiteAccess")
            .field("host", &self.host)
            .field("version", &self.version)
            .field("site", &self.site)
            .finish_non_exhaustive()
    }
}

impl Wire {
    /// Opens a session with a site. The vendor ends an older session of the same token, even one with another site.
    ///
    /// A refusal does not tell whether the token or the site's part of the address is wrong. As with Tableau Cloud
    /// Manager it is repeated like a read: a session opened by a lost answer harms nobody and ends by itself.
    ///
    /// Vendor: Tableau REST API, Authentication Methods, "Sign In".
    pub async fn site_sign_in(
        &self,
        host: &SiteHost,
        version: ApiVersion,
        pat: SitePat<'_>,
        content_url: &str,
        tag: &Tag,
    ) -> Result<SiteSession> {
        let row = SiteOperation::SignIn.row();
        if version < row.since {
            return Err(Error::TooOld { needs: row.since, has: version });
        }
        let credentials = Element::new("credentials")
            .with("personalAccessTokenName", pat.name)
            .with("personalAccessTokenSecret", pat.secret.expose_secret())
            .holding([Element::new("site").with("contentUrl", content_url)]);
        let call = Call {
            door: Door::Site { host, row },
            kind: Kind::SignIn,
            key: Key::Pat(pat.secret),
            tag,
            site: None,
            values: vec![("apiVersion", version.to_string())],
            query: Vec::new(),
            content: Some(Content::xml(write::message([credentials])?)),
            secrets: &[],
            until: Instant::now() + self.deadline(),
        };
        read(self.send(&call).await?.body())
    }
}

impl<Access> SiteApi<Access> {
    /// Ends the session. One that is dead already is ended as well as can be.
    ///
    /// Vendor: Authentication Methods, "Sign Out".
    pub async fn sign_out(&self) -> Result<()> {
        match self.ask(SiteOperation::SignOut)?.end().await {
            Err(
                Error::SessionEnded { .. } | Error::TokenRefused { .. } | Error::Rejected { status: 401, .. },
            ) => Ok(()),
            outcome => outcome,
        }
    }

    /// Goes on with another site of the same host: the token of this client ends, and a new one comes. `None` when the
    /// session already is with that site.
    ///
    /// An older client of the vendor's says that only servers know it; on Tableau Cloud sign in to the other site.
    ///
    /// Vendor: Authentication Methods, "Switch Site".
    pub async fn switch_site(&self, content_url: &str) -> Result<Option<SiteSession>> {
        let site = Element::new("site").with("contentUrl", content_url);
        match self.ask(SiteOperation::SwitchSite)?.carrying([site])?.turn::<wire::AnswerWire>().await {
            Ok(answer) => answer.read().map(Some),
            Err(error) if error.vendor_words().and_then(VendorWords::code) == Some(ALREADY_THERE) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
