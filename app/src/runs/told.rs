//! A run in the words of its page.

use model::{
    ActId, Moment, Page, PlanId, ProblemCode, SiteId,
    explain::explain,
    runs::{AgainFile, RowCounts, RunJob, RunKind, RunRow, RunSheet, RunState},
};

use super::row::row;
use crate::{
    parts::{
        lines::{Line, Tab},
        text::{count, number},
    },
    plans::told::in_words,
};

/// People named in a sentence at most.
const NAMED: usize = 10;

/// A run as its page shows it.
#[derive(Debug)]
pub struct RunTold {
    /// Its id.
    pub id: PlanId,
    /// The site whose own API it is about, and its name.
    pub site: Option<(SiteId, String)>,
    /// What it does.
    pub title: String,
    /// Who applied it.
    pub by: String,
    /// Why, in their words.
    pub reason: String,
    /// When it was applied.
    pub began: Moment,
    /// The colour of its state.
    pub tone: String,
    /// Its state in words.
    pub state: String,
    /// Whether every row has its end.
    pub over: bool,
    /// How it came here and where it goes: class, word, and what to know of it.
    pub steps: Vec<(String, String, String)>,
    /// Rows done, otherwise than asked, not done, and all: for the bar.
    pub bar: (u64, u64, u64, u64),
    /// The same in words.
    pub counts: String,
    /// What keeps it from going on, or what to do next: a heading and a sentence.
    pub notes: Vec<(String, String)>,
    /// What can be done to it: words for the form and for people.
    pub turns: Vec<(String, String)>,
    /// The act that a turn becomes.
    pub ticket: ActId,
    /// Rows that somebody should look at.
    pub look: u64,
    /// What a file of these rows holds.
    pub again: AgainFile,
    /// The jobs of Tableau's that it started.
    pub jobs: Vec<RunJob>,
    /// The choices of rows.
    pub tabs: Vec<Tab>,
    /// A page of its rows.
    pub lines: Page<Line>,
}

/// Whether the run takes people out of the tenant.
pub fn deletes(sheet: &RunSheet) -> bool {
    sheet.kind == RunKind::Deletion
}

/// A run in words. `kept` are people who were to go and are still there.
pub fn run(sheet: RunSheet, kept: &[RunRow], ticket: ActId) -> RunTold {
    let is_deletion = deletes(&sheet);
    let RunSheet { site, run, rows, jobs, again, .. } = sheet;
    let (of, state) = (run.counts, run.state);
    let look = of.to_look_at();
    let over = state == RunState::Over;
    let (tone, word) = state_words(state, look);
    let mut notes: Vec<(String, String)> = run.code.as_deref().map(problem).into_iter().collect();
    if state == RunState::Paused && of.sent > 0 && notes.is_empty() {
        notes.push(under_way(of.sent));
    }
    if is_deletion && over {
        notes.push(deletion(&of, kept));
    }
    RunTold {
        id: run.id,
        site,
        title: run.title,
        steps: steps(state, &of, run.ended),
        by: run.by,
        reason: run.reason.unwrap_or_default(),
        began: run.began,
        tone: tone.to_owned(),
        state: word.to_owned(),
        over,
        bar: (of.done, of.differs + of.unknown, of.failed + of.refused + of.stopped, of.all()),
        counts: counts(&of),
        notes,
        turns: turns(state),
        ticket,
        look: if over { look } else { 0 },
        again,
        jobs,
        tabs: tabs(&of),
        lines: in_words(rows, row),
    }
}

fn state_words(state: RunState, look: u64) -> (&'static str, &'static str) {
    match state {
        RunState::Waiting => ("", "Waiting"),
        RunState::Running => ("info", "Running"),
        RunState::Paused => ("warn", "Paused"),
        RunState::Stopping => ("warn", "Stopping"),
        RunState::Over if look > 0 => ("warn", "Finished, some rows need a look"),
        RunState::Over => ("good", "Finished"),
    }
}

fn steps(state: RunState, of: &RowCounts, ended: Option<Moment>) -> Vec<(String, String, String)> {
    let so_far = of.all() - of.waiting - of.sent;
    let far = format!("{} of {}", number(so_far), count(of.all(), "row has its end", "rows have their end"));
    let under_way = match state {
        RunState::Waiting => ("todo", "Not begun", "a worker takes it in a moment".to_owned()),
        RunState::Running => ("now", "Running", far),
        RunState::Paused => ("now", "Paused", far),
        RunState::Stopping => ("now", "Stopping", far),
        RunState::Over => ("done", "Sent and read back", far),
    };
    let end = match ended {
        Some(at) => ("done", "Finished", format!("{} UTC", at.clock())),
        None => ("todo", "End", "after the last row".to_owned()),
    };
    let applied = ("done", "Applied", "written to the audit log".to_owned());
    [applied, under_way, end].map(|(class, word, note)| (class.to_owned(), word.to_owned(), note)).into()
}

