//! From a personal access token to a session.

use std::fmt;

use model::{Moment, TenantId, UserId};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::{
    OperationName, Result, Tag, Unreadable, Wire,
    manager::loose,
    transport::{Call, Content, Door, Key, Kind},
};

/// An open session with Tableau Cloud Manager.
#[derive(Clone)]
pub struct Session {
    token: SecretString,
    tenant: TenantId,
}

impl Session {
    /// A session from what sign-in gave, perhaps kept sealed in between.
    pub fn new(token: SecretString, tenant: TenantId) -> Self {
        Self { token, tenant }
    }

    /// The tenant it is open with.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The session token, to be sealed until the next request; it goes nowhere else.
    pub fn token(&self) -> &SecretString {
        &self.token
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Session").field("tenant", &self.tenant).finish_non_exhaustive()
    }
}

/// What a successful sign-in tells. `Debug` leaves the token out, as `SecretString` does.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session token.
    pub token: SecretString,
    /// Who signed in.
    pub user: UserId,
    /// The tenant.
    pub tenant: TenantId,
    /// When the session ends at the latest; the vendor also ends idle ones.
    pub expires: Moment,
}

impl SignedIn {
    /// The session to ask with.
    pub fn session(&self) -> Session {
        Session::new(self.token.clone(), self.tenant)
    }
}

impl Wire {
    /// Opens a session with the secret of a personal access token.
    ///
    /// It is repeated like a read: a session opened by a lost answer harms nobody and ends by itself.
    ///
    /// Vendor: Tableau Cloud Manager REST API, Authentication Methods, sign in with a personal access token.
    pub async fn sign_in(&self, pat: &SecretString, tag: &Tag) -> Result<SignedIn> {
        let asked = SignInAsk { token: pat.expose_secret() };
        let call = Call {
            door: Door::Manager(OperationName::PatLogin),
            kind: Kind::SignIn,
            key: Key::Pat(pat),
            tag,
            site: None,
            values: Vec::new(),
            query: Vec::new(),
            content: Some(Content::json(&asked)?),
            secrets: &[],
            until: Instant::now() + self.deadline(),
        };
        self.send(&call).await?.object::<SignedInWire>()?.read()
    }
}

#[derive(Serialize)]
struct SignInAsk<'a> {
    token: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignedInWire {
    session_token: SecretString,
    user_id: UserId,
    tenant_id: TenantId,
    #[serde(default, deserialize_with = "loose::moment")]
    session_expiration: Option<Moment>,
}

impl SignedInWire {
    fn read(self) -> Result<SignedIn> {
        let expires = self.session_expiration.ok_or(Unreadable::Field { field: "sessionExpiration" })?;
        // What cannot stand in a header cannot be a session token.
        let token = self.session_token.expose_secret();
        if token.is_empty() || http::HeaderValue::from_str(token).is_err() {
            return Err(Unreadable::Field { field: "sessionToken" }.into());
        }
        Ok(SignedIn { token: self.session_token, user: self.user_id, tenant: self.tenant_id, expires })
    }
}
