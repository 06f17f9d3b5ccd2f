//! What a last sign-in says about a seat, and how good that evidence is.

use serde::{Deserialize, Serialize};

use crate::{Moment, licences::Tier, people::LastSignIn};

/// What the last sign-in says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// So many days ago, and that is longer than asked for.
    LongAgo(u32),
    /// Tableau tells of no sign-in at all.
    Never,
    /// Tableau did not tell.
    Unknown,
    /// Not so long ago.
    Lately,
}

impl Seen {
    /// What a last sign-in says, seen from this moment.
    pub fn of(last: LastSignIn, days: u32, now: Moment) -> Self {
        match last {
            LastSignIn::Never => Self::Never,
            LastSignIn::Unknown => Self::Unknown,
            LastSignIn::At(at) => {
                let ago = u32::try_from(at.seconds_until(now) / 86_400).unwrap_or(0);
                if ago >= days { Self::LongAgo(ago) } else { Self::Lately }
            }
        }
    }

    /// The word in the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::LongAgo(_) => "long",
            Self::Never => "never",
            Self::Unknown => "unknown",
            Self::Lately => "lately",
        }
    }
}

/// How much an old last sign-in is worth as evidence that a seat is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// It says nothing.
    None,
    /// There are common ways to use the seat that it misses.
    Weak,
    /// It misses little.
    Fair,
}

impl Evidence {
    /// The grade for a seat and what the last sign-in says. Desktop and Prep come with Creator seats alone, so their use
    /// can only hide behind those.
    pub fn of(seat: Tier, seen: Seen) -> Self {
        match (seat, seen) {
            (_, Seen::Unknown | Seen::Lately) => Self::None,
            // Somebody new has not signed in either, and Tableau tells no day on which a person was made.
            (Tier::Creator, _) | (_, Seen::Never) => Self::Weak,
            _ => Self::Fair,
        }
    }

    /// The grade as a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Weak => "weak",
            Self::Fair => "fair",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_unknown_and_long_ago_are_told_apart() {
        let now = Moment::parse("2026-06-01T12:00:00Z").unwrap();
        let ago = |days: i64| LastSignIn::At(now.plus_seconds(-days * 86_400));
        assert_eq!(Seen::of(LastSignIn::Never, 90, now), Seen::Never);
        assert_eq!(Seen::of(LastSignIn::Unknown, 90, now), Seen::Unknown);
        assert_eq!(Seen::of(ago(89), 90, now), Seen::Lately);
        assert_eq!(Seen::of(ago(90), 90, now), Seen::LongAgo(90));
        // A clock that is ahead makes nobody idle.
        assert_eq!(Seen::of(ago(-3), 90, now), Seen::Lately);
    }

    #[test]
    fn evidence_is_weak_where_desktop_and_prep_may_hide_the_use() {
        assert_eq!(Evidence::of(Tier::Creator, Seen::LongAgo(400)), Evidence::Weak);
        assert_eq!(Evidence::of(Tier::Viewer, Seen::LongAgo(400)), Evidence::Fair);
        assert_eq!(Evidence::of(Tier::Viewer, Seen::Never), Evidence::Weak);
        assert_eq!(Evidence::of(Tier::Viewer, Seen::Unknown), Evidence::None);
    }
}
