//! Changes of the tenant itself: new sites and their projects, terms, tokens, and how people sign in.

use serde::{Deserialize, Serialize};

use crate::{Permission, SiteId, TenantId, TokenId, act::Object};

/// A change of the tenant itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TenantAct {
    /// Making a site.
    CreateSite {
        /// Its name.
        name: String,
        /// Why, in the person's words.
        reason: String,
    },
    /// Making the project of a site.
    CreateProject {
        /// The site.
        site: SiteId,
        /// Its name at that time.
        site_name: String,
    },
    /// Changing how many people a site may hold at each role: one row of a plan.
    ChangeLimits {
        /// The site.
        site: SiteId,
        /// Its name at that time.
        site_name: String,
        /// Why, in the words of the person who applied the plan.
        reason: Option<String>,
    },
    /// Accepting the terms and conditions.
    AcceptTerms {
        /// The tenant.
        tenant: TenantId,
    },
    /// Making a personal access token.
    CreateToken {
        /// Its name.
        name: String,
    },
    /// Making a token, trying it, and using it instead of the one in use.
    SwapToken {
        /// The new token's name.
        name: String,
    },
    /// Revoking a personal access token.
    RevokeToken {
        /// The token.
        token: TokenId,
        /// Its name.
        name: String,
    },
    /// Making or changing the OpenID Connect configuration.
    ChangeOidc {
        /// The tenant.
        tenant: TenantId,
        /// The provider.
        provider: String,
        /// Why, in the person's words.
        reason: String,
    },
    /// Deleting the OpenID Connect configuration.
    DeleteOidc {
        /// The tenant.
        tenant: TenantId,
        /// Why, in the person's words.
        reason: String,
    },
}

impl TenantAct {
    /// The permission it needs.
    pub fn permission(&self) -> Permission {
        match self {
            Self::CreateSite { .. } | Self::CreateProject { .. } => Permission::CreateSites,
            Self::ChangeLimits { .. } => Permission::ChangeLimits,
            Self::AcceptTerms { .. } => Permission::AcceptTerms,
            Self::CreateToken { .. } | Self::SwapToken { .. } | Self::RevokeToken { .. } => {
                Permission::ManageTokens
            }
            Self::ChangeOidc { .. } | Self::DeleteOidc { .. } => Permission::ChangeSignOn,
        }
    }

    /// The word in the log and in its filter.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::CreateSite { .. } => "site.create",
            Self::CreateProject { .. } => "site.project",
            Self::ChangeLimits { .. } => "site.limits",
            Self::AcceptTerms { .. } => "tenant.terms",
            Self::CreateToken { .. } => "token.create",
            Self::SwapToken { .. } => "token.swap",
            Self::RevokeToken { .. } => "token.revoke",
            Self::ChangeOidc { .. } => "oidc.change",
            Self::DeleteOidc { .. } => "oidc.delete",
        }
    }

    /// What it changes.
    pub fn object(&self) -> Object {
        let object = |kind, id: String, name: &str| Object { kind, id, name: name.to_owned() };
        match self {
            // What is not there yet has no id; its name stands in.
            Self::CreateSite { name, .. } => object("new-site", name.to_lowercase(), name),
            Self::CreateProject { site, site_name } | Self::ChangeLimits { site, site_name, .. } => {
                object("site", site.to_string(), site_name)
            }
            Self::AcceptTerms { tenant } => object("tenant", tenant.to_string(), ""),
            Self::CreateToken { name } | Self::SwapToken { name } => {
                object("new-token", name.to_lowercase(), name)
            }
            Self::RevokeToken { token, name } => object("token", token.to_string(), name),
            Self::ChangeOidc { tenant, provider, .. } => object("sign-on", tenant.to_string(), provider),
            Self::DeleteOidc { tenant, .. } => object("sign-on", tenant.to_string(), ""),
        }
    }

    /// Why, in the person's words.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::CreateSite { reason, .. }
            | Self::ChangeOidc { reason, .. }
            | Self::DeleteOidc { reason, .. } => {
                Some(reason).filter(|reason| !reason.is_empty()).map(String::as_str)
            }
            Self::ChangeLimits { reason, .. } => reason.as_deref(),
            _ => None,
        }
    }
}
