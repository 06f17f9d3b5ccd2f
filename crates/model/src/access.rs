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
    /// Connect sites to their own API with one's own tokens, and end that.
    ConnectSites,
    /// See groups, group sets and their members on connected sites.
    SeeGroups,
    /// Create, rename and delete groups, and set what they give.
    ChangeGroups,
    /// Change who is in which group.
    ChangeMembers,
    /// Create, rename, fill and delete group sets.
    ChangeGroupSets,
    /// Give the content of somebody who leaves a site to somebody else.
    HandOverContent,
    /// Cancel jobs that a site runs.
    CancelJobs,
    /// Move saved credentials of a person from one site to another.
    MoveCredentials,
    /// See people with their roles, and export lists of them.
    SeePeople,
    /// Make plans that change people.
    PlanPeople,
    /// Create people, and add them to sites.
    CreatePeople,
    /// Change roles and ways to sign in on sites.
    ChangeRoles,
    /// Take people off sites.
    RemoveFromSites,
    /// Take people out of the tenant.
    DeletePeople,
    /// Change language, locale and e-mail field.
    ChangeDetails,
    /// Make and end cloud administrators.
    ChangeAdministrators,
    /// Protect people, and end that.
    ProtectPeople,
    /// Type in purchased seats, set thresholds and the address for news, and exclude people from the list of seats used
    /// in vain.
    ManageLicences,
    /// See jobs that Tableau runs, and runs of plans.
    SeeJobs,
    /// Read the audit log.
    SeeAudit,
    /// See the connection: host, session, tokens, addresses.
    SeeConnection,
    /// Say that an inferred vendor address was checked, which opens its operation.
    UnlockOperation,
    /// Create sites and their projects.
    CreateSites,
    /// Change how many people a site may hold at each role.
    ChangeLimits,
    /// Accept the vendor's terms and conditions for the tenant.
    AcceptTerms,
    /// Make and revoke one's own tokens in Tableau.
    ManageTokens,
    /// See how people sign in to the tenant and to its sites.
    SeeSignOn,
    /// Change how people sign in to the tenant.
    ChangeSignOn,
    /// Read the vendor's own activity log.
    SeeActivity,
}

impl Permission {
    /// All there are.
    pub const ALL: [Self; 33] = [
        Self::SeeTenant,
        Self::SeeSites,
        Self::SuspendSite,
        Self::ReactivateSite,
        Self::ConnectSites,
        Self::SeeGroups,
        Self::ChangeGroups,
        Self::ChangeMembers,
        Self::ChangeGroupSets,
        Self::HandOverContent,
        Self::CancelJobs,
        Self::MoveCredentials,
        Self::SeePeople,
        Self::PlanPeople,
        Self::CreatePeople,
        Self::ChangeRoles,
        Self::RemoveFromSites,
        Self::DeletePeople,
        Self::ChangeDetails,
        Self::ChangeAdministrators,
        Self::ProtectPeople,
        Self::ManageLicences,
        Self::SeeJobs,
        Self::SeeAudit,
        Self::SeeConnection,
        Self::UnlockOperation,
        Self::CreateSites,
        Self::ChangeLimits,
        Self::AcceptTerms,
        Self::ManageTokens,
        Self::SeeSignOn,
        Self::ChangeSignOn,
        Self::SeeActivity,
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
