//! Encodings, compression and the limits of a file.

use super::{refusal, sheet};
use crate::sheets::{
    Encoding, FileProblem, gzip, read, read_text,
    text::{MOST_BYTES, MOST_UNPACKED},
};

const LIST: &str = "username;display name\nanna@example.com;Anna Müller\n";

fn utf16(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = mark.then_some('\u{feff}').into_iter();
    let units: Vec<u16> = mark.chain(text.chars()).collect::<String>().encode_utf16().collect();
    units.into_iter().flat_map(bytes).collect()
}

fn is_read_as(bytes: &[u8], encoding: Encoding) {
    let sheet = read(bytes).unwrap();
    assert_eq!(sheet.encoding, encoding);
    assert_eq!(sheet.rows[0].display_name.as_deref(), Some("Anna Müller"));
    assert_eq!(sheet.rows[0].line, 2);
}

/// Random enough that it hardly gets smaller.
fn noise(length: usize) -> Vec<u8> {
    let mut dice = super::Dice(7);
    (0..length).map(|_| u8::try_from(dice.below(90) + 33).unwrap()).collect()
}

#[test]
fn utf_8_is_read_with_and_without_its_mark() {
    is_read_as(LIST.as_bytes(), Encoding::Utf8);
    is_read_as(format!("\u{feff}{LIST}").as_bytes(), Encoding::Utf8);
}

#[test]
fn utf_16_is_read_in_both_orders_with_and_without_its_mark() {
    for mark in [true, false] {
        is_read_as(&utf16(LIST, mark, u16::to_le_bytes), Encoding::Utf16LittleEnd);
        is_read_as(&utf16(LIST, mark, u16::to_be_bytes), Encoding::Utf16BigEnd);
    }
}

#[test]
fn umlauts_of_older_windows_programs_are_read() {
    let bytes: Vec<u8> = LIST.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    is_read_as(&bytes, Encoding::Windows1252);
}

#[test]
fn a_compressed_file_is_read_and_told_as_such() {
    is_read_as(&gzip(LIST.as_bytes()), Encoding::Utf8);
    is_read_as(&gzip(&utf16(LIST, true, u16::to_le_bytes)), Encoding::Utf16LittleEnd);
    assert!(read(&gzip(LIST.as_bytes())).unwrap().gzip);
    assert!(!sheet(LIST).gzip);
}

#[test]
fn a_file_compressed_in_several_parts_is_read_whole() {
    let (first, second) = LIST.as_bytes().split_at(25);
    is_read_as(&[gzip(first), gzip(b""), gzip(second)].concat(), Encoding::Utf8);
}

#[test]
fn a_damaged_compressed_file_is_refused() {
    let whole = gzip(LIST.as_bytes());
    for end in 2..whole.len() {
        assert_eq!(refusal(&whole[..end]), FileProblem::BrokenGzip, "cut at {end}");
    }
    let mut wrong_sum = whole.clone();
    let last = wrong_sum.len() - 5;
    wrong_sum[last] ^= 1;
    assert_eq!(refusal(&wrong_sum), FileProblem::BrokenGzip);
    for tail in [&b"\0"[..], b"x", b"anna@example.com\n", &whole[..5], &[0; 512]] {
        assert_eq!(refusal(&[&whole, tail].concat()), FileProblem::BrokenGzip);
    }
}

#[test]
fn a_file_without_rows_is_empty() {
    for bytes in
        [&b""[..], b"\n", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"username,role\n", b",,\n,,,\n"]
    {
        assert_eq!(refusal(bytes), FileProblem::Empty, "{bytes:?}");
        assert!(matches!(refusal(&gzip(bytes)), FileProblem::Empty));
    }
}

#[test]
fn files_that_are_not_text_are_refused() {
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\0";
    let workbook = b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0[Content_Types].xml";
    let broken_pair = b"\xff\xfea\0\x00\xd8b\0";
    let four_bytes = b"\xff\xfe\0\0a\0\0\0";
    for bytes in [&picture[..], workbook, b"anna@example.com\0\n", broken_pair, b"\xff\xfea", four_bytes] {
        assert_eq!(refusal(bytes), FileProblem::Binary, "{bytes:?}");
    }
    assert_eq!(refusal(b"\xef\xbb\xbfM\xfcller@example.com"), FileProblem::Binary);
    assert_eq!(refusal(&gzip(&gzip(LIST.as_bytes()))), FileProblem::Binary);
}

#[test]
fn wrong_files_that_are_text_have_only_refused_rows() {
    for text in
        ["{\"users\": [\"anna\"]}", "<!doctype html>\n<p>anna", "%PDF-1.7\n1 0 obj", "Dear Anna,\n\nhello"]
    {
        assert!(sheet(text).rows.iter().all(crate::sheets::Row::is_refused), "{text}");
    }
}

#[test]
fn a_file_over_ten_megabytes_is_refused() {
    let name = "anna@example.com\n";
    let full = name.repeat(MOST_BYTES / name.len());
    assert!(read_text(full.as_bytes()).is_ok());
    assert_eq!(read_text(&vec![b'a'; MOST_BYTES + 1]), Err(FileProblem::TooLarge));
}

#[test]
fn a_file_that_unpacks_to_more_than_fifty_megabytes_is_refused() {
    let mut large = noise(1024 * 1024);
    large.resize(MOST_UNPACKED + 1, b'a');
    assert_eq!(read_text(&gzip(&large)), Err(FileProblem::TooLarge));
}

#[test]
fn a_file_that_unpacks_to_a_hundred_times_its_size_is_a_bomb() {
    for letter in [b'a', b'\n', 0] {
        assert_eq!(refusal(&gzip(&vec![letter; 20 * 1024 * 1024])), FileProblem::Bomb);
    }
    // Many small parts blow up as well as one large one.
    assert_eq!(refusal(&gzip(&vec![b'a'; 100_000]).repeat(100)), FileProblem::Bomb);
}

#[test]
fn text_that_grows_over_the_limit_when_it_is_decoded_is_refused() {
    // One byte each as Windows-1252, three each as text.
    let mut grows = noise(1024 * 1024);
    grows.resize(MOST_UNPACKED / 2, 0x80);
    assert_eq!(read_text(&gzip(&grows)), Err(FileProblem::TooLarge));
}

#[test]
fn a_line_of_nothing_but_delimiters_is_refused() {
    for piece in [",", ";", "\t", "|", "\"\n\","] {
        assert_eq!(refusal(format!("{}a", piece.repeat(1_400)).as_bytes()), FileProblem::TooWide);
    }
    assert_eq!(refusal(&b",".repeat(MOST_BYTES)), FileProblem::TooWide);
}
