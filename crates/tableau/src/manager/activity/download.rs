//! Fetching a file of the log, piece by piece, never more than was allowed, and comparing it with the vendor's MD5.

use bytes::Bytes;
use http::{HeaderValue, Method, header};
use md5::{Digest, Md5};
use reqwest::{Request, Response};
use secrecy::ExposeSecret;
use tokio::time::timeout;

use super::{super::Manager, LogUrl};
use crate::{Error, Result, Unreadable};

/// A file under way.
pub struct Download {
    response: Response,
    patience: std::time::Duration,
    md5: Md5,
    wanted: Option<[u8; 16]>,
    got: u64,
    at_most: u64,
}

/// What a whole file is, compared with what the vendor said it would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetched {
    /// It is the very file.
    Same,
    /// It is not: damaged on its way, or changed.
    Differs,
    /// The vendor told no MD5 to compare with.
    NotCompared,
}

impl<Access> Manager<Access> {
    /// Begins to fetch a file. Nothing of the session travels along: the address itself is the key.
    ///
    /// A refusal (403) usually means that the address ran out; ask for another one.
    pub async fn download(&self, from: &LogUrl, at_most: u64) -> Result<Download> {
        let url = self.wire.log_address(from.url.expose_secret())?;
        let mut request = Request::new(Method::GET, url);
        if let Ok(product) = HeaderValue::from_str(self.wire.product()) {
            request.headers_mut().insert(header::USER_AGENT, product);
        }
        let patience = self.wire.deadline();
        let response = timeout(patience, self.wire.client().execute(request)).await;
        let response = response.map_err(|_| Error::Timeout)?.map_err(crate::transport::unanswered)?;
        match response.status().as_u16() {
            200 => {}
            403 => return Err(Error::Refused { words: None }),
            404 => return Err(Error::NotFound { words: None }),
            status @ 300..=399 => return Err(Error::Redirected { status }),
            status @ 400..=499 => return Err(Error::Rejected { status, words: None }),
            status => return Err(Error::Down { status, words: None }),
        }
        if response.content_length().is_some_and(|length| length > at_most) {
            return Err(Error::TooLarge);
        }
        let wanted = from.etag.as_deref().and_then(digest);
        Ok(Download { response, patience, md5: Md5::new(), wanted, got: 0, at_most })
    }
}

impl Download {
    /// The length of the file, where the store tells it.
    pub fn length(&self) -> Option<u64> {
        self.response.content_length()
    }

    /// The next piece; `None` at the end. A pause longer than the usual deadline ends it.
    pub async fn next(&mut self) -> Result<Option<Bytes>> {
        let piece = timeout(self.patience, self.response.chunk()).await.map_err(|_| Error::Timeout)?;
        // The library's error is not carried on: it would print the address.
        let Some(piece) = piece.map_err(|_| Unreadable::CutOff)? else { return Ok(None) };
        self.got += piece.len() as u64;
        if self.got > self.at_most {
            return Err(Error::TooLarge);
        }
        self.md5.update(&piece);
        Ok(Some(piece))
    }

    /// What came, once all of it has.
    pub fn finish(self) -> Fetched {
        let got: [u8; 16] = self.md5.finalize().into();
        match self.wanted {
            None => Fetched::NotCompared,
            Some(wanted) if wanted == got => Fetched::Same,
            Some(_) => Fetched::Differs,
        }
    }
}

/// The MD5 in an etag. Object stores put it into quotation marks; one in parts, such as `…-3`, is no MD5.
fn digest(etag: &str) -> Option<[u8; 16]> {
    let text = etag.trim().trim_matches('"');
    let is_hex = text.len() == 32 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    let number = is_hex.then(|| u128::from_str_radix(text, 16).ok()).flatten()?;
    Some(number.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_md5_is_read_with_and_without_marks_and_nothing_else_is() {
        let hello = "5eb63bbbe01eeed093cb22bb8f5acdc3";
        let wanted: [u8; 16] = Md5::digest(b"hello world").into();
        for good in [hello.to_owned(), format!("\"{hello}\""), hello.to_uppercase()] {
            assert_eq!(digest(&good), Some(wanted), "{good}");
        }
        for other in ["", "x", &format!("{hello}-3"), &format!("+{}", &hello[1..]), &hello[1..]] {
            assert_eq!(digest(other), None, "{other}");
        }
    }
}
