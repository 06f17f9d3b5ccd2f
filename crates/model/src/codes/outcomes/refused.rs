//! The word codes of rows that were refused: for the request, the rights, the state, or the file's line.

use super::{Group, Refusal, outcome};
use crate::codes::{Again, Explained, Tone, next};

/// The tables of refusals, by what they are about.
pub(super) fn tables() -> impl Iterator<Item = &'static [Explained]> {
    [REQUEST, RIGHTS, STATE, CSV_LINE].into_iter()
}

const REQUEST: &[Explained] = &[
    request("BAD_REQUEST", "Tableau could not take the request as it was.", CORRECT),
    Explained {
        again: Again::No,
        ..request("METHOD_NOT_ALLOWED", "This change cannot be made here.", next::OUR_DEFECT)
    },
    request(
        "USE_CONFLICT",
        "The request conflicts with something that already exists.",
        "Refresh and compare before you plan the row again.",
    ),
    request(
        "DUPLICATE_RECORD",
        "The same entry occurs more than once.",
        "Keep one row for each user and site.",
    ),
    request(
        "INVALID_SITE_ROLE",
        "The role is unknown or not allowed here.",
        "Choose one of the roles that Steward offers, then plan the row again.",
    ),
    request("INVALID_IDP", "The sign-in method is unknown or not allowed here.", SIGN_IN_METHOD),
    request("IDP_FIELDS_ARE_NULL", "The sign-in method is missing.", SIGN_IN_METHOD),
    request(
        "USER_INVALID_AUTHENTICATION_SETTING",
        "The sign-in method does not fit this user or site.",
        SIGN_IN_METHOD,
    ),
    request(
        "USER_SERVICE_AUTHENTICATION_SETTING_DISABLED",
        "The sign-in method is switched off.",
        SIGN_IN_METHOD,
    ),
    Explained {
        again: Again::No,
        ..request(
            "USER_SERVICE_UNKNOWN_REQUEST",
            "Tableau does not know this kind of request.",
            next::OUR_DEFECT,
        )
    },
];

const RIGHTS: &[Explained] = &[
    Explained {
        again: Again::Fixed,
        ..rights("NO_AUTHENTICATION_CREDENTIALS", "The request came without a sign-in.", SIGN_IN)
    },
    Explained {
        again: Again::Fixed,
        ..rights("NOT_AUTHENTICATED", "Tableau did not accept the sign-in.", SIGN_IN)
    },
    rights(
        "FORBIDDEN",
        "The token's owner may not do this.",
        "Check that the owner still is a cloud administrator of this tenant, or use another credential.",
    ),
    rights(
        "LICENSING_UPDATE_ON_SELF_FORBIDDEN",
        "Nobody may change their own role.",
        "Let another administrator do it.",
    ),
    rights("USER_NOT_SUPPORTED_GUEST_OPERATION", "This cannot be done to the guest user.", next::SKIP_GUEST),
];

const STATE: &[Explained] = &[
    state("RESOURCE_NOT_FOUND", "Something that the row names does not exist, or no longer does.", REFRESH),
    state("SITE_NOT_FOUND", "The site does not exist, or no longer does.", REFRESH),
    state("USER_NOT_FOUND", "The user does not exist, or no longer does.", REFRESH),
    state("GROUP_NOT_FOUND", "The group does not exist, or no longer does.", REFRESH),
    state(
        "USER_ASSET_CONFLICT",
        "The user owns content, so the removal was refused; the licence may be gone already.",
        next::MOVE_CONTENT,
    ),
    Explained {
        again: Again::No,
        ..state("GUEST_USER_CONFLICT", "The guest user cannot be added.", next::SKIP_GUEST)
    },
    state("LICENSING_CONFLICT", "No licence is left for this role.", next::FREE_LICENCE),
    state(
        "USER_CANNOT_ASSIGN_UNLICENSED_ROLE",
        "The user cannot be left without a licence, perhaps because of a group's minimum role.",
        next::MINIMUM_ROLE,
    ),
    state(
        "USER_SYSTEM_USER_WITH_EMAIL_ADDRESS_ALREADY_EXISTS",
        "A user with this e-mail address already exists.",
        "Look for that user and change it instead.",
    ),
    state("USER_SERVICE_NO_SITE_ROLE_FOUND", "The user has no role on a site.", REFRESH),
    state("USER_SERVICE_NO_SITE_ROLE_FOUND_FOR_SITEID", "The user has no role on this site.", REFRESH),
    state(
        "USER_SERVICE_SITE_ROLE_NOT_ACTIVE",
        "The user's role on the site is not active.",
        "Wait until it is active or restore it, then plan the row again.",
    ),
    state(
        "USER_SERVICE_USER_CREATE_UPDATE_WITH_BLOCKED_EMAIL_DOMAIN",
        "The e-mail address belongs to a domain that is blocked.",
        "Use an address of another domain, or have the domain allowed.",
    ),
    Explained { again: Again::Later, ..state("DELETION_FAILED", "The removal did not work.", next::PAUSE) },
    Explained {
        again: Again::Later,
        ..state("INTERNAL_ERROR", "Something failed inside Tableau.", next::PAUSE)
    },
];

