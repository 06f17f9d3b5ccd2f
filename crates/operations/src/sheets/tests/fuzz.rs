//! Round trips and files of random trouble; the same ones in every run.

use super::Dice;
use crate::sheets::{
    cells::{guarded, unguarded},
    export_csv, gzip,
    layout::exact_cells,
    read, read_text,
};

#[test]
fn the_guard_against_formulas_is_taken_away_exactly() {
    let mut dice = Dice(1);
    for _ in 0..20_000 {
        let cell = dice.text();
        let written = guarded(&cell);
        assert!(
            !written.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']),
            "{cell:?}"
        );
        assert_eq!(unguarded(&written), cell);
    }
}

#[test]
fn every_export_is_read_back_cell_by_cell() {
    let mut dice = Dice(2);
    for _ in 0..800 {
        let width = dice.below(5) + 1;
        let heads: Vec<String> = (0..width).map(|place| format!("Column {place}")).collect();
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let rows: Vec<Vec<String>> =
            (0..dice.below(6)).map(|_| (0..width).map(|_| dice.text()).collect()).collect();
        let text = read_text(&export_csv(&heads, rows.iter().cloned())).unwrap().content;
        let mut found = exact_cells(&text);
        assert_eq!(found.remove(0), heads);
        assert_eq!(found, rows, "{text:?}");
    }
}

#[test]
fn every_row_knows_its_line() {
    let mut dice = Dice(3);
    for _ in 0..800 {
        let end = dice.pick(&["\n", "\r\n", "\r"]);
        let (mut lines, mut line, mut empty) = (Vec::new(), 1, 0);
        let mut text = String::new();
        for number in 0..dice.below(8) + 1 {
            let above = dice.below(3);
            let inside = dice.below(3);
            let row = format!("p{number}@example.com,\"x{}y\"{end}", end.repeat(inside));
            text.push_str(&format!("{}{row}", end.repeat(above)));
            lines.push(line + above);
            line += above + inside + 1;
            empty += above;
        }
        let sheet = read(text.as_bytes()).unwrap();
        let found: Vec<usize> = sheet.rows.iter().map(|row| row.line.try_into().unwrap()).collect();
        assert_eq!((found, sheet.empty_lines.try_into()), (lines, Ok(empty)), "{text:?}");
    }
}

#[test]
fn nothing_that_is_uploaded_makes_the_reading_panic() {
    const PIECES: &[&str] = &[
        "username",
        "site",
        "role",
        "license",
        "e-mail",
        "name",
        ",",
        ";",
        "\t",
        "|",
        "\"",
        "\"\"",
        "\n",
        "\r",
        "\r\n",
        "'",
        "=",
        "anna@example.com",
        "\\0x40",
        "@",
        "Creator",
        "Site",
        "1",
        " ",
        "\u{feff}",
        "\0",
        "sep=;",
        "ü",
        "漢",
    ];
    let mut dice = Dice(4);
    for round in 0..3_000 {
        let mut bytes: Vec<u8> = (0..dice.below(40)).flat_map(|_| dice.pick(PIECES).bytes()).collect();
        for _ in 0..dice.below(4) {
            let place = dice.below(bytes.len() + 1);
            bytes.insert(place, u8::try_from(dice.below(256)).unwrap());
        }
        if round % 3 == 0 {
            bytes = gzip(&bytes);
            let place = dice.below(bytes.len());
            bytes[place] ^= u8::try_from(dice.below(2)).unwrap();
        }
        if let Ok(sheet) = read(&bytes) {
            let lines: Vec<u32> = sheet.rows.iter().map(|row| row.line).collect();
            assert!(lines.is_sorted_by(|one, next| one < next), "{bytes:?}");
        }
    }
}
