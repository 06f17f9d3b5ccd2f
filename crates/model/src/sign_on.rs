//! How people sign in to the tenant and to its sites.

use serde::{Deserialize, Serialize};

/// One way to sign in to the tenant or to one of its sites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authentication {
    /// The id of the tenant or of the site.
    pub resource: String,
    /// The vendor's word: `OIDC`, `SAML`, `DEFAULT`, `TABID_WITH_MFA`; the list is open.
    pub kind: String,
    /// The provider that the vendor knows by name, such as `Salesforce`.
    pub provider: Option<String>,
    /// Whether it is in force; `None` where the vendor does not say.
    pub enabled: Option<bool>,
    /// What somebody called it, where a site has several.
    pub name: Option<String>,
}

/// The tenant's OpenID Connect configuration, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oidc {
    /// Whether it is in force.
    pub enabled: bool,
    /// The provider, such as `Salesforce` or `Google`.
    pub provider: String,
    /// The domain, for Salesforce alone.
    pub domain: Option<String>,
    /// Everything else that came, by the vendor's names. Steward shows it and writes it back untouched.
    pub others: Vec<(String, String)>,
}
