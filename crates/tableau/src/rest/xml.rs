//! Reading the site API's XML: small, without a document type, and of the vendor's own root.

use quick_xml::{Reader, events::Event};
use serde::{Deserialize, de::DeserializeOwned};

use crate::Unreadable;

/// The largest message read at once.
const LARGEST: usize = 16 * 1024 * 1024;
const DEEPEST: usize = 32;
const MOST_ATTRIBUTES: usize = 64;
/// The root of an answer.
const ANSWER: &str = "tsResponse";
/// The root that the vendor's page prints around the answer to "Create Group Set".
const REQUEST: &str = "tsRequest";

/// The name of something that stands in an element of its own.
#[derive(Deserialize)]
pub(super) struct NameWire {
    #[serde(rename = "@name")]
    pub(super) name: Option<String>,
}

/// Reads a message. Names count without their prefix, as real answers come with and without one.
pub(super) fn read<Wire: DeserializeOwned>(xml: &[u8]) -> Result<Wire, Unreadable> {
    parse(xml, &[ANSWER])
}

/// Reads a message that may have the root of a request.
pub(super) fn read_any_root<Wire: DeserializeOwned>(xml: &[u8]) -> Result<Wire, Unreadable> {
    parse(xml, &[ANSWER, REQUEST])
}

fn parse<Wire: DeserializeOwned>(xml: &[u8], roots: &[&str]) -> Result<Wire, Unreadable> {
    if xml.len() > LARGEST {
        return Err(Unreadable::ForbiddenXml);
    }
    if xml.trim_ascii().is_empty() {
        return Err(Unreadable::Empty);
    }
    let text = std::str::from_utf8(xml).map_err(|_| Unreadable::Xml)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if is_web_page(text) {
        return Err(Unreadable::WebPage);
    }
    inspect(text, roots)?;
    // The parser's error may quote the message, which may hold a token.
    quick_xml::de::from_str(text).map_err(|_| Unreadable::Xml)
}

/// Something in between speaks to people in their browsers, not to us.
fn is_web_page(text: &str) -> bool {
    let begins = |word: &str| {
        text.trim_start().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    begins("<html") || begins("<!doctype html")
}

/// Goes through the message once, before anything is made of it.
fn inspect(text: &str, roots: &[&str]) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    let mut rooted = false;
    loop {
        let event = reader.read_event().map_err(|_| Unreadable::Xml)?;
        match &event {
            Event::DocType(_) => return Err(Unreadable::ForbiddenXml),
            Event::Start(tag) | Event::Empty(tag) => {
                if !rooted && !roots.contains(&tag.local_name().as_ref()) {
                    return Err(Unreadable::Xml);
                }
                rooted = true;
                // Counted only so far: a million of them should not cost a million looks.
                if tag.attributes().with_checks(false).take(MOST_ATTRIBUTES + 1).count() > MOST_ATTRIBUTES {
                    return Err(Unreadable::ForbiddenXml);
                }
            }
            _ => {}
        }
        match event {
            Event::Start(_) if depth == DEEPEST => return Err(Unreadable::ForbiddenXml),
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof if rooted && depth == 0 => return Ok(()),
            Event::Eof => return Err(Unreadable::Xml),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(text: &str) -> Result<(), Unreadable> {
        inspect(text, &[ANSWER])
    }

    #[test]
    fn only_the_vendors_own_plain_messages_are_read() {
        assert_eq!(look("<tsResponse/>"), Ok(()));
        let prefixed =
            r#"<?xml version="1.0"?><t:tsResponse xmlns:t="http://tableau.com/api"></t:tsResponse>"#;
        assert_eq!(look(prefixed), Ok(()));
        let bomb = r#"<!DOCTYPE x [<!ENTITY a "b">]><tsResponse>&a;</tsResponse>"#;
        assert_eq!(look(bomb), Err(Unreadable::ForbiddenXml));
        let deep = format!("<tsResponse>{}{}</tsResponse>", "<a>".repeat(40), "</a>".repeat(40));
        assert_eq!(look(&deep), Err(Unreadable::ForbiddenXml));
        for other in ["", "{}", "<html></html>", "<tsResponse>", "<tsResponse></other>", "<tsRequest/>"] {
            assert_eq!(look(other), Err(Unreadable::Xml), "{other}");
        }
    }

    #[test]
    fn a_million_attributes_are_refused_at_once() {
        let attributes: String = (0..1_000_000).map(|number| format!(" a{number}='1'")).collect();
        let text = format!("<tsResponse{attributes}/>");
        let begun = std::time::Instant::now();
        assert_eq!(look(&text), Err(Unreadable::ForbiddenXml));
        // Comparing them with each other would take minutes.
        assert!(begun.elapsed().as_secs() < 5);
        let many: String = (0..64).map(|number| format!(" a{number}='1'")).collect();
        assert_eq!(look(&format!("<tsResponse{many}/>")), Ok(()));
    }

    #[test]
    fn nothing_and_a_web_page_are_told_apart_from_broken_xml() {
        let read = |xml: &[u8]| read::<NameWire>(xml).err();
        assert_eq!(read(b" \r\n"), Some(Unreadable::Empty));
        assert_eq!(read(b"<!doctype HTML><html></html>"), Some(Unreadable::WebPage));
        assert_eq!(read(b" <HTML lang='en'></HTML>"), Some(Unreadable::WebPage));
        assert_eq!(read(b"<tsResponse name='x'"), Some(Unreadable::Xml));
        assert_eq!(read(b"\xef\xbb\xbf<tsResponse name='x'/>"), None);
        let wide: Vec<u8> = "<tsResponse/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide), Some(Unreadable::Xml));
        assert_eq!(read(&[b"\xff\xfe", &wide[..]].concat()), Some(Unreadable::Xml));
    }
}
