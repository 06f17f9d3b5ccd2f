//! Jobs that were ordered over the API: they move by the pretend clock and carry out their rows.

use std::mem;

use time::{Duration, OffsetDateTime};

use super::State;
use super::carry::Carrier;
use super::clock::Stamp;
use super::jobs::{Course, Job, Row};
use super::orders::Order;
use super::people::Person;
use super::settings::JobFate;
use crate::ledger::ChangeEntry;

/// The orders behind a job's rows, and how far they are carried out.
#[derive(Debug, Clone)]
pub(crate) struct Work {
    pub(crate) takes: Duration,
    /// One for each row, in their order.
    pub(crate) orders: Vec<Order>,
    /// How many rows are carried out.
    pub(crate) done: usize,
    pub(crate) fate: JobFate,
}

/// A job waits for its first sixth, and clears up after the rows in its last.
const SHARES: i32 = 6;

impl Work {
    /// When the rows begin, when they end, and when the job ends.
    fn times(&self, submitted: OffsetDateTime) -> [OffsetDateTime; 3] {
        [1, SHARES - 1, SHARES].map(|share| submitted + self.takes * share / SHARES)
    }

    /// Every state until now, with its time.
    pub(crate) fn history(
        &self,
        submitted: OffsetDateTime,
        now: OffsetDateTime,
    ) -> Vec<(&'static str, OffsetDateTime)> {
        let [started, rows_end, end] = self.times(submitted);
        let course: &[_] = match self.fate {
            JobFate::NeverStarts => &[],
            JobFate::NeverEnds => &[("IN_PROGRESS", started)],
            JobFate::Fails { .. } => &[("IN_PROGRESS", started), ("FAILED", rows_end)],
            JobFate::Ends | JobFate::Forgotten => {
                &[("IN_PROGRESS", started), ("POST_PROCESSING", rows_end), ("SUCCESSFUL", end)]
            }
        };
        let reached = course.iter().filter(|(_, at)| *at <= now);
        [("NEW", submitted)].iter().chain(reached).copied().collect()
    }

    /// Whether nothing will happen any more. A job that hangs is never over.
    pub(crate) fn is_over(&self, submitted: OffsetDateTime, now: OffsetDateTime) -> bool {
        let [_, rows_end, end] = self.times(submitted);
        match self.fate {
            JobFate::NeverStarts | JobFate::NeverEnds => false,
            JobFate::Fails { .. } => rows_end <= now,
            JobFate::Ends | JobFate::Forgotten => end <= now,
        }
    }

    /// How many rows are carried out in the end; the others fail with the job or wait for ever.
    fn most(&self) -> usize {
        match self.fate {
            JobFate::Ends | JobFate::Forgotten => self.orders.len(),
            JobFate::NeverStarts => 0,
            JobFate::NeverEnds => self.orders.len() / 2,
            JobFate::Fails { after, .. } => after.min(self.orders.len()),
        }
    }

    /// How many rows should have an outcome by now.
    fn due(&self, submitted: OffsetDateTime, now: OffsetDateTime) -> usize {
        let [started, rows_end, _] = self.times(submitted);
        if now < rows_end {
            let share = ((now - started) / (rows_end - started)).clamp(0.0, 1.0);
            return ((self.orders.len() as f64 * share) as usize).min(self.most());
        }
        match &self.fate {
            JobFate::Fails { code: Some(_), .. } => self.orders.len(),
            _ => self.most(),
        }
    }
}

impl Job {
    fn owes(&self, now: OffsetDateTime) -> bool {
        match &self.course {
            Course::Ordered(work) => work.done < work.due(self.submitted, now),
            _ => false,
        }
    }

    /// Carries out the rows that are due, and tells what they changed.
    fn carry_on(&mut self, carrier: &mut Carrier<'_>, now: OffsetDateTime) -> Vec<ChangeEntry> {
        let Course::Ordered(work) = &mut self.course else { return Vec::new() };
        let (due, most) = (work.due(self.submitted, now).max(work.done), work.most());
        let by = carrier.name_of(self.owner);
        let mut changes = Vec::new();
        for place in work.done..due {
            let row = &mut self.rows[place];
            if place >= most {
                fail_with_the_job(row, &work.fate);
            } else if let Some((kind, object)) = carrier.carry_out(self.owner, row, &work.orders[place]) {
                let (kind, object) = (kind.to_owned(), object.to_string());
                changes.push(ChangeEntry { at: Stamp(now), kind, object, by: by.clone() });
            }
        }
        work.done = due;
        changes
    }
}

fn fail_with_the_job(row: &mut Row, fate: &JobFate) {
    if let JobFate::Fails { code: Some(code), .. } = fate {
        row.status = "FAILED";
        row.code = code.clone().into();
    }
}

impl State {
    /// Carries out every row that is due, and tells what was changed.
    pub(crate) fn catch_up(&mut self, now: OffsetDateTime) -> Vec<ChangeEntry> {
        if !self.jobs.iter().any(|job| job.owes(now)) {
            return Vec::new();
        }
        // The jobs step aside, so that the rest of the state is free to change.
        let mut jobs = mem::take(&mut self.jobs);
        let mut carrier = Carrier::new(self);
        let due = jobs.iter_mut().filter(|job| job.owes(now));
        let changes = due.flat_map(|job| job.carry_on(&mut carrier, now)).collect();
        self.jobs = jobs;
        changes
    }

    /// Invitations that nobody took up in time have run out.
    pub(crate) fn run_out(&mut self, now: OffsetDateTime) {
        let (over, open): (Vec<_>, Vec<_>) =
            mem::take(&mut self.invitations).into_iter().partition(|(_, ends)| *ends <= now);
        self.invitations = open;
        for (id, _) in over {
            let invited = |person: &&mut Person| person.id == id && person.tenant_admin == Some("INVITED");
            if let Some(person) = self.people.iter_mut().find(invited) {
                person.tenant_admin = Some("EXPIRED");
            }
        }
    }
}
