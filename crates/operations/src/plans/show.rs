//! Reading plans: the page, its rows, files of them, and throwing a plan away.

use std::collections::BTreeSet;

use model::{
    PageRequest, Permission, PlanId, Problem, ProblemCode, SiteId,
    delegation::{ApprovalState, MarkReason},
    page::SIZES,
    plan::{Plan, PlanSheet, PlanState, Step, StepsQuery, Verdict, Wish},
};

use crate::{Caller, Exported, Operations, sheets};

/// Above so many rows a person types their number before they are sent.
const MANY: u64 = 25;

/// Which rows a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DownloadOf {
    /// All of them.
    All,
    /// Those with this verdict.
    Verdict(Verdict),
}

const HEADS: [&str; 9] = ["Row", "Line", "Username", "Name", "Site", "Before", "After", "Verdict", "Why"];

impl Operations {
    /// A plan with a page of its rows.
    pub async fn plan(&self, caller: &Caller, id: &PlanId, query: &StepsQuery) -> Result<PlanSheet, Problem> {
        caller.must(Permission::PlanPeople).or_else(|_| caller.must(Permission::Approve))?;
        let known = query.verdict.is_empty() || Verdict::parse(&query.verdict).is_some();
        if !known || !SIZES.contains(&query.page.size) || query.page.number == 0 {
            return Err(caller.problem(ProblemCode::MalformedQuery));
        }
        let plan = self.read_plan(caller, id).await?;
        let steps = self.0.store.plan_steps(caller.tenant(), *id, query).await;
        let deletes = self.deletes(caller, id).await?;
        let asked = self.approval_of_plan(caller, id).await?;
        let asked_until = asked
            .filter(|asked| asked.state_at(caller.now) == ApprovalState::Waiting && asked.hash == plan.hash)
            .map(|asked| asked.until);
        let (waits, wants_reason, tickets) = self.wants(caller, id).await?;
        let is_own = !caller.is_member() || plan.by_id == caller.account.author();
        Ok(PlanSheet {
            site: self.site_of_plan(caller, id).await?,
            waits,
            wants_reason,
            tickets,
            asked_until,
            can_apply: plan.state == PlanState::Open
                && is_own
                && asked_until.is_none()
                && caller.now < plan.until
                && plan.counts.create + plan.counts.change + plan.counts.dangerous > 0,
            type_to_confirm: must_type(&plan, deletes),
            steps: steps.map_err(|error| caller.store_problem(&error))?,
            now: caller.now,
            plan,
        })
    }

    /// The site whose own API a plan is about. Such a plan is about that site in all of its rows.
    pub(crate) async fn site_of_plan(
        &self,
        caller: &Caller,
        id: &PlanId,
    ) -> Result<Option<(SiteId, String)>, Problem> {
        let first = StepsQuery { page: PageRequest { number: 1, size: 1 }, ..StepsQuery::default() };
        let found = self.0.store.plan_steps(caller.tenant(), *id, &first).await;
        let found = found.map_err(|error| caller.store_problem(&error))?;
        Ok(found.rows.into_iter().next().and_then(|step| {
            let site = step.wish.as_ref()?.on_site()?.site;
            Some((site, step.site_name))
        }))
    }

    /// A plan without its rows.
    pub(crate) async fn read_plan(&self, caller: &Caller, id: &PlanId) -> Result<Plan, Problem> {
        let plan = self.0.store.plan(caller.tenant(), *id).await;
        let plan = plan.map_err(|error| caller.store_problem(&error))?;
        let plan = plan.ok_or_else(|| caller.problem(ProblemCode::PlanNotFound))?;
        // A member sees their own plans, and those that they are asked to approve.
        let is_own = !caller.is_member() || plan.by_id == caller.account.author();
        if is_own || self.is_asked_to_approve(caller, id).await? {
            Ok(plan)
        } else {
            Err(caller.problem(ProblemCode::PlanNotFound))
        }
    }

