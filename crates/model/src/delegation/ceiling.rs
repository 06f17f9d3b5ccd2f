//! How far a grant reaches in roles. Roles that administer a site are a tier of their own, which no grant reaches.

use serde::{Deserialize, Serialize};

use crate::roles::SiteRole;

/// The highest role that a grant may give, or that somebody may have for it to touch them.
///
/// Only the five ordinary roles can be a ceiling. That administrators are out of reach is thus no rule that a form could
/// get wrong: it cannot be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ceiling {
    /// Nobody gets a licence.
    Unlicensed,
    /// Up to Viewer.
    Viewer,
    /// Up to Explorer.
    Explorer,
    /// Up to Explorer (can publish).
    ExplorerCanPublish,
    /// Up to Creator.
    Creator,
}

impl Ceiling {
    /// All there are, lowest first.
    pub const ALL: [Self; 5] =
        [Self::Unlicensed, Self::Viewer, Self::Explorer, Self::ExplorerCanPublish, Self::Creator];

    /// The ceiling at a role; `None` for roles that administer, for the vendor's own support and for words that nobody
    /// knows.
    pub fn at(role: &SiteRole) -> Option<Self> {
        match role {
            SiteRole::Unlicensed => Some(Self::Unlicensed),
            SiteRole::Viewer => Some(Self::Viewer),
            SiteRole::Explorer => Some(Self::Explorer),
            SiteRole::ExplorerCanPublish => Some(Self::ExplorerCanPublish),
            SiteRole::Creator => Some(Self::Creator),
            SiteRole::SiteAdministratorExplorer
            | SiteRole::SiteAdministratorCreator
            | SiteRole::SupportUser
            | SiteRole::Other(_) => None,
        }
    }

    /// Whether a role lies at it or below.
    pub fn covers(self, role: &SiteRole) -> bool {
        Self::at(role).is_some_and(|at| at <= self)
    }

    /// The role.
    pub fn role(self) -> SiteRole {
        match self {
            Self::Unlicensed => SiteRole::Unlicensed,
            Self::Viewer => SiteRole::Viewer,
            Self::Explorer => SiteRole::Explorer,
            Self::ExplorerCanPublish => SiteRole::ExplorerCanPublish,
            Self::Creator => SiteRole::Creator,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_ceiling_covers_whoever_administers_or_is_unknown() {
        for role in [
            SiteRole::SiteAdministratorExplorer,
            SiteRole::SiteAdministratorCreator,
            SiteRole::SupportUser,
            SiteRole::Other("Guest".to_owned()),
        ] {
            assert!(Ceiling::ALL.iter().all(|ceiling| !ceiling.covers(&role)), "{role:?}");
        }
    }

    #[test]
    fn a_ceiling_covers_itself_and_what_is_below() {
        for (at, ceiling) in Ceiling::ALL.into_iter().enumerate() {
            for (below, role) in Ceiling::ALL.into_iter().enumerate() {
                assert_eq!(ceiling.covers(&role.role()), below <= at);
            }
        }
    }
}
