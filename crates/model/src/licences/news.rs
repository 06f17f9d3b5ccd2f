//! News about licences that Steward sends to an address of the tenant's own: what is sent, and what became of it.

use serde::{Deserialize, Serialize};

use crate::Moment;

/// The address that news go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hook {
    /// Its id: each has a secret of its own.
    pub id: uuid::Uuid,
    /// The address.
    pub url: String,
    /// Who set it, by name.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// What the news are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewsKind {
    /// A threshold was passed.
    Passed,
    /// Somebody tried the address.
    Test,
}

impl NewsKind {
    /// The word in the message and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "licences.threshold-passed",
            Self::Test => "licences.test",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Passed, Self::Test].into_iter().find(|kind| kind.word() == word)
    }
}

/// How news stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewsState {
    /// On their way.
    Waiting,
    /// The other side took them.
    Taken,
    /// Tried for the last time, in vain.
    GivenUp,
    /// The address was taken away before they arrived.
    Dropped,
}

impl NewsState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Taken, Self::GivenUp, Self::Dropped];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Taken => "taken",
            Self::GivenUp => "given-up",
            Self::Dropped => "dropped",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// What one try to send came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Try {
    /// A status from 200 to 299: taken.
    Taken(u16),
    /// Another status.
    Refused(u16),
    /// A status that points elsewhere. It is not followed.
    Redirected(u16),
    /// No answer in time.
    TimedOut,
    /// No connection, or one that broke.
    NotReached,
    /// The name has no address.
    NoAddress,
    /// The name leads into a private network.
    PrivateAddress,
    /// The address is none that is sent to.
    NotAllowed,
    /// Steward cannot open the secret of the address.
    NoSecret,
}

impl Try {
    /// Whether the other side took it.
    pub fn is_taken(self) -> bool {
        matches!(self, Self::Taken(_))
    }

    /// The word in the database: `taken 200`.
    pub fn word(self) -> String {
        let (word, status) = match self {
            Self::Taken(status) => ("taken", Some(status)),
            Self::Refused(status) => ("refused", Some(status)),
            Self::Redirected(status) => ("redirected", Some(status)),
            Self::TimedOut => ("timed-out", None),
            Self::NotReached => ("not-reached", None),
            Self::NoAddress => ("no-address", None),
            Self::PrivateAddress => ("private-address", None),
            Self::NotAllowed => ("not-allowed", None),
            Self::NoSecret => ("no-secret", None),
        };
        status.map_or_else(|| word.to_owned(), |status| format!("{word} {status}"))
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        let (word, status) = word
            .split_once(' ')
            .map_or((word, 0), |(word, status)| (word, status.parse().unwrap_or_default()));
        Some(match word {
            "taken" => Self::Taken(status),
            "refused" => Self::Refused(status),
            "redirected" => Self::Redirected(status),
            "timed-out" => Self::TimedOut,
            "not-reached" => Self::NotReached,
            "no-address" => Self::NoAddress,
            "private-address" => Self::PrivateAddress,
            "not-allowed" => Self::NotAllowed,
            "no-secret" => Self::NoSecret,
            _ => return None,
        })
    }

    /// The outcome in a few words.
    pub fn words(self) -> String {
        match self {
            Self::Taken(status) => format!("taken, status {status}"),
            Self::Refused(status) => format!("answered with status {status}"),
            Self::Redirected(status) => format!("points elsewhere (status {status}); not followed"),
            Self::TimedOut => "no answer in time".to_owned(),
            Self::NotReached => "could not be reached".to_owned(),
            Self::NoAddress => "the name has no address".to_owned(),
            Self::PrivateAddress => "leads into a private network; not sent".to_owned(),
            Self::NotAllowed => "not an address that Steward sends to".to_owned(),
            Self::NoSecret => "the secret cannot be opened; not sent".to_owned(),
        }
    }
}

/// One try as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// When.
    pub at: Moment,
    /// What it came to.
    pub outcome: Try,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

/// News as they are kept, with every try to send them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// The id that the other side sees.
    pub id: uuid::Uuid,
    /// What they are about.
    pub kind: NewsKind,
    /// In words: `Creator in the tenant: 216 of 240, over 90 %`.
    pub told: String,
    /// When they came up.
    pub made: Moment,
    /// How they stand.
    pub state: NewsState,
    /// When they are tried again, while they wait.
    pub next: Option<Moment>,
    /// Every try, the first one first.
    pub tries: Vec<Tried>,
}

/// The pauses after each try in vain, in seconds; after the last one they are given up.
pub const PAUSES: [i64; 8] = [30, 120, 600, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600, 24 * 3_600];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_keeps_its_word() {
        let all = [
            Try::Taken(204),
            Try::Refused(500),
            Try::Redirected(302),
            Try::TimedOut,
            Try::NotReached,
            Try::NoAddress,
            Try::PrivateAddress,
            Try::NotAllowed,
            Try::NoSecret,
        ];
        assert!(all.iter().all(|it| Try::parse(&it.word()) == Some(*it)));
        assert!(NewsState::ALL.iter().all(|state| NewsState::parse(state.word()) == Some(*state)));
    }

    #[test]
    fn the_pauses_grow() {
        assert!(PAUSES.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
