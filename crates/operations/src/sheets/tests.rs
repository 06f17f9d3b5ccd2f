//! Files as people upload them, good and bad.

mod bytes;
mod fuzz;
mod layouts;
mod roles;
mod rows;
mod written;

use super::{FileProblem, Row, RowProblem, Sheet, read};

/// Reads a file given as text.
fn sheet(text: &str) -> Sheet {
    read(text.as_bytes()).unwrap()
}

/// The only row of a file with the headings `username` and the given one.
fn row_with(heading: &str, cell: &str) -> Row {
    let mut sheet = sheet(&format!("username,{heading}\nanna@example.com,{cell}\n"));
    assert_eq!(sheet.rows.len(), 1);
    sheet.rows.remove(0)
}

/// The problems of the only row of a file.
fn problems(text: &str) -> Vec<RowProblem> {
    let mut sheet = sheet(text);
    assert_eq!(sheet.rows.len(), 1);
    sheet.rows.remove(0).problems
}

/// Why a file is refused as a whole.
fn refusal(bytes: &[u8]) -> FileProblem {
    read(bytes).unwrap_err()
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A text of letters that are trouble in tables.
    fn text(&mut self) -> String {
        const LETTERS: &[char] = &[
            '\'', '\'', '=', '+', '-', '@', '\t', '\r', '\n', '"', '"', ',', ';', '|', ' ', 'a', 'Z', '0',
            'ü', '＝', '＠', '漢', '😀', '\u{feff}', '\u{200b}', '\\', 'x', '4', '.', '\u{85}',
        ];
        let length = self.below(12);
        (0..length).map(|_| self.pick(LETTERS)).collect()
    }
}
