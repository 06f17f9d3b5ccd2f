//! The numeric codes of a site's REST API: requests, sign-in, rights and lists.
//!
//! Vendor: Tableau REST API, users and groups methods. Rows made by `seen` come from public clients instead.

pub(super) mod differing;
mod people;

use super::{Again, Explained, Source, Tone, next};

/// The tables of site codes, by subject.
pub(super) fn tables() -> impl Iterator<Item = &'static [Explained]> {
    [REQUEST, SIGN_IN, FOUND, people::USERS, people::GROUPS].into_iter()
}

const REQUEST: &[Explained] = &[
    listed(
        "400000",
        &[400],
        "The request is incomplete or faulty, such as an invalid e-mail address, or a removal failed.",
        "Read Tableau's own words. After a removal, refresh the user before you try again.",
        Again::Fixed,
    ),
    listed(
        "400006",
        &[400],
        "The list has no such page.",
        "Start again at page 1; a list may shrink while it is read.",
        Again::Fixed,
    ),
    listed(
        "400007",
        &[400],
        "The page size is not a whole number above zero.",
        "Use a page size from 1 to 1000.",
        Again::Fixed,
    ),
    listed(
        "403014",
        &[403],
        "The page size is more than Tableau gives at once.",
        "Use a page size from 1 to 1000.",
        Again::Fixed,
    ),
    seen("400009", &[400], "The capability does not fit its object.", next::OUR_DEFECT, Again::No),
    listed(
        "405000",
        &[405],
        "The request used the wrong HTTP method.",
        "This is a defect of Steward's: report it.",
        Again::No,
    ),
    Explained {
        tone: Tone::Warning,
        ..seen(
            "429000",
            &[429],
            "The site had too many requests in a short time.",
            "Stop all requests to the site for the minutes Tableau names, then resume slowly.",
            Again::Later,
        )
    },
    listed(
        "500000",
        &[500],
        "Something failed inside Tableau.",
        "Look for a job and list the users before you repeat what is missing.",
        Again::Later,
    ),
];

/// Signing in, and what the token's owner may do.
const SIGN_IN: &[Explained] = &[
    seen("401000", &[401], REFUSED_SIGN_IN, CHECK_TOKEN, Again::Fixed),
    seen("401001", &[401], REFUSED_SIGN_IN, CHECK_TOKEN, Again::Fixed),
    listed(
        "401002",
        &[401],
        "The session is not valid, or no longer is.",
        "Sign in again once. If it repeats, the token is used elsewhere or was revoked.",
        Again::Fixed,
    ),
    listed("403004", &[403], "The token's owner lacks the rights for this.", SITE_ADMINISTRATOR, Again::No),
    listed("403054", &[403], "Only an administrator may do this.", SITE_ADMINISTRATOR, Again::No),
    seen(
        "403069",
        &[403],
        "Tableau Cloud does not list sites this way.",
        "Use the list of sites from Tableau Cloud Manager.",
        Again::No,
    ),
    Explained {
        tone: Tone::Neutral,
        ..seen("403070", &[403], "The session already is on that site.", next::COUNT_AS_DONE, Again::No)
    },
    seen(
        "403157",
        &[403],
        "The feature is switched off on this site.",
        "Enable it in the site's settings, or do without it.",
        Again::Fixed,
    ),
];

const FOUND: &[Explained] = &[
    Explained {
        tone: Tone::Warning,
        ..seen(
            "400031",
            &[400],
            "Tableau could not tell how the job stands.",
            "If the job was running before, it may have ended: refresh to see what took effect.",
            Again::No,
        )
    },
    listed(
        "404000",
        &[404, 403],
        "The site does not exist, or the session belongs to another one.",
        "Refresh the sites, then sign in to the right one.",
        Again::Fixed,
    ),
    seen(
        "404001",
        &[404],
        "What the request names does not exist, or no longer does.",
        "Refresh to see whether it still is there.",
        Again::Fixed,
    ),
    seen(
        "404003",
        &[404],
        "Tableau does not know this address, perhaps because the API version is too low.",
        "Use another API version. If it repeats, report it as a defect.",
        Again::Fixed,
    ),
];

const REFUSED_SIGN_IN: &str =
    "The sign-in failed: the token is wrong or has expired, or the site's URL name is wrong.";
const CHECK_TOKEN: &str =
    "Check the token's secret, its expiry and the site's URL name before you try again.";
const SITE_ADMINISTRATOR: &str = "Use a credential whose owner is an administrator of the site.";

/// A code from the vendor's page.
const fn listed(
    code: &'static str,
    http: &'static [u16],
    meaning: &'static str,
    next: &'static str,
    again: Again,
) -> Explained {
    let (source, tone) = (Source::VendorPage, Tone::Bad);
    Explained { code, symbol: None, http, meaning, next: Some(next), again, source, tone, group: None }
}

/// A code from public clients, with the status that its first three digits name.
const fn seen(
    code: &'static str,
    http: &'static [u16],
    meaning: &'static str,
    next: &'static str,
    again: Again,
) -> Explained {
    Explained { source: Source::PublicClient, ..listed(code, http, meaning, next, again) }
}
