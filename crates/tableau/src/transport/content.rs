//! What a request carries: JSON, XML, or a form with a file. All of it is known before the first byte is sent.

use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;

use super::{JSON, XML};
use crate::{Error, Result};

/// The body of a request and its type.
pub(crate) struct Content {
    kind: HeaderValue,
    bytes: Bytes,
}

/// A part of a form.
pub(crate) enum Part<'a> {
    Text {
        name: &'a str,
        value: &'a str,
    },
    /// A text of a kind of its own, such as XML.
    Kind {
        name: &'a str,
        kind: &'a str,
        value: &'a str,
    },
    File {
        name: &'a str,
        file_name: &'a str,
        kind: &'a str,
        bytes: &'a [u8],
    },
}

impl Content {
    /// An object as JSON.
    pub(crate) fn json(value: &impl Serialize) -> Result<Self> {
        let bytes = serde_json::to_vec(value).map_err(|source| Error::NotSent { source: source.into() })?;
        Ok(Self { kind: JSON, bytes: bytes.into() })
    }

    /// A message in XML.
    pub(crate) fn xml(message: String) -> Self {
        Self { kind: XML, bytes: message.into() }
    }

    /// A form as `multipart/form-data` (RFC 7578), written as curl writes it, since the vendor's example is for curl.
    pub(crate) fn form(parts: &[Part<'_>]) -> Result<Self> {
        // 128 random bits do not occur in a part by chance.
        let border = format!("steward-{:016x}{:016x}", random()?, random()?);
        let kind = HeaderValue::from_str(&format!("multipart/form-data; boundary={border}"))
            .map_err(|source| Error::NotSent { source: source.into() })?;
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend_from_slice(format!("--{border}\r\n").as_bytes());
            part.write(&mut bytes);
        }
        bytes.extend_from_slice(format!("--{border}--\r\n").as_bytes());
        Ok(Self { kind, bytes: bytes.into() })
    }

    pub(super) fn kind(&self) -> HeaderValue {
        self.kind.clone()
    }

    pub(super) fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }
}

impl Part<'_> {
    fn write(&self, out: &mut Vec<u8>) {
        let (head, body) = match self {
            Self::Text { name, value } => (format!("name=\"{}\"\r\n", quoted(name)), value.as_bytes()),
            Self::Kind { name, kind, value } => {
                (format!("name=\"{}\"\r\nContent-Type: {kind}\r\n", quoted(name)), value.as_bytes())
            }
            Self::File { name, file_name, kind, bytes } => {
                let (name, file_name) = (quoted(name), quoted(file_name));
                let head = format!("name=\"{name}\"; filename=\"{file_name}\"\r\nContent-Type: {kind}\r\n");
                (head, *bytes)
            }
        };
        for piece in [b"Content-Disposition: form-data; ", head.as_bytes(), b"\r\n", body, b"\r\n"] {
            out.extend_from_slice(piece);
        }
    }
}

/// A name inside quotation marks: what would end it, or its line, is escaped as browsers do.
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn random() -> Result<u64> {
    getrandom::u64().map_err(|source| Error::NotSent { source: source.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_quotation_marks() {
        let (file_name, kind) = ("a\"\r\nx: y.csv.gz", "application/octet-stream");
        let file = Part::File { name: "file", file_name, kind, bytes: b"\x1f\x8b" };
        let form = Content::form(&[file]).unwrap();
        let text = String::from_utf8_lossy(&form.bytes).into_owned();
        assert!(text.contains("filename=\"a%22%0D%0Ax: y.csv.gz\"\r\n"), "{text}");
        assert!(!text.contains("\nx:"), "{text}");
    }

    #[test]
    fn every_form_has_a_border_of_its_own() {
        let kind = || Content::form(&[]).unwrap().kind();
        assert_ne!(kind(), kind());
    }
}
