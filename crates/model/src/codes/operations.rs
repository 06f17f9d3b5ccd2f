//! The operation codes of Tableau Cloud Manager: one for a row, or a whole job, that failed.
//!
//! Vendor: "Tableau Cloud Manager Operation Error Codes". The words are ours.
//! The number after `E_` looks like an HTTP status, but the request that brought the code was answered well.

mod services;

use super::{Again, Explained, Source, Tone, next};

/// The tables of operation codes, by subject.
pub(super) fn tables() -> impl Iterator<Item = &'static [Explained]> {
    [REQUEST, RIGHTS, OBJECT, FAILURE, services::JOB, services::BEHIND].into_iter()
}

const REQUEST: &[Explained] = &[
    failed(
        "E_400_USR_SVC_2006",
        "USER_SERVICE_UNSUPPORTED_SITE_ROLE_STATUS_TRANSITION",
        "The user's role on that site cannot go from its present state to the one asked for.",
        "Refresh the user's roles. Settle one that is suspended or still synchronised, then plan again.",
        Again::Fixed,
    ),
    failed(
        "E_400_USR_SVC_2009",
        "USER_SERVICE_UNSUPPORTED_OPERATION",
        "Tableau Cloud Manager does not offer what was asked for.",
        "Check the kind of change and the role. If Steward offered it, report it as a defect.",
        Again::No,
    ),
    failed(
        "E_400_USR_SVC_2010",
        "USER_SERVICE_REQUEST_HANDLING_FAILED",
        "A value in the request is not valid.",
        "Check user name, e-mail address, site, role and sign-in method, then plan this row again.",
        Again::Fixed,
    ),
    failed(
        "E_400_USR_SVC_2012",
        "USER_SERVICE_TENANT_STATUS_NOT_ALLOWED",
        "The tenant is not active, so its users cannot be changed.",
        "Stop further jobs and look at the tenant's status. If it is locked or suspended, ask Tableau.",
        Again::No,
    ),
    failed(
        "E_400_USR_SVC_2017",
        "USER_SERVICE_DEFAULT_IDP_HANDLING_FAILED",
        "The site does not take \"default\" as a sign-in method.",
        "Name a method that the site has enabled, such as Tableau with MFA, then plan the row again.",
        Again::Fixed,
    ),
];

const RIGHTS: &[Explained] = &[
    failed(
        "E_403_USR_SVC_2016",
        "USER_SERVICE_REQUEST_FORBIDDEN",
        "The token's owner may not do this.",
        "Check that the owner still is a cloud administrator of this tenant, or use another credential.",
        Again::No,
    ),
    failed(
        "E_403_USR_SVC_2017",
        "USER_SERVICE_LICENSE_LIMITS_REACHED",
        "No licence of the needed kind is left.",
        "Free a licence, buy more or give a lower role, then plan the failed rows again.",
        Again::Fixed,
    ),
    failed(
        "E_403_USR_SVC_2018",
        "USER_SERVICE_SITE_SETTINGS_LIMITS_REACHED",
        "The site's own limit for the role is full, even if the tenant has licences left.",
        "Raise the site's limit or free a licence on the site, then plan the failed rows again.",
        Again::Fixed,
    ),
    failed(
        "E_403_USR_SVC_2019",
        "USER_SERVICE_HEADER_VALIDATION_FAILED",
        "A header that the request needs is missing or wrong, usually the session.",
        "Sign the connection in again. If it repeats, check its tenant id, then report it.",
        Again::Fixed,
    ),
    failed(
        "E_403_USR_SVC_2022",
        "INVALID_CALLER_TO_ADD_SUPPORT_USER",
        "Only Tableau itself adds users for its support.",
        "Leave this row out. If you want a visit, ask Tableau Support.",
        Again::No,
    ),
    failed(
        "E_403_USR_SVC_2023",
        "UPDATE_TO_SUPPORT_USER_FORBIDDEN",
        "This user belongs to Tableau's support, and only Tableau changes it.",
        "Leave this user out.",
        Again::No,
    ),
];

const OBJECT: &[Explained] = &[
    failed(
        "E_404_USR_SVC_2020",
        "ENTITY_NOT_FOUND",
        "The tenant, the site or the user does not exist, or no longer does.",
        "Refresh all three and leave out users who are gone. The site may have moved to another tenant.",
        Again::Fixed,
    ),
    failed(
        "E_404_USR_SVC_2022",
        "EXPIRED_ENTITY_FOUND",
        "An invitation to be a cloud administrator has run out.",
        "Remove the expired role, invite again, and ask the user to accept in time.",
        Again::Fixed,
    ),
    failed(
        "E_405_USR_SVC_2025",
        "USER_SERVICE_SELF_DELETION_NOT_ALLOWED",
        "The token's owner was to be deleted, and nobody may delete themselves.",
        "Let another cloud administrator do it, and leave the token's owner out of selections.",
        Again::No,
    ),
    failed(
        "E_405_USR_SVC_2024",
        "USER_SERVICE_METHOD_NOT_ALLOWED",
        "This change cannot be made to this user, site or tenant.",
        "Check its kind and its state. If Steward offered the change, report it as a defect.",
        Again::No,
    ),
    Explained {
        tone: Tone::Neutral,
        ..failed(
            "E_409_USR_SVC_2025",
            "CONFLICT_IN_OPERATION",
            "Nothing changed, because it already was as asked for.",
            next::COUNT_AS_DONE,
            Again::No,
        )
    },
];

const FAILURE: &[Explained] = &[
    failed(
        "E_500_USR_SVC_3901",
        "DYNAMO_DB_OP_FAILED",
        "Tableau could not save the change.",
        "Refresh first, as part of it may be saved. Plan what is missing again after some minutes.",
        Again::Later,
    ),
    failed(
        "E_500_USR_SVC_3902",
        "DYNAMO_DB_CONCURRENT_MODIFICATION_EXCEPTION",
        "Something else changed the same user, site or tenant at the same moment.",
        "Wait for the other job and refresh before you plan again. Never run two jobs over the same users.",
        Again::Later,
    ),
    failed(
        "E_500_USR_SVC_4000",
        "UNKNOWN_ERROR",
        "Something failed inside Tableau, which does not say what.",
        next::PAUSE,
        Again::Later,
    ),
];

/// A row, or a job, that did not work.
const fn failed(
    code: &'static str,
    symbol: &'static str,
    meaning: &'static str,
    next: &'static str,
    again: Again,
) -> Explained {
    Explained {
        code,
        symbol: Some(symbol),
        http: &[],
        meaning,
        next: Some(next),
        again,
        source: Source::VendorPage,
        tone: Tone::Bad,
        group: None,
    }
}
