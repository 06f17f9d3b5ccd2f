//! The words themselves, one entry for each code.

use super::Explanation;
use crate::ProblemCode;

const fn words(
    title: &'static str,
    meaning: &'static str,
    changed: &'static str,
    next: &'static str,
) -> Explanation {
    Explanation { title, meaning, changed, next }
}

/// The words for a code. No wildcard: a new code does not compile without its explanation.
pub const fn explain(code: ProblemCode) -> Explanation {
    match code {
        ProblemCode::PageNotFound => words(
            "There is no such page",
            "The address leads nowhere in Steward.",
            "Nothing was changed.",
            "Check the address, or start from the overview.",
        ),
        ProblemCode::MethodNotAllowed => words(
            "That cannot be done at this address",
            "The address exists, but not for this kind of request.",
            "Nothing was changed.",
            "Go back and use the page's own links and buttons.",
        ),
        ProblemCode::NotSignedIn => words(
            "You are not signed in",
            "This page is only for people who have signed in, or the sign-in has run out.",
            "Nothing was changed.",
            "Sign in again; you will come back here.",
        ),
        ProblemCode::NotAllowed => words(
            "You may not do this",
            "None of your grants opens this.",
            "Nothing was sent to Tableau. The refusal is in the audit log.",
            "Ask a cloud administrator of your tenant.",
        ),
        ProblemCode::MalformedId => words(
            "This is not an id",
            "Ids are 36 characters long, such as 3fa85f64-5717-4562-b3fc-2c963f66afa6.",
            "Nothing was changed, and Tableau was not asked.",
            "Check that the id was copied whole.",
        ),
        ProblemCode::MalformedQuery => words(
            "The address asks for something that cannot be",
            "A part of the address behind the question mark is outside of what this list knows.",
            "Nothing was changed.",
            "Open the list without its filters and choose them again.",
        ),
        ProblemCode::MalformedForm => words(
            "The form could not be read",
            "It came incomplete, or in a form that Steward does not know.",
            "Nothing was changed.",
            "Open the page again and send the form from there.",
        ),
        ProblemCode::TooLarge => words(
            "That is too much",
            "The request is larger than Steward reads.",
            "Nothing was changed.",
            "Send less in one go.",
        ),
        ProblemCode::CrossSite => words(
            "The request did not come from Steward's own pages",
            "Another website or a program caused it, or the browser did not say where it came from.",
            "Nothing was changed.",
            "Open Steward in its own tab and use the page there.",
        ),
        ProblemCode::WrongHost => words(
            "This is not Steward's address",
            "The request names a host that this Steward does not answer for.",
            "Nothing was changed.",
            "Use the address that Steward's operator gave you. The operator sets it with --public-origin.",
        ),
        ProblemCode::TooManySignIns => words(
            "Too many sign-ins were tried",
            "Somebody at your network address has tried to sign in very often.",
            "Nothing was stored, and Tableau was not asked.",
            "Wait a few minutes, then try again with the right token.",
        ),
        ProblemCode::TokenMissing => words(
            "The token is missing",
            "The form was sent without a token.",
            "Nothing was stored, and Tableau was not asked.",
            "Paste the secret of your Tableau Cloud Manager token.",
        ),
        ProblemCode::TokenRefused => words(
            "Tableau refused this token",
            "It is mistyped, has expired, was revoked, or is a token of a single site. Tableau does not say which. Tokens of a site cannot open Tableau Cloud Manager.",
            "Nothing was stored.",
            "Paste the token again, or make a new one in Tableau Cloud Manager under your account settings.",
        ),
        ProblemCode::SessionEnded => words(
            "Tableau no longer accepts your token",
            "The session ended, and Tableau refused to open another one: the token has expired or was revoked.",
            "Nothing was sent.",
            "Sign out, make a new token in Tableau Cloud Manager, and sign in with it.",
        ),
        ProblemCode::SiteNotFound => words(
            "There is no such site",
            "No site of this tenant has this id. It may belong to another tenant, or may have been deleted.",
            "Nothing was changed.",
            "Look for the site in the list of sites.",
        ),
        ProblemCode::JobNotFound => words(
            "There is no such job",
            "No job of this tenant has this id. Tableau may no longer keep it.",
            "Nothing was changed.",
            "Check the id where you got it. If the job is old, look at the people it concerned instead.",
        ),
        ProblemCode::EntryNotFound => words(
            "There is no such entry",
            "The audit log of this tenant has no entry with this id.",
            "Nothing was changed.",
            "Look for the entry in the audit log.",
        ),
        ProblemCode::WrongName => words(
            "The typed name does not match",
            "To suspend a site, its name must be typed exactly, with capitals and spaces.",
            "Nothing was sent to Tableau.",
            "Type or paste the name as it is shown.",
        ),
        ProblemCode::ReasonMissing => words(
            "A reason is missing",
            "The audit log keeps a reason with every such change.",
            "Nothing was sent to Tableau.",
            "Say in a few words why.",
        ),
        ProblemCode::ReasonTooLong => words(
            "The reason is too long",
            "It may have 500 characters.",
            "Nothing was sent to Tableau.",
            "Shorten it, and refer to a ticket for the rest.",
        ),
        ProblemCode::SiteNotActive => words(
            "The site is not active",
            "Only an active site can be suspended. Somebody may have suspended it in the meantime.",
            "Nothing was sent to Tableau.",
            "Look at the site's page, which shows its present status.",
        ),
        ProblemCode::SiteNotSuspended => words(
            "The site is not suspended",
            "Only a suspended site can be reactivated. Somebody may have reactivated it in the meantime.",
            "Nothing was sent to Tableau.",
            "Look at the site's page, which shows its present status.",
        ),
        ProblemCode::FormUsed => words(
            "This form was already sent",
            "It was sent before, perhaps by a double click, by reloading or from another tab. Each form counts once.",
            "This second sending changed nothing.",
            "The audit log shows what became of the first one. To do it again, open the page anew.",
        ),
        ProblemCode::ChangeUnderWay => words(
            "Another change of this is under way",
            "Somebody started a change a moment ago and its result is not known yet.",
            "Nothing was sent to Tableau.",
            "Wait until it is over; the audit log shows it.",
        ),
        ProblemCode::OperationLocked => words(
            "This operation is locked",
            "The vendor's page lost the address of this operation, so Steward only infers it. On a real tenant such a change stays locked until a cloud administrator has checked the address.",
            "Nothing was sent to Tableau.",
            "Open the connection page, compare the address with the vendor's reference, and unlock it there. It is needed once.",
        ),
        ProblemCode::NotConfirmed => words(
            "The check was not confirmed",
            "The operation is unlocked only when the box is ticked.",
            "Nothing was unlocked.",
            "Compare the address with the vendor's reference page, then tick the box.",
        ),
        ProblemCode::OperationNotFound => words(
            "There is no such operation",
            "Steward knows no operation of this name that needs unlocking.",
            "Nothing was unlocked.",
            "Choose one on the connection page.",
        ),
        ProblemCode::LogUnavailable => words(
            "The audit log cannot be written",
            "Every change is written to the log before it is sent. The log could not be written, so nothing was sent.",
            "Nothing was sent to Tableau.",
            "Tell Steward's operator: the disk may be full, or the database read-only.",
        ),
        ProblemCode::StoreUnavailable => words(
            "Steward's database does not answer",
            "Without it, Steward cannot tell who you are or what was done.",
            "Nothing was sent to Tableau.",
            "Try again in a minute, then tell Steward's operator.",
        ),
        ProblemCode::VendorRefused => words(
            "Tableau says no",
            "Your token may no longer have the rights of a cloud administrator, or Tableau does not allow this here.",
            "Tableau changed nothing.",
            "Check in Tableau Cloud Manager that you are still a cloud administrator.",
        ),
        ProblemCode::VendorNotFound => words(
            "Tableau does not know this address",
            "Either the object is gone, or the address that Steward infers for this operation is wrong.",
            "Tableau changed nothing.",
            "Look at the connection page: it says which addresses are confirmed. An operator can correct one in the settings.",
        ),
        ProblemCode::VendorConflict => words(
            "Tableau says that this does not fit",
            "The object is in another state than the request expects.",
            "Tableau changed nothing.",
            "Open the object's page, which reads its present state.",
        ),
        ProblemCode::VendorRejected => words(
            "Tableau did not accept the request",
            "It says that something in the request itself is wrong.",
            "Tableau changed nothing.",
            "If it repeats, report the reference below to Steward's operator.",
        ),
        ProblemCode::VendorBusy => words(
            "Tableau asks to slow down",
            "Too many requests came from this tenant in a short time.",
            "Tableau did not carry out this request.",
            "Wait, then try again.",
        ),
        ProblemCode::VendorDown => words(
            "Tableau has a failure of its own",
            "It answered with a server error.",
            "Reading changes nothing.",
            "Try again in a minute. Tableau's status page may know more.",
        ),
        ProblemCode::VendorTimeout => words(
            "Tableau did not answer in time",
            "The request was given up.",
            "Reading changes nothing.",
            "Try again in a minute.",
        ),
        ProblemCode::VendorUnreachable => words(
            "Tableau cannot be reached",
            "No connection could be opened.",
            "Nothing was sent.",
            "Steward's operator should check the network and the address in the settings.",
        ),
        ProblemCode::VendorGarbled => words(
            "Tableau's answer cannot be read",
            "It is cut off, or not of the form the vendor documents.",
            "Reading changes nothing.",
            "Try again. If it repeats, report the reference below to Steward's operator.",
        ),
        ProblemCode::FateUnknown => words(
            "Nobody knows yet whether this took effect",
            "The change was sent to Tableau, but the answer was lost. Steward does not send it again by itself.",
            "It may or may not have been changed.",
            "Open the object's page: it reads the present state from Tableau. Decide there.",
        ),
        ProblemCode::NotVerified => words(
            "Tableau accepted the change, but shows another state",
            "After the change Steward asked Tableau again, and the answer is not what was asked for.",
            "It may take effect a little later, or not at all.",
            "Open the object's page again in a minute. Decide there.",
        ),
        ProblemCode::NotReadBack => words(
            "Tableau accepted the change, but could not be asked again",
            "After the change Steward asks Tableau for the present state. That answer did not come.",
            "It probably took effect. Steward does not send it again by itself.",
            "Open the object's page: it reads the present state from Tableau.",
        ),
        ProblemCode::NotCarriedOut => words(
            "The change was not carried out",
            "Its answer was lost, and Tableau still shows the state from before, minutes after it was sent.",
            "Tableau changed nothing.",
            "Start the change anew if it is still wanted.",
        ),
        ProblemCode::StewardUnreachable => words(
            "Steward cannot be reached",
            "Your browser got no answer, or one that was cut off.",
            "A change that was already sent shows in the audit log.",
            "Check your network, then reload the page.",
        ),
        ProblemCode::TookTooLong => words(
            "This took too long",
            "Steward gave the request up.",
            "A change that was already sent shows in the audit log.",
            "Try again in a minute.",
        ),
        ProblemCode::Internal => words(
            "Something in Steward is broken",
            "This should not happen.",
            "A change that was already sent shows in the audit log.",
            "Report the reference below to Steward's operator.",
        ),
    }
}
