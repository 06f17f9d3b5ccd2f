//! The vendor's log and ours, compared: our changes are found by their request, and changes that are not ours stand out.

use std::collections::{HashMap, HashSet};

use model::{
    Freshness, Moment, Permission, Problem, ProblemCode, UserId,
    activity::{Difference, Found, LogQuery, Progress, Reconciled, changes_something},
    audit::AuditRow,
};
use uuid::Uuid;

use super::{
    Anew,
    book::{Book, Seen},
    traces::{may_leave, traces_of, was_in_vain, was_sent},
};
use crate::{Caller, Operations};

/// Rows of each kind that are listed at most.
const LISTED: usize = 500;
/// Acts that are read at once.
const ACTS_AT_ONCE: usize = 5_000;
/// Clocks go wrong by hours; a request id does not. So acts from some hours around are looked at as well.
const AROUND_SECONDS: i64 = 3 * 60 * 60;

/// Our own log of a time.
struct Ours {
    acts: Vec<AuditRow>,
    /// Since when it is whole, where it is not from the beginning.
    since: Option<Moment>,
}

impl Operations {
    /// Compares a part of the tenant's log with our audit log. Waits for the reading, and tells how far it is.
    pub async fn reconcile(
        &self,
        caller: &Caller,
        query: &LogQuery,
        freshness: Freshness,
    ) -> Result<(Reconciled, Progress), Problem> {
        caller.must(Permission::SeeActivity)?;
        caller.must(Permission::SeeAudit)?;
        // The log of a site names no program, so nothing can be found there; and one kind alone would hide the others.
        let whole = LogQuery { site: None, kind: String::new(), ..query.clone() };
        let anew = if freshness == Freshness::Now { Anew::Now } else { Anew::WhenOld };
        let reading = self.reading(caller, &whole, anew).await?;
        reading.over(self.0.rhythm.log.patience).await;
        // Before our own log: an act of this very moment is not called missing because the reading began before it.
        let progress = reading.progress();
        let times = (whole.from.plus_seconds(-AROUND_SECONDS), whole.to.plus_seconds(AROUND_SECONDS));
        let ours = self.acts_between(caller, times).await?;
        let (you, is_whole) = (caller.user(), progress.is_whole());
        let compared = tokio::task::spawn_blocking(move || {
            reading.look(|book| Comparison::of(&ours, you).compare(book, &whole, is_whole))
        });
        let told = compared.await.map_err(|_| caller.problem(ProblemCode::Internal))?;
        Ok((told, progress))
    }

    /// Our acts of a time, the newest first where there are too many. Asked for in parts, each small enough to come whole.
    async fn acts_between(&self, caller: &Caller, times: (Moment, Moment)) -> Result<Ours, Problem> {
        let most = self.0.rhythm.log.acts;
        let mut parts = vec![times];
        let (mut acts, mut known) = (Vec::new(), HashSet::new());
        while let Some((from, to)) = parts.pop() {
            let length = from.seconds_until(to);
            // What happened in a single second cannot be asked for in parts.
            let limit = if length > 1 { ACTS_AT_ONCE.min(most) } else { most };
            let some = self.0.store.audit_between(caller.tenant(), (from, to), limit as u64).await;
            let some: Vec<AuditRow> = some.map_err(|error| caller.store_problem(&error))?;
            let is_cut = some.len() >= limit;
            if is_cut && length > 1 {
                let middle = from.plus_seconds(length / 2);
                parts.extend([(from, middle), (middle, to)]);
                continue;
            }
            // A second at the border belongs to both parts.
            acts.extend(some.into_iter().filter(|act| known.insert(act.number)));
            if is_cut {
                return Ok(Ours { acts, since: Some(to) });
            }
            if acts.len() >= most && !parts.is_empty() {
                return Ok(Ours { acts, since: Some(from) });
            }
        }
        Ok(Ours { acts, since: None })
    }
}

/// A comparison under way.
struct Comparison<'a> {
    ours: &'a Ours,
    by_request: HashMap<Uuid, Vec<&'a AuditRow>>,
    you: Option<UserId>,
    /// How often an event of a kind was met under a request.
    met: HashMap<(Uuid, &'a str), u64>,
    told: Reconciled,
}

