//! The tenant itself: its name, its state, its terms.

use model::{
    Moment, TenantId,
    tenant::{Tenant, Terms},
};
use serde::Deserialize;

use super::{Change, Manager, loose};
use crate::{Error, OperationName, Result};

/// What Tableau says of a name for a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameAnswer {
    /// Nobody has it.
    Free,
    /// Somebody has it, or the address that would be made of it.
    Taken,
    /// It cannot be a name, or it is taken: Tableau does not say which.
    Refused,
}

impl<Access> Manager<Access> {
    /// The tenant that the session is open with.
    ///
    /// Vendor: Tableau Cloud Manager REST API, Tenant Methods, "Get Tenant".
    pub async fn tenant(&self) -> Result<Tenant> {
        let wire: TenantWire = self.ask(OperationName::TenantGet).read().await?;
        Ok(wire.read(self.tenant_id()))
    }

    /// Whether a tenant could be called so: whether the name, and the address made of it, are free.
    ///
    /// The vendor does not say how it tells that one is taken. A conflict is read as that, another refusal of the
    /// request itself as either that or an unfit name, and both count only in the vendor's own words.
    ///
    /// Vendor: Tenant Methods, check of a tenant's name.
    pub async fn check_tenant_name(&self, name: &str) -> Result<NameAnswer> {
        match self.ask(OperationName::TenantCheckName).of("tenantName", name).heard().await {
            Ok(()) => Ok(NameAnswer::Free),
            Err(Error::Conflict { words: Some(_), .. }) => Ok(NameAnswer::Taken),
            Err(Error::Rejected { status: 400 | 422, words: Some(_) }) => Ok(NameAnswer::Refused),
            Err(error) => Err(error),
        }
    }
}

impl Manager<Change> {
    /// Accepts the vendor's terms and conditions for the tenant. Read the tenant back afterwards.
    ///
    /// Vendor: Administrative Methods, accept terms and conditions.
    pub async fn accept_terms(&self) -> Result<()> {
        self.ask(OperationName::TenantAcceptTerms).change().await
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TenantWire {
    #[serde(default, deserialize_with = "loose::id")]
    tenant_id: Option<TenantId>,
    #[serde(default, deserialize_with = "loose::text")]
    tenant_name: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    encode_uri: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    status: Option<String>,
    #[serde(default, deserialize_with = "loose::moment")]
    create_date_time: Option<Moment>,
    #[serde(default, deserialize_with = "loose::moment")]
    last_update_date_time: Option<Moment>,
    terms_and_conditions: Option<TermsWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TermsWire {
    #[serde(rename = "acceptedTandC")]
    accepted: Option<bool>,
    #[serde(default, deserialize_with = "loose::text")]
    accepted_by: Option<String>,
    #[serde(default, deserialize_with = "loose::moment")]
    accepted_at: Option<Moment>,
}

impl TenantWire {
    fn read(self, asked: TenantId) -> Tenant {
        Tenant {
            id: self.tenant_id.unwrap_or(asked),
            name: self.tenant_name.unwrap_or_default(),
            uri: self.encode_uri,
            status: self.status.unwrap_or_else(|| "Unknown".to_owned()),
            created: self.create_date_time,
            updated: self.last_update_date_time,
            terms: self.terms_and_conditions.and_then(TermsWire::read),
        }
    }
}

impl TermsWire {
    /// Silence on whether they are accepted is not a "no".
    fn read(self) -> Option<Terms> {
        Some(Terms { accepted: self.accepted?, by: self.accepted_by, at: self.accepted_at })
    }
}
