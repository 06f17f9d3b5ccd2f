//! Lines of a comma-separated file by RFC 4180, with the numbers that job items carry.

use std::mem;

/// One line with something in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Where it begins in the file, from 1.
    pub(crate) number: usize,
    pub(crate) fields: Vec<String>,
}

/// What has been read of the line at hand.
#[derive(Default)]
struct Reader {
    lines: Vec<Line>,
    skipped: u32,
    fields: Vec<String>,
    field: String,
    quoted: bool,
    begun_at: usize,
}

/// Every line, and how many empty ones were skipped.
pub(crate) fn lines(text: &str) -> (Vec<Line>, u32) {
    let mut reader = Reader { begun_at: 1, ..Reader::default() };
    let mut number = 1;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        number += usize::from(letter == '\n');
        match letter {
            '"' if reader.quoted && letters.peek() == Some(&'"') => {
                letters.next();
                reader.field.push('"');
            }
            '"' => reader.quoted = !reader.quoted,
            ',' if !reader.quoted => reader.end_field(),
            '\n' if !reader.quoted => reader.end_line(number),
            // Before a line end it belongs to it.
            '\r' if !reader.quoted && letters.peek() == Some(&'\n') => {}
            _ => reader.field.push(letter),
        }
    }
    if !reader.fields.is_empty() || !reader.field.is_empty() {
        reader.end_line(number);
    }
    (reader.lines, reader.skipped)
}

impl Reader {
    fn end_field(&mut self) {
        self.fields.push(mem::take(&mut self.field));
    }

    fn end_line(&mut self, next: usize) {
        let number = mem::replace(&mut self.begun_at, next);
        if self.fields.is_empty() && self.field.trim().is_empty() {
            self.field.clear();
            self.skipped += 1;
            return;
        }
        self.end_field();
        self.lines.push(Line { number, fields: mem::take(&mut self.fields) });
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn quotes_hold_commas_quotes_and_line_ends_together() {
        let (read, skipped) = lines("a,\"b,\"\"c\"\"\nd\",e\r\n\r\n  \nf,,\n");
        let told: Vec<_> = read.iter().map(|line| (line.number, line.fields.join("|"))).collect();
        assert_eq!(told, [(1, "a|b,\"c\"\nd|e".to_owned()), (5, "f||".to_owned())]);
        assert_eq!(skipped, 2);
    }

    #[test]
    fn a_file_may_end_without_a_line_end_and_may_be_empty() {
        assert_eq!(lines("a,b").0[0].fields, ["a", "b"]);
        assert_eq!(lines(""), (Vec::new(), 0));
    }
}
