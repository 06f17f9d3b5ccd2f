//! The words for what went wrong on the way to Steward, or in Steward itself.

use super::{Explanation, texts::words};

pub(super) const PAGE_NOT_FOUND: Explanation = words(
    "There is no such page",
    "The address leads nowhere in Steward.",
    "Nothing was changed.",
    "Check the address, or start from the overview.",
);
pub(super) const METHOD_NOT_ALLOWED: Explanation = words(
    "That cannot be done at this address",
    "The address exists, but not for this kind of request.",
    "Nothing was changed.",
    "Go back and use the page's own links and buttons.",
);
pub(super) const NOT_SIGNED_IN: Explanation = words(
    "You are not signed in",
    "This page is only for people who have signed in, or the sign-in has run out.",
    "Nothing was changed.",
    "Sign in again; you will come back here.",
);
pub(super) const NOT_ALLOWED: Explanation = words(
    "You may not do this",
    "None of your grants opens this.",
    "Nothing was sent to Tableau. The refusal is in the audit log.",
    "Ask a cloud administrator of your tenant.",
);
pub(super) const MALFORMED_ID: Explanation = words(
    "This is not an id",
    "Ids are 36 characters long, such as 3fa85f64-5717-4562-b3fc-2c963f66afa6.",
    "Nothing was changed, and Tableau was not asked.",
    "Check that the id was copied whole.",
);
pub(super) const MALFORMED_QUERY: Explanation = words(
    "The address asks for something that cannot be",
    "A part of the address behind the question mark is outside of what this list knows.",
    "Nothing was changed.",
    "Open the list without its filters and choose them again.",
);
pub(super) const MALFORMED_FORM: Explanation = words(
    "The form could not be read",
    "It came incomplete, or in a form that Steward does not know.",
    "Nothing was changed.",
    "Open the page again and send the form from there.",
);
pub(super) const TOO_LARGE: Explanation = words(
    "That is too much",
    "The request is larger than Steward reads.",
    "Nothing was changed.",
    "Send less in one go.",
);
pub(super) const CROSS_SITE: Explanation = words(
    "The request did not come from Steward's own pages",
    "Another website or a program caused it, or the browser did not say where it came from.",
    "Nothing was changed.",
    "Open Steward in its own tab and use the page there.",
);
pub(super) const WRONG_HOST: Explanation = words(
    "This is not Steward's address",
    "The request names a host that this Steward does not answer for.",
    "Nothing was changed.",
    "Use the address that Steward's operator gave you. The operator sets it with --public-origin.",
);
pub(super) const TOO_MANY_SIGN_INS: Explanation = words(
    "Too many sign-ins were tried",
    "Somebody at your network address has tried to sign in very often.",
    "Nothing was stored, and Tableau was not asked.",
    "Wait a few minutes, then try again with the right token.",
);
pub(super) const TOKEN_MISSING: Explanation = words(
    "The token is missing",
    "The form was sent without a token.",
    "Nothing was stored, and Tableau was not asked.",
    "Paste the secret of your Tableau Cloud Manager token.",
);
pub(super) const TOKEN_REFUSED: Explanation = words(
    "Tableau refused this token",
    "It is mistyped, has expired, was revoked, or is a token of a single site. Tableau does not say which. Tokens of a site cannot open Tableau Cloud Manager.",
    "Nothing was stored.",
    "Paste the token again, or make a new one in Tableau Cloud Manager under your account settings.",
);
pub(super) const SESSION_ENDED: Explanation = words(
    "Tableau no longer accepts your token",
    "The session ended, and Tableau refused to open another one: the token has expired or was revoked.",
    "Nothing was sent.",
    "Sign out, make a new token in Tableau Cloud Manager, and sign in with it.",
);
pub(super) const LOG_UNAVAILABLE: Explanation = words(
    "The audit log cannot be written",
    "Every change is written to the log before it is sent. The log could not be written, so nothing was sent.",
    "Nothing was sent to Tableau.",
    "Tell Steward's operator: the disk may be full, or the database read-only.",
);
pub(super) const STORE_UNAVAILABLE: Explanation = words(
    "Steward's database does not answer",
    "Without it, Steward cannot tell who you are or what was done.",
    "Nothing was sent to Tableau.",
    "Try again in a minute, then tell Steward's operator.",
);
pub(super) const STEWARD_UNREACHABLE: Explanation = words(
    "Steward cannot be reached",
    "Your browser got no answer, or one that was cut off.",
    "A change that was already sent shows in the audit log.",
    "Check your network, then reload the page.",
);
pub(super) const TOOK_TOO_LONG: Explanation = words(
    "This took too long",
    "Steward gave the request up.",
    "A change that was already sent shows in the audit log.",
    "Try again in a minute.",
);
pub(super) const INTERNAL: Explanation = words(
    "Something in Steward is broken",
    "This should not happen.",
    "A change that was already sent shows in the audit log.",
    "Report the reference below to Steward's operator.",
);
