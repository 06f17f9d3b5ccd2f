//! Pages: one slice of a list, and a token for the next one.

use super::refusal::Refusal;

/// Where a page begins, from the token that an earlier page gave out.
pub(super) fn start(list: &str, token: Option<&str>) -> Result<usize, Refusal> {
    let Some(token) = token.filter(|token| !token.is_empty()) else {
        return Ok(0);
    };
    // Vendor: "pageToken: string [0 .. 1000] characters".
    if token.len() > 1_000 {
        return Err(Refusal::invalid("pageToken is longer than 1000 characters."));
    }
    read(list, token).ok_or_else(|| Refusal::invalid("pageToken was not given out for this list."))
}

/// A token looks like base64, with characters that clients must escape in a query.
pub(super) fn token(list: &str, start: usize) -> String {
    let plain = format!("{list}|{start}");
    let coded: String = plain.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("{coded}+/==")
}

fn read(list: &str, token: &str) -> Option<usize> {
    let coded = token.strip_suffix("+/==")?;
    let bytes: Option<Vec<u8>> = coded
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    let plain = String::from_utf8(bytes?).ok()?;
    let (of, start) = plain.split_once('|')?;
    (of == list).then(|| start.parse().ok()).flatten()
}