    /// What the grants ask for before the rows of a member's plan are sent: somebody else's word, a reason.
    async fn wants(
        &self,
        caller: &Caller,
        id: &PlanId,
    ) -> Result<(Vec<MarkReason>, bool, Vec<String>), Problem> {
        if !caller.is_member() {
            return Ok((Vec::new(), false, Vec::new()));
        }
        let steps = self.0.store.all_steps(caller.tenant(), *id, None).await;
        let steps = steps.map_err(|error| caller.store_problem(&error))?;
        let permits: Vec<_> = steps.iter().filter_map(|step| step.permit.as_ref()).collect();
        let waits: BTreeSet<MarkReason> = permits.iter().flat_map(|it| it.waits.iter().copied()).collect();
        let tickets: BTreeSet<String> =
            permits.iter().filter_map(|it| it.ticket.as_ref()).map(|it| it.text().to_owned()).collect();
        let wants_reason = permits.iter().any(|it| it.reason);
        Ok((waits.into_iter().collect(), wants_reason, tickets.into_iter().collect()))
    }

    /// Whether the plan takes anybody out of the tenant or off a site.
    pub(crate) async fn deletes(&self, caller: &Caller, id: &PlanId) -> Result<bool, Problem> {
        let change = self.0.store.all_steps(caller.tenant(), *id, Some(Verdict::Change)).await;
        let change = change.map_err(|error| caller.store_problem(&error))?;
        Ok(change.iter().any(|step| step.wish.as_ref().is_some_and(Wish::takes_away)))
    }

    /// A plan's rows as a file.
    pub async fn plan_file(&self, caller: &Caller, id: &PlanId, of: DownloadOf) -> Result<Exported, Problem> {
        caller.must(Permission::PlanPeople)?;
        caller.must(Permission::ExportLists)?;
        let plan = self.read_plan(caller, id).await?;
        let verdict = match of {
            DownloadOf::All => None,
            DownloadOf::Verdict(verdict) => Some(verdict),
        };
        let word = verdict.map_or("all", Verdict::word);
        let made = async {
            let steps = self.0.store.all_steps(caller.tenant(), *id, verdict).await;
            let steps = steps.map_err(|error| caller.store_problem(&error))?;
            let count = steps.len();
            let bytes = sheets::write::export_csv(&HEADS, steps.into_iter().map(line));
            let name = format!("plan-{}-{word}.csv", &plan.id.to_string()[..8]);
            Ok::<_, Problem>((Exported { name, media: "text/csv; charset=utf-8", bytes }, count))
        };
        self.taken_away(caller, "plan", format!("{} ({word})", plan.title), made).await
    }

    /// Throws a plan away. It was never sent, so the audit log has nothing to say.
    pub async fn discard_plan(&self, caller: &Caller, id: &PlanId) -> Result<(), Problem> {
        caller.must(Permission::PlanPeople)?;
        let plan = self.read_plan(caller, id).await?;
        if caller.is_member() && plan.by_id != caller.account.author() {
            return Err(caller.problem(ProblemCode::NotAllowed));
        }
        let discarded = self.0.store.discard_plan(caller.tenant(), *id).await;
        match discarded.map_err(|error| caller.store_problem(&error))? {
            true => Ok(()),
            false => {
                // Not there and not open are told apart for the person who just looked at it.
                let plan = self.read_plan(caller, id).await?;
                Err(caller.problem(match plan.state {
                    PlanState::Open => ProblemCode::Internal,
                    PlanState::Applied | PlanState::Discarded => ProblemCode::PlanNotOpen,
                }))
            }
        }
    }
}

/// What is to be typed before the plan is applied: its number of rows, when they are many, when somebody is taken out of
/// the tenant or off a site, or when there is danger to include.
pub(crate) fn must_type(plan: &Plan, deletes: bool) -> Option<String> {
    let sent = plan.counts.create + plan.counts.change;
    (deletes || sent > MANY || plan.counts.dangerous > 0).then(|| sent.to_string())
}

fn line(step: Step) -> Vec<String> {
    let why: Vec<&str> = step.why.iter().map(|why| why.words()).collect();
    vec![
        step.number.to_string(),
        step.line.map(|line| line.to_string()).unwrap_or_default(),
        step.user_name,
        step.name,
        step.site_name,
        step.before,
        step.after,
        step.verdict.words().to_owned(),
        if step.note.is_empty() { why.join("; ") } else { format!("{} ({})", why.join("; "), step.note) },
    ]
}
