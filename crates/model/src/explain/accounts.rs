//! The words for problems with accounts of Steward's own: invitations, signing in, and proving it again.

use super::{Explanation, texts::words};

pub(super) const STEP_UP_NEEDED: Explanation = words(
    "Show once more that it is you",
    "This is a dangerous act, and you signed in or proved who you are more than five minutes ago.",
    "Nothing was sent.",
    "Prove it now, with what you sign in with; then send the form again.",
);
pub(super) const NOTHING_DEPOSITED: Explanation = words(
    "No access to Tableau was deposited for you",
    "Your account has no token of its own. What you see and do in Tableau goes through a token that a cloud administrator deposits for it.",
    "Nothing was sent to Tableau.",
    "Ask a cloud administrator of your tenant.",
);
