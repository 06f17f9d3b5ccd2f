//! What stands between the cells of a file.

use crate::sheets::layout::records::Records;

const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
const SAMPLE: usize = 200;

/// What stands between two cells, and where the table begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Delimiter {
    /// The delimiter, an ASCII letter.
    pub byte: u8,
    /// Bytes before the table: Excel's own line that names the delimiter.
    pub skip: usize,
}

impl Delimiter {
    /// Finds the delimiter that cuts most rows of the sample into as many cells as the first.
    pub fn of(text: &str) -> Self {
        named(text).unwrap_or_else(|| {
            let scored = CANDIDATES.into_iter().rev().map(|byte| (score(text, byte), byte));
            // Without any, the comma: the last of the equals wins.
            let byte = scored.max_by_key(|(score, _)| *score).map_or(b',', |(_, byte)| byte);
            Self { byte, skip: 0 }
        })
    }

    /// The delimiter as a letter.
    pub fn letter(self) -> char {
        char::from(self.byte)
    }
}

/// Excel writes and reads a first line `sep=;`.
fn named(text: &str) -> Option<Delimiter> {
    let line = text.lines().next()?;
    let (word, letter) = line.split_at_checked(4)?;
    let byte = CANDIDATES.into_iter().find(|byte| letter.as_bytes() == [*byte])?;
    word.eq_ignore_ascii_case("sep=").then_some(Delimiter { byte, skip: line.len() })
}

fn score(text: &str, byte: u8) -> (usize, usize) {
    let mut records = Records::new(text, Delimiter { byte, skip: 0 });
    let width = records.next_record().map(|record| record.width());
    // A first row with too many columns is still a row: the file is then refused for that, and not misread.
    let width = if records.is_too_wide() { usize::MAX } else { width.unwrap_or(0) };
    if width < 2 {
        return (0, 0);
    }
    let mut same = 1;
    for _ in 0..SAMPLE {
        let Some(record) = records.next_record() else { break };
        same += usize::from(record.width() == width);
    }
    (same, width)
}
