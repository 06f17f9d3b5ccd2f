//! Every code that Steward may show, Tableau's and its own, as one list to search. Nobody is asked for it.

mod select;

use crate::{
    ProblemCode,
    codes::{self, Again, Explained, Source, Tone},
    explain::explain,
};

pub use select::{CodesQuery, select};

/// Where a code comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Steward's own problems.
    Steward,
    /// A row, or a whole job, of Tableau Cloud Manager that failed.
    Operation,
    /// What became of a row of a job of Tableau Cloud Manager.
    Row,
    /// A request that Tableau Cloud Manager refused.
    Request,
    /// The API of a site.
    Site,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Steward, Self::Operation, Self::Row, Self::Request, Self::Site];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Steward => "steward",
            Self::Operation => "operation",
            Self::Row => "row",
            Self::Request => "request",
            Self::Site => "site",
        }
    }

    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Steward => "Steward's own problems",
            Self::Operation => "Cloud Manager: failed operations",
            Self::Row => "Cloud Manager: rows of a job",
            Self::Request => "Cloud Manager: refused requests",
            Self::Site => "API of a site",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A code with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The code as it is shown.
    pub code: String,
    /// Where it comes from.
    pub kind: Kind,
    /// Another name: Tableau's symbol, or the title of a problem of Steward's.
    pub name: &'static str,
    /// The HTTP statuses it comes with, the usual one first.
    pub http: Vec<u16>,
    /// What happened.
    pub meaning: &'static str,
    /// What was and was not changed, where that is known.
    pub changed: Option<&'static str>,
    /// What to do next.
    pub next: Option<&'static str>,
    /// Whether the same request can succeed another time; Steward's own problems say so in `next`.
    pub again: Option<Again>,
    /// How far to trust the words; Steward's own need no trust.
    pub source: Option<Source>,
    /// How good or bad the news is.
    pub tone: Tone,
    /// What it means where certain operations were asked for.
    pub elsewhere: Vec<Elsewhere>,
}

/// Another meaning of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The operations, by our names for them.
    pub operations: &'static [&'static str],
    /// What happened.
    pub meaning: &'static str,
    /// What to do next.
    pub next: Option<&'static str>,
}

/// All codes, those of one kind together.
pub fn entries() -> Vec<Entry> {
    Kind::ALL.into_iter().flat_map(of).collect()
}

/// The codes of one kind.
pub fn of(kind: Kind) -> Vec<Entry> {
    let read = |row: &'static Explained| vendors(kind, row);
    match kind {
        Kind::Steward => ProblemCode::ALL.iter().copied().map(ours).collect(),
        Kind::Operation => codes::of_operations().map(read).collect(),
        Kind::Row => codes::of_rows().map(read).collect(),
        Kind::Request => codes::of_requests().map(read).collect(),
        Kind::Site => codes::of_sites().map(read).collect(),
    }
}

/// One code. Somebody may have typed it in small letters.
pub fn find(code: &str) -> Option<Entry> {
    let code = code.trim();
    entries().into_iter().find(|entry| entry.code.eq_ignore_ascii_case(code))
}

fn ours(code: ProblemCode) -> Entry {
    let said = explain(code);
    Entry {
        code: code.word(),
        kind: Kind::Steward,
        name: said.title,
        http: vec![code.status()],
        meaning: said.meaning,
        changed: Some(said.changed),
        next: Some(said.next),
        again: None,
        source: None,
        tone: Tone::Bad,
        elsewhere: Vec::new(),
    }
}

fn vendors(kind: Kind, row: &'static Explained) -> Entry {
    let elsewhere = match kind {
        Kind::Site => codes::of_sites_by_operation(row.code)
            .map(|(operations, row)| Elsewhere { operations, meaning: row.meaning, next: row.next })
            .collect(),
        _ => Vec::new(),
    };
    Entry {
        code: row.code.to_owned(),
        kind,
        name: row.symbol.unwrap_or_default(),
        http: row.http.to_vec(),
        meaning: row.meaning,
        changed: None,
        next: row.next,
        again: Some(row.again),
        source: Some(row.source),
        tone: row.tone,
        elsewhere,
    }
}

impl Again {
    /// The sentence for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::No => "Asking again ends the same way, or there is nothing left to ask for.",
            Self::Later => "The same request may pass after a pause.",
            Self::Fixed => "The request may pass once the cause is corrected.",
            Self::Unknown => "Nobody has told whether asking again helps.",
        }
    }
}

impl Source {
    /// The sentence for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::VendorPage => "Tableau's published pages list it; the words are Steward's.",
            Self::PublicClient => {
                "Tableau's pages do not explain it. Public clients know it, and the meaning is inferred from its name."
            }
            Self::Unknown => "It is in no list that Steward knows.",
        }
    }
}

impl Tone {
    /// All of them, the good one first.
    pub const ALL: [Self; 4] = [Self::Good, Self::Neutral, Self::Warning, Self::Bad];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "done",
            Self::Neutral => "neutral",
            Self::Warning => "warning",
            Self::Bad => "failed",
        }
    }

    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Good => "done as asked",
            Self::Neutral => "nothing to do",
            Self::Warning => "not as asked",
            Self::Bad => "refused or failed",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tone| tone.word() == word)
    }
}
