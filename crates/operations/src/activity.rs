//! The vendor's own activity log: listed, fetched and checked, read as events, and compared with our audit log.

mod book;
mod fetch;
mod file;
mod lexicon;
mod line;
mod lines;
mod list;
mod reading;
mod reconcile;
mod steady;
mod take;
mod traces;
mod words;

use std::{sync::Arc, time::Duration};

use model::{
    CredentialId, Freshness, Page, Permission, Problem, ProblemCode, SiteId,
    activity::{DAYS_AT_MOST, EventsQuery, EventsSheet, LogQuery},
    page::SIZES,
};
use moka::{future::Cache, policy::EvictionPolicy};
use tableau::LogScope;
use tokio::sync::Semaphore;

pub use fetch::LogDownload;

use crate::{Caller, Exported, Operations, caller::clock, sheets};
use fetch::Fetches;
use reading::Reading;

/// Parts of the log that are kept in memory at once, and that are read at once. Beyond that the one that nobody looked at
/// for longest goes, and stops.
const READ_AT_ONCE: usize = 4;
/// Files that are fetched to be downloaded at once.
const FETCHED_AT_ONCE: usize = 4;
/// How long a part of the log is kept that nobody looks at.
const KEPT: Duration = Duration::from_secs(30 * 60);

/// Parts of the log that are read or being read, and files of it. What one token may see is never shown to another.
pub(crate) struct Readings {
    kept: Cache<(CredentialId, LogQuery), Arc<Reading>>,
    fetches: Fetches,
    turns: Arc<Semaphore>,
    fetch_turns: Arc<Semaphore>,
}

/// An empty place for them.
pub(crate) fn readings() -> Readings {
    let ended = |_: Arc<(CredentialId, LogQuery)>, reading: Arc<Reading>, _| reading.stop();
    let kept = Cache::builder()
        .max_capacity(READ_AT_ONCE as u64)
        .time_to_idle(KEPT)
        // Whoever asks last is served, however often others asked before.
        .eviction_policy(EvictionPolicy::lru())
        .eviction_listener(ended)
        .build();
    Readings {
        kept,
        fetches: fetch::fetches(),
        turns: Arc::new(Semaphore::new(READ_AT_ONCE)),
        fetch_turns: Arc::new(Semaphore::new(FETCHED_AT_ONCE)),
    }
}

/// How much of the log is fetched and kept. Tests take less.
#[derive(Debug, Clone, Copy)]
pub struct LogLimits {
    /// Bytes of one file, as it is fetched.
    pub file: u64,
    /// Bytes of all files that are read together, unpacked.
    pub together: u64,
    /// Bytes of one line.
    pub line: usize,
    /// Events of one part of the log.
    pub events: usize,
    /// Bytes of memory that they take.
    pub memory: usize,
    /// Events in one export.
    pub exported: usize,
    /// Acts of ours that are compared.
    pub acts: usize,
    /// The pause before something is tried again.
    pub pause: Duration,
    /// How long an export or a comparison waits for the whole.
    pub patience: Duration,
    /// How long a part of the log is shown before it is read anew.
    pub fresh_for: Duration,
}

impl Default for LogLimits {
    fn default() -> Self {
        Self {
            file: 512 * 1024 * 1024,
            together: 2 * 1024 * 1024 * 1024,
            line: 1024 * 1024,
            events: 3_000_000,
            memory: 256 * 1024 * 1024,
            exported: 200_000,
            acts: 50_000,
            pause: Duration::from_secs(1),
            patience: Duration::from_secs(20),
            fresh_for: Duration::from_secs(5 * 60),
        }
    }
}

/// When a part of the log that was read is read anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anew {
    /// Once it is over, somebody wants it so.
    Now,
    /// When it ended early, or a while ago.
    WhenOld,
    /// Not at all: what was shown goes on.
    Never,
}

impl Operations {
    /// A page of the events of a part of the log. The first who asks starts the reading; the page shows what is read by
    /// now, and how far it is. Rows on it keep their places while more is read.
    pub async fn log_events(
        &self,
        caller: &Caller,
        query: &LogQuery,
        wanted: &EventsQuery,
        freshness: Freshness,
    ) -> Result<EventsSheet, Problem> {
        caller.must(Permission::SeeActivity)?;
        check_wanted(caller, wanted)?;
        let anew = match freshness {
            Freshness::Now => Anew::Now,
            // Whoever turns pages goes on in what they began with.
            Freshness::Recent if wanted.page.number > 1 => Anew::Never,
            Freshness::Recent => Anew::WhenOld,
        };
        let reading = self.reading(caller, query, anew).await?;
        reading.first_rows().await;
        let (wanted, at_most) = (wanted.clone(), self.0.rhythm.log.exported as u64);
        let shown = tokio::task::spawn_blocking(move || reading.show(&wanted, at_most)).await;
        shown.map_err(|_| caller.problem(ProblemCode::Internal))
    }

