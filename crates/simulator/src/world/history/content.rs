//! What is in a file of the activity log.

use bytes::Bytes;
use md5::{Digest, Md5};

/// What is in a file.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// These bytes.
    Whole(Bytes),
    /// A piece, so many times over, and the MD5 of them all: files that are larger than the memory that a test should
    /// take.
    Over(Bytes, usize, String),
}

impl Content {
    /// A piece so many times over.
    pub(crate) fn over(piece: Bytes, times: usize) -> Self {
        let md5 = md5_of(std::iter::repeat_n(piece.clone(), times));
        Self::Over(piece, times, md5)
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Whole(bytes) => bytes.len(),
            Self::Over(piece, times, _) => piece.len() * times,
        }
    }

    /// All of it, piece by piece.
    pub(crate) fn pieces(self) -> impl Iterator<Item = Bytes> + Send {
        let (piece, times) = match self {
            Self::Whole(bytes) => (bytes, 1),
            Self::Over(piece, times, _) => (piece, times),
        };
        std::iter::repeat_n(piece, times)
    }

    /// Its MD5, as the vendor tells it.
    pub(crate) fn md5(self) -> String {
        match self {
            Self::Over(_, _, md5) => md5,
            whole @ Self::Whole(_) => md5_of(whole.pieces()),
        }
    }
}

fn md5_of(pieces: impl Iterator<Item = Bytes>) -> String {
    let mut md5 = Md5::new();
    for piece in pieces {
        md5.update(&piece);
    }
    md5.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
