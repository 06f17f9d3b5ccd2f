//! The directory over restarts: taken from the database when somebody first asks, and written back as it changes.

use std::{collections::HashSet, sync::Arc};

use model::{Problem, TenantId, UserId, people::Person};
use tracing::warn;

use super::{Directory, Snapshot};
use crate::{Caller, Operations, problems::Chain};

/// People written at once. Between two writes the audit log gets its turn.
const AT_ONCE: usize = 5_000;

impl Operations {
    /// Takes over what the database knows, once in the life of the program.
    pub(super) async fn restored(&self, tenant: TenantId, directory: &Directory) -> store::Result<()> {
        directory.restored.get_or_try_init(|| self.restore(tenant, directory)).await?;
        Ok(())
    }

    async fn restore(&self, tenant: TenantId, directory: &Directory) -> store::Result<()> {
        let Some((as_of, complete, people)) = self.0.store.directory(tenant).await? else { return Ok(()) };
        let people =
            tokio::task::spawn_blocking(move || Snapshot::default().with(&people, &HashSet::new())).await;
        let Ok(people) = people else { return Ok(()) };
        directory.change(|state| {
            state.people = Arc::new(people);
            state.as_of = Some(as_of);
            state.complete = complete;
        });
        Ok(())
    }

    /// Writes down what differs. A full disk must not keep people from being shown, so a failure is only told to the log.
    pub(super) async fn keep(&self, tenant: TenantId, older: &Arc<Snapshot>, directory: &Directory) {
        let state = directory.state();
        let (Some(as_of), newer, older) = (state.as_of, state.people.clone(), older.clone()) else { return };
        let differences =
            tokio::task::spawn_blocking(move || (newer.changed_since(&older), newer.gone_since(&older)));
        let Ok((changed, gone)) = differences.await else { return };
        if let Err(error) = self.write_directory(tenant, as_of, state.complete, &changed, &gone).await {
            warn!(error = %Chain(&error), "The directory could not be kept; it is read anew after a restart");
        }
    }

    async fn write_directory(
        &self,
        tenant: TenantId,
        as_of: model::Moment,
        complete: bool,
        changed: &[Person],
        gone: &[UserId],
    ) -> store::Result<()> {
        let mut parts = changed.chunks(AT_ONCE).peekable();
        while let Some(part) = parts.next() {
            let last = parts.peek().is_none();
            let gone = if last { gone } else { &[] };
            self.0.store.save_directory(tenant, as_of, complete && last, part, gone).await?;
        }
        if changed.is_empty() {
            self.0.store.save_directory(tenant, as_of, complete, &[], gone).await?;
        }
        Ok(())
    }

    /// Reads single people anew after a change, so that lists show it at once. Those who are not told any more are gone.
    pub(crate) async fn people_touched(
        &self,
        caller: &Caller,
        ids: &[UserId],
    ) -> Result<Vec<Person>, Problem> {
        let told = self.people_now(caller, ids).await?;
        self.take_over(caller.tenant(), &told, ids).await;
        Ok(told)
    }

    /// Takes people over who were just read; those asked for and not told are gone.
    pub(crate) async fn take_over(&self, tenant: TenantId, told: &[Person], asked: &[UserId]) {
        let directory = self.0.directories.of(tenant);
        if let Err(error) = self.restored(tenant, &directory).await {
            warn!(error = %Chain(&error), "The kept directory could not be read");
        }
        let _turn = directory.turn.lock().await;
        let older = directory.people();
        let there: HashSet<_> = told.iter().map(|person| person.id.uuid()).collect();
        // Nobody at all out of several is rather a wrong address than a removal; the next whole round tells.
        let believed = asked.len() == 1 || !told.is_empty();
        let gone = asked.iter().map(UserId::uuid).filter(|id| believed && !there.contains(id)).collect();
        let told = told.to_vec();
        let base = older.clone();
        let newer = tokio::task::spawn_blocking(move || base.with(&told, &gone)).await;
        let Ok(newer) = newer else { return };
        directory.change(|state| state.people = Arc::new(newer));
        self.keep(tenant, &older, &directory).await;
    }
}
