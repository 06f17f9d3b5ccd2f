//! The lock around a plan that is applied: its rows are decided about once more, with the grants there are at that moment.

use std::collections::{BTreeSet, HashMap};

use model::{
    delegation::{Actor, Decision, MarkReason, Reason, Rule, Usage, seats_taken},
    people::Person,
    plan::Step,
};

use super::{Asked, Lock, command, heir};

/// Why a plan is not applied as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Changed {
    /// By a rule that is about the plan as a whole, or about whoever applies it.
    Refused(Rule),
    /// A row would go by another permit, or not at all.
    Permits,
}

impl Lock {
    /// The same lock when a plan is applied: how fresh the last proof is counts, and what is said about why.
    pub(crate) fn at_apply(self, is_fresh: bool, reason: Reason) -> Self {
        Self { actor: Actor { is_fresh, reason, ..self.actor }, ..self }
    }

    /// Decides once more about the rows that would be sent. Tells why they wait for somebody else's word, where each
    /// still goes by the permit it was planned with.
    pub(crate) fn judge_again(
        &self,
        steps: &[Step],
        is_sent: impl Fn(&Step) -> bool,
        people: &HashMap<String, Person>,
    ) -> Result<Vec<MarkReason>, Changed> {
        let mut usage = Usage { people_in_plan: self.people_with(steps), ..Usage::default() };
        let (mut waits, mut as_planned) = (BTreeSet::new(), true);
        for step in steps.iter().filter(|step| is_sent(step)) {
            let Some(wish) = &step.wish else { continue };
            let asked = Asked {
                wish,
                person: people.get(&step.user_name.to_lowercase()),
                user_name: &step.user_name,
                is_there: step.site_user.is_some(),
                heir: heir(wish).and_then(|name| people.get(&name)),
                usage,
                from_file: step.line.is_some(),
            };
            let decision = self.decide(&asked);
            match &decision {
                // What is about one person alone is told by the row of a new plan.
                Decision::Refuse { rule, .. } if (Rule::NotTold..Rule::TooManyRows).contains(rule) => {
                    as_planned = false;
                }
                Decision::Refuse { rule, .. } => return Err(Changed::Refused(*rule)),
                Decision::Approval { why, .. } => waits.extend(why.iter().copied()),
                Decision::Allow { .. } => {}
            }
            usage.rows_in_plan += 1;
            usage.seats_in_plan += seats_taken(&command(&asked), &self.facts(&asked));
            as_planned &= self.permit(wish, &decision) == step.permit;
        }
        if as_planned { Ok(waits.into_iter().collect()) } else { Err(Changed::Permits) }
    }
}
