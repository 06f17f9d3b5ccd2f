//! The numeric site codes about users, groups and group sets.

use super::{listed, seen};
use crate::codes::{Again, Explained, Tone, next};

pub(super) const USERS: &[Explained] = &[
    listed(
        "400003",
        &[400],
        "The site no longer takes the server's default as a sign-in method.",
        "Choose Tableau with MFA or another method that the site has enabled.",
        Again::Fixed,
    ),
    listed(
        "400012",
        &[400],
        "The user must keep a licence while one of their groups has a minimum role.",
        next::MINIMUM_ROLE,
        Again::Fixed,
    ),
    listed(
        "400013",
        &[400, 403],
        "The role is unknown or not allowed here.",
        "Choose one of the roles that Steward offers.",
        Again::Fixed,
    ),
    listed(
        "403009",
        &[403],
        "Nobody may change their own role, and nobody may change the guest user.",
        "Let another administrator do it, and leave the guest user out.",
        Again::No,
    ),
    listed(
        "403133",
        &[403],
        "The token's owner may not look up other users.",
        "Use an administrator's credential, or change who sees users on the site.",
        Again::Fixed,
    ),
    listed(
        "404002",
        &[404],
        "The user does not exist on this site, or no longer does.",
        "Refresh the user. If it was to be removed, nothing is left to do.",
        Again::Fixed,
    ),
    listed("409000", &[409], USER_EXISTS, OPEN_USER, Again::No),
    seen("409017", &[409], USER_EXISTS, OPEN_USER, Again::No),
    listed(
        "409003",
        &[409],
        "The user owns content, so the removal was refused; the licence may be gone already.",
        next::MOVE_CONTENT,
        Again::Fixed,
    ),
    listed("409005", &[409], "The guest user cannot be added to a site.", next::SKIP_GUEST, Again::No),
    listed("409014", &[409], "No licence is left for this role.", next::FREE_LICENCE, Again::Fixed),
];

pub(super) const GROUPS: &[Explained] = &[
    listed(
        "400019",
        &[400, 403],
        "The request to import a group from Active Directory is not complete.",
        NO_IMPORT,
        Again::No,
    ),
    listed("403011", &[403], "Active Directory is not set up here.", NO_IMPORT, Again::No),
    listed("404016", &[404], "The domain is unknown to Active Directory.", NO_IMPORT, Again::No),
    listed("404017", &[404], "The group is unknown to Active Directory.", NO_IMPORT, Again::No),
    listed(
        "400032",
        &[400],
        "The user could not be taken out of the group, or the group out of its set.",
        "Refresh to see what holds. All Users and groups from an identity provider cannot be changed here.",
        Again::No,
    ),
    listed(
        "403020",
        &[403],
        "An imported group cannot be renamed here.",
        "Rename it where it comes from.",
        Again::No,
    ),
    listed(
        "404012",
        &[404],
        "The group does not exist on this site, or no longer does.",
        "Refresh the groups. If you asked for a user's groups, check the user as well.",
        Again::Fixed,
    ),
    listed(
        "409009",
        &[409],
        "A group of this name already exists; capitals make no difference.",
        "Choose another name, or open that group.",
        Again::Fixed,
    ),
    Explained {
        tone: Tone::Neutral,
        ..listed("409011", &[409], "The user already is in the group.", next::COUNT_AS_DONE, Again::No)
    },
    // Tableau's page says "not found"; its migration client reads a taken name when a set is created.
    listed(
        "409120",
        &[409],
        "The group set does not exist or, when one is created or renamed, the name is taken.",
        "Choose another name for a new or renamed set; otherwise refresh the group sets.",
        Again::Fixed,
    ),
    listed(
        "409121",
        &[409],
        "A group set of this name already exists; capitals make no difference.",
        "Choose another name, or open that set.",
        Again::Fixed,
    ),
];

const USER_EXISTS: &str = "The site already has a user of this name.";
const OPEN_USER: &str = "Open that user and change the role there.";
const NO_IMPORT: &str =
    "Tableau Cloud imports no groups from Active Directory: create a group of the site's own.";
