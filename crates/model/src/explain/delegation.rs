//! The words for problems with grants, deposits and approvals.

use super::{Explanation, texts::words};

pub(super) const REFUSED_BY_RULE: Explanation = words(
    "Your grant does not allow this",
    "A rule of your grant refuses it.",
    "Nothing was sent to Tableau. The refusal is in the audit log.",
    "Ask whoever gave you the grant.",
);
/// What is wrong with a field of the form that gives a grant, and what to do.
pub(super) fn field(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "days" => (
            "Hours count on days of the week, and none is ticked.",
            "Tick the days on which they begin, or empty both times so that the grant counts always.",
        ),
        "hours_from" | "hours_until" => (
            "Hours need both a beginning and an end, as clocks show them.",
            "Type both times such as 08:00 and 18:00, or untick every day so that the grant counts always.",
        ),
        "zone" => ("No time zone has this name.", "Type a name such as Europe/Berlin, or UTC."),
        "networks" => (
            "One of the networks cannot be read.",
            "Type each in a line of its own, such as 10.20.0.0/16, 2001:db8::/32 or a single address.",
        ),
        "ticket" => (
            "This is not how a ticket can look.",
            "Type a word without spaces in which # stands for the number, such as INC#.",
        ),
        "domains" => {
            ("One of the e-mail domains is none.", "Type each in a line of its own, such as example.com.")
        }
        "groups" | "managed" => (
            "One of the groups cannot be read.",
            "Type each in a line of its own, as the id of its site, a stroke, and its own id.",
        ),
        "people" => (
            "The grant would be for nobody, or names more than 500.",
            "Name domains, groups or people, or choose everybody on the sites.",
        ),
        "sites" => ("The grant would count on no site.", "Tick a site, or choose all sites."),
        "verbs" => (
            "The grant would let its holder do nothing, or read the audit log of a part only.",
            "Tick what the holder can do. The audit log goes with all sites and everybody.",
        ),
        "rows_in_plan" | "rows_in_hour" | "seats_in_plan" => {
            ("A limit is a whole number.", "Type a number, or empty the field for no limit.")
        }
        "until" => ("The last day cannot be read, or has passed.", "Choose a day to come."),
        _ => return None,
    })
}

pub(super) const APPROVAL_NEEDED: Explanation = words(
    "This needs somebody else's approval",
    "Your grant lets you ask for this, and nobody has approved it.",
    "Nothing was sent to Tableau.",
    "Ask for approval, or ask a cloud administrator to do it.",
);
pub(super) const DELEGATION_PAUSED: Explanation = words(
    "All delegation is paused",
    "A cloud administrator stopped every grant at once. The deposited credentials were forgotten.",
    "Nothing was sent to Tableau.",
    "Wait until a cloud administrator lets delegation go on.",
);
pub(super) const GRANT_NOT_FOUND: Explanation = words(
    "There is no such grant",
    "It was never given, or it belongs to another tenant.",
    "Nothing was changed.",
    "Go back to the list of grants.",
);
pub(super) const GRANT_TERMS_CHANGED: Explanation = words(
    "The terms are not those that you were shown",
    "What one of the grants opens changed while the form was open, so you would have agreed to something unseen.",
    "Nothing was deposited.",
    "Look at the terms again: the form shows them as they are now. Deposit once more if you still agree.",
);
pub(super) const APPROVAL_NOT_FOUND: Explanation = words(
    "There is no such request",
    "Nobody asked for this approval, or not you are to decide about it.",
    "Nothing was changed.",
    "Go back to the list of requests.",
);
pub(super) const APPROVAL_CLOSED: Explanation = words(
    "This request is closed",
    "Somebody decided about it, it was asked anew, or a day has passed.",
    "Nothing was sent to Tableau.",
    "Look at how the request ended. It can be asked for again.",
);
pub(super) const APPROVAL_OWN: Explanation = words(
    "You asked for this yourself",
    "Approval is the word of somebody else.",
    "Nothing was sent to Tableau.",
    "Ask another person who may approve.",
);
pub(super) const PERMITS_CHANGED: Explanation = words(
    "Your grant no longer lets the plan through as it is",
    "Your grant changed since the plan was made, or somebody whom it is about did; or with another plan of yours it makes more than 25 people within a day.",
    "Nothing was sent to Tableau.",
    "Make the plan anew: each row then says what your grant allows now.",
);
pub(super) const APPROVAL_DRIFTED: Explanation = words(
    "This is no longer what was asked for",
    "What it is about changed since, or the requester's grant did. The request is void.",
    "Nothing was sent to Tableau.",
    "The requester can look at it as it is now, and ask again.",
);
