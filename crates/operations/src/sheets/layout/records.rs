//! The cells of a file, row by row, with the lines on which they stand.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::sheets::{
    cells::{trimmed, unguarded},
    layout::delimiter::Delimiter,
};

/// The parser notes where every cell ends: a row of nothing but delimiters must not fill the memory.
const MOST_COLUMNS: usize = 1_000;

/// Goes through a file row by row.
pub(super) struct Records<'a> {
    text: &'a str,
    parser: Reader,
    /// How much of the text the parser has taken.
    taken: usize,
    /// The letters of the current row without quotation marks and delimiters.
    letters: Vec<u8>,
    /// Where each cell ends in them.
    ends: Vec<usize>,
    /// Where the last row ended, its line break not included.
    end: usize,
    /// The line of that place.
    line: u32,
    empty_lines: u32,
    begun: bool,
    too_wide: bool,
}

/// The cells of one row.
pub(super) struct Record<'a> {
    /// The line on which it begins.
    pub line: u32,
    /// Whether it holds a quotation mark that nothing closes, so that it swallows the lines below.
    pub swallows: bool,
    letters: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Records<'a> {
    /// Begins at the top of the file.
    pub fn new(text: &'a str, delimiter: Delimiter) -> Self {
        Self {
            text,
            parser: ReaderBuilder::new().delimiter(delimiter.byte).build(),
            taken: delimiter.skip,
            letters: vec![0; 256],
            ends: vec![0; MOST_COLUMNS],
            end: delimiter.skip,
            line: 1,
            empty_lines: 0,
            begun: delimiter.skip > 0,
            too_wide: false,
        }
    }

    /// The next row. The parser passes over empty lines by itself, so they are counted here.
    pub fn next_record(&mut self) -> Option<Record<'_>> {
        let from = self.taken;
        let found = self.parse();
        if self.too_wide {
            return None;
        }
        let to = self.taken;
        let read = &self.text[from..to];
        let start = from + read.len() - read.trim_start_matches(['\r', '\n']).len();
        let breaks = line_breaks(&self.text[self.end..start.max(self.end)]);
        self.line += breaks;
        self.empty_lines += breaks.saturating_sub(u32::from(self.begun));
        let Some((letters, cells)) = found else {
            self.end = self.text.len();
            return None;
        };
        let row = self.text[start..to].trim_end_matches(['\r', '\n']);
        let line = self.line;
        let inside = line_breaks(row);
        (self.begun, self.end, self.line) = (true, start + row.len(), line + inside);
        let swallows = inside > 0 && row.matches('"').count() % 2 == 1;
        Some(Record { line, swallows, letters: &self.letters[..letters], ends: &self.ends[..cells] })
    }

    /// How many lines so far had nothing in them, not even a delimiter.
    pub fn empty_lines(&self) -> u32 {
        self.empty_lines
    }

    /// Whether it stopped at a row with too many columns.
    pub fn is_too_wide(&self) -> bool {
        self.too_wide
    }

    /// Takes the letters of one row and the ends of its cells; tells how many there are of each.
    fn parse(&mut self) -> Option<(usize, usize)> {
        let (mut letters, mut cells) = (0, 0);
        loop {
            let (result, taken, written, ended) = self.parser.read_record(
                &self.text.as_bytes()[self.taken..],
                &mut self.letters[letters..],
                &mut self.ends[cells..],
            );
            (self.taken, letters, cells) = (self.taken + taken, letters + written, cells + ended);
            match result {
                // The parser is told of the end of the text by being asked once more.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.letters.resize(self.letters.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => {
                    (self.too_wide, self.taken) = (true, self.text.len());
                    return None;
                }
                ReadRecordResult::Record => return Some((letters, cells)),
                ReadRecordResult::End => return None,
            }
        }
    }
}

impl Record<'_> {
    /// A cell without our guard and blanks around it; `None` where the row ends before.
    pub fn cell(&self, place: usize) -> Option<&str> {
        self.raw(place).map(|cell| trimmed(unguarded(cell)))
    }

    /// Its cells, blank ones at the end included.
    pub fn width(&self) -> usize {
        self.ends.len()
    }

    /// Its cells without blank ones at the end.
    pub fn filled(&self) -> usize {
        let filled = |place: &usize| self.raw(*place).is_some_and(|cell| !trimmed(cell).is_empty());
        (0..self.width()).rev().find(filled).map_or(0, |last| last + 1)
    }

    /// Whether nothing stands in any of its cells.
    pub fn is_blank(&self) -> bool {
        self.filled() == 0
    }

    /// The cells exactly as they were written out.
    #[cfg(test)]
    pub fn exact(&self) -> Vec<String> {
        (0..self.width()).filter_map(|place| self.raw(place)).map(|cell| unguarded(cell).to_owned()).collect()
    }

    fn raw(&self, place: usize) -> Option<&str> {
        let end = *self.ends.get(place)?;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        // Text cut at delimiters is text.
        std::str::from_utf8(&self.letters[start..end]).ok()
    }
}

fn line_breaks(text: &str) -> u32 {
    let breaks = text.matches(['\r', '\n']).count() - text.matches("\r\n").count();
    u32::try_from(breaks).unwrap_or(u32::MAX)
}
