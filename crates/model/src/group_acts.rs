//! What is done to a group, or to a set of groups, as one act.

use serde::{Deserialize, Serialize};

use crate::{GroupId, Permission, groups::GrantMode, roles::SiteRole};

/// How a group follows one of Active Directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromDirectory {
    /// Its domain there.
    pub domain: String,
    /// The role that its people have at least.
    pub minimum_role: SiteRole,
    /// When they get a licence for it; `None` leaves that to the server.
    pub grant: Option<GrantMode>,
    /// Whether the server reads it in a job of its own instead of at once.
    pub as_job: bool,
}

/// A change of a group itself. Who is in it changes by plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum GroupChange {
    /// It comes into being.
    Create {
        /// The role it gives at least.
        minimum_role: Option<SiteRole>,
        /// Whether it gives on-demand access.
        on_demand: bool,
    },
    /// It comes out of Active Directory. Only where the site is one of a Tableau Server.
    Import(FromDirectory),
    /// It is brought up to date with Active Directory. Only where the site is one of a Tableau Server.
    Synchronise(FromDirectory),
    /// It gets another name.
    Rename {
        /// The new name.
        to: String,
    },
    /// It gives another role at least, or none any more.
    MinimumRole {
        /// The role; `None` clears it.
        role: Option<SiteRole>,
    },
    /// It gives on-demand access, or no longer.
    OnDemand {
        /// Whether it does.
        on: bool,
    },
    /// It goes. Its people stay.
    Delete,
}

impl GroupChange {
    /// The word in the audit log.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Create { .. } => "group.create",
            Self::Import(_) => "group.import",
            Self::Synchronise(_) => "group.synchronise",
            Self::Rename { .. } => "group.rename",
            Self::MinimumRole { .. } => "group.minimum-role",
            Self::OnDemand { .. } => "group.on-demand",
            Self::Delete => "group.delete",
        }
    }

    /// The permissions it needs, all of them.
    pub fn permissions(&self) -> &'static [Permission] {
        match self {
            Self::Create { minimum_role: None, on_demand: false } => &[Permission::CreateGroups],
            Self::Create { .. } => &[Permission::CreateGroups, Permission::ChangeGroupPolicy],
            Self::Import(_) => &[Permission::CreateGroups, Permission::ChangeGroupPolicy],
            Self::Rename { .. } => &[Permission::ChangeGroups],
            Self::MinimumRole { .. } | Self::OnDemand { .. } | Self::Synchronise(_) => {
                &[Permission::ChangeGroupPolicy]
            }
            Self::Delete => &[Permission::DeleteGroups],
        }
    }

    /// Whether it changes what the group gives its people.
    pub fn is_policy(&self) -> bool {
        self.permissions().contains(&Permission::ChangeGroupPolicy)
    }
}

/// A change of a set of groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum SetChange {
    /// It comes into being.
    Create,
    /// It gets another name.
    Rename {
        /// The new name.
        to: String,
    },
    /// A group is added.
    Add {
        /// The group.
        group: GroupId,
        /// Its name.
        name: String,
    },
    /// A group is taken out.
    TakeOut {
        /// The group.
        group: GroupId,
        /// Its name.
        name: String,
    },
    /// It goes. Its groups stay.
    Delete,
}

impl SetChange {
    /// The word in the audit log.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Create => "group-set.create",
            Self::Rename { .. } => "group-set.rename",
            Self::Add { .. } => "group-set.add",
            Self::TakeOut { .. } => "group-set.take-out",
            Self::Delete => "group-set.delete",
        }
    }

    /// The permission it needs.
    pub const PERMISSION: Permission = Permission::ChangeGroupSets;
}
