//! The words of the kinds of failure, and all of them.

use serde::{Deserialize, Deserializer, de::Error};
use strum::VariantArray;

use super::ProblemCode;

impl ProblemCode {
    /// All of them.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The word in logs, in the audit log and on pages, the same as on the wire: `site-not-found`.
    pub fn word(self) -> String {
        <&str>::from(self).to_owned()
    }

    /// Reads such a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| <&str>::from(*code) == word)
    }
}

impl<'de> Deserialize<'de> for ProblemCode {
    /// By the list of words: what serde derives compares with each of them in code of its own, which every page loads.
    fn deserialize<From: Deserializer<'de>>(from: From) -> Result<Self, From::Error> {
        let word = String::deserialize(from)?;
        Self::parse(&word).ok_or_else(|| From::Error::custom("no such kind of failure"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_a_code_is_the_word_on_the_wire() {
        for code in ProblemCode::ALL.iter().copied() {
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{}\"", code.word()));
            assert_eq!(ProblemCode::parse(&code.word()), Some(code));
        }
    }
}
