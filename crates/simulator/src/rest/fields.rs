//! Which attributes a list tells: `fields=_default_,user.email`.
//!
//! Vendor: REST API concepts, "Using Fields in the REST API". Which code a bad expression gets is inferred.

use super::answer::SiteRefusal;
use super::caller::Visitor;
use super::element::Element;

/// The fields of a kind of row.
#[derive(Debug)]
pub(super) struct Fields {
    /// The name before the dot, such as `user`.
    pub(super) kind: &'static str,
    /// What is told unless something else is asked for.
    pub(super) usual: &'static str,
    /// What is told only when asked for.
    pub(super) further: &'static str,
}

impl Fields {
    /// The names of the attributes and children to tell.
    pub(super) fn wanted(&self, caller: &Visitor) -> Result<Vec<&'static str>, SiteRefusal> {
        let mut wanted = Vec::new();
        let text = caller.asked("fields").filter(|text| !text.is_empty()).unwrap_or("_default_");
        for word in text.split(',') {
            match word {
                "_default_" => wanted.extend(self.usual.split(' ')),
                "_all_" => wanted.extend(self.usual.split(' ').chain(self.further.split(' '))),
                word => wanted.push(self.find(word).ok_or_else(|| {
                    SiteRefusal::bad(&format!("The field expression '{word}' is invalid."))
                })?),
            }
        }
        Ok(wanted)
    }

    /// A field by its name, alone or after the kind. The domain is asked for as `domainName`.
    fn find(&self, word: &str) -> Option<&'static str> {
        let name = word.strip_prefix(self.kind).and_then(|rest| rest.strip_prefix('.')).unwrap_or(word);
        let name = if name == "domainName" { "domain" } else { name };
        self.usual.split(' ').chain(self.further.split(' ')).find(|known| *known == name)
    }
}

impl Element {
    /// Only these attributes and children.
    pub(super) fn only(mut self, names: &[&str]) -> Self {
        self.attributes.retain(|(name, _)| names.contains(&name.as_str()));
        self.children.retain(|child| names.contains(&child.name.as_str()));
        self
    }
}
