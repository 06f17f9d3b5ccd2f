//! The words for problems with the APIs of single sites, their groups and their people.

use super::{Explanation, texts::words};

pub(super) const SITE_NOT_CONNECTED: Explanation = words(
    "This site is not connected",
    "Groups, group sets and a site's own users are only in the API of that site, which wants a token of its own. Your Tableau Cloud Manager token does not open it.",
    "Nothing was sent.",
    "Open the site's page and connect it with a personal access token that you make on that site.",
);
pub(super) const SITE_TOKEN_REFUSED: Explanation = words(
    "The site refused the token",
    "Tableau gives one answer for several causes: a wrong name or secret, a token of another site, one that was revoked, has run out or was not used for 15 days, or a suspended site.",
    "Nothing was changed.",
    "Check name and secret, and that the token was made on this very site. If in doubt, make a new one there.",
);
pub(super) const SITE_TOKEN_CONTESTED: Explanation = words(
    "Something else signs in with this token",
    "Tableau keeps one session for each token, and ours was ended from outside twice within minutes. Signing in again and again would only end the other's session each time, so Steward stopped.",
    "What was done before stays done; nothing more was sent.",
    "Make a token for Steward alone and connect the site with it, or stop the other program and try again from the site's connection page.",
);
pub(super) const SITE_TOKEN_TAKEN: Explanation = words(
    "This token is in use for another connection",
    "Tableau keeps one session for each token, even across sites: two connections with the same token would end each other's sessions.",
    "Nothing was kept, and Tableau was not asked.",
    "Make another token for this connection.",
);
pub(super) const TOKEN_NAME_MISSING: Explanation = words(
    "The token's name is missing",
    "A site wants the name of the token beside its secret, as Tableau showed it when the token was made.",
    "Nothing was sent.",
    "Fill in the name.",
);
pub(super) const SITE_ADDRESS_UNKNOWN: Explanation = words(
    "Where this site's own API answers is not known",
    "Tableau Cloud Manager told no address for it, or one outside of Tableau's own domain. A token is never sent to such an address.",
    "Nothing was sent.",
    "If your tenant answers at an address of its own, allow it in the settings (--site-host).",
);
pub(super) const SITE_TOO_OLD: Explanation = words(
    "The site's API is too old for this",
    "This needs a later version of the API than the site speaks.",
    "Nothing was sent.",
    "Tableau updates its sites by itself; until then do it on the site's own pages.",
);
pub(super) const GROUP_NOT_FOUND: Explanation = words(
    "There is no such group on this site",
    "The site does not know this id, or no longer: somebody may have deleted the group meanwhile.",
    "Nothing was changed.",
    "Look for it in the site's list of groups.",
);
pub(super) const GROUP_SET_NOT_FOUND: Explanation = words(
    "There is no such group set on this site",
    "The site does not know this id, or no longer.",
    "Nothing was changed.",
    "Look for it in the site's list of group sets.",
);
pub(super) const SITE_USER_NOT_FOUND: Explanation = words(
    "There is no such person on this site",
    "The site does not know this id, or no longer. A person has another id on each site, and another one in Tableau Cloud Manager.",
    "Nothing was changed.",
    "Look for them in the site's list of users.",
);
pub(super) const GROUP_LOCKED: Explanation = words(
    "This group is not for people to change",
    "It holds everybody of the site by itself, or a directory outside of Tableau decides who is in it.",
    "Nothing was sent.",
    "Make a group of your own, or change the directory.",
);
pub(super) const ONLY_ON_SERVER: Explanation = words(
    "This site has no Active Directory",
    "Groups of Active Directory are for sites of a Tableau Server. This site is one of Tableau Cloud, or does not prove to be anything else.",
    "Nothing was sent.",
    "Make a group of the site's own.",
);
pub(super) const GROUP_NAME_TAKEN: Explanation = words(
    "The name is taken on this site",
    "Names of groups, and of group sets, differ by more than capitals.",
    "Nothing was sent.",
    "Choose another name.",
);
pub(super) const JOB_NOT_CANCELLABLE: Explanation = words(
    "This job cannot be cancelled",
    "It is over, or Tableau lets nobody cancel jobs of its kind: imports of users run to their end.",
    "Nothing was sent.",
    "Wait for its end; what it did can be changed back afterwards.",
);
pub(super) const NO_SAVED_CREDENTIALS: Explanation = words(
    "There is nothing to move",
    "The person has no saved credentials on this site.",
    "Nothing was sent to the other site.",
    "Nothing is left to do.",
);
