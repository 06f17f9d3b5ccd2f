//! The word codes of a job's rows, and what they tell of the row.
//!
//! Tableau's pages explain none of them. The codes come from a public client's model, the meanings from their
//! names: we take "created" for a user new to the tenant, "added" for a known user on one more site.

mod refused;

use super::{Again, Explained, Source, Tone, next};

/// The kind of outcome a row had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Done as asked.
    Done,
    /// It already was as asked.
    NothingToDo,
    /// Something was done, but not what was asked.
    NotAsAsked,
    /// Done, and nobody was told by mail. Its tone tells whether it was done as asked.
    DoneWithoutMail,
    /// Not done.
    Refused(Refusal),
    /// Seen in public, explained nowhere.
    Undocumented,
}

/// What a row was refused for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// What was asked for cannot be asked for.
    Request,
    /// Whoever asked may not.
    Rights,
    /// The user, group or site is not in a state that allows it.
    State,
    /// The line of the file is faulty.
    CsvLine,
}

/// The tables of outcomes, by group.
pub(super) fn tables() -> impl Iterator<Item = &'static [Explained]> {
    [DONE, NOTHING_TO_DO, NOT_AS_ASKED, WITHOUT_MAIL, UNDOCUMENTED].into_iter().chain(refused::tables())
}

const DONE: &[Explained] = &[
    done("USER_CREATED_WITH_ASSIGNED_ROLE", "A new user was created with the role asked for."),
    done("USER_CREATED_WITH_ASSIGNED_UNLICENSED", "A new user was created without a licence, as asked."),
    done("USER_ADDED_WITH_ASSIGNED_ROLE", "The user was added with the role asked for."),
    done("USER_ADDED_WITH_ASSIGNED_UNLICENSED", "The user was added without a licence, as asked."),
    done("SITE_ROLE_ASSIGNED", "The user was given the role on the site."),
    done("SITE_ROLE_REMOVED", "The user's role on the site was removed."),
    done(
        "SITE_ROLE_REMOVED_USER_DELETED",
        "The user's role on the site was removed, and the user was deleted.",
    ),
    done("USER_IDP_UPDATED", "The user's sign-in method was changed."),
    done("USER_EMAIL_UPDATED", "The user's e-mail address was changed."),
    done("USER_CREATED_WITH_LINK_ROLE", "A new user was created with the role in the tenant."),
    done("LINK_ROLE_ADDED_TO_USER", "The user was given the role in the tenant."),
    done("LINK_ROLE_UPDATED_IN_USER", "The user's role in the tenant was changed."),
    done("LINK_ROLE_DELETED_FROM_USER", "The user's role in the tenant was removed."),
    done("LANGUAGE_LOCALE_UPDATED_IN_USER", "The user's language or locale was changed."),
    done(
        "USER_ADDED_WITH_ASSIGNED_ROLE_EMAIL_UPDATED",
        "The user was added with the role asked for, and the e-mail address was changed.",
    ),
    done("USER_SITE_ROLE_CHANGED_EMAIL_UPDATED", "The role on the site and the e-mail address were changed."),
    done(
        "USER_SITE_ROLE_UNCHANGED_EMAIL_UPDATED",
        "The e-mail address was changed; the role on the site stayed.",
    ),
    done(
        "USER_DISPLAY_NAME_ROLE_EMAIL_UPDATED",
        "The display name, the role and the e-mail address were changed.",
    ),
    done(
        "USER_DISPLAY_NAME_ROLE_UPDATED_EMAIL_UNCHANGED",
        "The display name and the role were changed; the e-mail address stayed.",
    ),
    done(
        "USER_DISPLAY_NAME_UPDATED_ROLE_EMAIL_UNCHANGED",
        "The display name was changed; the role and the e-mail address stayed.",
    ),
    done(
        "USER_SITE_ROLE_UPDATED_EMAIL_UNCHANGED",
        "The role on the site was changed; the e-mail address stayed.",
    ),
];

const NOTHING_TO_DO: &[Explained] = &[
    kept(
        "USER_OR_ROLE_ALREADY_IN_EXPECTED_STATE",
        "Nothing changed: the user or the role was as asked already.",
    ),
    kept(
        "USER_SITE_ROLE_EMAIL_UNCHANGED",
        "Nothing changed: the role on the site and the e-mail address stayed.",
    ),
];

const NOT_AS_ASKED: &[Explained] = &[
    differs(
        "USER_CREATED_AS_UNLICENSED_SITE_LICENSE_EXHAUSTED",
        "A new user was created without a licence, because the site has none left.",
        next::FREE_LICENCE,
    ),
    differs(
        "USER_ADDED_AS_UNLICENSED",
        "The user was added without a licence instead of the role asked for.",
        next::FREE_LICENCE,
    ),
    differs(
        "USER_ROLE_UNCHANGED_SITE_LICENSE_EXHAUSTED",
        "The user keeps the former role, because the site has no licence left for the new one.",
        next::FREE_LICENCE,
    ),
    differs(
        "USER_ROLE_UNCHANGED_GLSI_MIN_ROLE",
        "The user keeps the former role, because one of their groups has a minimum role.",
        next::MINIMUM_ROLE,
    ),
    differs(
        "USER_UNLICENSED_OWNS_CONTENT",
        "The user lost the licence but was not removed, because they own content.",
        next::MOVE_CONTENT,
    ),
];

