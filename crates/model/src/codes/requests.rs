//! The codes with which Tableau Cloud Manager refuses a request itself, in the field `errorCode`.
//!
//! Tableau's pages show the field and not its words. These are those that public clients name for new sites; the
//! meanings are read from their names.

use super::{Again, Explained, Source, Tone};

/// The codes of refused requests.
pub(super) const REQUESTS: &[Explained] = &[
    refused(
        "INVALID_PARAM",
        "A field of the request is missing or wrong.",
        "For a new site check its name, its address, and region or pod.",
        Again::Fixed,
    ),
    refused(
        "INVALID_SITE_NAME",
        "The name of the site breaks Tableau's rules for names.",
        "Choose another name, without signs that Tableau forbids.",
        Again::Fixed,
    ),
    refused(
        "INVALID_SITE_CONTENT_URL",
        "The address of the site breaks Tableau's rules for addresses.",
        "Use letters, digits, hyphens and underscores only.",
        Again::Fixed,
    ),
    refused(
        "SITE_LIMIT_REACHED",
        "The contract allows no further site.",
        "Free a site or change the contract, then ask again.",
        Again::Fixed,
    ),
    refused(
        "SITE_NAME_CONFLICT",
        "Another site of this tenant has the name.",
        "Choose another name.",
        Again::Fixed,
    ),
    refused(
        "SITE_CONTENT_URL_CONFLICT",
        "Another site has the address, perhaps one of another tenant.",
        "Choose another address.",
        Again::Fixed,
    ),
    refused(
        "INTERNAL_SERVER_ERROR",
        "Something failed inside Tableau.",
        "Look at the list of sites first: the site may be there. Then ask once more after a pause.",
        Again::Later,
    ),
];

const fn refused(code: &'static str, meaning: &'static str, next: &'static str, again: Again) -> Explained {
    Explained {
        code,
        symbol: None,
        http: &[],
        meaning,
        next: Some(next),
        again,
        source: Source::PublicClient,
        tone: Tone::Bad,
        group: None,
    }
}
