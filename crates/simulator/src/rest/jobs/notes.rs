//! What a finished import tells: how many people it added, changed and skipped.

use crate::rest::element::Element;
use crate::world::jobs::{Job, Row};

/// Rows whose refusal is told unless the import is verbose.
const TOLD_REFUSALS: usize = 3;

/// The notes of a job; kinds are known from a public client, and which rows count for which is inferred.
pub(super) fn of(job: &Job) -> Vec<Element> {
    if job.rows.is_empty() || job.operation != "UserImport" {
        return Vec::new();
    }
    let count = |counts: fn(&Row) -> bool| job.rows.iter().filter(|row| counts(row)).count();
    let counts = [
        ("CountOfUsersAddedToSite", count(is_added)),
        ("CountOfUsersInformationUpdated", count(is_told_anew)),
        ("CountOfUsersSiteRoleUpdated", count(has_new_role)),
        ("CountOfUsersWithInsufficientLicenses", count(lacks_licence)),
    ];
    let counted = counts.into_iter().filter(|(_, count)| *count > 0);
    let processed = note("CountOfUsersProcessed", job.rows.len(), String::new());
    let notes = counted.map(|(kind, count)| note(kind, count, String::new()));
    [processed].into_iter().chain(notes).chain(skipped(job)).collect()
}

fn note(kind: &str, value: usize, text: String) -> Element {
    Element::new("statusNote").with("type", kind).with("value", value).with("text", text)
}

/// The refused rows. Vendor: "When set to false, this method only returns the top three errors"; where they
/// stand is not shown, and here it is the text of the note.
fn skipped(job: &Job) -> Option<Element> {
    let refused: Vec<_> = job.rows.iter().filter(|row| row.status == "FAILED").collect();
    let verbose = job.told.as_ref().is_some_and(|told| told.verbose);
    let most = if verbose { refused.len() } else { TOLD_REFUSALS };
    let told = refused.iter().take(most).map(|row| format!("Line {}: {}", row.line, row.code));
    let text = told.collect::<Vec<_>>().join("; ");
    (!refused.is_empty()).then(|| note("CountOfUsersSkipped", refused.len(), text))
}

fn succeeded(row: &Row) -> bool {
    row.status == "SUCCESSFUL"
}

fn is_added(row: &Row) -> bool {
    succeeded(row) && (row.code.starts_with("USER_CREATED") || row.code.starts_with("USER_ADDED"))
}

fn is_told_anew(row: &Row) -> bool {
    succeeded(row) && (row.code.contains("DISPLAY_NAME") || row.code.ends_with("EMAIL_UPDATED"))
}

fn has_new_role(row: &Row) -> bool {
    let changed = ["USER_SITE_ROLE_UPDATED", "USER_SITE_ROLE_CHANGED", "USER_DISPLAY_NAME_ROLE"];
    succeeded(row) && changed.iter().any(|word| row.code.starts_with(word))
}

fn lacks_licence(row: &Row) -> bool {
    row.code.contains("LICENSE_EXHAUSTED") || row.code.contains("AS_UNLICENSED")
}
