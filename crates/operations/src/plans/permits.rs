//! What the grants ask for before a member's rows are sent, decided at the moment at which the plan is applied.

use model::{
    Problem, ProblemCode,
    delegation::{MarkReason, Reason},
    plan::{Plan, Step, Verdict, Weight, Why, Wish},
};

use super::{Row, Who};
use crate::{
    Caller, Operations,
    delegation::{Changed, heir},
};

impl Operations {
    /// Whether the rows still go by the permits they were planned with: whose plan it is, and what the grants allow and
    /// ask for now. Tells why the plan waits for somebody else's word, if it does.
    pub(super) async fn check_permits(
        &self,
        caller: &Caller,
        plan: &Plan,
        steps: &[Step],
        include: &[Why],
        reason: Option<&str>,
    ) -> Result<Vec<MarkReason>, Problem> {
        if !caller.is_member() {
            return Ok(Vec::new());
        }
        // A row without a permit was planned by an administrator, or before there were grants.
        let is_open = |step: &Step| is_sent(step, include) && step.permit.is_none();
        if plan.by_id != caller.account.author() || steps.iter().any(is_open) {
            return Err(caller.problem(ProblemCode::NotAllowed));
        }
        let rows: Vec<Row> = steps.iter().filter(|step| is_sent(step, include)).flat_map(rows_of).collect();
        let people = self.people_of(caller, &rows).await?;
        let wishes = rows.iter().filter_map(|row| row.wish.as_ref());
        let lock = self.lock(caller, wishes, people.all()).await?;
        let lock = lock.ok_or_else(|| caller.problem(ProblemCode::NotAllowed))?;
        let lock = lock.at_apply(caller.must_be_fresh().is_ok(), Reason::of(reason));
        let judged = lock.judge_again(steps, |step| is_sent(step, include), &people.into_by_name());
        judged.map_err(|changed| match changed {
            Changed::Refused(rule) => caller.refused_by(rule, None),
            Changed::Permits => caller.problem(ProblemCode::PermitsChanged),
        })
    }
}

/// Whether a row is sent: as a change, or as a danger that was included on purpose.
fn is_sent(step: &Step, include: &[Why]) -> bool {
    match step.verdict {
        Verdict::Create | Verdict::Change => true,
        Verdict::Dangerous => {
            step.why.iter().filter(|why| why.weight() == Weight::Danger).all(|why| include.contains(why))
        }
        Verdict::Nothing | Verdict::Refused => false,
    }
}

/// The row once more, and one for whoever would get the content: only whom they are about is read of them.
fn rows_of(step: &Step) -> Vec<Row> {
    let Some(wish) = &step.wish else { return Vec::new() };
    let who = step.user.map_or_else(|| Who::Name(step.user_name.clone()), Who::Id);
    let heir = heir(wish).map(|name| Row::of(Who::Name(name), Wish::clone(wish)));
    [Row::of(who, wish.clone())].into_iter().chain(heir).collect()
}