const CSV_LINE: &[Explained] = &[
    line("BLANK_CSV_RECORD", "The line is empty.", "Take the empty line out."),
    line("MISSING_LINE_NUMBER", "The line came without its number.", next::OUR_DEFECT),
    line("USER_CSV_PARAM_NOT_TEXT", "A value of the line is not text.", CORRECT_LINE),
    line("USER_CSV_PARAMETER_TOO_LONG", "A value of the line is too long.", CORRECT_LINE),
    line(
        "USER_INVALID_USER_NAME",
        "The user name is not valid.",
        "Write the e-mail address that the user signs in with.",
    ),
    line("USER_INVALID_EMAIL_ADDRESS", "The e-mail address is not valid.", CORRECT_LINE),
    line(
        "USER_CSV_INVALID_LICENSE",
        "The licence level is not valid.",
        "Write Creator, Explorer, Viewer or Unlicensed.",
    ),
    line("USER_CSV_INVALID_ADMIN_LEVEL", "The administrator level is not valid.", "Write Site or None."),
    line("USER_CSV_INVALID_PUBLISHER", "The right to publish is not valid.", "Write Yes or No."),
    line("WRONG_PARAMS_FOR_ADMIN", "The values do not fit an administrator.", COMBINE),
    line("WRONG_PARAMS_FOR_EXPLORER", "The values do not fit an Explorer.", COMBINE),
    line("WRONG_PARAMS_FOR_VIEWER", "The values do not fit a Viewer.", COMBINE),
    line("WRONG_PARAMS_FOR_UNLICENSED", "The values do not fit a user without a licence.", COMBINE),
    line("WRONG_PARAMS_FOR_LINK_ADMIN", "The values do not fit a cloud administrator.", COMBINE),
    line(
        "INVALID_LICENSE_COMBINATION",
        "Licence level, administrator level and publishing do not go together.",
        COMBINE,
    ),
];

const CORRECT: &str = "Correct the values, then plan the row again.";
const CORRECT_LINE: &str = "Correct the line in the file, then plan it again.";
const COMBINE: &str = "Match licence level, administrator level and publishing to one role, then plan again.";
const REFRESH: &str = "Refresh, then plan the row again if it still is wanted.";
const SIGN_IN: &str = "Sign the connection in again. If it repeats, check its token.";
const SIGN_IN_METHOD: &str = "Choose a sign-in method that the site has enabled, then plan the row again.";

const fn request(code: &'static str, meaning: &'static str, next: &'static str) -> Explained {
    refused(code, meaning, next, Again::Fixed, Refusal::Request)
}

const fn rights(code: &'static str, meaning: &'static str, next: &'static str) -> Explained {
    refused(code, meaning, next, Again::No, Refusal::Rights)
}

const fn state(code: &'static str, meaning: &'static str, next: &'static str) -> Explained {
    refused(code, meaning, next, Again::Fixed, Refusal::State)
}

const fn line(code: &'static str, meaning: &'static str, next: &'static str) -> Explained {
    refused(code, meaning, next, Again::Fixed, Refusal::CsvLine)
}

const fn refused(
    code: &'static str,
    meaning: &'static str,
    next: &'static str,
    again: Again,
    refusal: Refusal,
) -> Explained {
    outcome(code, meaning, Some(next), again, Tone::Bad, Group::Refused(refusal))
}
