//! Runs and their rows as lists.

use std::collections::HashMap;

use model::{
    Page, PlanId, SiteUserId, TenantId, UserId,
    plan::{Step, Wish},
    runs::{RowCounts, RowState, RowsQuery, Run, RunJob, RunKind, RunRow, RunState, RunsQuery},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::{kinds::is_of, number};
use crate::{
    Error, Result, Store,
    entity::{run, run_row},
    json,
    lists::{contains, page, shown},
    pieces::pieces,
    stamps::{moment, now},
};

/// How many runs a question about one person goes back.
const RUNS_LOOKED_THROUGH: u64 = 500;

impl Store {
    /// A run of a tenant, without its rows.
    pub async fn run(&self, tenant: TenantId, id: PlanId) -> Result<Option<Run>> {
        let Some(row) = self.run_row(tenant, id).await? else { return Ok(None) };
        let counts = self.row_counts(&[row.id]).await?;
        Ok(Some(told(row, &counts)?))
    }

    /// One page of a tenant's runs, newest first. A kind that is no word of ours matches nothing.
    pub async fn runs(&self, tenant: TenantId, query: &RunsQuery, mine: UserId) -> Result<Page<Run>> {
        let all = run::Entity::find().filter(run::Column::Tenant.eq(tenant.uuid()));
        let of = all.clone().count(&self.db).await?;
        let mut matching = all.order_by_desc(run::Column::Began).order_by_desc(run::Column::Id);
        if query.whose == "mine" {
            matching = matching.filter(run::Column::ById.eq(mine.uuid()));
        }
        if !query.state.is_empty() {
            let word = RunState::parse(&query.state).map(RunState::word);
            matching = matching.filter(run::Column::State.is_in(word));
        }
        if !query.kind.is_empty() {
            let nothing = || Condition::all().add(run::Column::Id.is_null());
            matching = matching.filter(RunKind::parse(&query.kind).map_or_else(nothing, is_of));
        }
        let found = page(&self.db, of, matching, query.page, now()).await?;
        let ids: Vec<Uuid> = found.rows.iter().map(|run| run.id).collect();
        let counts = self.row_counts(&ids).await?;
        shown(found, |run| told(run, &counts))
    }

    /// One page of a run's rows. A state that is no word of ours matches nothing.
    pub async fn run_rows(&self, tenant: TenantId, id: PlanId, query: &RowsQuery) -> Result<Page<RunRow>> {
        if self.run_row(tenant, id).await?.is_none() {
            return Ok(Page::cut(Vec::new(), 0, query.page, now()));
        }
        let all = rows_of(id);
        let of = all.clone().count(&self.db).await?;
        let found = page(&self.db, of, narrowed(all, query), query.page, now()).await?;
        shown(found, told_row)
    }

    /// All rows of a run in one of these states; without states, all rows.
    pub async fn all_rows(&self, tenant: TenantId, id: PlanId, states: &[RowState]) -> Result<Vec<RunRow>> {
        if self.run_row(tenant, id).await?.is_none() {
            return Ok(Vec::new());
        }
        let mut rows = rows_of(id);
        if !states.is_empty() {
            rows = rows.filter(run_row::Column::State.is_in(states.iter().map(|state| state.word())));
        }
        rows.all(&self.db).await?.into_iter().map(told_row).collect()
    }

    /// The newest rows about one person, each with the title of its run.
    pub async fn rows_of_person(
        &self,
        tenant: TenantId,
        user_name: &str,
        most: u64,
    ) -> Result<Vec<(PlanId, String, RunRow)>> {
        let runs = run::Entity::find()
            .filter(run::Column::Tenant.eq(tenant.uuid()))
            .order_by_desc(run::Column::Began)
            .limit(RUNS_LOOKED_THROUGH)
            .all(&self.db)
            .await?;
        let rows = run_row::Entity::find()
            .filter(run_row::Column::Run.is_in(runs.iter().map(|run| run.id)))
            .filter(run_row::Column::Words.like(contains(user_name)))
            // UUIDs of version 7 grow with time.
            .order_by_desc(run_row::Column::Run)
            .order_by_asc(run_row::Column::Number)
            .limit(most)
            .all(&self.db)
            .await?;
        let mut found = Vec::new();
        for row in rows {
            let title = runs.iter().find(|run| run.id == row.run).map(|run| run.title.clone());
            let (run, row) = (PlanId::from(row.run), told_row(row)?);
            // The pattern also finds names that this one is a part of.
            if row.user_name.eq_ignore_ascii_case(user_name) {
                found.push((run, title.unwrap_or_default(), row));
            }
        }
        Ok(found)
    }

    /// The jobs of Tableau's that carry a run's rows out, each once, in the order of the rows.
    pub async fn run_jobs(&self, tenant: TenantId, id: PlanId) -> Result<Vec<RunJob>> {
        if self.run_row(tenant, id).await?.is_none() {
            return Ok(Vec::new());
        }
        let first = run_row::Entity::find()
            .select_only()
            .column_as(run_row::Column::Number.min(), "first")
            .filter(run_row::Column::Run.eq(id.uuid()))
            .filter(run_row::Column::Job.is_not_null())
            .group_by(run_row::Column::Job)
            .into_tuple::<i64>()
            .all(&self.db)
            .await?;
        // The first row of each tells whose job it is.
        let mut jobs = Vec::new();
        for piece in pieces(&first) {
            let rows = rows_of(id).filter(run_row::Column::Number.is_in(piece.iter().copied()));
            for row in rows.all(&self.db).await? {
                let row = told_row(row)?;
                jobs.extend(row.job.map(|job| (row.number, job)));
            }
        }
        jobs.sort_by_key(|(number, _)| *number);
        Ok(jobs.into_iter().map(|(_, job)| job).collect())
    }

    /// What a run's worker needs to act in the name of whoever applied or resumed it.
    pub async fn run_account(&self, tenant: TenantId, id: PlanId) -> Result<Option<String>> {
        Ok(self.run_row(tenant, id).await?.map(|run| run.account))
    }

    pub(super) async fn run_row(&self, tenant: TenantId, id: PlanId) -> Result<Option<run::Model>> {
        let found = run::Entity::find_by_id(id.uuid()).filter(run::Column::Tenant.eq(tenant.uuid()));
        Ok(found.one(&self.db).await?)
    }

    async fn row_counts(&self, runs: &[Uuid]) -> Result<HashMap<Uuid, RowCounts>> {
        let found = run_row::Entity::find()
            .select_only()
            .columns([run_row::Column::Run, run_row::Column::State])
            .column_as(run_row::Column::Number.count(), "rows")
            .filter(run_row::Column::Run.is_in(runs.iter().copied()))
            .group_by(run_row::Column::Run)
            .group_by(run_row::Column::State)
            .into_tuple::<(Uuid, String, i64)>()
            .all(&self.db)
            .await?;
        let mut counts: HashMap<Uuid, RowCounts> = HashMap::new();
        for (run, state, rows) in found {
            counts.entry(run).or_default().add(row_state(&state)?, u64::try_from(rows).unwrap_or(0));
        }
        Ok(counts)
    }
}

pub(super) fn rows_of(run: PlanId) -> Select<run_row::Entity> {
    run_row::Entity::find().filter(run_row::Column::Run.eq(run.uuid())).order_by_asc(run_row::Column::Number)
}

fn narrowed(mut rows: Select<run_row::Entity>, query: &RowsQuery) -> Select<run_row::Entity> {
    if !query.state.is_empty() {
        let looked_for = |state: &RowState| match query.state.as_str() {
            "look" => state.needs_a_look(),
            word => state.word() == word,
        };
        let words = RowState::ALL.into_iter().filter(looked_for).map(RowState::word);
        rows = rows.filter(run_row::Column::State.is_in(words));
    }
    let search = query.search.trim();
    if !search.is_empty() {
        rows = rows.filter(run_row::Column::Words.like(contains(search)));
    }
    rows
}

fn told(row: run::Model, counts: &HashMap<Uuid, RowCounts>) -> Result<Run> {
    Ok(Run {
        counts: counts.get(&row.id).copied().unwrap_or_default(),
        id: row.id.into(),
        tenant: row.tenant.into(),
        title: row.title,
        by: row.by,
        by_id: row.by_id.into(),
        reason: row.reason,
        state: RunState::parse(&row.state).ok_or_else(|| Error::Other("a run in no known state".into()))?,
        code: row.code,
        began: moment(row.began),
        ended: row.ended.map(moment),
    })
}

pub(super) fn told_row(row: run_row::Model) -> Result<RunRow> {
    let step: Step = json::read(&row.step)?;
    let site = step.wish.as_ref().and_then(Wish::on_site).map(|wish| wish.site);
    let on_site = site.is_some();
    let job_of = |job: Uuid| match site {
        Some(site) => RunJob::OfSite(site, job.into()),
        None => RunJob::OfTenant(job.into()),
    };
    Ok(RunRow {
        number: step.number,
        line: step.line,
        user: row.person.filter(|_| !on_site).map(UserId::from).or(step.user),
        site_user: row.person.filter(|_| on_site).map(SiteUserId::from).or(step.site_user),
        user_name: step.user_name,
        name: step.name,
        site_name: step.site_name,
        wish: step.wish.ok_or_else(|| Error::Other("a row of a run without a wish".into()))?,
        before: step.before,
        after: step.after,
        verdict: step.verdict,
        why: step.why,
        state: row_state(&row.state)?,
        attempt: number(row.attempt),
        code: row.code,
        found: row.found,
        job: row.job.map(job_of),
        act: row.act.map(Into::into),
        ended: row.ended.map(moment),
    })
}

fn row_state(word: &str) -> Result<RowState> {
    RowState::parse(word).ok_or_else(|| Error::Other("a row in no known state".into()))
}
