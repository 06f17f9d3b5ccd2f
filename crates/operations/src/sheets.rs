//! Lists of people as files: read from whatever a spreadsheet saves, written as Tableau and as people want them.

mod cells;
pub mod convert;
pub mod layout;
pub mod text;
pub mod write;

#[cfg(test)]
mod tests;

pub use layout::{Asked, Field, Layout, Row, RowProblem, Sheet, read_sheet};
pub use text::{Encoding, FileProblem, FileText, read_text};
pub use write::{ImportLine, WriteProblem, export_csv, gzip, names_csv, site_csv, tcm_csv, template};

/// Reads an uploaded file: its bytes become text, and the text becomes rows.
pub fn read(bytes: &[u8]) -> Result<Sheet, FileProblem> {
    read_sheet(&read_text(bytes)?)
}
