//! Versions of the site API, which stand in every path.

use std::{fmt, str::FromStr};

/// The highest version that Steward was tested with. A newer server still speaks it.
pub const HIGHEST_TESTED: ApiVersion = ApiVersion::new(3, 24);

/// A version such as `3.24`. Its parts are numbers: 3.10 comes after 3.9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiVersion {
    major: u16,
    minor: u16,
}

/// The text is not a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a version such as 3.24")]
pub struct VersionError;

impl ApiVersion {
    /// A version of these parts.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }

    /// Reads `3.24`, and nothing that merely resembles it.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| -> Option<u16> {
            text.bytes().all(|digit| digit.is_ascii_digit()).then(|| text.parse().ok()).flatten()
        };
        let (major, minor) = text.split_once('.')?;
        Some(Self { major: number(major)?, minor: number(minor)? })
    }
}

impl FromStr for ApiVersion {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        Self::parse(text).ok_or(VersionError)
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        let version = |text: &str| text.parse::<ApiVersion>().unwrap();
        assert!(version("3.10") > version("3.9"));
        assert!(version("4.0") > version("3.99"));
        assert!(version("2.4") < version("3.1"));
        assert_eq!(version("3.24"), HIGHEST_TESTED);
        assert_eq!(version("3.10").to_string(), "3.10");
    }

    #[test]
    fn what_merely_resembles_a_version_is_none() {
        for text in ["", "3", "3.", ".3", "3.x", "+3.1", "3.1.2", " 3.1", "3.70000", "-1.2", "3/.1"] {
            assert_eq!(ApiVersion::parse(text), None, "{text}");
        }
    }
}
