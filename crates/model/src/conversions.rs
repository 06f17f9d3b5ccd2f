//! A list of people turned from one of Tableau's layouts into another, and what could not be carried over.

use serde::{Deserialize, Serialize};

use crate::{ConversionId, Moment};

/// What a file was turned into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// The columns for one site.
    Site,
    /// The columns for a tenant.
    Tenant,
}

impl Target {
    /// The word in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Tenant => "tenant",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Site, Self::Tenant].into_iter().find(|target| target.word() == word)
    }

    /// The layout for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Site => "Tableau's columns for a site",
            Self::Tenant => "Tableau's columns for a tenant",
        }
    }
}

/// What is told of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineNote {
    /// The line of the file, from 1.
    pub line: u32,
    /// The user name, as far as it could be read.
    pub user_name: String,
    /// What is wrong, or what is lost.
    pub words: String,
}

/// What became of a file that was turned into another layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// Its id.
    pub id: ConversionId,
    /// The name of the file.
    pub file: String,
    /// How the file was read, in words.
    pub read_as: String,
    /// What it was turned into.
    pub into: Target,
    /// The site that its rows are for, by name.
    pub site: String,
    /// When.
    pub made: Moment,
    /// Rows of the file.
    pub rows: u64,
    /// Rows that were carried over.
    pub carried: u64,
    /// What holds for the whole file: columns that the other layout has no place for.
    pub lost: Vec<String>,
    /// Rows that were left out, in the order of the file.
    pub left_out: Vec<LineNote>,
    /// Rows that were carried over without something.
    pub without: Vec<LineNote>,
}
