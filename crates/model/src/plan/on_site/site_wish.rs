//! What is wanted of one person on a site, and what that needs.

use serde::{Deserialize, Serialize};

use crate::{
    GroupId, Permission, SiteUserId,
    roles::{SignInType, SiteRole},
};

/// What is wanted of one person on a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum SiteWish {
    /// Into a group.
    Join {
        /// The group.
        group: GroupId,
        /// Its name when the plan was made.
        group_name: String,
    },
    /// Out of a group.
    Leave {
        /// The group.
        group: GroupId,
        /// Its name when the plan was made.
        group_name: String,
    },
    /// Onto the site.
    Add {
        /// The role.
        role: SiteRole,
        /// How they shall sign in; `None` leaves the choice to the site.
        sign_in: Option<SignInType>,
    },
    /// On the site with this role, whether they are there or not: what a row of a file asks for.
    Place {
        /// The role.
        role: SiteRole,
        /// How they shall sign in; `None` leaves it as it is, and the choice to the site for somebody new.
        sign_in: Option<SignInType>,
    },
    /// Another role.
    Role {
        /// The role.
        role: SiteRole,
    },
    /// Another way to sign in.
    SignIn {
        /// The way.
        sign_in: SignInType,
    },
    /// Off the site.
    Remove {
        /// Who gets what they own there; without one, whoever owns content stays.
        assets_to: Option<Heir>,
    },
}

/// Who gets the content of somebody who leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heir {
    /// The person on the site.
    pub user: SiteUserId,
    /// The name they sign in with.
    pub name: String,
}

impl SiteWish {
    /// The group it is about, with its name.
    pub fn group(&self) -> Option<(&GroupId, &str)> {
        match self {
            Self::Join { group, group_name } | Self::Leave { group, group_name } => Some((group, group_name)),
            _ => None,
        }
    }

    /// The role that is asked for.
    pub fn role(&self) -> Option<&SiteRole> {
        match self {
            Self::Add { role, .. } | Self::Place { role, .. } | Self::Role { role } => Some(role),
            _ => None,
        }
    }

    /// The way to sign in that is asked for.
    pub fn sign_in(&self) -> Option<&SignInType> {
        match self {
            Self::Add { sign_in, .. } | Self::Place { sign_in, .. } => sign_in.as_ref(),
            Self::SignIn { sign_in } => Some(sign_in),
            _ => None,
        }
    }

    /// The permissions it needs, all of them; the first is the one that the audit log asks for.
    pub fn permissions(&self) -> &'static [Permission] {
        match self {
            Self::Join { .. } => &[Permission::AddMembers],
            Self::Leave { .. } => &[Permission::RemoveMembers],
            Self::Add { .. } => &[Permission::CreatePeople],
            Self::Place { .. } => &[Permission::ChangeRoles, Permission::CreatePeople],
            Self::Role { .. } => &[Permission::ChangeRoles],
            Self::SignIn { .. } => &[Permission::ChangeSignIn],
            Self::Remove { assets_to: None } => &[Permission::RemoveFromSites],
            Self::Remove { assets_to: Some(_) } => {
                &[Permission::HandOverContent, Permission::RemoveFromSites]
            }
        }
    }

    /// The verb of the act in the audit log.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Join { .. } => "member.add",
            Self::Leave { .. } => "member.remove",
            Self::Add { .. } => "site-user.add",
            Self::Place { .. } => "site-user.place",
            Self::Role { .. } => "site-user.role",
            Self::SignIn { .. } => "site-user.sign-in",
            Self::Remove { .. } => "site-user.remove",
        }
    }

    /// Our name of the vendor's operation, by which its codes are explained.
    pub fn operation(&self) -> &'static str {
        match self {
            Self::Join { .. } => "group.add_user",
            Self::Leave { .. } => "group.remove_user",
            Self::Add { .. } => "site_user.add",
            Self::Place { .. } => "site_user.import",
            Self::Role { .. } | Self::SignIn { .. } => "site_user.update",
            Self::Remove { .. } => "site_user.remove",
        }
    }
}
