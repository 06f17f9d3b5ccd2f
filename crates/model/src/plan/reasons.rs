//! The reasons in a plan: what refuses a row, what makes it dangerous, and what is worth knowing.

mod words;

use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// Why a row has its verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The row could not be read at all.
    Unreadable,
    /// The user name is no e-mail address.
    NotAnAddress,
    /// Nobody in the tenant has this name, and this change needs somebody.
    NoSuchPerson,
    /// The tenant has no such site.
    NoSuchSite,
    /// More than one site goes by this name or address.
    AmbiguousSite,
    /// The file names another site than the one that the plan is for.
    OtherSite,
    /// A blank site in the vendor's columns for a tenant.
    BlankSite,
    /// The site is suspended or gone.
    SiteNotActive,
    /// The person is not on the site.
    NotOnSite,
    /// The role is not one that can be given.
    UnknownRole,
    /// The way to sign in is not one that can be chosen.
    UnknownSignIn,
    /// The vendor does not list this language or locale.
    UnknownLanguage,
    /// The vendor's own support user.
    SupportUser,
    /// The last active cloud administrator would be gone.
    LastAdministrator,
    /// It would take rights away from the person who asks.
    Yourself,
    /// It would take rights away from the owner of the credential in use.
    CredentialOwner,
    /// The same row stands in the plan before.
    Duplicate,
    /// Another row of the plan asks for the opposite.
    Contradiction,
    /// An invitation to administer the tenant has run out; it must be withdrawn first.
    InvitationExpired,
    /// What the vendor tells of this person is not whole, so nothing can be compared.
    NotToldWhole,
    /// The caller's grants do not allow it.
    NotAllowed,
    /// A rule of the caller's grant refuses it.
    ByRule,
    /// A row that gives no change at all.
    NothingAsked,
    /// The site has no such group.
    NoSuchGroup,
    /// The group is the site's own group of everybody.
    AllUsersGroup,
    /// The group is kept by a directory.
    DirectoryGroup,
    /// A group with a minimum role keeps the licence, so it cannot be taken.
    HeldByGroup,
    /// They are on the site already, with another role.
    AlreadyOnSite,
    /// Nobody changes their own role on a site.
    OwnRole,
    /// The person is to receive the content of the others.
    Heir,
    /// The site would be left without an administrator.
    LastSiteAdministrator,
    /// Would make a cloud administrator.
    MakesAdministrator,
    /// Would end a cloud administrator.
    EndsAdministrator,
    /// Would demote a site administrator.
    DemotesSiteAdministrator,
    /// Touches the person who asks.
    TouchesYou,
    /// Somebody protected this person.
    Protected,
    /// More people of this role than the site's limit allows.
    OverLimit,
    /// More seats than were bought, as somebody typed them in.
    OverPurchased,
    /// Membership gives a role that is higher than the one there is.
    GrantsRole,
    /// Would leave the group without anybody.
    EmptiesGroup,
    /// More people hold the role now than the new limit allows.
    BelowUse,
    /// How many people hold the role is not known.
    UseNotTold,
    /// They may own content: Tableau then takes the licence and leaves them in the tenant.
    MayOwnContent,
    /// A group may hold their role up.
    LowersRole,
    /// Takes a Creator seat.
    TakesCreator,
    /// Takes an Explorer seat.
    TakesExplorer,
    /// Takes a Viewer seat.
    TakesViewer,
    /// Frees a Creator seat.
    FreesCreator,
    /// Frees an Explorer seat.
    FreesExplorer,
    /// Frees a Viewer seat.
    FreesViewer,
    /// The seat stays: a role on another site needs it.
    KeepsSeat,
    /// Tableau sends an invitation.
    Invites,
    /// They may own content on the site: Tableau then refuses, and may take the licence all the same.
    MayOwnContentHere,
    /// What they own on the site goes to somebody else.
    HandsOver,
}

/// What a reason does to its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Weight {
    /// Worth knowing.
    Note,
    /// Left out unless it is included on purpose.
    Danger,
    /// Never sent.
    Refusal,
}

impl Why {
    /// All of them.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// What it does to its row.
    pub fn weight(self) -> Weight {
        match self {
            Self::Unreadable
            | Self::NotAnAddress
            | Self::NoSuchPerson
            | Self::NoSuchSite
            | Self::AmbiguousSite
            | Self::OtherSite
            | Self::BlankSite
            | Self::SiteNotActive
            | Self::NotOnSite
            | Self::UnknownRole
            | Self::UnknownSignIn
            | Self::UnknownLanguage
            | Self::SupportUser
            | Self::LastAdministrator
            | Self::Yourself
            | Self::CredentialOwner
            | Self::Duplicate
            | Self::Contradiction
            | Self::InvitationExpired
            | Self::NotToldWhole
            | Self::NotAllowed
            | Self::ByRule
            | Self::NothingAsked
            | Self::NoSuchGroup
            | Self::AllUsersGroup
            | Self::DirectoryGroup
            | Self::HeldByGroup
            | Self::AlreadyOnSite
            | Self::OwnRole
            | Self::Heir
            | Self::LastSiteAdministrator => Weight::Refusal,
            Self::MakesAdministrator
            | Self::EndsAdministrator
            | Self::DemotesSiteAdministrator
            | Self::TouchesYou
            | Self::Protected
            | Self::OverLimit
            | Self::OverPurchased
            | Self::GrantsRole
            | Self::EmptiesGroup
            | Self::BelowUse
            | Self::UseNotTold => Weight::Danger,
            Self::MayOwnContent
            | Self::LowersRole
            | Self::TakesCreator
            | Self::TakesExplorer
            | Self::TakesViewer
            | Self::FreesCreator
            | Self::FreesExplorer
            | Self::FreesViewer
            | Self::KeepsSeat
            | Self::Invites
            | Self::MayOwnContentHere
            | Self::HandsOver => Weight::Note,
        }
    }

    /// The word in forms and files.
    pub fn word(self) -> String {
        crate::words::kebab(&self)
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|why| why.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_word_that_is_read_back() {
        for why in Why::ALL.iter().copied() {
            assert_eq!(Why::parse(&why.word()), Some(why));
        }
    }
}
