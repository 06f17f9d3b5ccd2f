//! The caller's own personal access tokens, never with their secrets.

use model::{Moment, tenant::Token};
use serde::Deserialize;

use super::{Manager, loose};
use crate::{OperationName, Result};

impl<Access> Manager<Access> {
    /// The caller's own tokens that are still valid. The vendor does not tell which of them signed in.
    ///
    /// Vendor: Tableau Cloud Manager REST API, Authentication Methods, list of the caller's tokens.
    pub async fn tokens(&self) -> Result<Vec<Token>> {
        let wire: Vec<TokenWire> = self.ask(OperationName::PatList).list().await?;
        Ok(wire.into_iter().map(TokenWire::read).collect())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenWire {
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
            name: self.token_name.unwrap_or_default(),
            issued: self.issue_in_utc,
            ends: self.expiration_in_utc,
        }
    }
}
