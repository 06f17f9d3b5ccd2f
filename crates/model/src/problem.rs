//! A failure as it is told to a person: a code, what it concerns, and the reference that finds it in the log.

mod code;
mod names;
mod status;

use serde::{Deserialize, Serialize};

pub use code::ProblemCode;

/// A failure told to a person. Codes, ids, numbers and a name only, never sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What kind.
    pub code: ProblemCode,
    /// The field or the kind of id it concerns, the rule that refuses, or the seconds to wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The request id that finds it in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Whom to ask: the name of whoever gave the grant that does not open it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whom: Option<String>,
}

/// The longest name of whom to ask.
const WHOM_AT_MOST: usize = 200;

impl Problem {
    /// A problem that concerns nothing in particular.
    pub fn new(code: ProblemCode) -> Self {
        Self { code, about: None, reference: None, whom: None }
    }

    /// A problem with one field or thing.
    pub fn about(code: ProblemCode, about: impl Into<String>) -> Self {
        Self { code, about: Some(about.into()), reference: None, whom: None }
    }

    /// The same problem with the reference of the request it came up in.
    pub fn with_reference(self, reference: impl Into<String>) -> Self {
        Self { reference: Some(reference.into()), ..self }
    }

    /// Whom to ask, as far as it looks like a name: a problem may come by an address, and a crafted one could carry any
    /// text.
    pub fn whom_to_ask(&self) -> Option<&str> {
        let is_plain = |letter: char| letter.is_alphanumeric() || " .,'’@_+-()".contains(letter);
        let whom = self.whom.as_deref().filter(|whom| !whom.trim().is_empty());
        whom.filter(|whom| whom.chars().count() <= WHOM_AT_MOST && whom.chars().all(is_plain))
    }

    /// The form field beside which it is shown.
    pub fn field(&self) -> Option<&'static str> {
        match self.code {
            ProblemCode::WrongName | ProblemCode::WrongCount => Some("typed"),
            ProblemCode::ReasonMissing | ProblemCode::ReasonTooLong => Some("reason"),
            ProblemCode::TokenMissing
            | ProblemCode::TokenRefused
            | ProblemCode::SiteTokenRefused
            | ProblemCode::SiteTokenTaken => Some("token"),
            ProblemCode::TokenNameMissing => Some("token_name"),
            ProblemCode::GroupNameTaken => Some("name"),
            ProblemCode::ThresholdsWrong => Some("thresholds"),
            ProblemCode::HookAddressWrong
            | ProblemCode::HookAddressPrivate
            | ProblemCode::HookAddressUnknown => Some("url"),
            ProblemCode::NotConfirmed => Some("checked"),
            ProblemCode::FileMissing | ProblemCode::FileUnreadable | ProblemCode::FileEmpty => Some("file"),
            ProblemCode::SiteNameUnfit | ProblemCode::SiteNameTaken => Some("name"),
            ProblemCode::SiteAddressUnfit | ProblemCode::SiteAddressTaken => Some("address"),
            ProblemCode::OwnerUnfit => Some("owner"),
            ProblemCode::TokenNameUnfit | ProblemCode::TokenNameTaken => Some("token_name"),
            ProblemCode::TokenDaysUnfit => Some("days"),
            ProblemCode::ProviderUnfit => Some("provider"),
            ProblemCode::DomainMissing => Some("domain"),
            _ => None,
        }
    }

    /// The seconds to wait, where Tableau named them.
    pub fn wait_seconds(&self) -> Option<u64> {
        matches!(self.code, ProblemCode::VendorBusy | ProblemCode::TooManySignIns)
            .then(|| self.about.as_deref()?.parse().ok())
            .flatten()
    }
}
