//! The words for what Tableau answered, or did not.

use super::{Explanation, texts::words};

pub(super) const REFUSED: Explanation = words(
    "Tableau says no",
    "Your token may no longer have the rights of a cloud administrator, or Tableau does not allow this here.",
    "Tableau changed nothing.",
    "Check in Tableau Cloud Manager that you are still a cloud administrator.",
);
pub(super) const NOT_FOUND: Explanation = words(
    "Tableau does not know this address",
    "Either the object is gone, or the address that Steward infers for this operation is wrong.",
    "Tableau changed nothing.",
    "Look at the connection page: it says which addresses are confirmed. An operator can correct one in the settings.",
);
pub(super) const CONFLICT: Explanation = words(
    "Tableau says that this does not fit",
    "The object is in another state than the request expects.",
    "Tableau changed nothing.",
    "Open the object's page, which reads its present state.",
);
pub(super) const REJECTED: Explanation = words(
    "Tableau did not accept the request",
    "It says that something in the request itself is wrong.",
    "Tableau changed nothing.",
    "If it repeats, report the reference below to Steward's operator.",
);
pub(super) const BUSY: Explanation = words(
    "Tableau asks to slow down",
    "Too many requests came from this tenant in a short time.",
    "Tableau did not carry out this request.",
    "Wait, then try again.",
);
pub(super) const DOWN: Explanation = words(
    "Tableau has a failure of its own",
    "It answered with a server error.",
    "Reading changes nothing.",
    "Try again in a minute. Tableau's status page may know more.",
);
pub(super) const TIMEOUT: Explanation = words(
    "Tableau did not answer in time",
    "The request was given up.",
    "Reading changes nothing.",
    "Try again in a minute.",
);
pub(super) const UNREACHABLE: Explanation = words(
    "Tableau cannot be reached",
    "No connection could be opened.",
    "Nothing was sent.",
    "Steward's operator should check the network and the address in the settings.",
);
pub(super) const GARBLED: Explanation = words(
    "Tableau's answer cannot be read",
    "It is cut off, or not of the form the vendor documents.",
    "Reading changes nothing.",
    "Try again. If it repeats, report the reference below to Steward's operator.",
);
