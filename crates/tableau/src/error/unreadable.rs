//! Why an answer cannot be read, told without a word of the answer itself.

/// What is wrong with an answer.
///
/// The parsers' own errors quote what they stumble over, which may be a token or somebody's address.
/// So only the place is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is not JSON.
    #[error("not JSON at line {line}, column {column}")]
    Syntax {
        /// The line, counted from 1.
        line: usize,
        /// The column.
        column: usize,
    },
    /// It is JSON of another shape than the vendor's page shows.
    #[error("unexpected shape at line {line}, column {column}")]
    Shape {
        /// The line, counted from 1; 0 when the parser cannot say.
        line: usize,
        /// The column.
        column: usize,
    },
    /// A field without which the answer means nothing is missing or cannot be understood.
    #[error("the field {field} is missing or cannot be understood")]
    Field {
        /// The vendor's name of the field.
        field: &'static str,
    },
    /// There is nothing in it.
    #[error("an empty body")]
    Empty,
    /// It is a web page, usually of something between us and the vendor.
    #[error("a web page")]
    WebPage,
    /// It is of another type than asked for.
    #[error("a foreign content type")]
    ContentType,
    /// It ends in the middle.
    #[error("cut off in the middle")]
    CutOff,
    /// Its pages lead in a circle, or have no end.
    #[error("its pages have no end")]
    EndlessPages,
    /// It is not the XML that the site API speaks.
    #[error("not the XML of the site API")]
    Xml,
    /// It has a document type, nests too deeply, or is too large for a message.
    #[error("forbidden XML")]
    ForbiddenXml,
}

impl From<serde_json::Error> for Unreadable {
    fn from(error: serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            serde_json::error::Category::Data => Self::Shape { line, column },
            _ => Self::Syntax { line, column },
        }
    }
}
