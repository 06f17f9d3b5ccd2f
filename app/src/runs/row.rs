//! A row of a run in the words of its page: what happened, and what to do next.

use model::{
    ProblemCode, codes,
    delegation::Rule,
    explain::explain,
    runs::{RowState, RunRow},
};

use crate::{
    parts::{badges::row_state, lines::Line},
    plans::told::{below, group_link, href},
};

/// A row as its line shows it.
pub fn row(row: RunRow) -> Line {
    let (tone, word) = row_state(row.state);
    let (mut told, next) = happened(&row);
    if row.state.needs_a_look()
        && let Some(found) = row.found.as_ref().filter(|found| **found != row.after)
    {
        told = format!("{told} Read back: {found}.");
    }
    let mut links: Vec<(String, String)> = group_link(Some(&row.wish)).into_iter().collect();
    if let Some(job) = row.job {
        links.push(("Tableau's job".to_owned(), job.address()));
    }
    if let Some(act) = row.act {
        links.push(("audit entry".to_owned(), format!("/audit/{act}")));
    }
    Line {
        line: row.line.map(|line| line.to_string()).unwrap_or_default(),
        href: href(Some(&row.wish), row.site_user, row.user),
        below: below(&row.name, &row.user_name, &row.site_name),
        name: if row.name.is_empty() { row.user_name } else { row.name },
        before: row.before,
        after: row.after,
        tone: tone.to_owned(),
        word: word.to_owned(),
        told,
        next,
        code: row.code.unwrap_or_default(),
        links,
    }
}

/// What happened to a row, and what to do next.
fn happened(row: &RunRow) -> (String, String) {
    let at = row.ended.map_or_else(String::new, |at| format!(" at {} UTC", at.clock()));
    let plain = match row.state {
        RowState::Waiting => "Not sent yet.".to_owned(),
        RowState::Sent => "Written down and sent; no outcome yet.".to_owned(),
        RowState::Done => format!("Done, and read back so{at}."),
        RowState::Differs => "Carried out, but reading back shows something else than asked.".to_owned(),
        RowState::Refused => "Not sent.".to_owned(),
        RowState::Failed => "Tableau did not do it.".to_owned(),
        RowState::Unknown => {
            "Sent, and nobody knows whether it took effect. It is not sent again by itself.".to_owned()
        }
        RowState::Stopped => "Left out, because somebody stopped the remainder.".to_owned(),
    };
    match (row.code.as_deref(), row.state) {
        (None, _) | (_, RowState::Waiting) => (plain, String::new()),
        // A done row's code only says how; what counts is what was read back.
        (Some(code), RowState::Done) => match explained(row, code) {
            Some(said) => (format!("{} {plain}", said.meaning), String::new()),
            None => (plain, String::new()),
        },
        (Some(code), _) if Rule::of_code(code).is_some() => {
            let rule = Rule::of_code(code);
            (
                rule.map(Rule::words).unwrap_or_default().to_owned(),
                rule.map(Rule::next).unwrap_or_default().to_owned(),
            )
        }
        (Some(code), _) => match ProblemCode::parse(code) {
            Some(ours) => {
                let said = explain(ours);
                (format!("{}. {}", said.title, said.meaning), said.next.to_owned())
            }
            None => {
                let said = explained(row, code).unwrap_or_else(codes::unknown);
                (said.meaning.to_owned(), said.next.unwrap_or_default().to_owned())
            }
        },
    }
}

/// Our words for a code of Tableau's: the two planes have codes of their own.
fn explained(row: &RunRow, code: &str) -> Option<codes::Explained> {
    match row.wish.on_site() {
        Some(wish) => codes::explain_site(wish.change.operation(), code),
        None => codes::explain_manager(code),
    }
}
