//! The role that a row asks for: one word, or the vendor's licence, administrator level and publishing together.

use model::roles::SiteRole;

use crate::sheets::layout::RowProblem;

/// The role that a row asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Asked {
    /// None: no such column, or a blank cell.
    Nothing,
    /// This one.
    Role(SiteRole),
    /// Something that cannot be read; the row's problems tell what.
    Unreadable,
}

impl Asked {
    /// The role, where one could be read.
    pub fn role(&self) -> Option<&SiteRole> {
        match self {
            Self::Role(role) => Some(role),
            Self::Nothing | Self::Unreadable => None,
        }
    }
}

/// A role as the vendor's files write it.
pub(in crate::sheets) struct Combination {
    /// The role.
    pub role: SiteRole,
    /// The licence level.
    pub licence: SiteRole,
    /// Whether the administrator level is `Site`.
    pub administers: bool,
    /// Whether they may publish.
    pub publishes: bool,
}

// The vendor's seven combinations (CSV import file guidelines); others are changed or refused by its server.
static COMBINATIONS: [Combination; 7] = [
    combination(SiteRole::SiteAdministratorCreator, SiteRole::Creator, true, true),
    combination(SiteRole::SiteAdministratorExplorer, SiteRole::Explorer, true, true),
    combination(SiteRole::Creator, SiteRole::Creator, false, true),
    combination(SiteRole::ExplorerCanPublish, SiteRole::Explorer, false, true),
    combination(SiteRole::Explorer, SiteRole::Explorer, false, false),
    combination(SiteRole::Viewer, SiteRole::Viewer, false, false),
    combination(SiteRole::Unlicensed, SiteRole::Unlicensed, false, false),
];

const fn combination(role: SiteRole, licence: SiteRole, administers: bool, publishes: bool) -> Combination {
    Combination { role, licence, administers, publishes }
}

/// How the vendor's files write a role; `None` for one that cannot be given.
pub(in crate::sheets) fn combination_of(role: &SiteRole) -> Option<&'static Combination> {
    COMBINATIONS.iter().find(|row| row.role == *role)
}

/// Reads the three cells; blank ones leave the choice to the others.
pub(super) fn read(word: &str, level: &str, publishing: &str, problems: &mut Vec<RowProblem>) -> Asked {
    let role = match word {
        "" => Ok(None),
        word => {
            SiteRole::parse_assignable(word).map(Some).ok_or_else(|| RowProblem::UnknownRole(word.to_owned()))
        }
    };
    match (role, administers(level), publishes(publishing)) {
        (Ok(None), Ok(Some(true)), Ok(_)) | (Ok(None), Ok(_), Ok(Some(true))) => {
            problems.push(RowProblem::ImpossibleCombination);
            Asked::Unreadable
        }
        (Ok(None), Ok(_), Ok(_)) => Asked::Nothing,
        (Ok(Some(word)), Ok(level), Ok(publishing)) => match joined(&word, level, publishing) {
            Some(role) => Asked::Role(role),
            None => {
                problems.push(RowProblem::ImpossibleCombination);
                Asked::Unreadable
            }
        },
        (role, level, publishing) => {
            problems.extend(role.err().into_iter().chain(level.err()).chain(publishing.err()));
            Asked::Unreadable
        }
    }
}

fn joined(word: &SiteRole, level: Option<bool>, publishing: Option<bool>) -> Option<SiteRole> {
    let agrees = |row: &&Combination, level: Option<bool>| {
        level.is_none_or(|level| level == row.administers)
            && publishing.is_none_or(|publishing| publishing == row.publishes)
    };
    let as_role = COMBINATIONS.iter().find(|row| row.role == *word && agrees(row, level));
    // Taken as a licence, a blank administrator level means none: nobody becomes an administrator by a blank.
    let level = Some(level.unwrap_or(false));
    let as_licence = || COMBINATIONS.iter().find(|row| row.licence == *word && agrees(row, level));
    as_role.or_else(as_licence).map(|row| row.role.clone())
}

fn administers(word: &str) -> Result<Option<bool>, RowProblem> {
    match word.to_lowercase().as_str() {
        "" => Ok(None),
        "site" | "site administrator" | "siteadministrator" => Ok(Some(true)),
        "none" | "no" | "false" | "0" => Ok(Some(false)),
        "system" | "system administrator" | "systemadministrator" => Err(RowProblem::ServerOnly),
        _ => Err(RowProblem::UnknownAdministrator(word.to_owned())),
    }
}

fn publishes(word: &str) -> Result<Option<bool>, RowProblem> {
    match word.to_lowercase().as_str() {
        "" => Ok(None),
        "yes" | "true" | "1" => Ok(Some(true)),
        "no" | "false" | "0" | "none" => Ok(Some(false)),
        _ => Err(RowProblem::UnknownPublishing(word.to_owned())),
    }
}
