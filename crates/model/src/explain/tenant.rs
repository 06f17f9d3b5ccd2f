//! The words for problems with the tenant itself: sites, limits, tokens, ways to sign in, and the activity log.

use super::{Explanation, texts::words};

pub(super) const SITE_NAME_UNFIT: Explanation = words(
    "The name breaks one of Tableau's rules for names of sites",
    "Names have 1 to 80 characters, no space at either end, no control characters, and none of / \\ * ? % : | \" < >. Reserved words such as guest or public are refused too.",
    "Nothing was made.",
    "Choose another name; the form tells while you type what is wrong with it.",
);
pub(super) const SITE_ADDRESS_UNFIT: Explanation = words(
    "The address cannot be that of a site",
    "It takes letters without accents, digits, hyphens and underscores. Everything else is left out, and here nothing would be left.",
    "Nothing was made.",
    "Type an address of letters and digits.",
);
pub(super) const SITE_PLACE_UNFIT: Explanation = words(
    "Choose either a region or a pod",
    "Tableau makes a site in a region, or on one pod. It takes exactly one of them.",
    "Nothing was made.",
    "Choose one place on the list.",
);
pub(super) const SITE_NAME_TAKEN: Explanation = words(
    "Another site of this tenant has the name",
    "Names of sites are unique in a tenant.",
    "Nothing was made.",
    "Choose another name.",
);
pub(super) const SITE_ADDRESS_TAKEN: Explanation = words(
    "Another site has this address",
    "Addresses of sites are unique in all of Tableau Cloud, so it may be somebody else's.",
    "Nothing was made.",
    "Choose another address.",
);
pub(super) const SITE_LIMIT_REACHED: Explanation = words(
    "The tenant has as many sites as it may have",
    "The number depends on the edition: 3, 10 or 50, says Tableau's help. Its API does not tell it.",
    "Nothing was made.",
    "Ask Tableau for more, or use a site that is there.",
);
pub(super) const OWNER_UNFIT: Explanation = words(
    "Nobody of this site is meant by that",
    "The owner of a project must be on the site. Type the name they sign in with, or their id on the site.",
    "Nothing was made.",
    "Check the spelling, or add the person to the site first.",
);
pub(super) const LIMIT_UNFIT: Explanation = words(
    "That is not a limit",
    "A limit is a whole number from 0 to 2,147,483,647, or the limit of the cloud.",
    "Nothing was planned.",
    "Type a whole number, or choose the limit of the cloud.",
);
pub(super) const TERMS_ALREADY_ACCEPTED: Explanation = words(
    "The terms are accepted already",
    "Somebody accepted them before; the page of the tenant tells who and when.",
    "Nothing was changed.",
    "Nothing needs to be done.",
);
pub(super) const TOKEN_NAME_UNFIT: Explanation = words(
    "The token needs a name",
    "A name has 1 to 80 characters and no control characters. Names of your tokens differ from each other.",
    "No token was made.",
    "Type a name that says what the token is for.",
);
pub(super) const TOKEN_NAME_TAKEN: Explanation = words(
    "One of your tokens has this name",
    "Tableau wants names of tokens to be unique.",
    "No token was made.",
    "Choose another name, or revoke the old token first.",
);
pub(super) const TOKEN_DAYS_UNFIT: Explanation = words(
    "A token cannot be valid for so long",
    "Tableau takes 1 to 365 days, and advises 180 at most.",
    "No token was made.",
    "Type a number of days from 1 to 365.",
);
pub(super) const TOKEN_LOST: Explanation = words(
    "The token was made, but its secret is lost",
    "Tableau's answer did not arrive whole. The secret is told once, so nobody will ever know it.",
    "A token with this name is in Tableau now, and useless.",
    "Revoke it on the page of your tokens, and make another one.",
);
pub(super) const TOKEN_NOT_FOUND: Explanation = words(
    "None of your tokens has this id",
    "It was revoked, has run out, or belongs to somebody else.",
    "Nothing was changed.",
    "Look at the list of your tokens.",
);
pub(super) const TOKEN_NOT_TRIED: Explanation = words(
    "The new token is not in use",
    "Tableau made the token, but it opened no session, or Steward could not keep it. The token that Steward used before stays in use.",
    "A new token is in Tableau. Steward did not swap.",
    "Revoke the new token on the page of your tokens, and try again in a while.",
);
pub(super) const PROVIDER_UNFIT: Explanation = words(
    "The configuration needs a provider",
    "Tableau wants the name of a provider that it knows, such as Salesforce or Google.",
    "Nothing was changed.",
    "Choose or type a provider.",
);
pub(super) const DOMAIN_MISSING: Explanation = words(
    "Salesforce needs its domain",
    "For Salesforce, Tableau has to know the domain to sign in at, such as login.salesforce.com.",
    "Nothing was changed. What you typed is still in the form.",
    "Type the domain and save again.",
);
pub(super) const NOTHING_CHANGED: Explanation = words(
    "It is so already",
    "The form asks for exactly what Tableau has now.",
    "Nothing was sent, so no token was put at risk.",
    "Change a field, or leave the page.",
);
pub(super) const CUT_OFF: Explanation = words(
    "Tableau ended Steward's session with this change",
    "A change of how people sign in revokes personal access tokens, says Tableau's help. So it cannot be read back from here: very probably it is in force.",
    "The change was accepted. Your token is revoked.",
    "Sign in to Tableau Cloud Manager in the browser, make a new token there, and sign in here with it. The audit log keeps this act as unknown until you have looked.",
);
pub(super) const LOG_RANGE_UNFIT: Explanation = words(
    "These times cannot be",
    "The end has to come after the beginning, neither may be in the future by more than a day, and 90 days is the most that is asked for at once.",
    "Nothing was changed.",
    "Choose other times.",
);
pub(super) const LOG_FILE_GONE: Explanation = words(
    "The file is not there any more",
    "Tableau gave no address for it, or refused the address twice: addresses last some minutes only.",
    "Nothing was changed.",
    "List the files again, and open the file from there.",
);
pub(super) const LOG_FILE_DAMAGED: Explanation = words(
    "The file is not what Tableau said it would be",
    "Its MD5 differs from the one that Tableau told, so it was damaged or changed on its way. It is not shown.",
    "Nothing was changed.",
    "Try again. If it stays so, tell Tableau's support the path of the file.",
);
pub(super) const LOG_FILE_TOO_LARGE: Explanation = words(
    "The log is larger than Steward reads",
    "So much would fill the disk or the memory of this machine.",
    "Nothing was changed.",
    "Choose a shorter time or one kind of event.",
);
pub(super) const LOG_HOST_UNKNOWN: Explanation = words(
    "The file lies on a host that Steward does not know",
    "Steward fetches files of the log from Amazon's object store and from the hosts in its settings alone.",
    "Nothing was changed, and nothing was asked of that host.",
    "If the host is Tableau's, let the operator of Steward add it with --log-host.",
);
