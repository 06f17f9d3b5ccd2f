//! Bodies of several parts. Clients send them as `form-data` and as `mixed`, and some name no disposition.

use std::collections::HashMap;

use axum::extract::{FromRequest, Request};
use axum::http::header;
use bytes::Bytes;

use super::answer::SiteRefusal;

/// More than the vendor's pages know of.
const MOST_PARTS: usize = 16;

/// The parts of a body, by name.
#[derive(Debug, Default)]
pub(super) struct Parts(HashMap<String, Bytes>);

impl Parts {
    pub(super) fn find(&self, name: &str) -> Result<&Bytes, SiteRefusal> {
        self.0.get(name).ok_or_else(SiteRefusal::bad_request)
    }
}

impl<Kept: Send + Sync> FromRequest<Kept> for Parts {
    type Rejection = SiteRefusal;

    async fn from_request(request: Request, state: &Kept) -> Result<Self, SiteRefusal> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let boundary = kind.and_then(boundary).ok_or_else(SiteRefusal::bad_request)?;
        let body = Bytes::from_request(request, state).await.map_err(|_| SiteRefusal::bad_request())?;
        read(&body, &boundary).ok_or_else(SiteRefusal::bad_request)
    }
}

/// The boundary of a content type with several parts.
fn boundary(kind: &str) -> Option<String> {
    let (kind, parameters) = kind.split_once(';')?;
    if !["multipart/form-data", "multipart/mixed"].contains(&&*kind.trim().to_lowercase()) {
        return None;
    }
    let boundary = parameter(parameters, "boundary")?;
    (1..=70).contains(&boundary.len()).then_some(boundary)
}

/// A parameter of a header, quoted or not.
fn parameter(parameters: &str, name: &str) -> Option<String> {
    let pairs = parameters.split(';').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.into_iter().find(|(known, _)| known.trim().eq_ignore_ascii_case(name))?;
    Some(value.trim().trim_matches('"').to_owned())
}

/// Reads to the closing boundary; a body that ends before it was cut short.
fn read(body: &Bytes, boundary: &str) -> Option<Parts> {
    let delimiter = format!("--{boundary}");
    let mut parts = Parts::default();
    let mut place = find(body, delimiter.as_bytes(), 0)? + delimiter.len();
    // Every further boundary stands at the beginning of a line, which belongs to it.
    let further = format!("\r\n{delimiter}");
    while !body.get(place..)?.starts_with(b"--") {
        if parts.0.len() == MOST_PARTS {
            return None;
        }
        let begin = find(body, b"\r\n", place)? + 2;
        let end = find(body, further.as_bytes(), begin.checked_sub(2)?)?;
        let head_end =
            find(body, b"\r\n\r\n", begin.checked_sub(2)?).filter(|head_end| *head_end + 2 <= end)?;
        let head = std::str::from_utf8(body.get(begin..head_end.max(begin))?).ok()?;
        let name = name(head)?;
        let content = body.slice((head_end + 4).min(end)..end);
        if parts.0.insert(name, content).is_some() {
            return None;
        }
        place = end + further.len();
    }
    Some(parts)
}

/// The name in the head of a part. The vendor's page writes it without the word `form-data`.
fn name(head: &str) -> Option<String> {
    let lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let (_, disposition) =
        lines.into_iter().find(|(header, _)| header.trim().eq_ignore_ascii_case("content-disposition"))?;
    parameter(disposition, "name")
}

fn find(body: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let rest = body.get(from..)?;
    rest.windows(wanted.len()).position(|window| window == wanted).map(|place| place + from)
}

#[cfg(test)]
mod tests {
    use super::{Bytes, boundary, read};

    const BODY: &str = "--b\r\nContent-Disposition: form-data; name=\"one\"; filename=\"x;y.csv\"\r\n\
                        Content-Type: text/csv\r\n\r\na,b\r\n\r\nc\r\n--b\r\n\
                        content-disposition: name=two\r\n\r\n\r\n--b--\r\n";

    #[test]
    fn both_ways_to_name_a_part_are_read() {
        let parts = read(&Bytes::from(BODY), "b").unwrap();
        assert_eq!(parts.find("one").unwrap(), "a,b\r\n\r\nc");
        assert_eq!(parts.find("two").unwrap(), "");
        assert_eq!(boundary("Multipart/Mixed; charset=x; boundary=\"b\"").as_deref(), Some("b"));
        assert_eq!(boundary("text/xml; boundary=b"), None);
    }

    #[test]
    fn a_body_that_is_cut_anywhere_is_not_read() {
        // Without its last line end it is still whole.
        for end in 0..BODY.len() - "\r\n".len() {
            assert!(read(&Bytes::from(&BODY[..end]), "b").is_none(), "{end}");
        }
    }
}
