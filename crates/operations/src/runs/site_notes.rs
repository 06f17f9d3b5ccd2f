//! What the notes of a site's import say about the rows of our file.
//!
//! The vendor's page "Import Users to Site from CSV" promises all errors with `isVerbose` and shows none of them. Read is
//! whatever names a line or a user name; what names neither is left to the job's own page.

use std::collections::HashMap;

use model::{codes, runs::RunRow, site_jobs::SiteJob};

/// The longest code that is kept of a note without one that we know.
const LONGEST: usize = 120;

/// The codes of a job's notes, by the place of their row in the file.
pub(super) fn by_row(job: &SiteJob, rows: &[RunRow]) -> HashMap<usize, String> {
    let names: HashMap<String, usize> =
        rows.iter().enumerate().map(|(place, row)| (row.user_name.to_lowercase(), place)).collect();
    let notes = job.notes.iter().filter_map(|note| note.text.as_deref());
    let mut found = HashMap::new();
    for part in notes.chain(job.texts.iter().map(String::as_str)).flat_map(parts) {
        let place = line(part).map(|line| line - 1).or_else(|| named(part, &names));
        // The file has one line for each row; a line beyond it names nobody of ours.
        if let Some(place) = place.filter(|place| *place < rows.len()) {
            found.entry(place).or_insert_with(|| code(part));
        }
    }
    found
}

/// The single messages of a note.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '\n', '\r']).map(str::trim).filter(|part| !part.is_empty())
}

/// The line that a message begins with or mentions, from 1.
fn line(part: &str) -> Option<usize> {
    let lower = part.to_ascii_lowercase();
    ["line", "row"].iter().find_map(|word| {
        let after = &lower[lower.find(word)? + word.len()..];
        let after = after.trim_start_matches([' ', '#', ':', '=']);
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<usize>().ok().filter(|line| *line > 0)
    })
}

/// The row whose user name stands in a message.
fn named(part: &str, names: &HashMap<String, usize>) -> Option<usize> {
    part.split(|letter: char| letter.is_whitespace() || "'\"“”<>()[],:".contains(letter))
        .find_map(|word| names.get(&word.trim_end_matches('.').to_lowercase()).copied())
}

/// The code in a message: the first word that we have words for, else the first that looks like one, else the message.
fn code(part: &str) -> String {
    let words = || {
        part.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'))
            .filter(|word| word.len() >= 5)
    };
    let known = words().find(|word| codes::explain(word).is_some());
    let looks = |word: &&str| {
        word.contains('_') && word.chars().all(|letter| letter == '_' || !letter.is_ascii_lowercase())
    };
    match known.or_else(|| words().find(looks)) {
        Some(code) => code.to_owned(),
        None => part.chars().take(LONGEST).collect(),
    }
}

#[cfg(test)]
mod tests {
    use model::site_jobs::{JobNote, SiteJobStatus};
    use model::{
        SiteId, SiteJobId,
        plan::{OnSite, SiteWish, Verdict, Wish},
        runs::RowState,
    };
    use uuid::Uuid;

    use super::*;

    fn row(user_name: &str) -> RunRow {
        let change = SiteWish::Remove { assets_to: None };
        RunRow {
            number: 1,
            line: Some(9),
            user: None,
            site_user: None,
            user_name: user_name.to_owned(),
            name: String::new(),
            site_name: String::new(),
            wish: Wish::OnSite(OnSite { site: SiteId::from(Uuid::from_u128(1)), change }),
            before: String::new(),
            after: String::new(),
            verdict: Verdict::Change,
            why: Vec::new(),
            state: RowState::Sent,
            attempt: 1,
            code: None,
            found: None,
            job: None,
            act: None,
            ended: None,
        }
    }

    fn job(texts: &[&str]) -> SiteJob {
        let note = |text: &&str| JobNote {
            kind: "CountOfUsersSkipped".to_owned(),
            value: Some("1".to_owned()),
            text: Some((*text).to_owned()),
        };
        SiteJob {
            id: SiteJobId::from(Uuid::from_u128(2)),
            kind: "UserImport".to_owned(),
            status: SiteJobStatus::Success,
            progress: Some(100),
            finish_code: Some("0".to_owned()),
            created: None,
            started: None,
            updated: None,
            completed: None,
            title: None,
            subtitle: None,
            priority: None,
            notes: texts.iter().map(note).collect(),
            texts: Vec::new(),
        }
    }

    #[test]
    fn lines_and_names_lead_to_rows_and_what_names_nobody_leads_nowhere() {
        let rows = ["a@example.com", "b@example.com", "c@example.com"].map(row);
        let told = by_row(
            &job(&[
                "Line 1: USER_INVALID_USER_NAME; line 99: USER_INVALID_USER_NAME; Line 0: X",
                "User 'B@example.com' was skipped",
                "Something else went wrong",
                "Row #3 – BRAND_NEW_CODE",
            ]),
            &rows,
        );
        let mut told: Vec<_> = told.into_iter().collect();
        told.sort_unstable();
        let expected =
            [(0, "USER_INVALID_USER_NAME"), (1, "User 'B@example.com' was skipped"), (2, "BRAND_NEW_CODE")];
        assert_eq!(told, expected.map(|(place, code)| (place, code.to_owned())));
    }

    #[test]
    fn whatever_a_note_says_is_read_without_harm() {
        let rows = [row("a@example.com")];
        for text in
            ["", ";;;", "line", "Line 99999999999999999999: X", "linéline 1", "\u{202e}enil 1 line\u{0}"]
        {
            assert!(by_row(&job(&[text]), &rows).len() <= 1, "{text}");
        }
    }
}
