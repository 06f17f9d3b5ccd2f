//! The directory: our copy of the tenant's people, in memory for searching and in the database for the next start.

mod columns;
mod compact;
mod fold;
mod keep;
mod load;
mod search;
mod snapshot;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use model::{Freshness, Moment, Permission, Problem, ProblemCode, TenantId, people::Loading};
use tokio::sync::{Notify, OnceCell};

pub(crate) use fold::fold;
pub(crate) use search::Sought;
pub(crate) use snapshot::Snapshot;

use crate::{Caller, Operations};

/// A directory older than this is read again in the background as soon as somebody looks at it.
const FRESH_SECONDS: i64 = 300;
/// How long a page waits for the first people of a directory that is read for the first time.
const FIRST_WAIT: Duration = Duration::from_secs(5);

/// The directories of all tenants.
#[derive(Default)]
pub(crate) struct Directories(Mutex<HashMap<TenantId, Arc<Directory>>>);

impl Directories {
    pub(crate) fn of(&self, tenant: TenantId) -> Arc<Directory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(tenant).or_default().clone()
    }
}

/// One tenant's directory.
#[derive(Default)]
pub(crate) struct Directory {
    now: Mutex<State>,
    restored: OnceCell<()>,
    loading: AtomicBool,
    so_far: AtomicU64,
    /// Rings when people came, and when a round ended.
    news: Notify,
    /// Changes of the copy take turns: a refresh of single people must not get lost in a whole round.
    turn: tokio::sync::Mutex<()>,
}

/// What is known at this moment.
#[derive(Clone, Default)]
struct State {
    people: Arc<Snapshot>,
    /// When the last whole round ended.
    as_of: Option<Moment>,
    /// When a round was last begun.
    tried: Option<Moment>,
    complete: bool,
    problem: Option<Problem>,
}

/// The directory as a page reads it.
pub(crate) struct View {
    pub(crate) people: Arc<Snapshot>,
    pub(crate) as_of: Moment,
    pub(crate) loading: Loading,
    pub(crate) stale: Option<Problem>,
}

impl Directory {
    fn state(&self) -> State {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.now.lock().unwrap_or_else(PoisonError::into_inner));
        self.news.notify_waiters();
    }

    /// The people known at this moment, whatever their age.
    pub(crate) fn people(&self) -> Arc<Snapshot> {
        self.state().people
    }

    fn view(&self, now: Moment) -> View {
        let state = self.state();
        let running = self.loading.load(Ordering::Acquire);
        View {
            people: state.people,
            as_of: state.as_of.unwrap_or(now),
            loading: Loading {
                running,
                so_far: self.so_far.load(Ordering::Relaxed),
                complete: state.complete,
            },
            stale: state.problem.filter(|problem| !is_of_a_member(problem)),
        }
    }
}

impl Operations {
    /// The directory of the caller's tenant. An old one is given at once and read anew in the background; an empty one
    /// is waited for a little, so that small tenants need no second look.
    ///
    /// A member gets one that holds nobody but those whom their grants let them see: whatever is counted, searched or
    /// exported is so by itself.
    pub(crate) async fn directory(&self, caller: &Caller, freshness: Freshness) -> Result<View, Problem> {
        self.directory_for(caller, freshness, &[]).await
    }

    /// The same of those whom a member sees by grants that open these as well.
    pub(crate) async fn directory_for(
        &self,
        caller: &Caller,
        freshness: Freshness,
        verbs: &[Permission],
    ) -> Result<View, Problem> {
        // Nothing is shown, however recently it was read, once nobody lends anything for it.
        let sight = self.sight_for(caller, verbs).await?;
        let view = self.whole_directory(&caller.reading(Permission::SeePeople), freshness).await?;
        Ok(match sight {
            Some(sight) => {
                let whole = view.people;
                let seen = tokio::task::spawn_blocking(move || sight.directory(&whole)).await;
                View { people: seen.map_err(|_| caller.problem(ProblemCode::Internal))?, ..view }
            }
            None => view,
        })
    }

    async fn whole_directory(&self, caller: &Caller, freshness: Freshness) -> Result<View, Problem> {
        let directory = self.0.directories.of(caller.tenant());
        let restored = self.restored(caller.tenant(), &directory).await;
        restored.map_err(|error| caller.store_problem(&error))?;
        let state = directory.state();
        let age = state.as_of.map(|as_of| as_of.seconds_until(caller.now));
        let due = match freshness {
            Freshness::Now => true,
            // After a round that failed, the next one waits too: a page that is reloaded must not hammer Tableau.
            Freshness::Recent => {
                let old = age.is_none_or(|age| age >= FRESH_SECONDS);
                let rested =
                    state.tried.is_none_or(|tried| tried.seconds_until(caller.now) >= FRESH_SECONDS / 10);
                old && rested
            }
        };
        // Whoever has no key begins no round: it could only fail, and keep others from beginning one that does not.
        if due && caller.credential().is_ok() {
            self.read_directory(caller, &directory);
        }
        if freshness == Freshness::Now || !state.complete {
            _ = tokio::time::timeout(self.0.rhythm.whole_wait, directory.round_ends()).await;
        }
        if state.people.is_empty() {
            _ = tokio::time::timeout(FIRST_WAIT, directory.first_come()).await;
        }
        let view = directory.view(caller.now);
        match &view.stale {
            Some(problem) if view.people.is_empty() => Err(problem.clone()),
            _ => Ok(view),
        }
    }

    /// Reads everyone anew and waits for the end of the round, for work in the background.
    pub(crate) async fn read_everyone(&self, caller: &Caller) -> Result<(), Problem> {
        let directory = self.0.directories.of(caller.tenant());
        // A round that is under way began too early to be of use.
        directory.round_ends().await;
        self.read_directory(caller, &directory);
        directory.round_ends().await;
        directory.state().problem.map_or(Ok(()), Err)
    }

    /// Begins a round of reading, unless one is under way: a hundred people who open a cold list cause one listing.
    fn read_directory(&self, caller: &Caller, directory: &Arc<Directory>) {
        if directory.loading.swap(true, Ordering::AcqRel) {
            return;
        }
        directory.so_far.store(0, Ordering::Relaxed);
        let before = directory.state().tried;
        directory.change(|state| state.tried = Some(caller.now));
        let (operations, caller, directory) = (self.clone(), caller.clone(), directory.clone());
        tokio::spawn(async move {
            let ended = Ended(directory.clone());
            let round = operations.load(&caller, &directory).await;
            directory.change(|state| {
                if round.as_ref().is_err_and(is_of_a_member) {
                    state.tried = before;
                }
                state.problem = round.err();
            });
            drop(ended);
        });
    }
}

/// Whether a round failed because nothing is lent any more to the member who began it: that is nobody else's problem.
fn is_of_a_member(problem: &Problem) -> bool {
    problem.code == ProblemCode::NothingDeposited
}

/// Marks the round as ended, even when it panics.
struct Ended(Arc<Directory>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.loading.store(false, Ordering::Release);
        self.0.news.notify_waiters();
    }
}

impl Directory {
    /// Somebody is there, or nobody will be.
    async fn first_come(&self) {
        loop {
            let news = self.news.notified();
            if !self.people().is_empty() || !self.loading.load(Ordering::Acquire) {
                return;
            }
            news.await;
        }
    }

    async fn round_ends(&self) {
        loop {
            let news = self.news.notified();
            if !self.loading.load(Ordering::Acquire) {
                return;
            }
            news.await;
        }
    }
}
