//! Writing the site API's XML: every value is escaped, and what XML cannot carry is refused before it is sent.

use quick_xml::{
    Writer,
    events::{BytesEnd, BytesStart, BytesText, Event},
};

use crate::{Error, Result, Unfit};

/// An element of a message to be sent.
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: Option<String>,
    children: Vec<Element>,
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), text: None, children: Vec::new() }
    }

    /// With an attribute.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With an attribute, if there is a value for it: to the vendor, absent and empty differ.
    pub(super) fn maybe(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With a text inside.
    pub(super) fn saying(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// With elements inside.
    pub(super) fn holding(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children);
        self
    }

    /// Whether it says nothing but its name.
    pub(super) fn is_bare(&self) -> bool {
        self.attributes.is_empty() && self.text.is_none() && self.children.is_empty()
    }

    fn write(&self, out: &mut Writer<Vec<u8>>) -> Result<()> {
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            if value.chars().any(is_foreign) {
                return Err(Unfit::Character.into());
            }
            start.push_attribute((*name, value.as_str()));
        }
        if self.text.is_none() && self.children.is_empty() {
            return write(out, Event::Empty(start));
        }
        write(out, Event::Start(start))?;
        if let Some(text) = &self.text {
            // A credential may come in several lines.
            if text.chars().any(|letter| letter != '\n' && is_foreign(letter)) {
                return Err(Unfit::Character.into());
            }
            write(out, Event::Text(BytesText::new(text)))?;
        }
        for child in &self.children {
            child.write(out)?;
        }
        write(out, Event::End(BytesEnd::new(self.name)))
    }
}

/// A whole message. The vendor's examples have no namespace in what is sent.
pub(super) fn message(elements: impl IntoIterator<Item = Element>) -> Result<String> {
    let mut out = Writer::new(Vec::new());
    Element::new("tsRequest").holding(elements).write(&mut out)?;
    String::from_utf8(out.into_inner()).map_err(|source| Error::NotSent { source: source.into() })
}

fn write(out: &mut Writer<Vec<u8>>, event: Event<'_>) -> Result<()> {
    out.write_event(event).map_err(|source| Error::NotSent { source: source.into() })
}

/// Control characters: most cannot stand in XML even when escaped, and none belongs into a name.
fn is_foreign(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_leave_their_places() {
        let user = Element::new("user").with("name", r#"a"b'c<d>&e"#).maybe("role", None::<String>);
        let list = Element::new("list").holding([Element::new("key").saying("<&\">")]);
        assert_eq!(
            message([user, list]).unwrap(),
            "<tsRequest><user name=\"a&quot;b&apos;c&lt;d&gt;&amp;e\"/>\
             <list><key>&lt;&amp;&quot;&gt;</key></list></tsRequest>"
        );
    }

    #[test]
    fn what_xml_cannot_carry_is_refused() {
        for letter in
            ['\0', '\u{1}', '\u{b}', '\u{1f}', '\u{7f}', '\u{85}', '\u{fffe}', '\u{ffff}', '\t', '\n', '\r']
        {
            let name = format!("a{letter}b");
            let outcome = message([Element::new("user").with("name", &name)]);
            assert!(matches!(outcome, Err(Error::Unfit { source: Unfit::Character })), "{letter:?}");
            let outcome = message([Element::new("key").saying(&name)]);
            assert_eq!(outcome.is_ok(), letter == '\n', "{letter:?}");
        }
    }

    #[test]
    fn every_other_letter_arrives() {
        let name = "Zoë 👩‍🚀 \u{202e}שלום\u{200f}".to_owned() + &"ä".repeat(256);
        let text = message([Element::new("group").with("name", &name)]).unwrap();
        assert_eq!(text, format!("<tsRequest><group name=\"{name}\"/></tsRequest>"));
    }
}
