//! Site roles and ways to sign in: the vendor's words, what they mean, and how far each role reaches.

use serde::{Deserialize, Serialize};

use crate::licences::Tier;

/// What a person may do on one site. The vendor's list is open: an unknown word is kept and shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum SiteRole {
    /// On the site without a licence: cannot sign in to it.
    Unlicensed,
    /// Sees and interacts.
    Viewer,
    /// Explores and edits in the browser.
    Explorer,
    /// Explores and publishes from the browser.
    ExplorerCanPublish,
    /// Administers the site with an Explorer licence.
    SiteAdministratorExplorer,
    /// Connects to data and publishes.
    Creator,
    /// Administers the site with a Creator licence.
    SiteAdministratorCreator,
    /// The vendor's own support; never offered, never changed.
    SupportUser,
    /// Another word of the vendor's.
    Other(String),
}

impl SiteRole {
    /// The roles a person can be given, lowest first.
    pub const ASSIGNABLE: [Self; 7] = [
        Self::Unlicensed,
        Self::Viewer,
        Self::Explorer,
        Self::ExplorerCanPublish,
        Self::Creator,
        Self::SiteAdministratorExplorer,
        Self::SiteAdministratorCreator,
    ];

    /// The vendor's word on the wire.
    pub fn code(&self) -> &str {
        match self {
            Self::Unlicensed => "Unlicensed",
            Self::Viewer => "Viewer",
            Self::Explorer => "Explorer",
            Self::ExplorerCanPublish => "ExplorerCanPublish",
            Self::SiteAdministratorExplorer => "SiteAdministratorExplorer",
            Self::Creator => "Creator",
            Self::SiteAdministratorCreator => "SiteAdministratorCreator",
            Self::SupportUser => "SupportUser",
            Self::Other(word) => word,
        }
    }

    /// The role as the vendor's pages write it.
    pub fn words(&self) -> &str {
        match self {
            Self::ExplorerCanPublish => "Explorer (can publish)",
            Self::SiteAdministratorExplorer => "Site Administrator Explorer",
            Self::SiteAdministratorCreator => "Site Administrator Creator",
            Self::SupportUser => "Support user",
            other => other.code(),
        }
    }

    /// Reads the vendor's word, or the words of its pages; a role that cannot be given is `None`.
    pub fn parse_assignable(text: &str) -> Option<Self> {
        let plain = |text: &str| -> String {
            text.chars()
                .filter(|letter| letter.is_ascii_alphanumeric())
                .map(|letter| letter.to_ascii_lowercase())
                .collect()
        };
        let sought = plain(text);
        Self::ASSIGNABLE.into_iter().find(|role| plain(role.code()) == sought)
    }

    /// The seat it takes. An unknown role is counted as none, because nothing is known of it.
    pub fn tier(&self) -> Tier {
        match self {
            Self::Creator | Self::SiteAdministratorCreator => Tier::Creator,
            Self::Explorer | Self::ExplorerCanPublish | Self::SiteAdministratorExplorer => Tier::Explorer,
            Self::Viewer => Tier::Viewer,
            Self::Unlicensed | Self::SupportUser | Self::Other(_) => Tier::Unlicensed,
        }
    }

    /// How far the role reaches, the vendor's order from least to most capable.
    pub fn rank(&self) -> u8 {
        match self {
            Self::Other(_) => 0,
            Self::Unlicensed => 1,
            Self::Viewer => 2,
            Self::Explorer => 3,
            Self::ExplorerCanPublish => 4,
            Self::Creator => 5,
            Self::SiteAdministratorExplorer => 6,
            Self::SiteAdministratorCreator => 7,
            Self::SupportUser => 8,
        }
    }

    /// Whether it administers a site.
    pub fn administers(&self) -> bool {
        matches!(self, Self::SiteAdministratorExplorer | Self::SiteAdministratorCreator)
    }
}

impl From<String> for SiteRole {
    fn from(word: String) -> Self {
        match word.as_str() {
            "SupportUser" => Self::SupportUser,
            _ => Self::ASSIGNABLE.into_iter().find(|role| role.code() == word).unwrap_or(Self::Other(word)),
        }
    }
}

impl From<SiteRole> for String {
    fn from(role: SiteRole) -> Self {
        role.code().to_owned()
    }
}

/// How a person signs in to a site or to the tenant. An open list of the vendor's, which calls it `idp`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum SignInType {
    /// Tableau's own sign-in with a second factor.
    TableauIdWithMfa,
    /// OpenID Connect, Google or Salesforce.
    OpenId,
    /// SAML.
    Saml,
    /// What the site takes by itself.
    Default,
    /// Another word of the vendor's.
    Other(String),
}

impl SignInType {
    /// The types a person can be given. The first two are on the vendor's page, the others seen in public clients.
    pub const OFFERED: [Self; 4] = [Self::TableauIdWithMfa, Self::OpenId, Self::Saml, Self::Default];

    /// The vendor's word on the wire.
    pub fn code(&self) -> &str {
        match self {
            Self::TableauIdWithMfa => "TableauIDWithMFA",
            Self::OpenId => "OpenID",
            Self::Saml => "SAML",
            Self::Default => "DEFAULT",
            Self::Other(word) => word,
        }
    }

    /// The type in plain words.
    pub fn words(&self) -> &str {
        match self {
            Self::TableauIdWithMfa => "Tableau with MFA",
            Self::OpenId => "OpenID",
            Self::Saml => "SAML",
            Self::Default => "Site default",
            Self::Other(word) => word,
        }
    }

    /// Reads the vendor's word in any case; one that is not offered is `None`.
    pub fn parse_offered(text: &str) -> Option<Self> {
        Self::OFFERED.into_iter().find(|kind| kind.code().eq_ignore_ascii_case(text.trim()))
    }
}

impl From<String> for SignInType {
    fn from(word: String) -> Self {
        Self::OFFERED.into_iter().find(|kind| kind.code() == word).unwrap_or(Self::Other(word))
    }
}

impl From<SignInType> for String {
    fn from(kind: SignInType) -> Self {
        kind.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_keeps_its_word() {
        for word in ["Viewer", "SiteAdministratorCreator", "SupportUser", "Guest"] {
            assert_eq!(SiteRole::from(word.to_owned()).code(), word);
        }
    }

    #[test]
    fn roles_are_read_as_people_write_them() {
        for text in ["ExplorerCanPublish", "Explorer (can publish)", "explorer can publish"] {
            assert_eq!(SiteRole::parse_assignable(text), Some(SiteRole::ExplorerCanPublish));
        }
        assert_eq!(SiteRole::parse_assignable("SupportUser"), None);
        assert_eq!(SiteRole::parse_assignable(""), None);
    }
}
