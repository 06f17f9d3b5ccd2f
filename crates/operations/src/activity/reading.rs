//! Reading a part of the log in the background: file after file, newest first, each checked before a line of it is shown.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use model::{
    Moment, Problem, ProblemCode,
    activity::{EventRow, EventsQuery, EventsSheet, LogFileRow, LogQuery, Progress},
};
use tableau::LogUrl;
use tokio::{sync::watch, task::AbortHandle};

use super::{
    book::Book,
    page,
    steady::{TRIES, may_pass, now_in},
    take::Stop,
};
use crate::{Caller, Operations};

/// How long a page waits for the first events. After that it shows what there is, and how far the reading is.
const WAIT: Duration = Duration::from_millis(1_200);
/// Files whose addresses are asked for in one question. A public client of the vendor's does the same.
const ASKED_AT_ONCE: usize = 20;
/// How long an address is used. The vendor's live about ten minutes.
const ADDRESS_GOOD: Duration = Duration::from_secs(5 * 60);
/// After so many files in a row that did not come, the rest will not come either.
const IN_VAIN_AT_MOST: u32 = 10;
/// How long a reading that ended early is shown before it is started anew.
const SHOWN_ENDED: Duration = Duration::from_secs(10);

/// A part of the log, read or being read.
pub(crate) struct Reading {
    shared: Arc<Shared>,
    task: AbortHandle,
}

/// What the task adds to, and pages look at.
pub(super) struct Shared {
    pub(super) progress: watch::Sender<Progress>,
    /// Held by threads for blocking work alone.
    book: Mutex<Book>,
    /// Bytes as they are once unpacked.
    pub(super) unpacked: AtomicU64,
    /// Nobody wants it any more.
    pub(super) is_left: AtomicBool,
    ended: OnceLock<Instant>,
}

impl Shared {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            progress: watch::Sender::new(Progress::default()),
            book: Mutex::default(),
            unpacked: AtomicU64::new(0),
            is_left: AtomicBool::new(false),
            ended: OnceLock::new(),
        })
    }

    pub(super) fn open(&self) -> MutexGuard<'_, Book> {
        // Whoever panicked while adding a line left whole events behind.
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows what was read, newest first; in the end all of it.
    async fn show(self: &Arc<Self>, put: impl FnOnce(&mut Book) + Send + 'static) {
        let shared = Arc::clone(self);
        // Sorting takes a while, which nobody who waits on the runtime should feel.
        let sorted = tokio::task::spawn_blocking(move || {
            let mut book = shared.open();
            put(&mut book);
            (book.len() as u64, book.bytes() as u64)
        });
        if let Ok((events, memory)) = sorted.await {
            self.progress.send_modify(|progress| (progress.events, progress.memory) = (events, memory));
        }
    }

    fn end(&self, problem: Option<Problem>) {
        if self.ended.set(Instant::now()).is_ok() {
            self.progress.send_modify(|progress| {
                progress.over = true;
                progress.problem = problem;
            });
        }
    }
}

impl Reading {
    /// Starts to read, as soon as it is its turn.
    pub(super) fn start(operations: Operations, caller: Caller, query: LogQuery) -> Arc<Self> {
        let shared = Shared::new();
        let reading = Arc::clone(&shared);
        let turns = Arc::clone(&operations.0.readings.turns);
        let task = tokio::spawn(async move {
            let _turn = turns.acquire_owned().await;
            let ended = read(&reading, &operations, &caller, &query).await;
            reading.show(Book::close).await;
            reading.end(ended.err());
        });
        Self::of(shared, task.abort_handle())
    }

    pub(super) fn of(shared: Arc<Shared>, task: AbortHandle) -> Arc<Self> {
        Arc::new(Self { shared, task })
    }

    /// Ends it: its place is needed, or it is read anew.
    pub(super) fn stop(&self) {
        self.shared.is_left.store(true, Ordering::Relaxed);
        self.task.abort();
        self.shared.end(Some(Problem::new(ProblemCode::TookTooLong)));
    }

    /// Whether it ended, and for how long that is so.
    pub(super) fn age(&self) -> Option<Duration> {
        self.shared.ended.get().map(Instant::elapsed)
    }

    /// Whether it should be read anew: it ended early, or the log went on since.
    pub(super) fn is_old(&self, fresh_for: Duration) -> bool {
        let badly = self.shared.progress.borrow().problem.is_some();
        self.age().is_some_and(|age| age >= if badly { SHOWN_ENDED.min(fresh_for) } else { fresh_for })
    }

    /// Waits a moment for the first events.
    pub(super) async fn first_rows(&self) {
        self.wait(WAIT, |progress| progress.over || progress.events > 0).await;
    }

    /// Waits for the whole.
    pub(super) async fn over(&self, at_most: Duration) {
        self.wait(at_most, |progress| progress.over).await;
    }

    async fn wait(&self, at_most: Duration, is_so: impl FnMut(&Progress) -> bool) {
        let mut watching = self.shared.progress.subscribe();
        // What is not there in time is shown as it is.
        let _ = tokio::time::timeout(at_most, watching.wait_for(is_so)).await;
    }

    /// How far it is.
    pub(super) fn progress(&self) -> Progress {
        self.shared.progress.borrow().clone()
    }

