//! Runs and jobs in the words of their list.

use model::{
    Moment, Page, PlanId, UserId,
    jobs::{JobStatus, KnownJob},
    runs::{Run, RunKind, RunState},
};

use super::kinds;
use crate::parts::text::{count, number};

/// One page of runs or of jobs, and what they can be filtered by.
#[derive(Debug)]
pub struct Listed {
    /// The rows.
    pub rows: Page<Entry>,
    /// States: the word in the address, and the words for people.
    pub states: Vec<(String, String)>,
    /// Kinds: the word in the address, and the words for people.
    pub kinds: Vec<(String, String)>,
}

/// A run or a job.
#[derive(Debug)]
pub struct Entry {
    /// Its address.
    pub href: String,
    /// What it does.
    pub title: String,
    /// Its id, where people need it.
    pub id: String,
    /// The colour of its state.
    pub tone: String,
    /// Its state.
    pub word: String,
    /// How far it is, or where it belongs.
    pub told: String,
    /// The address of the run it belongs to.
    pub run: String,
    /// Whose it is.
    pub who: String,
    /// When it began, or was last looked at.
    pub at: Moment,
}

/// Runs in words.
pub fn runs(page: Page<Run>) -> Listed {
    let states = RunState::ALL.map(|state| (state.word().to_owned(), run_state(state).1.to_owned()));
    let kinds = RunKind::ALL.map(|kind| (kind.word().to_owned(), kind.words().to_owned()));
    Listed { rows: each(page, run), states: states.into(), kinds: kinds.into() }
}

/// Jobs in words; `you` is the person who asks.
pub fn jobs(page: Page<(KnownJob, Option<UserId>, Option<PlanId>)>, you: UserId) -> Listed {
    let states = [
        JobStatus::New,
        JobStatus::InProgress,
        JobStatus::PostProcessing,
        JobStatus::Successful,
        JobStatus::Failed,
        JobStatus::RetryRequested,
        JobStatus::Skipped,
    ];
    let states = states.map(|state| (state.code().to_owned(), state.words().to_owned()));
    let kinds = kinds::OPERATIONS.iter().map(|(word, words)| ((*word).to_owned(), (*words).to_owned()));
    Listed {
        rows: each(page, |(known, owner, run)| job(known, owner.is_some_and(|owner| owner == you), run)),
        states: states.into(),
        kinds: kinds.collect(),
    }
}

fn each<From>(page: Page<From>, words: impl Fn(From) -> Entry) -> Page<Entry> {
    let Page { rows, total, of, at, as_of } = page;
    Page { rows: rows.into_iter().map(words).collect(), total, of, at, as_of }
}

fn run_state(state: RunState) -> (&'static str, &'static str) {
    match state {
        RunState::Waiting => ("", "Waiting"),
        RunState::Running => ("info", "Running"),
        RunState::Paused => ("warn", "Paused"),
        RunState::Stopping => ("warn", "Stopping"),
        RunState::Over => ("good", "Finished"),
    }
}

fn run(run: Run) -> Entry {
    let (of, look) = (run.counts, run.counts.to_look_at());
    let (tone, word) = run_state(run.state);
    let to_look_at = if look == 0 { String::new() } else { format!(" · {} to look at", number(look)) };
    Entry {
        href: format!("/runs/{}", run.id),
        title: run.title,
        id: String::new(),
        tone: if run.state == RunState::Over && look > 0 { "warn" } else { tone }.to_owned(),
        word: word.to_owned(),
        told: format!("{} of {} done{to_look_at}", number(of.done), count(of.all(), "row", "rows")),
        run: String::new(),
        who: run.by,
        at: run.began,
    }
}

fn job(job: KnownJob, yours: bool, run: Option<PlanId>) -> Entry {
    let tone = match job.status {
        JobStatus::Successful => "good",
        JobStatus::Failed => "bad",
        JobStatus::InProgress | JobStatus::PostProcessing => "info",
        _ => "",
    };
    Entry {
        href: format!("/jobs/{}", job.id),
        title: kinds::operation(&job.operation),
        id: job.id.to_string(),
        tone: tone.to_owned(),
        word: job.status.words().to_owned(),
        told: String::new(),
        run: run.map(|run| format!("/runs/{run}")).unwrap_or_default(),
        who: if yours { "you" } else { "" }.to_owned(),
        at: job.seen,
    }
}