impl<'a> Comparison<'a> {
    fn of(ours: &'a Ours, you: Option<UserId>) -> Self {
        let mut by_request: HashMap<Uuid, Vec<&AuditRow>> = HashMap::new();
        for act in &ours.acts {
            if let Ok(id) = Uuid::try_parse(&act.reference) {
                by_request.entry(id).or_default().push(act);
            }
        }
        let told = Reconciled { judged_since: ours.since, ..Reconciled::default() };
        Self { ours, by_request, you, met: HashMap::new(), told }
    }

    fn compare(mut self, book: &'a Book, times: &LogQuery, is_whole: bool) -> Reconciled {
        // Reads before and after a change carry its request too.
        for seen in book.each().filter(|seen| changes_something(seen.kind)) {
            match seen.request {
                Some(request) if self.by_request.contains_key(&request) => self.ours(book, request, &seen),
                Some(_) if self.is_judged(seen.at) => {
                    self.told.numbers.foreign += 1;
                    list(&mut self.told.foreign, || book.row(seen.place));
                }
                Some(_) => {}
                None => self.unmarked(book, &seen),
            }
        }
        if is_whole {
            self.missing(times);
        }
        self.told
    }

    /// An event with the mark of a request of ours.
    fn ours(&mut self, book: &Book, request: Uuid, seen: &Seen<'a>) {
        let all = self.by_request.get(&request).map(Vec::as_slice).unwrap_or_default();
        let fitting: Vec<&AuditRow> = all.iter().copied().filter(|act| may_leave(act, seen.kind)).collect();
        let Some(act) = fitting.first().or(all.first()).copied() else { return };
        let acts = fitting.len().max(1) as u64;
        let found = || Found { act: act.clone(), acts, event: book.row(seen.place) };
        let times = self.met.entry((request, seen.kind)).or_default();
        *times += 1;
        let difference = if fitting.is_empty() {
            Some(Difference::OtherKind)
        } else if !is_by_author(&fitting, seen.by) {
            Some(Difference::OtherPerson)
        } else if *times > acts {
            // A request for many may leave one event or one for each of them, but no more.
            Some(Difference::Repeated)
        } else if seen.outcome == "success" && fitting.iter().all(|act| was_in_vain(act)) {
            Some(Difference::NotDone)
        } else {
            None
        };
        match difference {
            Some(difference) => {
                self.told.numbers.differing += 1;
                list(&mut self.told.differing, || (difference, found()));
            }
            // The request arrived: that is all that a second event would say again.
            None if *times == 1 => {
                self.told.numbers.found += 1;
                list(&mut self.told.found, found);
            }
            None => {}
        }
    }

    fn unmarked(&mut self, book: &Book, seen: &Seen<'_>) {
        if self.you.is_some() && UserId::parse(seen.by).ok() == self.you {
            self.told.numbers.unmarked += 1;
            list(&mut self.told.unmarked, || book.row(seen.place));
        }
    }

    /// Acts that left no trace although the whole log of their time was read.
    fn missing(&mut self, times: &LogQuery) {
        let is_met = |act: &AuditRow| {
            let id = Uuid::try_parse(&act.reference).unwrap_or_default();
            traces_of(&act.verb).iter().any(|kind| self.met.contains_key(&(id, *kind)))
        };
        let mut missing = Vec::new();
        let mut number = 0;
        for act in &self.ours.acts {
            let inside = act.at >= times.from && act.at <= times.to;
            if inside && was_sent(act) && !traces_of(&act.verb).is_empty() && !is_met(act) {
                number += 1;
                list(&mut missing, || act.clone());
            }
        }
        self.told.missing = missing;
        self.told.numbers.missing = Some(number);
    }

    /// Whether our own log is whole around this time.
    fn is_judged(&self, at: Option<Moment>) -> bool {
        match (self.ours.since, at) {
            (None, _) => true,
            (Some(since), Some(at)) => at >= since.plus_seconds(AROUND_SECONDS),
            (Some(_), None) => false,
        }
    }
}

/// Whether the person of an event may be the author of one of the acts. Who is not told may be anybody.
fn is_by_author(acts: &[&AuditRow], by: &str) -> bool {
    let Ok(by) = UserId::parse(by) else { return true };
    acts.iter().any(|act| UserId::parse(&act.who_id).map_or(true, |author| author == by))
}

/// Lists a row, while there is room.
fn list<Row>(rows: &mut Vec<Row>, row: impl FnOnce() -> Row) {
    if rows.len() < LISTED {
        rows.push(row());
    }
}

#[cfg(test)]
mod tests;