    /// The events that match, as a file. Only of a part of the log that was read to its end; the name of the file tells
    /// where something is missing all the same.
    pub async fn export_events(
        &self,
        caller: &Caller,
        query: &LogQuery,
        wanted: &EventsQuery,
    ) -> Result<Exported, Problem> {
        caller.must(Permission::SeeActivity)?;
        check_wanted(caller, wanted)?;
        let reading = self.reading(caller, query, Anew::Never).await?;
        reading.over(self.0.rhythm.log.patience).await;
        let progress = reading.progress();
        if let Some(problem) = progress.problem {
            return Err(problem.with_reference(&caller.request));
        }
        if !progress.over {
            return Err(caller.problem(ProblemCode::TookTooLong));
        }
        let left_out = progress.left_out();
        let (wanted, at_most) = (wanted.clone(), self.0.rhythm.log.exported);
        let taken = tokio::task::spawn_blocking(move || {
            let (rows, of) = reading.matching(&wanted, at_most);
            let name = words::name_of_export(rows.len(), of, left_out);
            let lines = rows.into_iter().map(|row| {
                let at = row.at.map(|at| at.machine()).unwrap_or_default();
                let request = row.request.unwrap_or_default();
                vec![at, row.kind, row.outcome, row.who, row.address, row.agent, request]
            });
            Exported {
                name,
                media: "text/csv; charset=utf-8",
                bytes: sheets::write::export_csv(&words::HEADS, lines),
            }
        });
        taken.await.map_err(|_| caller.problem(ProblemCode::Internal))
    }

    /// The reading of a part of the log, started if nobody did, or if it is to be read anew.
    async fn reading(&self, caller: &Caller, query: &LogQuery, anew: Anew) -> Result<Arc<Reading>, Problem> {
        check_range(caller, query)?;
        let key = (caller.credential()?, query.clone());
        let start = async { Reading::start(self.clone(), caller.clone(), query.clone()) };
        let fresh_for = self.0.rhythm.log.fresh_for;
        let is_old = move |reading: &Arc<Reading>| match anew {
            Anew::Now => reading.age().is_some(),
            Anew::WhenOld => reading.is_old(fresh_for),
            Anew::Never => false,
        };
        let kept = &self.0.readings.kept;
        let reading = kept.entry(key).or_insert_with_if(start, is_old).await.into_value();
        kept.run_pending_tasks().await;
        Ok(reading)
    }
}

fn scope(site: Option<SiteId>) -> LogScope {
    site.map_or(LogScope::Tenant, LogScope::Site)
}

fn check_wanted(caller: &Caller, wanted: &EventsQuery) -> Result<(), Problem> {
    let long = [&wanted.search, &wanted.kind, &wanted.outcome].iter().any(|text| text.chars().count() > 200);
    if long || !SIZES.contains(&wanted.page.size) || wanted.page.number == 0 {
        return Err(caller.problem(ProblemCode::MalformedQuery));
    }
    Ok(())
}

/// A clock that goes wrong by some hours must not keep anybody from the log, so a day of the future is let through.
fn check_range(caller: &Caller, query: &LogQuery) -> Result<(), Problem> {
    let (length, ahead) = (query.from.seconds_until(query.to), clock().seconds_until(query.to));
    let fits = length > 0 && length <= DAYS_AT_MOST * 86_400 && ahead <= 86_400;
    let known =
        query.kind.chars().all(|at| at.is_ascii_alphanumeric() || at == '_') && query.kind.len() <= 100;
    match (fits, known) {
        (true, true) => Ok(()),
        (false, _) => Err(caller.problem(ProblemCode::LogRangeUnfit)),
        (_, false) => Err(caller.problem(ProblemCode::MalformedQuery)),
    }
}

/// A page of rows of which only those on it are made.
fn page<Row>(
    total: usize,
    of: usize,
    asked: model::PageRequest,
    rows: impl FnOnce(usize, usize) -> Vec<Row>,
) -> Page<Row> {
    // Cutting numbers finds the place; the rows follow.
    let cut = Page::cut((0..total).collect(), of as u64, asked, clock());
    let first = cut.rows.first().copied().unwrap_or(0);
    Page { rows: rows(first, cut.rows.len()), total: cut.total, of: cut.of, at: cut.at, as_of: cut.as_of }
}

#[cfg(test)]
mod tests {
    use model::Moment;
    use uuid::Uuid;

    use super::{reading::Shared, *};

    #[tokio::test]
    async fn a_reading_whose_place_is_needed_stops() {
        let readings = readings();
        let mut tasks = Vec::new();
        for day in 0..=READ_AT_ONCE as i64 {
            let task = tokio::spawn(std::future::pending::<()>());
            let reading = Reading::of(Shared::new(), task.abort_handle());
            let (from, to) = (Moment::from_seconds(day), Moment::from_seconds(day + 1));
            let query = LogQuery { site: None, from, to, kind: String::new() };
            readings.kept.insert((CredentialId::from(Uuid::nil()), query), Arc::clone(&reading)).await;
            readings.kept.run_pending_tasks().await;
            tasks.push((task, reading));
        }
        let (first, reading) = tasks.remove(0);
        assert!(first.await.unwrap_err().is_cancelled());
        assert_eq!(reading.progress().problem.map(|problem| problem.code), Some(ProblemCode::TookTooLong));
        assert!(tasks.iter().all(|(task, reading)| !task.is_finished() && !reading.progress().over));
        for (task, _) in tasks {
            task.abort();
        }
    }
}
