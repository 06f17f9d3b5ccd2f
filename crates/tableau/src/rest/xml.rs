//! Reading the site API's XML: small, without a document type, and of the vendor's own root.

use quick_xml::{Reader, events::Event};
use serde::{Deserialize, de::DeserializeOwned};

use crate::Unreadable;

/// The largest message read at once.
const LARGEST: usize = 16 * 1024 * 1024;
const DEEPEST: usize = 32;
const MOST_ATTRIBUTES: usize = 64;

/// Where a page of a list stands.
#[derive(Deserialize)]
pub(super) struct PaginationWire {
    #[serde(rename = "@totalAvailable")]
    pub(super) total: u64,
}

/// Reads a message. Names count without their prefix, as real answers come with and without one.
pub(super) fn read<Wire: DeserializeOwned>(xml: &[u8]) -> Result<Wire, Unreadable> {
    if xml.len() > LARGEST {
        return Err(Unreadable::ForbiddenXml);
    }
    let text = std::str::from_utf8(xml).map_err(|_| Unreadable::Xml)?;
    inspect(text)?;
    // The parser's error may quote the message, which may hold a token.
    quick_xml::de::from_str(text).map_err(|_| Unreadable::Xml)
}

/// Goes through the message once, before anything is made of it.
fn inspect(text: &str) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_usize;
    let mut rooted = false;
    loop {
        let event = reader.read_event().map_err(|_| Unreadable::Xml)?;
        match &event {
            Event::DocType(_) => return Err(Unreadable::ForbiddenXml),
            Event::Start(tag) | Event::Empty(tag) => {
                if !rooted && tag.local_name().as_ref() != "tsResponse" {
                    return Err(Unreadable::Xml);
                }
                rooted = true;
                if tag.attributes().count() > MOST_ATTRIBUTES {
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

    #[test]
    fn only_the_vendors_own_plain_messages_are_read() {
        assert_eq!(inspect("<tsResponse/>"), Ok(()));
        assert_eq!(
            inspect(r#"<?xml version="1.0"?><t:tsResponse xmlns:t="http://tableau.com/api"></t:tsResponse>"#),
            Ok(())
        );
        let bomb = r#"<!DOCTYPE x [<!ENTITY a "b">]><tsResponse>&a;</tsResponse>"#;
        assert_eq!(inspect(bomb), Err(Unreadable::ForbiddenXml));
        let deep = format!("<tsResponse>{}{}</tsResponse>", "<a>".repeat(40), "</a>".repeat(40));
        assert_eq!(inspect(&deep), Err(Unreadable::ForbiddenXml));
        let attributes: String = (0..70).map(|number| format!(" a{number}='1'")).collect();
        assert_eq!(inspect(&format!("<tsResponse{attributes}/>")), Err(Unreadable::ForbiddenXml));
        for other in ["", "{}", "<html></html>", "<tsResponse>", "<tsResponse></other>"] {
            assert_eq!(inspect(other), Err(Unreadable::Xml), "{other}");
        }
    }
}
