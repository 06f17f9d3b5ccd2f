//! Plans of rows that stood in a plan before: what a run left open, and plans that ran out.

use model::{
    PlanId, Problem, SiteUserId,
    plan::{Plan, Step, Verdict, Wish},
    runs::RowState,
};

use super::{
    Row, Who,
    on_site::{SiteRow, SiteWho},
};
use crate::{Caller, Operations};

impl Operations {
    /// A new plan of the rows of a run that somebody should look at.
    pub async fn plan_again(&self, caller: &Caller, run: PlanId) -> Result<PlanId, Problem> {
        caller.must(model::Permission::PlanPeople)?;
        let known = self.read_run(caller, &run).await?;
        let states: Vec<RowState> = RowState::ALL.into_iter().filter(|state| state.needs_a_look()).collect();
        let rows = self.0.store.all_rows(caller.tenant(), run, &states).await;
        let rows = rows.map_err(|error| caller.store_problem(&error))?;
        let source = format!("rows of \u{201c}{}\u{201d} that need a look", known.title);
        let title = format!("Again: {}", known.title);
        if let Some(site) = rows.iter().find_map(|row| row.wish.on_site()).map(|wish| wish.site) {
            let rows = rows
                .into_iter()
                .filter_map(|row| site_row(row.line, row.site_user, row.user_name, row.name, row.wish));
            let now = self.site_now(caller, site).await?;
            return self.make_site_plan(caller, now, title, source, rows.collect()).await;
        }
        let limits: Vec<_> = rows.iter().filter_map(|row| row.wish.limits().copied()).collect();
        if !limits.is_empty() {
            return self.make_limits_plan(caller, title, source, limits).await;
        }
        let rows = rows.into_iter().map(|row| {
            let who = row.user.map_or_else(|| Who::Name(row.user_name.clone()), Who::Id);
            Row { line: row.line, display_name: row.name, creates: true, ..Row::of(who, row.wish) }
        });
        self.make_plan(caller, title, source, rows.collect()).await
    }

    /// The same plan once more, compared with what Tableau tells now: for one that ran out or was discarded.
    pub async fn plan_anew(&self, caller: &Caller, plan: &PlanId) -> Result<PlanId, Problem> {
        caller.must(model::Permission::PlanPeople)?;
        let known = self.read_plan(caller, plan).await?;
        let (plan, steps) = self.redraft(caller, &known).await?;
        self.keep_plan(caller, &plan, &steps).await
    }

    /// A plan as it would be made at this moment, by this caller.
    pub(crate) async fn redraft(&self, caller: &Caller, known: &Plan) -> Result<(Plan, Vec<Step>), Problem> {
        let (title, source) = (known.title.clone(), known.source.clone());
        let steps = self.0.store.all_steps(caller.tenant(), known.id, None).await;
        let steps = steps.map_err(|error| caller.store_problem(&error))?;
        let on_site = steps.iter().find_map(|step| step.wish.as_ref()?.on_site()).map(|wish| wish.site);
        if let Some(site) = on_site {
            let rows = steps.into_iter().filter_map(|step| match step.wish {
                Some(wish) => site_row(step.line, step.site_user, step.user_name, step.name, wish),
                // A row that could not be read cannot be read any better now, and keeps its words.
                None => Some(SiteRow {
                    line: step.line,
                    who: SiteWho::named(step.user_name),
                    display_name: step.name,
                    change: None,
                    troubles: step.why,
                    said: step.after,
                }),
            });
            let now = self.site_now(caller, site).await?;
            return self.draft_site_plan(caller, now, title, source, rows.collect()).await;
        }
        let limits: Vec<_> = steps.iter().filter_map(|step| step.wish.as_ref()?.limits().copied()).collect();
        if !limits.is_empty() {
            return self.draft_limits_plan(caller, title, source, limits).await;
        }
        let rows = steps.into_iter().map(|step| Row {
            line: step.line,
            who: step.user.map_or_else(|| Who::Name(step.user_name), Who::Id),
            display_name: step.name,
            // A row that could not be read cannot be read any better now, and keeps its words.
            troubles: if step.wish.is_none() { step.why } else { Vec::new() },
            said: if step.wish.is_none() { step.after } else { String::new() },
            creates: step.verdict == Verdict::Create,
            wish: step.wish,
        });
        self.draft_plan(caller, title, source, rows.collect()).await
    }
}

/// A row for the plane of a site, once more.
fn site_row(
    line: Option<u32>,
    id: Option<SiteUserId>,
    user_name: String,
    display_name: String,
    wish: Wish,
) -> Option<SiteRow> {
    let Wish::OnSite(wish) = wish else { return None };
    let row = SiteRow::of(SiteWho { id, name: user_name }, wish.change);
    Some(SiteRow { line, display_name, ..row })
}
