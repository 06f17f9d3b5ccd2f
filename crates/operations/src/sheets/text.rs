//! The bytes of an uploaded file become text: unpacked within limits, in whatever encoding a spreadsheet saved it.

use std::io::Read;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use flate2::read::MultiGzDecoder;

/// The largest upload in bytes.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;
/// The largest file in bytes once it is unpacked, and once it is text.
pub const MOST_UNPACKED: usize = 50 * 1024 * 1024;
/// How many times larger a file may become when it is unpacked.
pub const MOST_RATIO: usize = 100;

/// Why nothing of a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum FileProblem {
    /// No byte, or nothing but blank lines and headings.
    #[error("the file has no rows")]
    Empty,
    /// Over a limit in bytes, as it came or unpacked.
    #[error("the file is too large: at most 10 MB are taken, and 50 MB once it is unpacked")]
    TooLarge,
    /// It becomes far larger than any list of people when it is unpacked.
    #[error("the file unpacks to more than 100 times its size, which no list of people does")]
    Bomb,
    /// The compressed file is cut off, damaged, or followed by something else.
    #[error("the compressed file is damaged")]
    BrokenGzip,
    /// It holds bytes that no text has, or text that is broken for the encoding it names.
    #[error("the file is not text; save the list as CSV and upload that")]
    Binary,
    /// Over the limit in rows.
    #[error("the file has more than 200,000 rows")]
    TooManyRows,
    /// A line holds so many delimiters that it cannot be a list of people.
    #[error("a line of the file has more than 1,000 columns")]
    TooWide,
}

/// The encoding in which a file was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16LittleEnd,
    /// UTF-16, the higher byte first.
    Utf16BigEnd,
    /// What older Windows programs save in western Europe; taken where nothing else fits.
    Windows1252,
}

impl Encoding {
    /// The name for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16LittleEnd => "UTF-16 (little-endian)",
            Self::Utf16BigEnd => "UTF-16 (big-endian)",
            Self::Windows1252 => "Windows-1252",
        }
    }

    fn decoder(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Utf16LittleEnd => UTF_16LE,
            Self::Utf16BigEnd => UTF_16BE,
            Self::Windows1252 => WINDOWS_1252,
        }
    }
}

/// A file as text, with what was found out on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileText {
    /// The text without a byte-order mark.
    pub content: String,
    /// How it was encoded.
    pub encoding: Encoding,
    /// Whether it came compressed.
    pub gzip: bool,
}

/// Reads an uploaded file as text.
pub fn read_text(bytes: &[u8]) -> Result<FileText, FileProblem> {
    if bytes.len() > MOST_BYTES {
        return Err(FileProblem::TooLarge);
    }
    let gzip = bytes.starts_with(&[0x1f, 0x8b]);
    let (content, encoding) = if gzip { decoded(&unpacked(bytes)?)? } else { decoded(bytes)? };
    if content.len() > MOST_UNPACKED {
        return Err(FileProblem::TooLarge);
    }
    if content.contains('\0') {
        return Err(FileProblem::Binary);
    }
    if content.trim().is_empty() {
        return Err(FileProblem::Empty);
    }
    Ok(FileText { content, encoding, gzip })
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, FileProblem> {
    let by_ratio = bytes.len().saturating_mul(MOST_RATIO);
    let limit = by_ratio.min(MOST_UNPACKED);
    let mut unpacked = Vec::new();
    // One byte past the limit is enough to know, whatever the file claims about its size.
    let outcome = MultiGzDecoder::new(bytes).take(limit as u64 + 1).read_to_end(&mut unpacked);
    if unpacked.len() > limit {
        return Err(if by_ratio < MOST_UNPACKED { FileProblem::Bomb } else { FileProblem::TooLarge });
    }
    outcome.map_err(|_| FileProblem::BrokenGzip)?;
    Ok(unpacked)
}

fn decoded(bytes: &[u8]) -> Result<(String, Encoding), FileProblem> {
    let (encoding, rest) = marked(bytes).unwrap_or_else(|| (guessed(bytes), bytes));
    let (content, broken) = encoding.decoder().decode_without_bom_handling(rest);
    if broken {
        return Err(FileProblem::Binary);
    }
    Ok((content.into_owned(), encoding))
}

/// The encoding a byte-order mark names, and what follows the mark.
fn marked(bytes: &[u8]) -> Option<(Encoding, &[u8])> {
    const MARKS: [(Encoding, &[u8]); 3] = [
        (Encoding::Utf8, b"\xef\xbb\xbf"),
        (Encoding::Utf16LittleEnd, b"\xff\xfe"),
        (Encoding::Utf16BigEnd, b"\xfe\xff"),
    ];
    MARKS.into_iter().find_map(|(encoding, mark)| Some((encoding, bytes.strip_prefix(mark)?)))
}

/// Without a mark: text in UTF-16 is mostly Latin letters here, so every second byte of many is zero.
fn guessed(bytes: &[u8]) -> Encoding {
    let sample = &bytes[..bytes.len().min(4_096)];
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (higher_first, lower_first) = (zeros(0), zeros(1));
    let many = |these: usize, others: usize| these * 6 >= sample.len() && these >= others * 10;
    if bytes.len().is_multiple_of(2) && many(lower_first, higher_first) {
        Encoding::Utf16LittleEnd
    } else if bytes.len().is_multiple_of(2) && many(higher_first, lower_first) {
        Encoding::Utf16BigEnd
    } else if std::str::from_utf8(bytes).is_ok() {
        Encoding::Utf8
    } else {
        Encoding::Windows1252
    }
}
