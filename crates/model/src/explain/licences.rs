//! The words for problems with licences: counting them, news about them, and seats used in vain.

use super::{Explanation, texts::words};

pub(super) const HOOK_ADDRESS_WRONG: Explanation = words(
    "Steward does not send to this address",
    "News go to addresses that begin with https:// and name a host, without a user name or password in them, and of at most 500 characters.",
    "Nothing was kept, and nothing was sent.",
    "Check the address. A host of your own network must be named by Steward's operator (--hook-host).",
);
pub(super) const HOOK_ADDRESS_PRIVATE: Explanation = words(
    "This address leads into a private network",
    "The host is, or its name leads to, this very machine or a network that is not open to everyone. Steward does not let itself be used to reach such places.",
    "Nothing was kept, and nothing was sent.",
    "Use a public address, or let Steward's operator name this host (--hook-host).",
);
pub(super) const HOOK_ADDRESS_UNKNOWN: Explanation = words(
    "The host of this address is not known",
    "Its name could not be looked up: it may be misspelt, or Steward has no way to the name servers.",
    "Nothing was kept, and nothing was sent.",
    "Check the name and try again.",
);
pub(super) const HOOK_NOT_SET: Explanation = words(
    "There is no address for news",
    "Nobody has set one, or somebody took it away meanwhile.",
    "Nothing was sent.",
    "Set an address first.",
);
pub(super) const SEATS_WRONG: Explanation = words(
    "A number of purchased seats is none",
    "It must be a whole number from 0 to 10,000,000, or empty where you do not want to say.",
    "Nothing was changed.",
    "Correct it and send the form again.",
);
pub(super) const THRESHOLDS_WRONG: Explanation = words(
    "These thresholds cannot be",
    "They are one to five whole percents between 1 and 100, with commas between them.",
    "Nothing was changed.",
    "Write them like this: 80, 90, 100.",
);
pub(super) const COUNT_UNDER_WAY: Explanation = words(
    "Seats are being counted at this moment",
    "Somebody else pressed the button, or it is the time of a regular count. One at a time asks Tableau.",
    "Nothing was counted twice.",
    "Reload the page in a moment.",
);
pub(super) const NOTHING_TO_LOWER: Explanation = words(
    "Nobody among them has a seat to lower",
    "Whoever is protected, excluded or an administrator is left out, and so is everyone whose seat is as low already or whose roles Tableau has not told yet.",
    "No plan was made, and nothing was sent.",
    "Choose others, or a lower seat. A person's own page can still change anybody.",
);
