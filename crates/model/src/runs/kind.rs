//! What a run does, by the one kind of change that all of its rows are of.

use serde::{Deserialize, Serialize};

use crate::plan::{SiteWish, Wish};

/// What a run does. A plan holds rows of one of these only, so any row tells it of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunKind {
    /// People of the tenant: roles, ways to sign in, details, administration.
    People,
    /// People out of the tenant.
    Deletion,
    /// Users of one site, over its own API.
    SiteUsers,
    /// Who is in the groups of one site.
    Groups,
    /// Role limits of sites.
    Limits,
}

impl RunKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::People, Self::Deletion, Self::SiteUsers, Self::Groups, Self::Limits];

    /// The kind of a run that holds this wish.
    pub fn of(wish: &Wish) -> Self {
        match wish {
            Wish::Role { .. }
            | Wish::SignIn { .. }
            | Wish::Leave { .. }
            | Wish::Administer { .. }
            | Wish::StopAdministering
            | Wish::Details { .. } => Self::People,
            Wish::Delete => Self::Deletion,
            Wish::Limits(_) => Self::Limits,
            Wish::OnSite(wish) => match wish.change {
                SiteWish::Join { .. } | SiteWish::Leave { .. } => Self::Groups,
                SiteWish::Add { .. }
                | SiteWish::Place { .. }
                | SiteWish::Role { .. }
                | SiteWish::SignIn { .. }
                | SiteWish::Remove { .. } => Self::SiteUsers,
            },
        }
    }

    /// The word in URLs.
    pub fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Deletion => "deletion",
            Self::SiteUsers => "site-users",
            Self::Groups => "groups",
            Self::Limits => "limits",
        }
    }

    /// The kind for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::People => "Change of people",
            Self::Deletion => "Deletion of people",
            Self::SiteUsers => "Change of a site's users",
            Self::Groups => "Change of groups' members",
            Self::Limits => "Change of role limits",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What the file of the rows that somebody should look at holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgainFile {
    /// Rows in the columns that an import reads.
    Import,
    /// The names of the people, because an import cannot say what was asked for them.
    Names,
    /// Nothing: it is not about people.
    Nothing,
}
