//! The keys that seal secrets, read from a file that only its owner may read.

use std::{
    fmt, fs,
    io::Write,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    sync::Arc,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{SecretBox, zeroize::Zeroizing};
use sha2::{Digest, Sha256};

use crate::{KeyError, Result, files};

/// The keys: the first one seals, all of them open.
#[derive(Clone)]
pub struct Keys(Arc<Vec<Key>>);

/// One key and the id that sealed data names it by.
pub(crate) struct Key {
    pub(crate) id: String,
    pub(crate) secret: SecretBox<[u8; 32]>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.0.iter().map(|key| &key.id)).finish()
    }
}

impl Keys {
    /// Reads a key file: 32 raw bytes, or lines of `KEY` or `ID:KEY` with the key in base64 or hex.
    ///
    /// To change the key, put a new line first and leave the old ones below it.
    pub fn from_file(path: &Path) -> Result<Self> {
        let refused = |source| KeyError::File { path: path.to_owned(), source };
        let about = fs::metadata(path).map_err(refused)?;
        if about.permissions().mode() & 0o077 != 0 {
            return Err(KeyError::OpenToOthers { path: path.to_owned() }.into());
        }
        // Nobody's key file is that long; a wrong path may name something endless.
        if about.size() > 64 * 1024 {
            return Err(KeyError::Malformed { line: 1 }.into());
        }
        let bytes = Zeroizing::new(fs::read(path).map_err(refused)?);
        Ok(Self(Arc::new(read(&bytes)?)))
    }

    /// A key that nobody keeps, for the demo and for tests.
    pub fn random() -> Result<Self> {
        Ok(Self(Arc::new(vec![Key::named_by_itself(&*random_bytes::<32>()?)])))
    }

    /// Makes a new key file (0600); refuses to overwrite one.
    pub fn create_file(path: &Path) -> Result<Self> {
        let refused = |source| KeyError::File { path: path.to_owned(), source };
        let secret = random_bytes::<32>()?;
        let text = Zeroizing::new(STANDARD.encode(*secret) + "\n");
        let mut file = files::create(path).map_err(refused)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(refused)?;
        Ok(Self(Arc::new(vec![Key::named_by_itself(&secret)])))
    }

    /// The key that seals.
    pub(crate) fn first(&self) -> Option<&Key> {
        self.0.first()
    }

    /// The key of that id.
    pub(crate) fn named(&self, id: &str) -> Option<&Key> {
        self.0.iter().find(|key| key.id == id)
    }
}

impl Key {
    fn new(id: String, secret: &[u8; 32]) -> Self {
        Self { id, secret: SecretBox::init_with_mut(|place: &mut [u8; 32]| place.copy_from_slice(secret)) }
    }

    /// A key without an id is named by a part of its hash: it stays the same wherever the line moves,
    /// and another key is noticed as such.
    fn named_by_itself(secret: &[u8; 32]) -> Self {
        let hash = Sha256::new().chain_update(b"steward key id").chain_update(secret).finalize();
        Self::new(hex::encode(&hash[..4]), secret)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Key({})", self.id)
    }
}

/// So many random bytes.
pub(crate) fn random_bytes<const N: usize>() -> std::result::Result<Zeroizing<[u8; N]>, KeyError> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut *bytes).map_err(|_| KeyError::NoRandom)?;
    Ok(bytes)
}

fn read(bytes: &[u8]) -> std::result::Result<Vec<Key>, KeyError> {
    // 32 printable characters are a cut-off text, not 32 random bytes.
    if let Ok(raw) = <&[u8; 32]>::try_from(bytes)
        && !raw.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace())
    {
        return Ok(vec![Key::named_by_itself(raw)]);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| KeyError::Malformed { line: 1 })?;
    let mut keys: Vec<Key> = Vec::new();
    for (number, line) in text.lines().enumerate().map(|(index, line)| (index + 1, line.trim())) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let key = read_line(line).ok_or(KeyError::Malformed { line: number })?;
        if keys.iter().any(|other| other.id == key.id) {
            return Err(KeyError::Twice { line: number });
        }
        keys.push(key);
    }
    if keys.is_empty() { Err(KeyError::Malformed { line: 1 }) } else { Ok(keys) }
}

fn read_line(line: &str) -> Option<Key> {
    let (id, text) = match line.split_once(':') {
        Some((id, text)) => (Some(id.trim()), text.trim()),
        None => (None, line),
    };
    let bytes = Zeroizing::new(hex::decode(text).or_else(|_| STANDARD.decode(text)).ok()?);
    let secret = <&[u8; 32]>::try_from(bytes.as_slice()).ok()?;
    match id {
        None => Some(Key::named_by_itself(secret)),
        Some(id) => is_name(id).then(|| Key::new(id.to_owned(), secret)),
    }
}

fn is_name(id: &str) -> bool {
    (1..=32).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}
