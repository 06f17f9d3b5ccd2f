//! Bodies of requests: XML, with the namespace or without, and nothing that only an attacker would send.

use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::answer::SiteRefusal;
use super::element::{Element, is_writable};

/// No request of the vendor's pages comes near these.
const DEEPEST: usize = 16;
const MOST_ATTRIBUTES: usize = 64;

/// The children of a request's `tsRequest`.
#[derive(Debug)]
pub(super) struct Asked(Element);

impl Asked {
    /// The element that every request of this kind has.
    pub(super) fn element(&self, name: &str) -> Result<&Element, SiteRefusal> {
        self.0.find(name).ok_or_else(SiteRefusal::bad_request)
    }

    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.0.find(name)
    }

    pub(super) fn each<'own>(&'own self, name: &'own str) -> impl Iterator<Item = &'own Element> {
        self.0.each(name)
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, SiteRefusal> {
        let root = read(bytes).filter(|root| root.name == "tsRequest");
        root.map(Self).ok_or_else(SiteRefusal::bad_request)
    }
}

/// The vendor's own samples send XML as a form, so the content type is not looked at.
impl<Kept: Send + Sync> FromRequest<Kept> for Asked {
    type Rejection = SiteRefusal;

    async fn from_request(request: Request, state: &Kept) -> Result<Self, SiteRefusal> {
        let body = Bytes::from_request(request, state).await.map_err(|_| SiteRefusal::bad_request())?;
        Self::read(&body)
    }
}

/// The root of a document, or nothing when it is no XML that should be read.
fn read(bytes: &[u8]) -> Option<Element> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.chars().all(is_writable) {
        return None;
    }
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(_) if root.is_some() || open.len() == DEEPEST => return None,
            Event::Empty(_) if root.is_some() || open.len() == DEEPEST => return None,
            Event::Start(start) => open.push(begun(&start)?),
            Event::Empty(start) => close(begun(&start)?, &mut open, &mut root),
            Event::End(_) => close(open.pop()?, &mut open, &mut root),
            Event::Text(text) => say(&text.xml10_content(), &mut open)?,
            Event::CData(text) => say(&text.xml10_content(), &mut open)?,
            Event::GeneralRef(reference) => say(&meaning(&reference)?, &mut open)?,
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().transpose().ok()?;
                if encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case("utf-8")) {
                    return None;
                }
            }
            Event::DocType(_) => return None,
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => return root.filter(|_| open.is_empty()),
        }
    }
}

fn begun(start: &BytesStart<'_>) -> Option<Element> {
    let mut element = Element::new(start.local_name().as_ref());
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key;
        if element.attributes.len() == MOST_ATTRIBUTES {
            return None;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        if !value.chars().all(is_writable) {
            return None;
        }
        if key.as_namespace_binding().is_none() {
            element = element.with(key.local_name().as_ref(), value);
        }
    }
    Some(element)
}

fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None => *root = Some(element),
    }
}

/// Text outside of the root may only be space.
fn say(text: &str, open: &mut [Element]) -> Option<()> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return None,
    }
    Some(())
}

/// What `&amp;` or `&#38;` stands for; documents cannot bring words of their own.
fn meaning(reference: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    if let Some(letter) = reference.resolve_char_ref().ok()? {
        return is_writable(letter).then(|| letter.to_string());
    }
    quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn prefixes_and_escapes_make_no_difference() {
        let plain = read(b"<tsRequest><user name='a&amp;b'>x &lt; &#121;</user></tsRequest>").unwrap();
        let prefixed = "<?xml version='1.0' encoding='UTF-8'?><t:tsRequest xmlns:t='http://tableau.com/api'>\
                        <t:user name=\"a&#38;b\"><![CDATA[x < y]]></t:user></t:tsRequest>";
        assert_eq!(read(prefixed.as_bytes()).unwrap(), plain);
        assert_eq!(plain.children[0].text, "x < y");
        assert_eq!(plain.children[0].attribute("name"), Some("a&b"));
    }

    #[test]
    fn what_nobody_should_send_is_not_read() {
        let deep = format!("{}{}", "<a>".repeat(17), "</a>".repeat(17));
        let wide: String = (0..65).map(|number| format!(" a{number}=''")).collect();
        let strange = [
            "<!DOCTYPE a [<!ENTITY e 'x'>]><a/>",
            "<a>&e;</a>",
            "<a",
            "<a><b></a></b>",
            "<a/><a/>",
            "text<a/>",
            "<a b='1' b='2'/>",
            "<a>\u{1}</a>",
            "<a b='&#0;'/>",
            "<?xml version='1.0' encoding='UTF-16'?><a/>",
            "",
            &deep,
            &format!("<a{wide}/>"),
        ];
        for text in strange {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
        let wide: Vec<u8> = "<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide), None);
        assert!(read(format!("{}{}", "<a>".repeat(16), "</a>".repeat(16)).as_bytes()).is_some());
    }
}
