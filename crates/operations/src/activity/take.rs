//! Taking the lines of a file into the book: all of them, or none where the file is damaged.

use std::{
    io,
    sync::{Arc, atomic::Ordering},
};

use model::{Problem, ProblemCode, activity::LogFileRow};

use super::{
    LogLimits,
    file::{self, Kept},
    lines::{self, Next},
    reading::Shared,
};

/// Lines that are added at once, so that pages can look in between.
const LINES_AT_ONCE: usize = 5_000;
/// Bytes that are added at once.
const BYTES_AT_ONCE: usize = 4 * 1024 * 1024;

/// Why a file is not there.
pub(super) enum Stop {
    /// This one alone.
    File(Problem),
    /// And everything behind it.
    All(Problem),
}

/// How the lines of a file ended.
enum Ended {
    AtItsEnd,
    /// At one of the limits.
    Full,
}

impl Shared {
    /// Adds the lines of a file.
    pub(super) async fn take(
        self: &Arc<Self>,
        kept: Kept,
        row: &LogFileRow,
        limits: LogLimits,
    ) -> Result<(), Stop> {
        let (shared, kind, path) = (Arc::clone(self), row.kind.clone(), row.path.clone());
        let taken = tokio::task::spawn_blocking(move || shared.take_now(kept, &kind, limits)).await;
        let problem = |code| Problem::about(code, path);
        match taken {
            Ok(Ok(Ended::AtItsEnd)) => Ok(()),
            Ok(Ok(Ended::Full)) => Err(Stop::All(problem(ProblemCode::LogFileTooLarge))),
            // What is packed and breaks off cannot be unpacked to its end.
            Ok(Err(_)) => Err(Stop::File(problem(ProblemCode::LogFileDamaged))),
            Err(_) => Err(Stop::File(problem(ProblemCode::Internal))),
        }
    }

    fn take_now(&self, kept: Kept, kind: &str, limits: LogLimits) -> io::Result<Ended> {
        let mark = self.open().mark();
        let mut unreadable = 0;
        let ended = self.take_lines(kept.content, kind, limits, &mut unreadable);
        match &ended {
            Ok(_) => self.progress.send_modify(|progress| {
                progress.bytes += kept.length;
                progress.unreadable += unreadable;
                progress.not_compared += u64::from(!kept.compared);
            }),
            // Shown whole or not at all; and another try must not show it twice.
            Err(_) => self.open().back_to(mark),
        }
        ended
    }

    fn take_lines(
        &self,
        content: file::LogContent,
        kind: &str,
        limits: LogLimits,
        unreadable: &mut u64,
    ) -> io::Result<Ended> {
        let mut text = file::text(content)?;
        let (mut some, mut size) = (Vec::new(), 0);
        loop {
            let left = limits.together.saturating_sub(self.unpacked.load(Ordering::Relaxed));
            let next = lines::next(&mut text, limits.line, left)?;
            let is_end = matches!(next, Next::End);
            let read = match next {
                Next::Line(line, read) => {
                    size += line.len();
                    some.push(line);
                    read
                }
                Next::TooLong(read) => {
                    *unreadable += 1;
                    read
                }
                Next::End => 0,
            };
            self.unpacked.fetch_add(read, Ordering::Relaxed);
            if is_end || some.len() >= LINES_AT_ONCE || size >= BYTES_AT_ONCE || read > left {
                let is_full = self.add(&some, kind, limits, unreadable);
                (some, size) = (Vec::new(), 0);
                if is_full || read > left {
                    return Ok(Ended::Full);
                }
            }
            if is_end || self.is_left.load(Ordering::Relaxed) {
                return Ok(Ended::AtItsEnd);
            }
        }
    }

    /// Adds lines, and says whether the book is full.
    fn add(&self, lines: &[Vec<u8>], kind: &str, limits: LogLimits, unreadable: &mut u64) -> bool {
        let mut book = self.open();
        for line in lines.iter().filter(|line| !line.trim_ascii().is_empty()) {
            if book.all() >= limits.events {
                return true;
            }
            *unreadable += u64::from(!book.add(line, kind));
        }
        book.bytes() > limits.memory
    }
}
