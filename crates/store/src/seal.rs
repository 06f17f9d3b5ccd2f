//! Seals secrets with XChaCha20-Poly1305, so that a row opens only where it was written.

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};
use uuid::Uuid;

use crate::{
    Error, KeyError, Keys, Result,
    keys::{Key, random_bytes},
};

/// The first byte of everything sealed: how the rest is laid out.
const VERSION: u8 = 1;
const NONCE: usize = 24;

/// Where a secret belongs. All of it is bound in: a sealed value copied to another row, tenant or host
/// does not open there.
pub(crate) struct Place<'a> {
    /// What it is: `credential` or `vendor-session`.
    pub(crate) kind: &'static str,
    /// The row's id.
    pub(crate) row: Uuid,
    /// The tenant it belongs to.
    pub(crate) tenant: Uuid,
    /// The person it belongs to.
    pub(crate) owner: Uuid,
    /// The only host it may be sent to.
    pub(crate) host: &'a str,
}

/// Seals: version, length and id of the key, nonce, sealed bytes.
pub(crate) fn seal(keys: &Keys, place: &Place<'_>, secret: &SecretString) -> Result<Vec<u8>> {
    let key = keys.first().ok_or(KeyError::Malformed { line: 1 })?;
    let nonce = random_bytes::<NONCE>()?;
    let bound = place.bytes(&key.id);
    let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: &bound };
    let sealed = cipher(key).encrypt(&XNonce::from(*nonce), payload).map_err(|_| Error::Broken)?;
    let mut out = vec![VERSION, u8::try_from(key.id.len()).map_err(|_| Error::Broken)?];
    out.extend_from_slice(key.id.as_bytes());
    out.extend_from_slice(&*nonce);
    out.extend_from_slice(&sealed);
    Ok(out)
}

/// Opens what [`seal`] sealed for the same place.
pub(crate) fn open(keys: &Keys, place: &Place<'_>, sealed: &[u8]) -> Result<SecretString> {
    let (id, nonce, sealed) = split(sealed).ok_or(Error::Broken)?;
    let key = keys.named(id).ok_or_else(|| Error::WrongKey { key: id.to_owned() })?;
    let bound = place.bytes(id);
    let opened = cipher(key).decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: &bound });
    // Wiped after the copy: making a string out of these bytes in place would leave some behind.
    let opened = Zeroizing::new(opened.map_err(|_| Error::Broken)?);
    Ok(std::str::from_utf8(&opened).map_err(|_| Error::Broken)?.into())
}

impl Place<'_> {
    /// Every part with its length, so that no two places have the same bytes.
    fn bytes(&self, key: &str) -> Vec<u8> {
        let parts = [
            b"steward sealed 1".as_slice(),
            key.as_bytes(),
            self.kind.as_bytes(),
            self.row.as_bytes(),
            self.tenant.as_bytes(),
            self.owner.as_bytes(),
            self.host.as_bytes(),
        ];
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part);
        }
        bytes
    }
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.secret.expose_secret().into())
}

fn split(sealed: &[u8]) -> Option<(&str, [u8; NONCE], &[u8])> {
    let (&[version, length], rest) = sealed.split_first_chunk::<2>()?;
    let (id, rest) = rest.split_at_checked(usize::from(length))?;
    let (nonce, rest) = rest.split_first_chunk::<NONCE>()?;
    (version == VERSION).then_some((std::str::from_utf8(id).ok()?, *nonce, rest))
}
