//! The words for every problem: what happened, what was or was not changed, and what to do next.

mod accounts;
mod changes;
mod delegation;
mod doctor;
mod licences;
mod passkeys;
mod plans;
mod requests;
mod site_plane;
mod tenant;
mod texts;
mod vendor;

use crate::{Problem, ProblemCode, delegation::Rule};

pub use doctor::{advice, clocks};
pub use texts::explain;

/// The words for when nobody can be asked for words.
pub const UNREACHABLE: Explanation = *explain(ProblemCode::StewardUnreachable);

/// A problem in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// What happened, as a heading.
    pub title: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What was and what was not changed.
    pub changed: &'static str,
    /// What to do next.
    pub next: &'static str,
}

impl Problem {
    /// This problem in words.
    pub fn explain(&self) -> Explanation {
        let said = explain(self.code);
        let rule =
            (self.code == ProblemCode::RefusedByRule).then(|| Rule::parse(self.about.as_deref()?)).flatten();
        let field = (self.code == ProblemCode::FieldWrong)
            .then(|| delegation::field(self.about.as_deref()?))
            .flatten();
        match (rule, field) {
            (Some(rule), _) => Explanation { meaning: rule.words(), next: rule.next(), ..*said },
            (None, Some((meaning, next))) => Explanation { meaning, next, ..*said },
            (None, None) => *said,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_whole_sentences_and_a_status_of_its_kind() {
        for code in ProblemCode::ALL.iter().copied() {
            let said = explain(code);
            assert!(!said.title.ends_with('.'), "{code:?}: a heading has no full stop");
            for text in [said.meaning, said.changed, said.next] {
                assert!(text.ends_with('.'), "{code:?}: {text}");
            }
            assert!((400..=599).contains(&code.status()), "{code:?}");
        }
    }

    #[test]
    fn no_code_is_listed_twice() {
        let mut seen = std::collections::HashSet::new();
        assert!(ProblemCode::ALL.iter().all(|code| seen.insert(*code)));
    }
}
