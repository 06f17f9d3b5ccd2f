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
pub(super) const ENTRY_REFUSED: Explanation = words(
    "That did not let you in",
    "The address, the password or the code is wrong, or the account is suspended or not set up. Steward does not say which.",
    "Nobody was signed in.",
    "Check all three; a code counts once, so wait for the next one. If it stays like this, ask the person who invited you.",
);
pub(super) const PROOF_REFUSED: Explanation = words(
    "That does not show that it is you",
    "What you typed is not what this account signs in with, or the code was used before.",
    "Nothing was changed.",
    "Try again; a code counts once, so wait for the next one.",
);
pub(super) const INVITATION_OVER: Explanation = words(
    "This invitation does not count any more",
    "It was used, revoked, replaced by a newer one, or is older than 72 hours. Or the link was not copied whole.",
    "Nothing was changed.",
    "If you have set your password already, sign in. If not, ask for a new link.",
);
pub(super) const ADDRESS_WRONG: Explanation = words(
    "This is not an e-mail address",
    "It has no name, no @, or letters that no address has.",
    "Nobody was invited.",
    "Check the address.",
);
pub(super) const ADDRESS_TAKEN: Explanation = words(
    "There is an account with this address",
    "An e-mail address has one account on this Steward.",
    "Nobody was invited.",
    "Find the account in the list; a new link can be made there.",
);
pub(super) const ACCOUNT_NOT_FOUND: Explanation = words(
    "There is no such account",
    "The id belongs to no account of your tenant, or the account was removed.",
    "Nothing was changed.",
    "Look for the person in the list of accounts.",
);
pub(super) const ACCOUNT_SUSPENDED: Explanation = words(
    "The account is suspended",
    "Nobody is invited anew while their account is suspended.",
    "Nothing was changed.",
    "Reactivate the account first.",
);
pub(super) const ACCOUNT_CHANGED: Explanation = words(
    "The account stands otherwise by now",
    "Somebody else changed it after you opened the page.",
    "Nothing was changed.",
    "Open the page again and look how it stands.",
);
pub(super) const OWN_ACCOUNT: Explanation = words(
    "This is your own account",
    "Whoever suspends themselves cannot take it back.",
    "Nothing was changed.",
    "Ask another cloud administrator.",
);
pub(super) const NAME_MISSING: Explanation = words(
    "Your name is missing",
    "It is empty, longer than 100 letters, or holds something that is not a letter.",
    "Nothing was changed.",
    "Fill in the name by which others know you.",
);
pub(super) const NAMES_WRONG: Explanation = words(
    "These names cannot be kept",
    "There are more than 20, or one of them is longer than 254 letters.",
    "Nothing was changed.",
    "One name a line, as the person signs in to Tableau.",
);
pub(super) const PASSWORD_TOO_SHORT: Explanation = words(
    "The password is too short",
    "It has fewer than 12 letters.",
    "Nothing was changed.",
    "Take a longer one: a phrase of several words is good and easy to keep.",
);
pub(super) const PASSWORD_TOO_LONG: Explanation = words(
    "The password is too long",
    "It has more than 256 letters, or something in it that is not a letter.",
    "Nothing was changed.",
    "Take a shorter one.",
);
pub(super) const PASSWORD_COMMON: Explanation = words(
    "The password is too easy to guess",
    "It is one of the common passwords, is made of one in a common way, or of your name or address. Such passwords are tried first.",
    "Nothing was changed.",
    "Take another one: several words that do not belong together are good.",
);
pub(super) const PASSWORDS_DIFFER: Explanation = words(
    "The two passwords are not the same",
    "What was typed the second time differs from the first.",
    "Nothing was changed.",
    "Type the password again in both fields.",
);
pub(super) const CODE_REFUSED: Explanation = words(
    "The code is not right",
    "It does not belong to the secret on this page, or its half minute is over.",
    "Nothing was changed.",
    "Scan the picture, wait for a new code and type it. Check the clock of your phone.",
);
pub(super) const ADDRESS_NOT_VERIFIED: Explanation = words(
    "Your e-mail address is not verified",
    "The identity provider knows you, but not for certain by an e-mail address.",
    "Nobody was signed in.",
    "Have your address verified there, or ask whoever looks after it.",
);
pub(super) const NOT_INVITED: Explanation = words(
    "You were not invited",
    "The identity provider knows you. But there is no open account with your address here, or you are not among those who may come in.",
    "Nobody was signed in.",
    "Ask a cloud administrator of your tenant to invite you.",
);
pub(super) const PROVIDER_REFUSED: Explanation = words(
    "The identity provider did not let you in",
    "You turned back there, took too long, or came back by a way that did not begin in this browser; or what the provider said does not count.",
    "Nobody was signed in.",
    "Begin again from the sign-in page.",
);
pub(super) const PROVIDER_UNAVAILABLE: Explanation = words(
    "The identity provider does not answer",
    "It cannot be reached, or answers otherwise than the specification says.",
    "Nobody was signed in.",
    "Try again in a while. If it stays like this, the one who runs Steward finds more in the log.",
);