    /// A page of the events that match. For a thread for blocking work.
    pub(super) fn show(&self, query: &EventsQuery, exported_at_most: u64) -> EventsSheet {
        // Older than the book at worst, so that nothing is called whole that was not when the rows were taken.
        let progress = self.progress();
        let book = self.shared.open();
        let (kinds, outcomes) = book.choices();
        let found = book.find(&book.sought(&query.search, &query.kind, &query.outcome));
        let rows = |first: usize, number: usize| {
            found.iter().skip(first).take(number).map(|place| book.row(*place)).collect()
        };
        let page = page(found.len(), book.len(), query.page, rows);
        EventsSheet { page, kinds, outcomes, progress, exported_at_most }
    }

    /// The events that match, as many as asked for, and how many there are. For a thread for blocking work.
    pub(super) fn matching(&self, query: &EventsQuery, at_most: usize) -> (Vec<EventRow>, usize) {
        let book = self.shared.open();
        let found = book.find(&book.sought(&query.search, &query.kind, &query.outcome));
        let rows = found.iter().take(at_most).map(|place| book.row(*place)).collect();
        (rows, found.len())
    }

    /// Looks at all events. For a thread for blocking work.
    pub(super) fn look<Told>(&self, look: impl FnOnce(&Book) -> Told) -> Told {
        look(&self.shared.open())
    }
}

/// Reads all files, in the order in which they are listed.
async fn read(
    shared: &Arc<Shared>,
    operations: &Operations,
    caller: &Caller,
    query: &LogQuery,
) -> Result<(), Problem> {
    let list = move || async move { operations.all_log_files(&now_in(caller), query).await };
    let files = operations.steady(list).await?;
    shared.progress.send_modify(|progress| progress.of = files.len() as u64);
    let mut hour: Option<Option<Moment>> = None;
    let mut in_vain = 0;
    for some in files.chunks(ASKED_AT_ONCE) {
        let paths: Vec<String> = some.iter().map(|row| row.path.clone()).collect();
        let (asked, paths) = (Instant::now(), paths.as_slice());
        let ask = move || async move { operations.log_urls(&now_in(caller), query.site, paths).await };
        let mut urls = operations.steady(ask).await?;
        for row in some {
            // Files of an hour that is read whole: nothing comes before them any more, so their rows keep their places.
            if hour.is_some_and(|hour| hour != row.hour) {
                shared.show(Book::show_more).await;
            }
            hour = Some(row.hour);
            let place = urls.iter().position(|url| url.path == row.path);
            let url = place.map(|place| urls.swap_remove(place)).filter(|_| asked.elapsed() < ADDRESS_GOOD);
            match file(shared, (operations, caller, query), row, url).await {
                Ok(()) => in_vain = 0,
                Err(Stop::File(problem)) => {
                    in_vain += u32::from(!is_of_the_file(problem.code));
                    leave_out(shared, problem, row, in_vain)?;
                }
                Err(Stop::All(problem)) => return Err(problem.with_reference(&caller.request)),
            }
            shared.progress.send_modify(|progress| progress.files += 1);
        }
    }
    Ok(())
}

/// Fetches a file and adds its lines; once more, with another address, where that may go better.
async fn file(
    shared: &Arc<Shared>,
    (operations, caller, query): (&Operations, &Caller, &LogQuery),
    row: &LogFileRow,
    mut url: Option<LogUrl>,
) -> Result<(), Stop> {
    let limits = operations.0.rhythm.log;
    let too_large = || Problem::about(ProblemCode::LogFileTooLarge, &row.path);
    let mut tried = 1;
    loop {
        let left = limits.together.saturating_sub(shared.unpacked.load(Ordering::Relaxed));
        if left == 0 {
            return Err(Stop::All(too_large()));
        }
        let at = (query.site, row.path.as_str());
        let fetched =
            operations.fetch_log(&now_in(caller), at, url.take(), limits.file.min(left), &|_, _| ()).await;
        let ended = match fetched {
            Ok(kept) => shared.take(kept, row, limits).await,
            // It would fit by itself, but not beside what is read already.
            Err(problem) if problem.code == ProblemCode::LogFileTooLarge && left < limits.file => {
                Err(Stop::All(problem))
            }
            Err(problem) => Err(Stop::File(problem)),
        };
        match ended {
            Err(Stop::File(problem)) if tried < TRIES && may_pass(problem.code) => {
                operations.rest(&problem).await;
            }
            ended => return ended,
        }
        tried += 1;
    }
}

/// A file that is gone, damaged or does not come is left out, and told. What keeps every file from coming ends the reading.
fn leave_out(shared: &Shared, problem: Problem, row: &LogFileRow, in_vain: u32) -> Result<(), Problem> {
    let of_all = matches!(
        problem.code,
        ProblemCode::SessionEnded
            | ProblemCode::TokenRefused
            | ProblemCode::NothingDeposited
            | ProblemCode::NotAllowed
            | ProblemCode::StoreUnavailable
            | ProblemCode::LogHostUnknown
    );
    let path = row.path.clone();
    shared.progress.send_modify(|progress| match problem.code {
        ProblemCode::LogFileDamaged => progress.damaged.push(path),
        ProblemCode::LogFileGone => progress.gone.push(path),
        code => progress.failed.push((path, code)),
    });
    if of_all || in_vain >= IN_VAIN_AT_MOST { Err(problem) } else { Ok(()) }
}

/// Whether this says something about the file alone, and nothing about those behind it.
fn is_of_the_file(code: ProblemCode) -> bool {
    matches!(code, ProblemCode::LogFileDamaged | ProblemCode::LogFileGone | ProblemCode::LogFileTooLarge)
}