fn counts(of: &RowCounts) -> String {
    let told = [
        (of.done, "done"),
        (of.differs, "differ"),
        (of.refused, "refused"),
        (of.failed, "failed"),
        (of.unknown, "unknown"),
        (of.stopped, "left out"),
        (of.sent, "under way"),
        (of.waiting, "waiting"),
    ];
    // What is done and what waits is always told, the rest where there is any.
    let told = told.iter().filter(|(rows, word)| *rows > 0 || matches!(*word, "done" | "waiting"));
    let told: Vec<String> = told.map(|(rows, word)| format!("{} {word}", number(*rows))).collect();
    format!("{} · of {}", told.join(" · "), number(of.all()))
}

fn turns(state: RunState) -> Vec<(String, String)> {
    let turns: &[(&str, &str)] = match state {
        RunState::Waiting | RunState::Running => &[("pause", "Pause"), ("stop", "Stop the remainder")],
        RunState::Paused => &[("resume", "Resume"), ("stop", "Stop the remainder")],
        RunState::Stopping | RunState::Over => &[],
    };
    turns.iter().map(|(turn, words)| ((*turn).to_owned(), (*words).to_owned())).collect()
}

fn tabs(of: &RowCounts) -> Vec<Tab> {
    let tabs = [
        ("", "All", of.all()),
        ("look", "Need a look", of.to_look_at()),
        ("done", "Done", of.done),
        ("sent", "Under way", of.sent),
        ("waiting", "Not sent yet", of.waiting),
    ];
    tabs.map(|(word, label, rows)| (word.to_owned(), label.to_owned(), rows)).into()
}

/// A problem of the run as a heading and a sentence.
fn problem(code: &str) -> (String, String) {
    match ProblemCode::parse(code) {
        Some(code) => {
            let said = explain(code);
            (said.title.to_owned(), format!("{} {} {}", said.meaning, said.changed, said.next))
        }
        None => ("Something keeps the run from going on".to_owned(), code.to_owned()),
    }
}

/// What becomes of rows that are with Tableau while the run is paused.
fn under_way(sent: u64) -> (String, String) {
    (
        "Nothing new is sent".to_owned(),
        format!(
            "{} under way at Tableau and cannot be called back. Steward watches and reads them back while the run is \
             paused.",
            count(sent, "row is", "rows are")
        ),
    )
}

/// Who went, who was only unlicensed, and what to do next.
fn deletion(of: &RowCounts, kept: &[RunRow]) -> (String, String) {
    let gone = count(of.done, "person was removed from the tenant", "people were removed from the tenant");
    if of.differs == 0 {
        return (gone, "Nobody was left behind for owning content.".to_owned());
    }
    let names: Vec<&str> = kept.iter().take(NAMED).map(|row| row.user_name.as_str()).collect();
    let more = of.differs.saturating_sub(names.len() as u64);
    let and_more = if more == 0 { String::new() } else { format!(" and {} more", number(more)) };
    let kept = count(of.differs, "person is still there", "people are still there");
    (
        format!("{gone}; {kept}"),
        format!(
            "{}{and_more} may own content, so Tableau took the licence and left them in the tenant. Next: give their \
             content to somebody else on each site, then plan these rows again.",
            names.join(", ")
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_tell_what_is_done_and_what_waits_and_the_rest_where_there_is_any() {
        let of = RowCounts { done: 3, failed: 1, ..RowCounts::default() };
        assert_eq!(counts(&of), "3 done · 1 failed · 0 waiting · of 4");
    }

    #[test]
    fn a_deletion_names_those_who_are_still_there() {
        let of = RowCounts { done: 1, ..RowCounts::default() };
        assert_eq!(deletion(&of, &[]).0, "1 person was removed from the tenant");
        let of = RowCounts { done: 2, differs: 1, ..RowCounts::default() };
        let (title, words) = deletion(&of, &[]);
        assert_eq!(title, "2 people were removed from the tenant; 1 person is still there");
        assert!(words.contains("give their content to somebody else on each site"), "{words}");
    }
}
