//! The words for single changes: their forms, what they are about, and what became of them.

use super::{Explanation, texts::words};

pub(super) const SITE_NOT_FOUND: Explanation = words(
    "There is no such site",
    "No site of this tenant has this id. It may belong to another tenant, or may have been deleted.",
    "Nothing was changed.",
    "Look for the site in the list of sites.",
);
pub(super) const JOB_NOT_FOUND: Explanation = words(
    "There is no such job",
    "No job of this tenant has this id. Tableau may no longer keep it.",
    "Nothing was changed.",
    "Check the id where you got it. If the job is old, look at the people it concerned instead.",
);
pub(super) const ENTRY_NOT_FOUND: Explanation = words(
    "There is no such entry",
    "The audit log of this tenant has no entry with this id.",
    "Nothing was changed.",
    "Look for the entry in the audit log.",
);
pub(super) const CODE_NOT_FOUND: Explanation = words(
    "This code is in no list that Steward has",
    "Tableau may have made it newly, or the address was typed wrongly.",
    "Nothing was changed.",
    "Read Tableau's own words beside the code, or search the list of codes.",
);
pub(super) const WRONG_NAME: Explanation = words(
    "The typed name does not match",
    "To suspend a site, its name must be typed exactly, with capitals and spaces.",
    "Nothing was sent to Tableau.",
    "Type or paste the name as it is shown.",
);
pub(super) const REASON_MISSING: Explanation = words(
    "A reason is missing",
    "The audit log keeps a reason with every such change.",
    "Nothing was sent to Tableau.",
    "Say in a few words why.",
);
pub(super) const REASON_TOO_LONG: Explanation = words(
    "The reason is too long",
    "It may have 500 characters.",
    "Nothing was sent to Tableau.",
    "Shorten it, and refer to a ticket for the rest.",
);
pub(super) const SITE_NOT_ACTIVE: Explanation = words(
    "The site is not active",
    "Only an active site can be suspended. Somebody may have suspended it in the meantime.",
    "Nothing was sent to Tableau.",
    "Look at the site's page, which shows its present status.",
);
pub(super) const SITE_NOT_SUSPENDED: Explanation = words(
    "The site is not suspended",
    "Only a suspended site can be reactivated. Somebody may have reactivated it in the meantime.",
    "Nothing was sent to Tableau.",
    "Look at the site's page, which shows its present status.",
);
pub(super) const FORM_USED: Explanation = words(
    "This form was already sent",
    "It was sent before, perhaps by a double click, by reloading or from another tab. Each form counts once.",
    "This second sending changed nothing.",
    "The audit log shows what became of the first one. To do it again, open the page anew.",
);
pub(super) const CHANGE_UNDER_WAY: Explanation = words(
    "Another change of this is under way",
    "Somebody started a change a moment ago and its result is not known yet.",
    "Nothing was sent to Tableau.",
    "Wait until it is over; the audit log shows it.",
);
pub(super) const OPERATION_LOCKED: Explanation = words(
    "This operation is locked",
    "The vendor's page lost the address of this operation, so Steward only infers it. On a real tenant such a change stays locked until a cloud administrator has checked the address.",
    "Nothing was sent to Tableau.",
    "Open the connection page, compare the address with the vendor's reference, and unlock it there. It is needed once.",
);
pub(super) const NOT_CONFIRMED: Explanation = words(
    "The check was not confirmed",
    "The operation is unlocked only when the box is ticked.",
    "Nothing was unlocked.",
    "Compare the address with the vendor's reference page, then tick the box.",
);
pub(super) const OPERATION_NOT_FOUND: Explanation = words(
    "There is no such operation",
    "Steward knows no operation of this name that needs unlocking.",
    "Nothing was unlocked.",
    "Choose one on the connection page.",
);
pub(super) const FATE_UNKNOWN: Explanation = words(
    "Nobody knows yet whether this took effect",
    "The change was sent to Tableau, but the answer was lost. Steward does not send it again by itself.",
    "It may or may not have been changed.",
    "Open the object's page: it reads the present state from Tableau. Decide there.",
);
pub(super) const NOT_VERIFIED: Explanation = words(
    "Tableau accepted the change, but shows another state",
    "After the change Steward asked Tableau again, and the answer is not what was asked for.",
    "It may take effect a little later, or not at all.",
    "Open the object's page again in a minute. Decide there.",
);
pub(super) const NOT_READ_BACK: Explanation = words(
    "Tableau accepted the change, but could not be asked again",
    "After the change Steward asks Tableau for the present state. That answer did not come.",
    "It probably took effect. Steward does not send it again by itself.",
    "Open the object's page: it reads the present state from Tableau.",
);
pub(super) const NOT_CARRIED_OUT: Explanation = words(
    "The change was not carried out",
    "Its answer was lost, and Tableau still shows the state from before, minutes after it was sent.",
    "Tableau changed nothing.",
    "Start the change anew if it is still wanted.",
);
