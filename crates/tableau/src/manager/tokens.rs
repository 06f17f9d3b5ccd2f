//! The caller's own personal access tokens. A secret is told once, when a token is made.

use model::{Moment, TokenId, tenant::Token};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::{Change, Manager, loose};
use crate::{OperationName, Result, Unreadable};

/// A token that was just made. `Debug` leaves the secret out, as `SecretString` does.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// The token as a list shows it.
    pub token: Token,
    /// What signs in. The vendor never tells it again.
    pub secret: SecretString,
}

impl<Access> Manager<Access> {
    /// The caller's own tokens that are still valid. The vendor does not tell which of them signed in.
    ///
    /// Vendor: Tableau Cloud Manager REST API, Authentication Methods, list of the caller's tokens.
    pub async fn tokens(&self) -> Result<Vec<Token>> {
        let wire: Vec<TokenWire> = self.ask(OperationName::PatList).list().await?;
        Ok(wire.into_iter().map(TokenWire::read).collect())
    }
}

impl Manager<Change> {
    /// Makes a token for the caller, good for so many days.
    ///
    /// An answer without a secret is unreadable: the token may be there, and nobody will ever know what opens it.
    ///
    /// Vendor: Authentication Methods, create a personal access token; 365 days at most.
    pub async fn create_token(&self, name: &str, days: u32) -> Result<NewToken> {
        let asked = NewTokenAsk { token_name: name, absolute_expiry_in_days: days };
        let wire: NewTokenWire = self.ask(OperationName::PatCreate).json(&asked)?.change_and_read().await?;
        let secret = wire.secret.filter(|secret| !secret.expose_secret().trim().is_empty());
        let secret = secret.ok_or(Unreadable::Field { field: "secret" })?;
        Ok(NewToken { token: wire.token.read(), secret })
    }

    /// Revokes one of the caller's tokens. Whoever signs in with it is refused from then on.
    ///
    /// Vendor: Authentication Methods, revoke a personal access token. The sample printed for a success has the shape
    /// of an error, so any success counts.
    pub async fn revoke_token(&self, token: &TokenId) -> Result<()> {
        self.ask(OperationName::PatRevoke).of("tokenUUID", token).change().await
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewTokenAsk<'a> {
    token_name: &'a str,
    absolute_expiry_in_days: u32,
}

#[derive(Deserialize)]
struct NewTokenWire {
    secret: Option<SecretString>,
    #[serde(flatten)]
    token: TokenWire,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenWire {
    #[serde(rename = "tokenUUID", default, deserialize_with = "loose::id")]
    id: Option<TokenId>,
    #[serde(default, deserialize_with = "loose::text")]
    token_name: Option<String>,
    #[serde(default, deserialize_with = "loose::moment")]
    issue_in_utc: Option<Moment>,
    #[serde(default, deserialize_with = "loose::moment")]
    expiration_in_utc: Option<Moment>,
}

impl TokenWire {
    fn read(self) -> Token {
        Token {
            id: self.id,
            name: self.token_name.unwrap_or_default(),
            issued: self.issue_in_utc,
            ends: self.expiration_in_utc,
        }
    }
}
