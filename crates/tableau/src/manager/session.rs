//! The session itself, as Tableau Cloud Manager sees it.

use model::{TenantId, UserId};
use serde::Deserialize;

use super::{Manager, loose};
use crate::{Error, OperationName, Result};

/// What the vendor tells about the session that asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionInfo {
    /// The vendor's id of the session; not its token.
    pub session_id: Option<String>,
    /// Who signed in.
    pub user: UserId,
    /// The tenant it is open with.
    pub tenant: TenantId,
    /// `USER`; the vendor's list is open.
    pub kind: Option<String>,
}

impl<Access> Manager<Access> {
    /// The session that asks: a cheap proof that it is alive.
    ///
    /// Vendor: Tableau Cloud Manager REST API, Administrative Methods, session information (V2).
    pub async fn session(&self) -> Result<SessionInfo> {
        let wire: SessionWire = self.ask(OperationName::SessionGet).read().await?;
        Ok(SessionInfo {
            session_id: wire.session_id,
            user: wire.user_id,
            tenant: wire.tenant_id,
            kind: wire.session_type,
        })
    }

    /// Ends the session. One that is dead already is ended as well as can be.
    ///
    /// Vendor: not on the reference page; met in public clients (`DELETE /api/v2/sessions`).
    pub async fn sign_out(&self) -> Result<()> {
        match self.ask(OperationName::SessionDelete).end().await {
            Err(Error::SessionEnded { .. } | Error::Rejected { status: 401, .. }) => Ok(()),
            outcome => outcome,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SessionWire {
    #[serde(default, deserialize_with = "loose::text")]
    session_id: Option<String>,
    user_id: UserId,
    tenant_id: TenantId,
    #[serde(default, deserialize_with = "loose::text")]
    session_type: Option<String>,
}
