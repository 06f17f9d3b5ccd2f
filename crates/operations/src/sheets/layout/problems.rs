//! What can be wrong with a row of a file, in words that tell what to mend.

use crate::sheets::layout::{Field, MOST_LETTERS};

/// Something wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RowProblem {
    /// The cell for the user name is blank.
    MissingUserName,
    /// The user name is no e-mail address.
    NotAnAddress,
    /// The e-mail field holds no e-mail address.
    EmailNotAnAddress,
    /// Not a licence or role that can be given.
    UnknownRole(String),
    /// Not an administrator level.
    UnknownAdministrator(String),
    /// Neither yes nor no.
    UnknownPublishing(String),
    /// Licence, administrator level and publishing do not go together.
    ImpossibleCombination,
    /// System administrators exist on Tableau Server only.
    ServerOnly,
    /// Not a way to sign in that can be chosen.
    UnknownSignIn(String),
    /// Not a language of the vendor's list.
    UnknownLanguage(String),
    /// Not a locale of the vendor's list.
    UnknownLocale(String),
    /// The action column asks for something that reading a list does not do.
    OtherAction(String),
    /// A cell is longer than anything Tableau takes.
    FieldTooLong(Field),
    /// A cell holds a line break or another letter that cannot be seen.
    ControlCharacter(Field),
    /// More cells than columns.
    TooManyColumns,
    /// A quotation mark is opened and never closed; the lines below have become part of the cell.
    OpenQuotation,
    /// The password column holds an e-mail address: the columns are not what they seem.
    AddressAsPassword,
    /// A password was given. It is not kept and not sent; the row is taken without it.
    PasswordGiven,
}

impl RowProblem {
    /// Whether the row must not be sent. A password is only worth a note.
    pub fn refuses(&self) -> bool {
        *self != Self::PasswordGiven
    }

    /// The problem for people.
    pub fn words(&self) -> String {
        let words = match self {
            Self::MissingUserName => "the user name is missing",
            Self::NotAnAddress => "the user name is not an e-mail address",
            Self::EmailNotAnAddress => "the e-mail field is not an e-mail address",
            Self::UnknownRole(word) => return format!("“{word}” is not a licence or role that can be given"),
            Self::UnknownAdministrator(word) => {
                return format!("“{word}” is not an administrator level; write Site or None");
            }
            Self::UnknownPublishing(word) => {
                return format!("“{word}” does not say whether they may publish; write Yes or No");
            }
            Self::ImpossibleCombination => {
                "no role has this licence, administrator level and publishing together"
            }
            Self::ServerOnly => "system administrators exist on Tableau Server only",
            Self::UnknownSignIn(word) => {
                return format!("“{word}” is not a way to sign in that can be chosen");
            }
            Self::UnknownLanguage(word) => return format!("“{word}” is not a language of Tableau's list"),
            Self::UnknownLocale(word) => return format!("“{word}” is not a locale of Tableau's list"),
            Self::OtherAction(word) => {
                return format!("“{word}” is asked for, but a list only adds and changes people");
            }
            Self::FieldTooLong(field) => {
                return format!("the {} has more than {MOST_LETTERS} letters", field.words());
            }
            Self::ControlCharacter(field) => {
                return format!("the {} holds a line break or an invisible letter", field.words());
            }
            Self::TooManyColumns => "the row has more cells than the file has columns",
            Self::OpenQuotation => "a quotation mark is never closed; the lines below are part of this row",
            Self::AddressAsPassword => "an e-mail address stands in the password column",
            Self::PasswordGiven => "the password is ignored: it is neither kept nor sent",
        };
        words.to_owned()
    }
}
