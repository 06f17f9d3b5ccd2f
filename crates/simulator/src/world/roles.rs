//! Site roles, from the lowest to the highest, and the licence that each one uses.

use serde::{Deserialize, Serialize};

/// A site role; the order is the vendor's, by what the role may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum SiteRole {
    Unlicensed,
    Viewer,
    Explorer,
    ExplorerCanPublish,
    SiteAdministratorExplorer,
    Creator,
    SiteAdministratorCreator,
}

/// The licence a role uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    Unlicensed,
    Viewer,
    Explorer,
    Creator,
}

impl SiteRole {
    pub(crate) fn tier(self) -> Tier {
        match self {
            Self::Unlicensed => Tier::Unlicensed,
            Self::Viewer => Tier::Viewer,
            Self::Explorer | Self::ExplorerCanPublish | Self::SiteAdministratorExplorer => Tier::Explorer,
            Self::Creator | Self::SiteAdministratorCreator => Tier::Creator,
        }
    }

    pub(crate) fn is_site_administrator(self) -> bool {
        matches!(self, Self::SiteAdministratorExplorer | Self::SiteAdministratorCreator)
    }

    /// The role's place among the others by what it enables.
    ///
    /// Vendor: Users and Groups Methods, "Create Group", lists them so. It puts Creator below both kinds of
    /// administrators, where licences put it above one of them.
    pub(crate) fn capability(self) -> u8 {
        match self {
            Self::Unlicensed => 0,
            Self::Viewer => 1,
            Self::Explorer => 2,
            Self::ExplorerCanPublish => 3,
            Self::Creator => 4,
            Self::SiteAdministratorExplorer => 5,
            Self::SiteAdministratorCreator => 6,
        }
    }

    /// The role by the vendor's word for it.
    pub(crate) fn named(word: &str) -> Option<Self> {
        ALL.into_iter().find(|role| role.word() == word)
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Unlicensed => "Unlicensed",
            Self::Viewer => "Viewer",
            Self::Explorer => "Explorer",
            Self::ExplorerCanPublish => "ExplorerCanPublish",
            Self::SiteAdministratorExplorer => "SiteAdministratorExplorer",
            Self::Creator => "Creator",
            Self::SiteAdministratorCreator => "SiteAdministratorCreator",
        }
    }
}

const ALL: [SiteRole; 7] = [
    SiteRole::Unlicensed,
    SiteRole::Viewer,
    SiteRole::Explorer,
    SiteRole::ExplorerCanPublish,
    SiteRole::SiteAdministratorExplorer,
    SiteRole::Creator,
    SiteRole::SiteAdministratorCreator,
];
