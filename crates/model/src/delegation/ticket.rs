//! How a ticket looks that the reason of a change has to name.

use serde::{Deserialize, Serialize};

/// A word with numbers in it: `INC#` is INC and a number, `OPS-####` a number of four digits at least.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TicketPattern(String);

impl TicketPattern {
    /// The longest.
    pub const LONGEST: usize = 40;

    /// Reads one: visible signs without spaces, and a number somewhere.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fine = text.contains('#')
            && text.chars().count() <= Self::LONGEST
            && text.chars().all(|sign| sign.is_alphanumeric() || sign.is_ascii_punctuation())
            // A digit right behind a number would belong to it.
            && !text.split('#').skip(1).any(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
        fine.then(|| Self(text.to_owned()))
    }

    /// As it is typed.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether a reason names such a ticket, as a word of its own and in letters of any size.
    pub fn is_in(&self, reason: &str) -> bool {
        let reason: Vec<char> = reason.to_lowercase().chars().collect();
        let pattern: Vec<char> = self.0.to_lowercase().chars().collect();
        (0..reason.len()).any(|at| {
            let begins = at == 0 || !reason[at - 1].is_alphanumeric();
            let end = begins.then(|| fits(&pattern, &reason[at..])).flatten();
            end.is_some_and(|end| reason.get(at + end).is_none_or(|sign| !sign.is_alphanumeric()))
        })
    }
}

/// How much of the text the pattern takes, from its beginning.
fn fits(mut pattern: &[char], text: &[char]) -> Option<usize> {
    let mut taken = 0;
    while let [sign, rest @ ..] = pattern {
        if *sign == '#' {
            let least = pattern.iter().take_while(|sign| **sign == '#').count();
            let digits = text[taken..].iter().take_while(|sign| sign.is_ascii_digit()).count();
            if digits < least {
                return None;
            }
            taken += digits;
            pattern = &pattern[least..];
        } else {
            if text.get(taken) != Some(sign) {
                return None;
            }
            taken += 1;
            pattern = rest;
        }
    }
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_names_a_ticket_as_a_word_of_its_own() {
        let pattern = |text: &str| TicketPattern::parse(text).unwrap();
        for (text, reason, is_in) in [
            ("INC#", "Asked for in INC0012345, today", true),
            ("INC#", "(inc7)", true),
            ("INC#", "INC", false),
            ("INC#", "XINC7", false),
            ("INC#", "INC7x", false),
            ("OPS-####", "ops-123", false),
            ("OPS-####", "ops-12345", true),
            ("#/#", "see 12/7.", true),
            ("#", "", false),
        ] {
            assert_eq!(pattern(text).is_in(reason), is_in, "{text} in {reason}");
        }
    }

    #[test]
    fn a_pattern_is_one_word_with_a_number() {
        for text in ["", "INC", "INC #", "#5", "INC#\n1", &"#".repeat(41)] {
            assert_eq!(TicketPattern::parse(text), None, "{text}");
        }
        assert_eq!(TicketPattern::parse(" INC# ").unwrap().text(), "INC#");
    }
}
