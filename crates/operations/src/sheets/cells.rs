//! What stands around the text of a cell: our guard against formulas, the vendor's escape, stray blanks.

use std::borrow::Cow;

/// Begins a formula in some spreadsheet. The last four are the full-width forms, which Excel takes in East Asia.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// What the vendor's CSV guidelines write for an `@` that does not separate the domain.
const ESCAPED_AT: &str = r"\0x40";

/// A cell that no spreadsheet takes for a formula. [`unguarded`] gives back exactly the same cell.
pub(super) fn guarded(cell: &str) -> Cow<'_, str> {
    if would_be_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Takes the apostrophe of [`guarded`] away, and no other.
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| would_be_formula(rest)).unwrap_or(cell)
}

/// Whether a spreadsheet would take the cell for a formula as it stands.
pub(super) fn begins_formula(cell: &str) -> bool {
    trimmed(cell).starts_with(FORMULA) || would_be_formula(cell)
}

// Apostrophes in front count as well: otherwise `=1` and `'=1` would come out as the same cell.
fn would_be_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA)
}

/// The cell without blanks around it, the invisible ones of joined files included.
pub(super) fn trimmed(cell: &str) -> &str {
    cell.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}'))
}

/// A user name as the vendor's file writes it: every `@` but the last is escaped.
pub(super) fn escaped(name: &str) -> String {
    match name.rsplit_once('@') {
        Some((local, domain)) => format!("{}@{domain}", local.replace('@', ESCAPED_AT)),
        None => name.to_owned(),
    }
}

/// Undoes the vendor's escape.
pub(super) fn unescaped(name: &str) -> String {
    name.replace(ESCAPED_AT, "@").replace(r"\0X40", "@")
}

/// Whether a name as it stands in a file is an e-mail address, the only user name that Tableau Cloud takes.
pub(super) fn is_address(name: &str) -> bool {
    let Some((local, domain)) = name.split_once('@') else { return false };
    let local = unescaped(local);
    !local.is_empty() && local.chars().all(in_local_part) && is_domain(domain)
}

fn in_local_part(letter: char) -> bool {
    letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.@".contains(letter)
}

fn is_domain(domain: &str) -> bool {
    let in_label = |letter: char| letter.is_alphanumeric() || letter == '-';
    domain.contains('.') && domain.split('.').all(|label| !label.is_empty() && label.chars().all(in_label))
}

/// Whether a letter has no place in one line of text.
pub(super) fn is_control(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}')
}
