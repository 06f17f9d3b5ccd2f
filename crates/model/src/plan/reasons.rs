//! The reasons in a plan: what refuses a row, what makes it dangerous, and what is worth knowing.

use serde::{Deserialize, Serialize};

/// Why a row has its verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
    /// The row belongs to another tenant.
    OtherTenant,
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
    /// A row that gives no change at all.
    NothingAsked,
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
    pub const ALL: [Self; 36] = [
        Self::Unreadable,
        Self::NotAnAddress,
        Self::NoSuchPerson,
        Self::NoSuchSite,
        Self::OtherTenant,
        Self::SiteNotActive,
        Self::NotOnSite,
        Self::UnknownRole,
        Self::UnknownSignIn,
        Self::UnknownLanguage,
        Self::SupportUser,
        Self::LastAdministrator,
        Self::Yourself,
        Self::CredentialOwner,
        Self::Duplicate,
        Self::Contradiction,
        Self::InvitationExpired,
        Self::NotToldWhole,
        Self::NotAllowed,
        Self::NothingAsked,
        Self::MakesAdministrator,
        Self::EndsAdministrator,
        Self::DemotesSiteAdministrator,
        Self::TouchesYou,
        Self::Protected,
        Self::OverLimit,
        Self::MayOwnContent,
        Self::LowersRole,
        Self::TakesCreator,
        Self::TakesExplorer,
        Self::TakesViewer,
        Self::FreesCreator,
        Self::FreesExplorer,
        Self::FreesViewer,
        Self::KeepsSeat,
        Self::Invites,
    ];

    /// What it does to its row.
    pub fn weight(self) -> Weight {
        match self {
            Self::Unreadable
            | Self::NotAnAddress
            | Self::NoSuchPerson
            | Self::NoSuchSite
            | Self::OtherTenant
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
            | Self::NothingAsked => Weight::Refusal,
            Self::MakesAdministrator
            | Self::EndsAdministrator
            | Self::DemotesSiteAdministrator
            | Self::TouchesYou
            | Self::Protected
            | Self::OverLimit => Weight::Danger,
            Self::MayOwnContent
            | Self::LowersRole
            | Self::TakesCreator
            | Self::TakesExplorer
            | Self::TakesViewer
            | Self::FreesCreator
            | Self::FreesExplorer
            | Self::FreesViewer
            | Self::KeepsSeat
            | Self::Invites => Weight::Note,
        }
    }

    /// The word in forms and files.
    pub fn word(self) -> String {
        crate::words::kebab(&self)
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.word() == word)
    }

    /// The reason for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unreadable => "the row cannot be read",
            Self::NotAnAddress => "the user name is not an e-mail address",
            Self::NoSuchPerson => "nobody in the tenant has this name",
            Self::NoSuchSite => "the tenant has no such site",
            Self::OtherTenant => "belongs to another tenant",
            Self::SiteNotActive => "the site is not active",
            Self::NotOnSite => "not on this site",
            Self::UnknownRole => "not a role that can be given",
            Self::UnknownSignIn => "not a way to sign in that can be chosen",
            Self::UnknownLanguage => "not a language or locale of Tableau's list",
            Self::SupportUser => "a support user of Tableau's own, who is left alone",
            Self::LastAdministrator => "the tenant would be left without an active cloud administrator",
            Self::Yourself => "would take your own rights away",
            Self::CredentialOwner => "would take rights away from the owner of the token in use",
            Self::Duplicate => "stands in the plan before",
            Self::Contradiction => "another row asks for something else of the same person and site",
            Self::InvitationExpired => "the invitation has run out; withdraw it first, then invite again",
            Self::NotToldWhole => "Tableau does not tell enough of this person to compare",
            Self::NotAllowed => "your grants do not allow it",
            Self::NothingAsked => "asks for no change",
            Self::MakesAdministrator => "would make a cloud administrator",
            Self::EndsAdministrator => "would end a cloud administrator",
            Self::DemotesSiteAdministrator => "would demote a site administrator",
            Self::TouchesYou => "changes your own account",
            Self::Protected => "somebody protected this person",
            Self::OverLimit => "over the site's role limit",
            Self::MayOwnContent => {
                "if they own content, Tableau takes the licence and leaves them in the tenant"
            }
            Self::LowersRole => "a group with a minimum role may hold the role up",
            Self::TakesCreator => "takes a Creator seat",
            Self::TakesExplorer => "takes an Explorer seat",
            Self::TakesViewer => "takes a Viewer seat",
            Self::FreesCreator => "frees a Creator seat",
            Self::FreesExplorer => "frees an Explorer seat",
            Self::FreesViewer => "frees a Viewer seat",
            Self::KeepsSeat => "keeps the seat: a role on another site needs it",
            Self::Invites => "Tableau may send an invitation",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_a_word_that_is_read_back() {
        for why in Why::ALL {
            assert_eq!(Why::parse(&why.word()), Some(why));
        }
    }
}
