//! Who may do what: one pure function that the page and the gate both ask.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::delegation::Held;

/// Everything that is opened one by one. What is not listed in a grant is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, VariantArray)]
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
    /// Create groups that give nothing.
    CreateGroups,
    /// Rename groups.
    ChangeGroups,
    /// Set what groups give: a minimum role, on-demand access.
    ChangeGroupPolicy,
    /// Delete groups.
    DeleteGroups,
    /// Put people into groups.
    AddMembers,
    /// Take people out of groups.
    RemoveMembers,
    /// Create, rename, fill and delete group sets.
    ChangeGroupSets,
    /// Give the content of somebody who leaves a site to somebody else.
    HandOverContent,
    /// Cancel jobs that a site runs.
    CancelJobs,
    /// Move saved credentials of a person from one site to another.
    MoveCredentials,
    /// See people with their roles.
    SeePeople,
    /// Take lists, plans and runs away as files.
    ExportLists,
    /// Make plans that change people.
    PlanPeople,
    /// Make plans out of files.
    ImportFiles,
    /// Create people, and add them to sites.
    CreatePeople,
    /// Change roles on sites.
    ChangeRoles,
    /// Change how people sign in to sites.
    ChangeSignIn,
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
    /// See jobs that Tableau runs, and the runs of others.
    SeeJobs,
    /// Invite, suspend and remove accounts, and end sign-ins of others.
    ManageAccounts,
    /// See the runs of one's own plans.
    SeeOwnRuns,
    /// Decide about plans that somebody else has to have approved.
    Approve,
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
    /// Give grants, deposit credentials for them, and end both.
    ManageGrants,
}

impl Permission {
    /// All there are.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// What no grant can hold: whoever may do one of these can do everything, or reaches what others keep secret.
    pub const NEVER_GRANTABLE: [Self; 16] = [
        Self::ManageAccounts,
        Self::ConnectSites,
        Self::MoveCredentials,
        Self::ChangeAdministrators,
        Self::ProtectPeople,
        Self::SeeConnection,
        Self::UnlockOperation,
        Self::ManageLicences,
        Self::CreateSites,
        Self::ChangeLimits,
        Self::AcceptTerms,
        Self::ManageTokens,
        Self::SeeSignOn,
        Self::ChangeSignOn,
        Self::SeeActivity,
        Self::ManageGrants,
    ];

    /// Whether a grant can hold it.
    pub fn is_grantable(self) -> bool {
        !Self::NEVER_GRANTABLE.contains(&self)
    }

    /// The word in forms and in the database: `change-roles`.
    pub fn word(self) -> String {
        crate::words::kebab(&self)
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|permission| permission.word() == word)
    }

    /// What whoever holds it may do, to stand behind "can" and "cannot".
    pub fn words(self) -> &'static str {
        match self {
            Self::SeeTenant => "see the tenant and its seats",
            Self::SeeSites => "see sites",
            Self::SuspendSite => "suspend sites",
            Self::ReactivateSite => "reactivate sites",
            Self::ConnectSites => "connect sites",
            Self::SeeGroups => "see groups and who is in them",
            Self::CreateGroups => "create groups",
            Self::ChangeGroups => "rename groups",
            Self::ChangeGroupPolicy => "change what groups give",
            Self::DeleteGroups => "delete groups",
            Self::AddMembers => "put people into groups",
            Self::RemoveMembers => "take people out of groups",
            Self::ChangeGroupSets => "change group sets",
            Self::HandOverContent => "hand over the content of those who leave",
            Self::CancelJobs => "cancel jobs of sites",
            Self::MoveCredentials => "move saved credentials",
            Self::SeePeople => "see people and their roles",
            Self::ExportLists => "take lists away as files",
            Self::PlanPeople => "make plans that change people",
            Self::ImportFiles => "make plans out of files",
            Self::CreatePeople => "create people and add them to sites",
            Self::ChangeRoles => "change site roles",
            Self::ChangeSignIn => "change how people sign in",
            Self::RemoveFromSites => "take people off sites",
            Self::DeletePeople => "take people out of the tenant",
            Self::ChangeDetails => "change language and locale",
            Self::ChangeAdministrators => "make and end cloud administrators",
            Self::ProtectPeople => "protect people",
            Self::SeeJobs => "see jobs and the runs of others",
            Self::SeeOwnRuns => "see their own runs",
            Self::Approve => "approve what others planned",
            Self::ManageAccounts => "look after accounts",
            Self::SeeAudit => "read the audit log",
            Self::SeeConnection => "see the connection to Tableau",
            Self::UnlockOperation => "unlock operations",
            Self::ManageLicences => "set purchased seats, thresholds and where news go",
            Self::CreateSites => "create sites",
            Self::ChangeLimits => "change role limits of sites",
            Self::AcceptTerms => "accept terms",
            Self::ManageTokens => "make and revoke tokens",
            Self::SeeSignOn => "see how the tenant signs in",
            Self::ChangeSignOn => "change how the tenant signs in",
            Self::SeeActivity => "read Tableau's activity log",
            Self::ManageGrants => "give grants",
        }
    }
}

/// What an account was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grant {
    /// Signed in with a Tableau Cloud Manager token of their own: the vendor lets them do everything.
    Administrator,
    /// Some things, on some people, by the credential of somebody else.
    Delegated(Box<Held>),
}

/// Whether these grants open this permission, somewhere and for somebody. What exactly, [`crate::decide`] says.
pub fn allows(grants: &[Grant], permission: Permission) -> bool {
    grants.iter().any(|grant| match grant {
        Grant::Administrator => true,
        Grant::Delegated(held) => held.is_standing() && held.delegation.verbs.contains(&permission),
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
        assert!(Permission::ALL.iter().all(|permission| allows(&[Grant::Administrator], *permission)));
    }

    #[test]
    fn every_permission_is_listed_once_and_has_a_word_that_is_read_back() {
        let mut seen = std::collections::HashSet::new();
        for permission in Permission::ALL.iter().copied() {
            assert!(seen.insert(permission.word()));
            assert_eq!(Permission::parse(&permission.word()), Some(permission));
            assert_eq!(serde_json::to_string(&permission).unwrap(), format!("\"{}\"", permission.word()));
        }
    }
}
