//! One round: each try with its time, its answers and its end, and an end for all of them.

use std::{
    future::Future,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use model::{
    Moment, ProblemCode,
    doctor::{Left, LimitMet, Limits, Outcome, Report, ServerFound, SiteFound, Tried},
    vendor::OperationRow,
};
use tableau::{Pace, Seen, VendorWords, Wire, Witness};
use tokio::{
    sync::Mutex,
    time::{Instant, timeout_at},
};
use tracing::info;

use super::a_second;
use crate::{caller::clock, problems::vendor_code};

/// The longest that one try may take, with its repeats.
const EACH: Duration = Duration::from_secs(8);
/// The longest that the doctor waits for a turn, or over a pause that Tableau asked for.
const TURN: Duration = Duration::from_secs(3);
/// The longest that all tries may take. A page may take a minute.
const ALL: Duration = Duration::from_secs(40);

/// A round under way.
pub(super) struct Round<'a> {
    /// The way to Tableau, watched.
    pub(super) wire: Wire,
    witness: Witness,
    budget: Option<&'a Pace>,
    seen: Mutex<Vec<Seen>>,
    /// Tableau wants to be left alone for longer than the doctor waits.
    silent: AtomicBool,
    base: &'a str,
    began: Moment,
    since: Instant,
    until: Instant,
}

/// How a question ended, before its time and its status are added.
pub(super) enum Ended {
    Told(String),
    Failed(tableau::Error),
    Refused(ProblemCode),
    Left(Left),
}

impl<'a> Round<'a> {
    pub(super) fn begin(wire: &'a Wire, budget: Option<&'a Pace>) -> Self {
        let (watched, witness) = wire.witnessed();
        let since = Instant::now();
        Self {
            wire: watched,
            witness,
            budget,
            seen: Mutex::default(),
            silent: AtomicBool::new(false),
            base: wire.base(),
            began: clock(),
            since,
            until: since + ALL,
        }
    }

    /// Tries one thing, once there is a turn for it.
    pub(super) async fn attempt(&self, row: OperationRow, question: impl Future<Output = Ended>) -> Tried {
        if Instant::now() >= self.until {
            return Tried::left(row, Left::NoTime);
        }
        if !self.has_turn().await {
            return Tried::left(row, Left::Silence);
        }
        // What a session's renewal sent beforehand is not about this.
        self.keep(self.witness.take()).await;
        let asked = Instant::now();
        let ended = timeout_at(self.until.min(asked + EACH), question).await;
        let milliseconds = u64::try_from(asked.elapsed().as_millis()).unwrap_or(u64::MAX);
        let seen = self.witness.take();
        let outcome = match ended {
            Ok(Ended::Told(told)) => Outcome::Answered(told),
            Ok(Ended::Failed(error)) => self.failed(&row, &error),
            Ok(Ended::Refused(code)) => Outcome::Failed(code, None),
            Ok(Ended::Left(why)) => return Tried::left(row, why),
            Err(_elapsed) => Outcome::Failed(ProblemCode::VendorTimeout, None),
        };
        let status = seen.iter().rev().find_map(|seen| seen.status);
        // An attempt that was given up here has not been noted.
        let attempts = seen.len().max(1) as u64;
        self.keep(seen).await;
        Tried { operation: row, outcome, status, milliseconds, attempts }
    }

    /// Waits for a turn among the runs; a pause that lasts too long ends the round.
    async fn has_turn(&self) -> bool {
        let Some(budget) = self.budget else { return !self.silent.load(Ordering::Relaxed) };
        let silent = self.silent.load(Ordering::Relaxed)
            || timeout_at(self.until.min(Instant::now() + TURN), budget.turn()).await.is_err();
        self.silent.store(silent, Ordering::Relaxed);
        !silent
    }

    fn failed(&self, row: &OperationRow, error: &tableau::Error) -> Outcome {
        info!(operation = row.name, error = %crate::problems::Chain(error), "The doctor found something");
        if let tableau::Error::Busy { retry_after: Some(pause), .. } = error {
            if let Some(budget) = self.budget {
                budget.be_silent(*pause);
            }
            if *pause > TURN {
                self.silent.store(true, Ordering::Relaxed);
            }
        }
        let said = error.vendor_words().and_then(VendorWords::code);
        // Codes are shown, so nothing that is longer or odder than one is taken for one.
        let said = said.filter(|code| {
            code.len() <= 80 && code.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        });
        Outcome::Failed(vendor_code(error), said.map(str::to_owned))
    }

    async fn keep(&self, seen: Vec<Seen>) {
        self.seen.lock().await.extend(seen);
    }

    /// What was found.
    pub(super) fn report(
        self,
        manager: Vec<Tried>,
        servers: Vec<ServerFound>,
        sites: Vec<SiteFound>,
        beyond: u64,
    ) -> Report {
        let milliseconds = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        // The quickest answer tells the time best.
        let clocks = self.seen.into_inner().into_iter().filter_map(|seen| Some((seen.took, seen.ahead?)));
        Report {
            host: self.base.to_owned(),
            manager,
            servers,
            sites,
            beyond,
            ahead: clocks.min().map(|(_, ahead)| ahead),
            limits: limits(&self.wire),
            began: self.began,
            milliseconds,
        }
    }
}

/// What was met of limits on this way to Tableau.
pub(super) fn limits(wire: &Wire) -> Limits {
    let (met, last) = wire.limits().so_far();
    let last = last.map(|met| LimitMet {
        at: met.at,
        operation: met.operation.to_owned(),
        seconds: met.wait.map(|wait| wait.as_secs().max(1)),
    });
    Limits { met, last, a_second: a_second() }
}
