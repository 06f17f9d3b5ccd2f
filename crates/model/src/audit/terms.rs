//! The search field of the audit log: plain words, and pairs such as `who:dana` or `from:2026-11-01`.

use crate::Moment;

/// The field that a pair names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Whoever did it, by name or id.
    Who,
    /// What it changed, by name or id.
    On,
    /// The kind of act.
    Verb,
    /// How it stands.
    Outcome,
    /// Why, in the person's words.
    Reason,
    /// By which grant and approval.
    Via,
    /// The request id.
    Reference,
}

/// One thing that an entry has to fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Its words hold this text.
    Words(String),
    /// This field holds this text.
    In(Field, String),
    /// It began then or later.
    From(Moment),
    /// It began before then.
    Before(Moment),
}

/// The words that stand before a colon, each with its field. Any other word with a colon is a plain one.
const FIELDS: [(&str, Field); 9] = [
    ("who", Field::Who),
    ("on", Field::On),
    ("target", Field::On),
    ("verb", Field::Verb),
    ("outcome", Field::Outcome),
    ("reason", Field::Reason),
    ("via", Field::Via),
    ("grant", Field::Via),
    ("ref", Field::Reference),
];

/// Reads a search. What fits is whatever fits every part of it; words that are no pair stay together as they were typed.
/// An error is a day that is none.
pub fn terms(search: &str) -> Result<Vec<Term>, String> {
    let mut found = Vec::new();
    let mut plain: Vec<&str> = Vec::new();
    for part in parts(search) {
        let pair = part.split_once(':').map(|(key, value)| (key.to_lowercase(), value.trim_matches('"')));
        let Some((key, value)) = pair.filter(|(_, value)| !value.is_empty()) else {
            plain.push(part);
            continue;
        };
        match (key.as_str(), FIELDS.iter().find(|(word, _)| *word == key)) {
            ("from", _) => found.push(Term::From(begin(value).ok_or("from")?)),
            // A day that is named as the last one counts whole.
            ("to", _) => found.push(Term::Before(end(value).ok_or("to")?)),
            (_, Some((_, field))) => found.push(Term::In(*field, value.to_owned())),
            _ => plain.push(part),
        }
    }
    let plain = plain.join(" ").replace('"', "");
    if !plain.is_empty() {
        found.push(Term::Words(plain));
    }
    Ok(found)
}

/// Words by spaces; what stands in quotation marks is one.
fn parts(search: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut begin, mut quoted) = (0, false);
    for (at, letter) in search.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            letter if letter.is_whitespace() && !quoted => {
                parts.push(&search[begin..at]);
                begin = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&search[begin..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// The moment that is named, or the beginning of the day.
pub fn begin(text: &str) -> Option<Moment> {
    Moment::parse(text).or_else(|| Moment::parse(&format!("{text}T00:00:00Z")))
}

/// The moment that is named, or the end of the day.
pub fn end(text: &str) -> Option<Moment> {
    let day = || Moment::parse(&format!("{text}T00:00:00Z")).map(|day| day.plus_seconds(86_400));
    Moment::parse(text).or_else(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_and_words_are_told_apart_and_quotation_marks_hold_together() {
        let read = terms(r#"off boarded who:"Dana Ito" on:sam@acme.example VERB:person.role 12:04"#).unwrap();
        let wanted = [
            Term::In(Field::Who, "Dana Ito".to_owned()),
            Term::In(Field::On, "sam@acme.example".to_owned()),
            Term::In(Field::Verb, "person.role".to_owned()),
            Term::Words("off boarded 12:04".to_owned()),
        ];
        assert_eq!(read, wanted);
        assert_eq!(terms("  ").unwrap(), []);
        assert_eq!(terms("who:").unwrap(), [Term::Words("who:".to_owned())]);
        assert_eq!(terms("\"two words\"").unwrap(), [Term::Words("two words".to_owned())]);
    }

    #[test]
    fn days_count_whole_and_what_is_no_day_is_named() {
        let day = |text: &str| Moment::parse(text).unwrap();
        let wanted = [Term::From(day("2026-11-01T00:00:00Z")), Term::Before(day("2026-11-04T00:00:00Z"))];
        assert_eq!(terms("from:2026-11-01 to:2026-11-03").unwrap(), wanted);
        assert_eq!(terms("from:2026-11-01T10:00:00Z").unwrap(), [Term::From(day("2026-11-01T10:00:00Z"))]);
        assert_eq!(terms("from:yesterday").unwrap_err(), "from");
        assert_eq!(terms("to:2026-02-30").unwrap_err(), "to");
    }
}
