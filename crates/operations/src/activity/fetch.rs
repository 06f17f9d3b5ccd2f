//! A file that somebody wants to have: fetched in the background, however slow the line is, and then handed out.

use std::{sync::Arc, time::Duration};

use model::{CredentialId, Permission, Problem, ProblemCode, SiteId, activity::Fetching};
use moka::{future::Cache, policy::EvictionPolicy};
use tokio::{
    sync::{Semaphore, watch},
    task::AbortHandle,
};

use super::{file::Kept, file::LogContent, steady::now_in};
use crate::{Caller, Operations};

/// Files that are kept on our own disk at once. Beyond that the one that nobody asked for for longest goes.
const KEPT_AT_ONCE: u64 = 8;
/// How long a file is kept that nobody asks for.
const KEPT: Duration = Duration::from_secs(15 * 60);
/// How long a request waits for a file before it shows how far it is.
const WAIT: Duration = Duration::from_secs(2);

/// A file of the log that is whole and checked, ready to be handed on.
pub struct LogDownload {
    /// The name to keep it under.
    pub name: String,
    /// Its length in bytes.
    pub length: u64,
    /// Its content, from the beginning.
    pub content: LogContent,
    /// Whether the vendor told an MD5, and it is the same.
    pub compared: bool,
}

/// Files that are being fetched or are here. What one token may see is never handed to another.
pub(super) type Fetches = Cache<Key, Arc<Fetch>>;
type Key = (CredentialId, Option<SiteId>, String);

/// An empty place for them.
pub(super) fn fetches() -> Fetches {
    let ended = |_: Arc<Key>, fetch: Arc<Fetch>, _| fetch.stop();
    Cache::builder()
        .max_capacity(KEPT_AT_ONCE)
        .time_to_idle(KEPT)
        .eviction_policy(EvictionPolicy::lru())
        .eviction_listener(ended)
        .build()
}

/// A file under way.
pub(super) struct Fetch {
    state: Arc<watch::Sender<State>>,
    task: AbortHandle,
}

#[derive(Clone, Default)]
struct State {
    told: Fetching,
    kept: Option<Kept>,
}

impl Fetch {
    fn start(operations: Operations, caller: Caller, site: Option<SiteId>, path: String) -> Arc<Self> {
        let told = Fetching { path: path.clone(), ..Fetching::default() };
        let state = Arc::new(watch::Sender::new(State { told, kept: None }));
        let turns: Arc<Semaphore> = Arc::clone(&operations.0.readings.fetch_turns);
        let telling = Arc::clone(&state);
        let task = tokio::spawn(async move {
            let _turn = turns.acquire_owned().await;
            let told = |bytes, of| {
                telling.send_modify(|state| (state.told.bytes, state.told.of) = (bytes, of));
            };
            let at_most = operations.0.rhythm.log.file;
            let (operations, caller, path, told) = (&operations, &caller, path.as_str(), &told);
            let ended = operations
                .steady(move || async move {
                    operations.fetch_log(&now_in(caller), (site, path), None, at_most, told).await
                })
                .await;
            telling.send_modify(|state| {
                state.told.over = true;
                match ended {
                    Ok(kept) => state.kept = Some(kept),
                    Err(problem) => state.told.problem = Some(problem),
                }
            });
        });
        Arc::new(Self { state, task: task.abort_handle() })
    }

    /// Ends it: its place is needed.
    fn stop(&self) {
        self.task.abort();
        self.state.send_if_modified(|state| {
            let ends = !state.told.over;
            if ends {
                state.told.over = true;
                state.told.problem = Some(Problem::new(ProblemCode::TookTooLong));
            }
            ends
        });
    }

    async fn wait(&self) -> State {
        let mut watching = self.state.subscribe();
        // What is not there in time is told as it is.
        let _ = tokio::time::timeout(WAIT, watching.wait_for(|state| state.told.over)).await;
        self.state.borrow().clone()
    }
}

impl Operations {
    /// A file of the log, to be downloaded; nothing while it is still on its way. The first who asks starts to fetch it.
    /// What differs from the vendor's MD5 is not handed on.
    pub async fn log_file(
        &self,
        caller: &Caller,
        site: Option<SiteId>,
        path: &str,
    ) -> Result<Option<LogDownload>, Problem> {
        let State { told, kept } = self.fetched(caller, site, path).await?;
        match (told.problem, kept) {
            (Some(problem), _) => Err(problem.with_reference(&caller.request)),
            (None, Some(kept)) => Ok(Some(LogDownload {
                name: name_of(path),
                length: kept.length,
                content: kept.content,
                compared: kept.compared,
            })),
            (None, None) => Ok(None),
        }
    }

    /// How far such a file is.
    pub async fn log_file_progress(
        &self,
        caller: &Caller,
        site: Option<SiteId>,
        path: &str,
    ) -> Result<Fetching, Problem> {
        Ok(self.fetched(caller, site, path).await?.told)
    }

    async fn fetched(&self, caller: &Caller, site: Option<SiteId>, path: &str) -> Result<State, Problem> {
        caller.must(Permission::SeeActivity)?;
        if path.is_empty() || path.len() > 2_000 || path.chars().any(char::is_control) {
            return Err(caller.problem(ProblemCode::MalformedQuery));
        }
        let key: Key = (caller.credential()?, site, path.to_owned());
        let start = async { Fetch::start(self.clone(), caller.clone(), site, path.to_owned()) };
        let fetches = &self.0.readings.fetches;
        let fetch = fetches.get_with(key.clone(), start).await;
        fetches.run_pending_tasks().await;
        let state = fetch.wait().await;
        if state.told.problem.is_some() {
            // Whoever asks after this was told tries anew.
            fetches.invalidate(&key).await;
        }
        Ok(state)
    }
}

/// The name to keep a file under: the end of its path tells most.
fn name_of(path: &str) -> String {
    let plain = |at: char| at.is_ascii_alphanumeric() || matches!(at, '.' | '-' | '_' | '=');
    let name: String = path.chars().map(|at| if plain(at) { at } else { '-' }).collect();
    name.get(name.len().saturating_sub(120)..).unwrap_or("activity.json").to_owned()
}
