//! Readers for what the vendor writes in more than one way: empty texts, numbers as text, times without a zone.

use model::Moment;
use serde::{Deserialize, Deserializer};

/// A text, a number or anything else; what is not understood is not there.
#[derive(Deserialize)]
#[serde(untagged)]
enum Loose {
    Whole(u64),
    Broken(f64),
    Text(String),
    Other(serde::de::IgnoredAny),
}

fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Loose, D::Error> {
    Ok(Option::<Loose>::deserialize(from)?.unwrap_or(Loose::Other(serde::de::IgnoredAny)))
}

/// A text, or a number written out; an empty text is none.
pub(crate) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(match read(from)? {
        Loose::Text(text) if !text.trim().is_empty() => Some(text),
        Loose::Whole(number) => Some(number.to_string()),
        _ => None,
    })
}

/// A count, also as text; a negative one, as some of the vendor's fields use for "none", is none.
pub(crate) fn count<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
    Ok(match read(from)? {
        Loose::Whole(number) => Some(number),
        Loose::Text(text) => text.trim().parse().ok(),
        // Counts are whole; a part of a megabyte is of no interest.
        Loose::Broken(number) if number >= 0.0 => Some(number as u64),
        _ => None,
    })
}

/// An RFC 3339 time, or one without a zone, which is UTC; one that cannot be read is none.
pub(crate) fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Moment>, D::Error> {
    Ok(text(from)?.and_then(|text| time(&text)))
}

/// The time in a text: with a zone, or without one and then UTC.
pub(crate) fn time(text: &str) -> Option<Moment> {
    let text = text.trim();
    Moment::parse(text).or_else(|| Moment::parse(&[text, "Z"].concat()))
}

/// An id, or any text that should be one; what is not an id is none.
pub(crate) fn id<'de, D: Deserializer<'de>, Id: std::str::FromStr>(from: D) -> Result<Option<Id>, D::Error> {
    Ok(text(from)?.and_then(|text| text.trim().parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Wire {
        #[serde(default, deserialize_with = "text")]
        text: Option<String>,
        #[serde(default, deserialize_with = "count")]
        count: Option<u64>,
        #[serde(default, deserialize_with = "moment")]
        moment: Option<Moment>,
    }

    fn wire(json: &str) -> Wire {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn the_same_thing_may_be_written_in_several_ways() {
        let plain = wire(r#"{"text":"7","count":7,"moment":"2026-03-03T12:00:00Z"}"#);
        let other = wire(r#"{"text":7,"count":"7","moment":"2026-03-03T12:00:00"}"#);
        assert_eq!((plain.text, plain.count, plain.moment), (other.text, other.count, other.moment));
        assert_eq!(wire(r#"{"count":7.9}"#).count, Some(7));
    }

    #[test]
    fn what_is_not_understood_is_not_there() {
        for json in [
            "{}",
            r#"{"text":null,"count":null,"moment":null}"#,
            r#"{"text":"","count":-1,"moment":"yesterday"}"#,
            r#"{"text":{"a":1},"count":[],"moment":false}"#,
        ] {
            let wire = wire(json);
            assert_eq!((wire.text, wire.count, wire.moment), (None, None, None), "{json}");
        }
    }
}
