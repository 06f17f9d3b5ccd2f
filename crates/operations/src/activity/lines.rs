//! Lines of a file, none of them longer in memory than is wanted.

use std::io::{BufRead, ErrorKind, Result};

/// What a file had at its next place.
pub(super) enum Next {
    /// A line without its end, which was so many bytes long.
    Line(Vec<u8>, u64),
    /// A line that is too long to be kept, and how long it was, as far as it was read.
    TooLong(u64),
    /// No more.
    End,
}

/// Reads a line. Of one that is too long the rest is passed over, so many bytes in all at most.
pub(super) fn next(lines: &mut impl BufRead, line_at_most: usize, all_at_most: u64) -> Result<Next> {
    let mut line = Vec::new();
    let mut read = 0_u64;
    let mut whole = false;
    while !whole && read <= all_at_most {
        let piece = match lines.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            piece => piece?,
        };
        if piece.is_empty() {
            break;
        }
        let end = memchr::memchr(b'\n', piece);
        let used = end.map_or(piece.len(), |at| at + 1);
        let room = (line_at_most + 1).saturating_sub(line.len());
        line.extend_from_slice(piece.get(..used.min(room)).unwrap_or_default());
        whole = end.is_some();
        lines.consume(used);
        read += used as u64;
    }
    Ok(match read {
        0 => Next::End,
        _ if line.len() > line_at_most => Next::TooLong(read),
        _ => Next::Line(line, read),
    })
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::*;

    #[test]
    fn a_line_without_end_is_never_kept_whole() {
        let long = std::io::repeat(b'x').take(10_000_000).chain(&b"\nshort\n\nlast"[..]);
        let mut lines = BufReader::new(long);
        let mut told = Vec::new();
        loop {
            match next(&mut lines, 100, u64::MAX - 1).unwrap() {
                Next::Line(line, read) => {
                    assert!(line.capacity() <= 4_096);
                    told.push((String::from_utf8(line).unwrap(), read));
                }
                Next::TooLong(read) => told.push(("too long".to_owned(), read)),
                Next::End => break,
            }
        }
        let is = |word: &str, read| (word.to_owned(), read);
        assert_eq!(told, [is("too long", 10_000_001), is("short\n", 6), is("\n", 1), is("last", 4)]);
    }

    #[test]
    fn no_more_is_passed_over_than_may_be_read_at_all() {
        let mut lines = BufReader::new(std::io::repeat(b'x'));
        assert!(matches!(next(&mut lines, 100, 1_000_000).unwrap(), Next::TooLong(read) if read > 1_000_000));
    }
}
