//! Elements of the site API's XML, and how they are written.

use std::fmt::{self, Write};

use quick_xml::escape::escape;

/// An element with what stands in it. Prefixes are left out: the vendor has one namespace only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The element with one more attribute.
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.attributes.push((name.to_owned(), value.to_string()));
        self
    }

    /// The element with one more attribute, if there is a value for it.
    pub(crate) fn maybe(self, name: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The element with one more child.
    pub(crate) fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    pub(crate) fn saying(mut self, text: &str) -> Self {
        text.clone_into(&mut self.text);
        self
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first child of this name.
    pub(crate) fn find(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Every child of this name.
    pub(crate) fn each<'own>(&'own self, name: &'own str) -> impl Iterator<Item = &'own Self> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}", self.name)?;
        for (name, value) in &self.attributes {
            write!(f, " {name}=\"")?;
            write_value(f, value)?;
            f.write_char('"')?;
        }
        if self.text.is_empty() && self.children.is_empty() {
            return f.write_str("/>");
        }
        write!(f, ">{}", escape(writable(&self.text)))?;
        for child in &self.children {
            write!(f, "{child}")?;
        }
        write!(f, "</{}>", self.name)
    }
}

/// Line ends and tabs would become spaces when the attribute is read, so they are written as numbers.
fn write_value(f: &mut fmt::Formatter<'_>, value: &str) -> fmt::Result {
    let value = writable(value);
    for letter in escape(&value).chars() {
        match letter {
            '\n' => f.write_str("&#10;")?,
            '\t' => f.write_str("&#9;")?,
            letter => f.write_char(letter)?,
        }
    }
    Ok(())
}

/// What XML cannot hold becomes a mark: names from the other API may have it.
fn writable(text: &str) -> String {
    text.chars()
        .map(|letter| if is_writable(letter) { letter } else { char::REPLACEMENT_CHARACTER })
        .collect()
}

/// The characters of XML 1.0.
pub(super) fn is_writable(letter: char) -> bool {
    !matches!(letter, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
