//! Applying a plan: once, by whoever may, with what is dangerous only where it was included on purpose.

use model::{
    Act, ActId, ApprovalId, PlanId, Problem, ProblemCode,
    plan::{Plan, PlanState, Step, Verdict, Weight, Why, Wish},
};
use store::{ApplyError, ApplyPlan};
use tracing::info;

use super::show::must_type;
use crate::{
    Caller, Operations,
    gate::Outcome,
    runs::{Carrier, ways},
    sites::REASON_AT_MOST,
};

/// What became of a plan that somebody applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It is carried out.
    Run,
    /// It waits for somebody else's word.
    Asked(ApprovalId),
}

/// What the form that applies a plan carries.
#[derive(Debug, Clone)]
pub struct ApplyForm {
    /// The plan.
    pub plan: PlanId,
    /// The hash of the plan that the person saw.
    pub hash: String,
    /// The dangers that are included on purpose.
    pub include: Vec<Why>,
    /// The number that was to be typed.
    pub typed: String,
    /// Why; may be empty.
    pub reason: String,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

impl Operations {
    /// Applies a plan. Its rows are then carried out in the background, each as the caller. What needs somebody else's
    /// word is not sent: they are asked.
    pub async fn apply_plan(&self, caller: &Caller, form: ApplyForm) -> Result<Applied, Problem> {
        let reason = Some(form.reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        let act =
            |title: &str| Act::ApplyPlan { plan: form.plan, title: title.to_owned(), reason: reason.clone() };
        self.permit(caller, form.ticket, &act("")).await?;
        if reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_AT_MOST) {
            return Err(caller.problem(ProblemCode::ReasonTooLong));
        }
        let plan = self.read_plan(caller, &form.plan).await?;
        let steps = self.check_plan(caller, &plan, &form).await?;
        // Read before it is decided: what comes between counts as well.
        let lately = self.people_lately(caller).await?;
        let waits = self.check_permits(caller, &plan, &steps, &form.include, reason.as_deref()).await?;
        if !waits.is_empty() {
            return self.ask_approval(caller, &plan, &form, reason.clone(), waits).await.map(Applied::Asked);
        }
        let begun = self.begin(caller, form.ticket, &act(&plan.title), Some("not applied")).await?;
        let carrier = Carrier::of(caller);
        let account = serde_json::to_string(&carrier).unwrap_or_default();
        let apply = ApplyPlan {
            tenant: caller.tenant(),
            plan: plan.id,
            hash: &form.hash,
            include: &form.include,
            by: &caller.account.name,
            by_id: caller.account.author(),
            account: &account,
            reason: reason.as_deref(),
            now: caller.now,
        };
        let applied = match &lately {
            Some(lately) => self.0.store.apply_plan_after(apply, lately).await,
            None => self.0.store.apply_plan(apply).await,
        };
        match applied {
            Ok(()) => {
                begun.finish(Outcome::done("applied")).await?;
                info!(request = %caller.request, plan = %plan.id, "Applied a plan");
                self.hand_in(caller.tenant(), plan.id).await;
            }
            Err(error) => begun.finish(Outcome::failed(apply_problem(caller, error))).await?,
        }
        Ok(Applied::Run)
    }

    async fn check_plan(&self, caller: &Caller, plan: &Plan, form: &ApplyForm) -> Result<Vec<Step>, Problem> {
        if plan.state != PlanState::Open {
            return Err(caller.problem(ProblemCode::PlanNotOpen));
        }
        if plan.until <= caller.now {
            return Err(caller.problem(ProblemCode::PlanRunOut));
        }
        if plan.hash != form.hash {
            return Err(caller.problem(ProblemCode::PlanChanged));
        }
        if form.include.iter().any(|why| why.weight() != Weight::Danger) {
            return Err(caller.problem(ProblemCode::MalformedForm));
        }
        let steps = self.0.store.all_steps(caller.tenant(), plan.id, None).await;
        let steps = steps.map_err(|error| caller.store_problem(&error))?;
        let takes_away = steps
            .iter()
            .any(|it| it.verdict == Verdict::Change && it.wish.as_ref().is_some_and(Wish::takes_away));
        if takes_away {
            caller.must_be_fresh()?;
        }
        let wanted = must_type(plan, takes_away);
        if wanted.is_some_and(|wanted| wanted != form.typed.trim().replace([',', ' '], "")) {
            return Err(caller.problem(ProblemCode::WrongCount));
        }
        // A plan for the plane of a site is about that one site.
        if let Some(wish) = steps.iter().find_map(|step| step.wish.as_ref()?.on_site()) {
            self.site_connection(caller, &wish.site).await?;
        }
        for operation in ways::operations_of(&steps, &form.include) {
            self.must_be_unlocked(caller, operation).await?;
        }
        Ok(steps)
    }
}

pub(crate) fn apply_problem(caller: &Caller, error: ApplyError) -> Problem {
    match error {
        ApplyError::NotFound => caller.problem(ProblemCode::PlanNotFound),
        ApplyError::NotOpen => caller.problem(ProblemCode::PlanNotOpen),
        ApplyError::RunOut => caller.problem(ProblemCode::PlanRunOut),
        ApplyError::Changed => caller.problem(ProblemCode::PlanChanged),
        ApplyError::Overtaken => caller.problem(ProblemCode::PermitsChanged),
        ApplyError::Nothing => caller.problem(ProblemCode::NothingToApply),
        ApplyError::Store(error) => caller.store_problem(&error),
    }
}
