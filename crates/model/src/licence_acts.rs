//! What is done about licences inside Steward, as one act. None of it is sent to Tableau.

use serde::{Deserialize, Serialize};

use crate::{TenantId, UserId, act::Object};

/// A change of what Steward knows and does about licences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum LicenceChange {
    /// Typing in how many seats were bought.
    Purchased {
        /// The tenant.
        tenant: TenantId,
    },
    /// Setting from which part of a limit on there is a word.
    Thresholds {
        /// The tenant.
        tenant: TenantId,
    },
    /// Setting the address that news go to. It gets a new secret.
    SetHook {
        /// The tenant.
        tenant: TenantId,
        /// The host of the address; the rest of it may be a secret of the other side's.
        host: String,
    },
    /// Taking that address away.
    EndHook {
        /// The tenant.
        tenant: TenantId,
        /// The host of the address.
        host: String,
    },
    /// Leaving somebody out of the list of seats used in vain.
    Exclude {
        /// The person.
        user: UserId,
        /// The name they sign in with.
        user_name: String,
        /// Why, in the person's words.
        reason: String,
    },
    /// Putting somebody back into that list.
    Include {
        /// The person.
        user: UserId,
        /// The name they sign in with.
        user_name: String,
    },
}

impl LicenceChange {
    /// The word in the audit log.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Purchased { .. } => "licences.purchased",
            Self::Thresholds { .. } => "licences.thresholds",
            Self::SetHook { .. } => "licences.hook",
            Self::EndHook { .. } => "licences.hook-end",
            Self::Exclude { .. } => "licences.exclude",
            Self::Include { .. } => "licences.include",
        }
    }

    /// What it changes.
    pub fn object(&self) -> Object {
        let of_tenant = |tenant: &TenantId, name: &str| Object {
            kind: "licences",
            id: tenant.to_string(),
            name: name.to_owned(),
        };
        match self {
            Self::Purchased { tenant } | Self::Thresholds { tenant } => of_tenant(tenant, ""),
            Self::SetHook { tenant, host } | Self::EndHook { tenant, host } => of_tenant(tenant, host),
            Self::Exclude { user, user_name, .. } | Self::Include { user, user_name } => {
                Object { kind: "person", id: user.to_string(), name: user_name.clone() }
            }
        }
    }

    /// Why, in the person's words.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Exclude { reason, .. } => Some(reason),
            _ => None,
        }
    }
}
