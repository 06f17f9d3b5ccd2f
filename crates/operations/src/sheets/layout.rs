//! The text of an uploaded file becomes rows: delimiter, headings and columns are found out, every row is checked.

mod columns;
mod delimiter;
mod headings;
mod problems;
mod records;
mod role;
mod row;

use model::roles::SignInType;

pub use headings::Field;
pub use problems::RowProblem;
pub use role::Asked;
pub(super) use role::combination_of;

use crate::sheets::{
    layout::{columns::Columns, delimiter::Delimiter, records::Records},
    text::{Encoding, FileProblem, FileText},
};

/// The most rows of one file, headings and blank lines not counted.
pub const MOST_ROWS: usize = 200_000;
/// The most letters of one cell.
pub const MOST_LETTERS: usize = 1_000;

/// What kind of list a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// The vendor's nine columns for Tableau Cloud Manager, by position.
    Tcm,
    /// The vendor's eight columns for one site, by position.
    Site,
    /// Columns by their headings, in any order.
    Named,
    /// User names only.
    Names,
}

impl Layout {
    /// The kind of list for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Tcm => "Tableau's columns for a tenant",
            Self::Site => "Tableau's columns for a site",
            Self::Named => "columns by their headings",
            Self::Names => "user names only",
        }
    }
}

/// A file as rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What kind of list it is.
    pub layout: Layout,
    /// Whether the first row was headings.
    pub had_header: bool,
    /// What stands between two cells.
    pub delimiter: char,
    /// How the file was encoded.
    pub encoding: Encoding,
    /// Whether it came compressed.
    pub gzip: bool,
    /// The columns that are read: the heading, or `column 3` without one, and what it was taken for.
    pub columns: Vec<(String, Field)>,
    /// The columns that are not read.
    pub ignored: Vec<String>,
    /// Lines without anything in them.
    pub empty_lines: u32,
    /// The rows, in the order of the file.
    pub rows: Vec<Row>,
}

/// One row of a file. What a cell does not say, or says in a way that cannot be read, is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file on which it begins, from 1; line breaks inside quotation marks count.
    pub line: u32,
    /// The site; `None` where the file has no such column. An empty one **would make a cloud administrator**.
    pub site: Option<String>,
    /// The name to sign in with, the vendor's escape undone.
    pub user_name: String,
    /// The name to show.
    pub display_name: Option<String>,
    /// The role it asks for.
    pub role: Asked,
    /// How the person shall sign in; the word itself where it is none that can be chosen.
    pub sign_in: Option<Result<SignInType, String>>,
    /// Where mail goes.
    pub email: Option<String>,
    /// The language, in the vendor's word.
    pub language: Option<String>,
    /// The locale, in the vendor's word.
    pub locale: Option<String>,
    /// Whether a password was given. It is never kept.
    pub password_given: bool,
    /// What to do, in the file's own word, where it has such a column.
    pub action: Option<String>,
    /// Everything that is wrong with the row.
    pub problems: Vec<RowProblem>,
}

impl Row {
    /// Whether nothing of the row may be sent.
    pub fn is_refused(&self) -> bool {
        self.problems.iter().any(RowProblem::refuses)
    }
}

/// Reads the rows of a file. A wrong row is kept with its problems; only the file as a whole can be refused.
pub fn read_sheet(text: &FileText) -> Result<Sheet, FileProblem> {
    let content = text.content.as_str();
    let delimiter = Delimiter::of(content);
    let columns = Columns::of(|| Records::new(content, delimiter));
    let mut records = Records::new(content, delimiter);
    let mut rows = Vec::new();
    let mut blank = 0;
    let mut heading = columns.had_header;
    while let Some(record) = records.next_record() {
        if record.is_blank() {
            blank += 1;
        } else if heading {
            heading = false;
        } else if rows.len() == MOST_ROWS {
            return Err(FileProblem::TooManyRows);
        } else {
            rows.push(row::read(&record, &columns));
        }
    }
    if records.is_too_wide() {
        return Err(FileProblem::TooWide);
    }
    if rows.is_empty() {
        return Err(FileProblem::Empty);
    }
    Ok(Sheet {
        layout: columns.layout,
        had_header: columns.had_header,
        delimiter: delimiter.letter(),
        encoding: text.encoding,
        gzip: text.gzip,
        columns: columns.named(),
        ignored: columns.ignored,
        empty_lines: records.empty_lines() + blank,
        rows,
    })
}

/// Every cell of a file exactly as it was before it was written out.
#[cfg(test)]
pub(super) fn exact_cells(content: &str) -> Vec<Vec<String>> {
    let mut records = Records::new(content, Delimiter::of(content));
    std::iter::from_fn(|| records.next_record().map(|record| record.exact())).collect()
}
