//! The words for problems with passkeys.

use super::{Explanation, texts::words};

pub(super) const PASSKEY_REFUSED: Explanation = words(
    "The passkey does not show that it is you",
    "It is none of this account, was removed, was made for another address, or did not check that it is you who holds it.",
    "Nothing was changed. The refusal is in the audit log.",
    "Try another passkey of yours, or a code.",
);
pub(super) const PASSKEY_COPIED: Explanation = words(
    "This passkey may have been copied",
    "A passkey counts how often it was used. This one counted back, as a copy of it would.",
    "Nothing was changed. The refusal is in the audit log.",
    "Prove it in another way, remove this passkey from your account, and tell a cloud administrator of your tenant.",
);
pub(super) const PASSKEY_OVER: Explanation = words(
    "What your passkey was asked is over",
    "A question to a passkey counts once, for five minutes, in the browser that asked it. Or the sign-in that it belongs to is over.",
    "Nothing was changed.",
    "Begin again.",
);
pub(super) const PASSKEY_NOT_USED: Explanation = words(
    "Your browser brought no passkey",
    "The window was closed, it took too long, or there is no passkey for this Steward here.",
    "Nothing was changed.",
    "Try again, or prove it in another way.",
);
pub(super) const PASSKEY_TAKEN: Explanation = words(
    "This passkey belongs to an account already",
    "A passkey is kept once. The one that you chose is kept for this account or for another one.",
    "Nothing was changed.",
    "Take another device or another key.",
);
pub(super) const PASSKEYS_FULL: Explanation = words(
    "You have ten passkeys",
    "An account has ten at most.",
    "Nothing was changed.",
    "Remove one that you do not use any more.",
);
pub(super) const PASSKEY_NAME_WRONG: Explanation = words(
    "The passkey needs a name",
    "It is empty, longer than 60 letters, or holds something that is not a letter.",
    "Nothing was changed.",
    "Fill in a name by which you know the device, such as Laptop.",
);
pub(super) const PASSKEYS_UNFIT: Explanation = words(
    "Passkeys do not work at this address",
    "A passkey is bound to a name such as steward.example.com with https, or to localhost. The address that people open here is neither.",
    "Nothing was changed.",
    "Use an authenticator app. Whoever runs Steward can give it an address with a name.",
);
pub(super) const LAST_FACTOR: Explanation = words(
    "It is your only second factor",
    "Without it nobody could sign in with this account.",
    "Nothing was changed.",
    "Add another passkey first.",
);