const WITHOUT_MAIL: &[Explained] = &[
    unmailed(
        "USER_CREATED_WITH_ASSIGNED_ROLE_WITH_EMAIL_DISABLED",
        "A new user was created with the role asked for; no mail was sent.",
    ),
    unmailed(
        "USER_CREATED_WITH_ASSIGNED_UNLICENSED_WITH_EMAIL_DISABLED",
        "A new user was created without a licence, as asked; no mail was sent.",
    ),
    unmailed_differs(
        "USER_CREATED_AS_UNLICENSED_SITE_LICENSE_EXHAUSTED_WITH_EMAIL_DISABLED",
        "A new user was created without a licence, because the site has none left; no mail was sent.",
    ),
    unmailed(
        "USER_ADDED_WITH_ASSIGNED_ROLE_WITH_EMAIL_DISABLED",
        "The user was added with the role asked for; no mail was sent.",
    ),
    unmailed(
        "USER_ADDED_WITH_ASSIGNED_UNLICENSED_WITH_EMAIL_DISABLED",
        "The user was added without a licence, as asked; no mail was sent.",
    ),
    unmailed_differs(
        "USER_ADDED_AS_UNLICENSED_WITH_EMAIL_DISABLED",
        "The user was added without a licence instead of the role asked for; no mail was sent.",
    ),
    unmailed(
        "USER_ADDED_DISPLAY_NAME_UPDATED_WITH_EMAIL_DISABLED",
        "The user was added, and the display name was changed; no mail was sent.",
    ),
    unmailed(
        "USER_ADDED_UPON_RETRY_WITH_ASSIGNED_ROLE_WITH_EMAIL_DISABLED",
        "The user was added at a second try with the role asked for; no mail was sent.",
    ),
    unmailed_differs(
        "USER_ADDED_UPON_RETRY_AS_UNLICENSED_WITH_EMAIL_DISABLED",
        "The user was added at a second try, but without a licence; no mail was sent.",
    ),
    unmailed(
        "USER_DISPLAY_NAME_UPDATED_WITH_EMAIL_DISABLED",
        "The display name was changed; no mail was sent.",
    ),
    unmailed(
        "USER_DISPLAY_NAME_UPDATED_SITE_ROLE_ASSIGNED_WITH_EMAIL_DISABLED",
        "The display name was changed and the role on the site given; no mail was sent.",
    ),
    unmailed(
        "SITE_ROLE_ASSIGNED_WITH_EMAIL_DISABLED",
        "The user was given the role on the site; no mail was sent.",
    ),
];

const UNDOCUMENTED: &[Explained] = &[
    undocumented("E_400_USR_SVC_4023"),
    undocumented("E_400_USR_SVC_4031"),
    undocumented("E_400_USR_SVC_4033"),
];

const fn done(code: &'static str, meaning: &'static str) -> Explained {
    outcome(code, meaning, None, Again::No, Tone::Good, Group::Done)
}

const fn kept(code: &'static str, meaning: &'static str) -> Explained {
    outcome(code, meaning, None, Again::No, Tone::Neutral, Group::NothingToDo)
}

const fn differs(code: &'static str, meaning: &'static str, next: &'static str) -> Explained {
    outcome(code, meaning, Some(next), Again::Fixed, Tone::Warning, Group::NotAsAsked)
}

const fn unmailed(code: &'static str, meaning: &'static str) -> Explained {
    let next = "Tell the user yourself, where they need to know.";
    outcome(code, meaning, Some(next), Again::No, Tone::Good, Group::DoneWithoutMail)
}

const fn unmailed_differs(code: &'static str, meaning: &'static str) -> Explained {
    outcome(code, meaning, Some(next::FREE_LICENCE), Again::Fixed, Tone::Warning, Group::DoneWithoutMail)
}

const fn undocumented(code: &'static str) -> Explained {
    let meaning = "Tableau has not published what this code means.";
    let next = "Read the row's status, then refresh to see what took effect.";
    outcome(code, meaning, Some(next), Again::Unknown, Tone::Neutral, Group::Undocumented)
}

const fn outcome(
    code: &'static str,
    meaning: &'static str,
    next: Option<&'static str>,
    again: Again,
    tone: Tone,
    group: Group,
) -> Explained {
    let source = Source::PublicClient;
    Explained { code, symbol: None, http: &[], meaning, next, again, source, tone, group: Some(group) }
}
