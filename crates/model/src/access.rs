//! Who may do what: one pure function that the page and the gate both ask.

use serde::{Deserialize, Serialize};

/// Everything that is opened one by one. What is not listed in a grant is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// See the tenant, its seats and its terms.
    SeeTenant,
    /// See sites with their counts and limits.
    SeeSites,
    /// Suspend a site.
    SuspendSite,
    /// Reactivate a site.
    ReactivateSite,
    /// See jobs that Tableau runs.
    SeeJobs,
    /// Read the audit log.
    SeeAudit,
    /// See the connection: host, session, tokens, addresses.
    SeeConnection,
    /// Say that an inferred vendor address was checked, which opens its operation.
    UnlockOperation,
}

impl Permission {
    /// All there are.
    pub const ALL: [Self; 8] = [
        Self::SeeTenant,
        Self::SeeSites,
        Self::SuspendSite,
        Self::ReactivateSite,
        Self::SeeJobs,
        Self::SeeAudit,
        Self::SeeConnection,
        Self::UnlockOperation,
    ];
}

/// What an account is to this tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Signed in with a Tableau Cloud Manager token of their own: the vendor lets them do everything.
    CloudAdministrator,
}

/// What an account was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role that says which permissions come with it.
    pub role: Role,
}

/// Whether these grants open this permission.
pub fn allows(grants: &[Grant], permission: Permission) -> bool {
    grants.iter().any(|grant| match (grant.role, permission) {
        (Role::CloudAdministrator, _) => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_grant_everything_is_closed() {
        assert!(Permission::ALL.iter().all(|permission| !allows(&[], *permission)));
    }

    #[test]
    fn a_cloud_administrator_may_do_everything() {
        let grants = [Grant { role: Role::CloudAdministrator }];
        assert!(Permission::ALL.iter().all(|permission| allows(&grants, *permission)));
    }
}
