//! The numeric site codes whose meaning depends on what was asked for.
//!
//! Vendor: Tableau REST API, users and groups methods, the table of errors of each method.

use super::listed;
use crate::codes::{Again, Explained, Tone, next};

/// A code of certain operations, which are named as the table of a site's operations names them.
pub(in crate::codes) struct Differing {
    /// The operations.
    pub(in crate::codes) operations: &'static [&'static str],
    /// What the code means there.
    pub(in crate::codes) row: Explained,
}

/// Every code with another meaning than its usual one.
pub(in crate::codes) const DIFFERING: &[Differing] = &[
    at(
        &["site_user.remove"],
        "400000",
        &[400],
        "The removal failed for a reason that Tableau does not name by a code.",
        "Read Tableau's own words and refresh the user: the licence may be gone although the user is not.",
        Again::Unknown,
    ),
    at(
        &["site_user.update"],
        "400000",
        &[400],
        "The change is incomplete or faulty, or the e-mail address is invalid.",
        "Correct the address. On Tableau Cloud only role and sign-in method can be changed.",
        Again::Fixed,
    ),
    at(
        &["site_user.import", "site_user.delete_by_file"],
        "400000",
        &[400],
        "The file or the message beside it is missing, incomplete or faulty.",
        "Check the columns of the file, which has no header row, then send it again.",
        Again::Fixed,
    ),
    at(
        &["group_set.create", "group_set.update"],
        "400013",
        &[400, 403],
        "The role of the token's owner does not allow group sets to be changed.",
        "Use a credential whose owner is an administrator of the site.",
        Again::No,
    ),
    at(
        &["group_set.add_group", "group_set.remove_group"],
        "400032",
        &[400],
        "The group could not be taken out of the group set.",
        "Refresh the group set to see what holds.",
        Again::No,
    ),
    at(
        &["group.remove_user", "group.remove_users"],
        "400032",
        &[400],
        "The user could not be taken out of the group.",
        "Refresh the group. Nobody can be taken out of All Users, or out of a group that an identity provider keeps.",
        Again::No,
    ),
    at(
        &["site_user.add"],
        "404002",
        &[404],
        "Active Directory does not know a user of this name.",
        "Check the name. Tableau Cloud has no Active Directory and should not say this.",
        Again::Fixed,
    ),
    done(&["site_user.remove"], "404002", &[404], "The user is not on this site, or no longer is."),
    done(
        &["group.remove_user"],
        "404002",
        &[404],
        "The user is not in the group, or no longer on this site.",
    ),
    done(&["group.delete"], "404012", &[404], "The group does not exist, or no longer does."),
    at(
        &["site_user.groups"],
        "404012",
        &[404],
        "The user does not exist on this site, or no longer does.",
        "Refresh the user.",
        Again::Fixed,
    ),
    at(
        &["site_user.update"],
        "409000",
        &[409],
        "Another user of this name is on the site in the same domain.",
        "Choose another name, or open that user.",
        Again::Fixed,
    ),
    at(
        &["group_set.create"],
        "409120",
        &[409],
        "A group set of this name already exists; capitals make no difference.",
        "Choose another name, or open that set.",
        Again::Fixed,
    ),
    at(
        &["group_set.get", "group_set.list", "group_set.add_group", "group_set.remove_group"],
        "409120",
        &[409],
        "The group set does not exist on this site, or no longer does.",
        "Refresh the group sets.",
        Again::Fixed,
    ),
    done(&["group_set.delete"], "409120", &[409], "The group set does not exist, or no longer does."),
    at(
        &["site_user.import"],
        "500000",
        &[500],
        "Something failed inside Tableau; part of the file may have taken effect.",
        "Look for a job of the site, list the users, then import what is missing.",
        Again::Later,
    ),
    at(
        &["site_user.delete_by_file"],
        "500000",
        &[500],
        "Something failed inside Tableau; part of the people may be gone.",
        "List the users, then remove those who are still there.",
        Again::Later,
    ),
];

const fn at(
    operations: &'static [&'static str],
    code: &'static str,
    http: &'static [u16],
    meaning: &'static str,
    next: &'static str,
    again: Again,
) -> Differing {
    Differing { operations, row: listed(code, http, meaning, next, again) }
}

/// What was to go is gone.
const fn done(
    operations: &'static [&'static str],
    code: &'static str,
    http: &'static [u16],
    meaning: &'static str,
) -> Differing {
    let row = listed(code, http, meaning, next::COUNT_AS_DONE, Again::No);
    Differing { operations, row: Explained { tone: Tone::Neutral, ..row } }
}
