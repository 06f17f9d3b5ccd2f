//! Every change a person can make, with its permission and its sentence in the audit log.

use serde::{Deserialize, Serialize};

use crate::{Permission, SiteId, TenantId};

/// A change a person makes. Each variant carries what the audit log needs to be read years later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Signing in with a token.
    SignIn {
        /// The tenant the token opens.
        tenant: TenantId,
    },
    /// Signing out: the sealed token and the vendor's session end.
    SignOut {
        /// The tenant the token opened.
        tenant: TenantId,
    },
    /// Suspending a site.
    SuspendSite {
        /// The site.
        site: SiteId,
        /// Its name at that time.
        name: String,
        /// Why, in the person's words.
        reason: String,
    },
    /// Reactivating a site.
    ReactivateSite {
        /// The site.
        site: SiteId,
        /// Its name at that time.
        name: String,
        /// Why, in the person's words.
        reason: String,
    },
    /// Opening an operation whose address is only inferred.
    UnlockOperation {
        /// Our name of the operation.
        operation: String,
        /// The method and path that were checked.
        address: String,
    },
}

/// What an act changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// The kind of thing: `site`, `tenant`, `operation`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its name at the time of the act; empty where it has none.
    pub name: String,
}

impl Act {
    /// The permission it needs; `None` for what everyone may do with their own sign-in.
    pub fn permission(&self) -> Option<Permission> {
        match self {
            Self::SignIn { .. } | Self::SignOut { .. } => None,
            Self::SuspendSite { .. } => Some(Permission::SuspendSite),
            Self::ReactivateSite { .. } => Some(Permission::ReactivateSite),
            Self::UnlockOperation { .. } => Some(Permission::UnlockOperation),
        }
    }

    /// The word for this kind of act in the log and in its filter.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::SignIn { .. } => "sign-in",
            Self::SignOut { .. } => "sign-out",
            Self::SuspendSite { .. } => "site.suspend",
            Self::ReactivateSite { .. } => "site.reactivate",
            Self::UnlockOperation { .. } => "operation.unlock",
        }
    }

    /// What it changes.
    pub fn object(&self) -> Object {
        match self {
            Self::SignIn { tenant } | Self::SignOut { tenant } => {
                Object { kind: "tenant", id: tenant.to_string(), name: String::new() }
            }
            Self::SuspendSite { site, name, .. } | Self::ReactivateSite { site, name, .. } => {
                Object { kind: "site", id: site.to_string(), name: name.clone() }
            }
            Self::UnlockOperation { operation, address } => {
                Object { kind: "operation", id: operation.clone(), name: address.clone() }
            }
        }
    }

    /// Why, in the person's words.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::SuspendSite { reason, .. } | Self::ReactivateSite { reason, .. } => Some(reason),
            Self::SignIn { .. } | Self::SignOut { .. } | Self::UnlockOperation { .. } => None,
        }
    }
}

/// The sentence of an act in the log, from its verb and the name of its object.
pub fn sentence(verb: &str, name: &str) -> String {
    match verb {
        "sign-in" => "Signed in".to_owned(),
        "sign-out" => "Signed out".to_owned(),
        "site.suspend" => format!("Suspend site {name}"),
        "site.reactivate" => format!("Reactivate site {name}"),
        "operation.unlock" => format!("Unlock {name}"),
        // A later version's log, read by this one.
        other => format!("{other} {name}"),
    }
}

/// The verbs a log can be filtered by, with their words.
pub const VERBS: &[(&str, &str)] = &[
    ("site.suspend", "Suspend a site"),
    ("site.reactivate", "Reactivate a site"),
    ("operation.unlock", "Unlock an operation"),
    ("sign-in", "Sign in"),
    ("sign-out", "Sign out"),
];
