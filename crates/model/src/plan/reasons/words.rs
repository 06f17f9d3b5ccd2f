//! The reasons in words for people.

use super::Why;

impl Why {
    /// The reason for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unreadable => "the row cannot be read",
            Self::NotAnAddress => "the user name is not an e-mail address",
            Self::NoSuchPerson => "nobody in the tenant has this name",
            Self::NoSuchSite => "the tenant has no such site",
            Self::AmbiguousSite => "more than one site goes by this name or address; name it by its id",
            Self::OtherSite => "names another site; this plan is for one site",
            Self::BlankSite => {
                "a blank site in these columns would make a cloud administrator; nobody becomes one here"
            }
            Self::SiteNotActive => "the site is not active",
            Self::NotOnSite => "not on this site",
            Self::UnknownRole => "not a role that can be given",
            Self::UnknownSignIn => "not a way to sign in that can be chosen",
            Self::UnknownLanguage => "not a language or locale of Tableau's list",
            Self::SupportUser => "a support user of Tableau's own, who is left alone",
            Self::LastAdministrator => "would end or unlicense the last active cloud administrator",
            Self::Yourself => "would take your own rights away",
            Self::CredentialOwner => "would take rights away from the owner of the token in use",
            Self::Duplicate => "stands in the plan before",
            Self::Contradiction => "another row asks for something else of the same person and site",
            Self::InvitationExpired => "the invitation has run out; withdraw it first, then invite again",
            Self::NotToldWhole => "Tableau does not tell enough of this person to compare",
            Self::NotAllowed => "your grants do not allow it",
            Self::ByRule => "a rule of your grant refuses it",
            Self::NothingAsked => "asks for no change",
            Self::NoSuchGroup => "the site has no such group",
            Self::AllUsersGroup => "Tableau keeps this group of everybody itself",
            Self::DirectoryGroup => "the group is kept by a directory; change it there",
            Self::HeldByGroup => "a group with a minimum role keeps the licence",
            Self::AlreadyOnSite => "on this site already, with another role; change the role instead",
            Self::OwnRole => "Tableau lets nobody change their own role",
            Self::Heir => "is to receive the content of the others, so has to stay",
            Self::LastSiteAdministrator => "the site would be left without an administrator",
            Self::MakesAdministrator => "would make a cloud administrator",
            Self::EndsAdministrator => "would end a cloud administrator",
            Self::DemotesSiteAdministrator => "would demote a site administrator",
            Self::TouchesYou => "changes your own account",
            Self::Protected => "somebody protected this person",
            Self::OverLimit => "over the site's role limit",
            Self::OverPurchased => "more seats than you bought: Tableau may leave the person unlicensed",
            Self::GrantsRole => "the group gives a higher role: it may take a seat at the next sign-in",
            Self::EmptiesGroup => "would leave the group without anybody",
            Self::BelowUse => "below what is in use: nobody loses a role, but nobody new gets it either",
            Self::UseNotTold => "Tableau did not tell how many people hold these roles",
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
            Self::MayOwnContentHere => {
                "if they own content here, Tableau leaves them on the site and may take the licence all the same"
            }
            Self::HandsOver => "what they own here goes to somebody else",
        }
    }
}
