//! The vendor's words for kinds of jobs and of rows, in plain words.

/// Kinds of jobs that are known, in plain words.
pub const OPERATIONS: &[(&str, &str)] = &[
    ("BULK_USER_IMPORT", "Import of people"),
    ("SITE_BULK_USER_IMPORT", "Import of people to a site"),
    ("BULK_USER_DELETE", "Deletion of many people"),
    ("BULK_USER_MODIFICATION", "Change of many people"),
    ("MULTI_ROLE_USER_DELETE", "Deletion of a person"),
    ("SINGLE_ROLE_USER_MODIFY", "Change of a person"),
    ("MULTI_ROLE_USER_MODIFY", "Change of a person"),
    ("UNLICENSE_USERS_BY_ROLE", "Taking licences away by role"),
    ("SITE_SUSPENDED", "Suspension of a site"),
    ("SITE_RESTORED", "Reactivation of a site"),
    ("SITE_DELETED", "Deletion of a site"),
    ("UPDATE_EMAIL", "Change of an e-mail address"),
    ("RESYNC_USERS", "Synchronisation of people"),
    ("MIGRATE_SITE_USERS", "Move of a site's people"),
    ("UPDATE_LAST_LOGIN_TIME", "Update of last sign-ins"),
];

/// The kind of a job in plain words; an unknown word is shown as it came.
pub fn operation(word: &str) -> String {
    let known = OPERATIONS.iter().find(|(known, _)| *known == word);
    known.map_or(word, |(_, words)| words).to_owned()
}

/// What a row was to do, in plain words; an unknown word is shown as it came.
pub fn row(word: &str) -> String {
    let said = match word {
        "CREATE_USER_SITE_ROLE" => "Create with a site role",
        "ADD_SITE_ROLE" => "Add a site role",
        "UPDATE_SITE_ROLE" => "Change the site role",
        "DELETE_SITE_ROLE" => "Remove from the site",
        "RESTORE_SITE_ROLE" => "Restore the site role",
        "SUSPEND_SITE_ROLE" => "Suspend the site role",
        "CREATE_USER_LINK_ROLE" => "Create with a tenant role",
        "ADD_LINK_ROLE" => "Add a tenant role",
        "UPDATE_LINK_ROLE" => "Change the tenant role",
        "DELETE_LINK_ROLE" => "Remove the tenant role",
        "UPDATE_USER_DETAILS" => "Change details",
        "UPDATE_LANGUAGE_OR_LOCALE" => "Change language or locale",
        other => return other.to_owned(),
    };
    said.to_owned()
}
