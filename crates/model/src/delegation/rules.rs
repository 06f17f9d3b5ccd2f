//! The rules by which something is refused. Each has a code, which the audit log keeps, and a sentence.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// Why a command is refused. They stand in the order in which they are looked at: of several grants, the one that came
/// furthest tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The account is suspended or gone.
    AccountSuspended,
    /// No grant opens this.
    NoGrant,
    /// No grant can ever open this.
    NeverDelegated,
    /// The grant was taken back.
    GrantRevoked,
    /// The grant ended.
    GrantExpired,
    /// All delegation is paused.
    DelegationPaused,
    /// The grant begins later.
    GrantFuture,
    /// The grant has to be activated.
    GrantNotActivated,
    /// The grant counts at other hours.
    OutsideHours,
    /// The grant counts from other networks.
    OtherNetwork,
    /// The last proof of who acts is too old.
    StepUpNeeded,
    /// The grant wants a reason.
    ReasonNeeded,
    /// The grant wants a ticket in the reason.
    TicketNeeded,
    /// Nobody deposited a credential for it.
    NoCredential,
    /// Tableau did not tell enough about whom it is about.
    NotTold,
    /// Whom or what it is about is not in scope.
    OutOfScope,
    /// It would show on sites that are not in scope.
    OtherSites,
    /// The person is the one who asks.
    Yourself,
    /// Somebody protected the person.
    ProtectedPerson,
    /// The person administers a site or the tenant.
    AdministratorPerson,
    /// A credential in use is the person's.
    CredentialOwnerPerson,
    /// The person has an account here.
    AccountPerson,
    /// The person's role is higher than the grant reaches.
    TargetAboveCeiling,
    /// The role asked for is higher than the grant gives.
    AboveCeiling,
    /// A group would give a role that is higher than the grant gives.
    AboveCeilingByGroup,
    /// The group is not one that the grant may change.
    GroupOutOfScope,
    /// The group holds people whom the grant does not reach.
    GroupHoldsOthers,
    /// Who would get the content is not in scope, or out of reach.
    RecipientOutOfScope,
    /// The content would go to the person who asks.
    RecipientYourself,
    /// More rows than one plan may send.
    TooManyRows,
    /// More rows than an hour allows.
    TooManyThisHour,
    /// More seats than one plan may take.
    TooManySeats,
}

impl Rule {
    /// All there are.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The code in the audit log and on the wire.
    pub fn word(self) -> String {
        crate::words::kebab(&self)
    }

    /// Reads the code.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.word() == word)
    }

    /// The code in outcomes of rows and in the audit log, apart from Tableau's own codes.
    pub fn code(self) -> String {
        format!("rule.{}", self.word())
    }

    /// Reads such a code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::parse(code.strip_prefix("rule.")?)
    }

    /// The rule in one sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::AccountSuspended => "The account is suspended.",
            Self::NoGrant => "None of your grants opens this.",
            Self::NeverDelegated => {
                "This is never delegated: only a cloud administrator does it, with a token of their own."
            }
            Self::GrantRevoked => "The grant that opened this was taken back.",
            Self::GrantExpired => "The grant that opened this has ended.",
            Self::DelegationPaused => {
                "All delegation is paused, and the deposited credentials were forgotten."
            }
            Self::GrantFuture => "The grant that opens this begins later.",
            Self::GrantNotActivated => {
                "The grant that opens this has to be activated first, for a few hours and with a reason."
            }
            Self::OutsideHours => "The grant that opens this counts at other hours.",
            Self::OtherNetwork => "The grant that opens this does not count from the network you are in.",
            Self::StepUpNeeded => "This wants a sign-in or a second factor of the last five minutes.",
            Self::ReasonNeeded => "The grant wants a reason for every change.",
            Self::TicketNeeded => "The grant wants a ticket in the reason for every change.",
            Self::NoCredential => "No living credential is deposited for this grant, so nothing can be sent.",
            Self::NotTold => "Tableau does not tell enough about this person or group to judge it.",
            Self::OutOfScope => "This is not among the sites and people of your grant.",
            Self::OtherSites => "This would reach a site that is not in your grant.",
            Self::Yourself => "Nobody changes their own person in Tableau.",
            Self::ProtectedPerson => "This person is protected.",
            Self::AdministratorPerson => {
                "This person administers a site or the tenant, and grants never reach administrators."
            }
            Self::CredentialOwnerPerson => "A credential that Steward works with belongs to this person.",
            Self::AccountPerson => {
                "This person has an account in Steward, and helpers do not change each other."
            }
            Self::TargetAboveCeiling => "This person's role is higher than your grant reaches.",
            Self::AboveCeiling => "This role is higher than your grant gives.",
            Self::AboveCeilingByGroup => "A group would give a role that is higher than your grant gives.",
            Self::GroupOutOfScope => "This group is not among those of your grant.",
            Self::GroupHoldsOthers => "This group holds people whom your grant does not reach.",
            Self::RecipientOutOfScope => "Your grant does not reach the person who would get the content.",
            Self::RecipientYourself => "Nobody hands content over to themselves.",
            Self::TooManyRows => "This is more than one plan may send by your grant.",
            Self::TooManyThisHour => "This is more than your grant allows within an hour.",
            Self::TooManySeats => "This takes more seats than one plan may take by your grant.",
        }
    }

    /// What to do about it.
    pub fn next(self) -> &'static str {
        match self {
            Self::StepUpNeeded => "Prove once more that it is you, and try again.",
            Self::ReasonNeeded => "Give a reason and try again.",
            Self::TicketNeeded => "Name the ticket in the reason, written as the grant wants it.",
            Self::OutsideHours => "Come back within its hours: your page of grants names them.",
            Self::OtherNetwork => "Come from one of its networks: your page of grants names them.",
            Self::GrantNotActivated => "Activate the grant on your page of grants.",
            Self::TooManyThisHour => "Wait for the hour to pass, or ask whoever gave you the grant.",
            Self::TooManyRows | Self::TooManySeats => {
                "Make a smaller plan, or ask whoever gave you the grant."
            }
            Self::NeverDelegated
            | Self::AdministratorPerson
            | Self::CredentialOwnerPerson
            | Self::Yourself
            | Self::RecipientYourself
            | Self::AccountPerson
            | Self::ProtectedPerson => "Ask a cloud administrator.",
            _ => "Ask whoever gave you the grant.",
        }
    }

    /// Whether it would tell a stranger to the object that the object is there: pages then answer as if it were not.
    pub fn hides(self) -> bool {
        matches!(self, Self::OutOfScope | Self::GroupOutOfScope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_whole_sentences_and_a_code_that_is_read_back() {
        let mut seen = std::collections::HashSet::new();
        for rule in Rule::ALL.iter().copied() {
            assert!(seen.insert(rule));
            assert!(rule.words().ends_with('.') && rule.next().ends_with('.'), "{rule:?}");
            assert_eq!(Rule::parse(&rule.word()), Some(rule));
        }
    }
}
