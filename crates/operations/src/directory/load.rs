//! One round of reading everyone from Tableau: by highest role, several lists at once, then those whom no role finds.

use std::{collections::HashSet, sync::Arc, sync::atomic::Ordering, time::Duration};

use futures::{StreamExt, TryStreamExt, stream};
use model::{Problem, ProblemCode, UserId, people::Person, roles::SiteRole};
use tableau::PeopleFilter;
use tokio::{sync::mpsc, time::Instant};
use tracing::info;
use uuid::Uuid;

use super::{Directory, Snapshot};
use crate::{Caller, Operations, caller::clock};

/// Lists read at once. The vendor publishes no limit; this is as many as its own loader uses workers.
const AT_ONCE: usize = 6;
/// How often people are shown while they come.
const SHOW_EVERY: Duration = Duration::from_millis(700);
/// More pages than any tenant has, in case the vendor's tokens never end.
const MOST_PAGES: usize = 100_000;

impl Operations {
    /// Reads everyone. What came is shown at once; people are called gone only after a whole round.
    pub(super) async fn load(&self, caller: &Caller, directory: &Arc<Directory>) -> Result<(), Problem> {
        let before = directory.people();
        let began = Instant::now();
        if before.is_empty() {
            // The vendor calls listing without roles faster: names first, so that somebody can be found.
            self.read_parts(caller, directory, parts(true)).await?;
        }
        let mut seen = self.read_parts(caller, directory, parts(false)).await?;
        let all =
            self.read_parts(caller, directory, vec![PeopleFilter { without_roles: true, ..none() }]).await?;
        // Whom no highest role finds, such as people on no site, is read one by one.
        let left: Vec<UserId> = all.difference(&seen).copied().map(UserId::from).collect();
        for some in left.chunks(100) {
            self.people_touched(&at_this_time(caller), some).await?;
        }
        seen.extend(all);
        self.end_round(caller, directory, &before, seen).await;
        info!(people = directory.people().len(), seconds = began.elapsed().as_secs(), "Read the directory");
        Ok(())
    }

    async fn end_round(
        &self,
        caller: &Caller,
        directory: &Directory,
        before: &Arc<Snapshot>,
        seen: HashSet<Uuid>,
    ) {
        let turn = directory.turn.lock().await;
        let now = directory.people();
        // Somebody created while the round was under way is in the newer snapshot and not in the older one.
        let gone: HashSet<Uuid> = before.ids().filter(|id| !seen.contains(id)).collect();
        let newer = tokio::task::spawn_blocking(move || now.with(&[], &gone)).await;
        if let Ok(newer) = newer {
            directory.change(|state| {
                state.people = Arc::new(newer);
                state.as_of = Some(clock());
                state.complete = true;
            });
        }
        self.keep(caller.tenant(), before, directory).await;
        drop(turn);
    }

    /// Reads several lists at once and shows people as they come. Returns whom it saw.
    async fn read_parts(
        &self,
        caller: &Caller,
        directory: &Arc<Directory>,
        parts: Vec<PeopleFilter>,
    ) -> Result<HashSet<Uuid>, Problem> {
        let (tell, heard) = mpsc::channel(64);
        let reading = async move {
            let lists = stream::iter(parts).map(|part| self.read_list(caller, part, tell.clone()));
            lists.buffer_unordered(AT_ONCE).try_collect::<()>().await
        };
        let showing = show(directory, heard);
        let (read, seen) = futures::join!(reading, showing);
        read.map(|()| seen)
    }

    async fn read_list(
        &self,
        caller: &Caller,
        filter: PeopleFilter,
        tell: mpsc::Sender<Vec<Person>>,
    ) -> Result<(), Problem> {
        let mut token: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let (asked, from) = (filter.clone(), token.clone());
            let ask = move |manager: tableau::Manager<tableau::Read>| {
                let (asked, from) = (asked.clone(), from.clone());
                async move { manager.list_people(&asked, from).await }
            };
            let (people, next) = self.ask(&at_this_time(caller), ask).await?;
            // Whoever listens ends only with the round itself.
            _ = tell.send(people).await;
            match next {
                None => return Ok(()),
                Some(next) if Some(&next) == token.as_ref() => break,
                next => token = next,
            }
        }
        Err(caller.problem(ProblemCode::VendorGarbled))
    }
}

/// Puts people into the directory as they come, every now and then rather than page by page.
async fn show(directory: &Arc<Directory>, mut heard: mpsc::Receiver<Vec<Person>>) -> HashSet<Uuid> {
    let mut seen = HashSet::new();
    let mut waiting: Vec<Person> = Vec::new();
    let mut shown = Instant::now();
    while let Some(people) = heard.recv().await {
        directory.so_far.fetch_add(people.len() as u64, Ordering::Relaxed);
        seen.extend(people.iter().map(|person| person.id.uuid()));
        // The first page is shown at once: somebody may be waiting for it.
        let first = directory.people().is_empty();
        waiting.extend(people);
        if first || shown.elapsed() > SHOW_EVERY {
            put(directory, std::mem::take(&mut waiting)).await;
            shown = Instant::now();
        }
    }
    put(directory, waiting).await;
    seen
}

async fn put(directory: &Arc<Directory>, people: Vec<Person>) {
    let _turn = directory.turn.lock().await;
    let now = directory.people();
    let newer = tokio::task::spawn_blocking(move || now.with(&people, &HashSet::new())).await;
    if let Ok(newer) = newer {
        directory.change(|state| state.people = Arc::new(newer));
    }
}

/// One list for each highest role, and one for those who administer the tenant.
fn parts(without_roles: bool) -> Vec<PeopleFilter> {
    let roles = SiteRole::ASSIGNABLE.into_iter().chain([SiteRole::SupportUser]);
    roles
        .map(|role| PeopleFilter { highest: Some(role), without_roles, ..none() })
        .chain([PeopleFilter { administers: Some(true), without_roles, ..none() }])
        .collect()
}

fn none() -> PeopleFilter {
    PeopleFilter::default()
}

/// The same caller later: a round lasts longer than its request, and sessions are judged by the time.
fn at_this_time(caller: &Caller) -> Caller {
    Caller { now: clock(), ..caller.clone() }
}
