//! Approvals: asked for with what was seen, shown to whoever holds the authority themselves, and withdrawn.

use model::{
    Act, ActId, ApprovalId, Notice, Permission, PlanId, Problem, ProblemCode,
    act::DelegationAct,
    delegation::{APPROVAL_SECONDS, About, Approval, ApprovalState, MAY_SEE_REQUESTS, MarkReason},
    plan::{Plan, Step, Verdict, Wish},
};
use store::NewApproval;
use tracing::warn;
use uuid::Uuid;

use super::lock::Asked;
use crate::{
    Caller, Operations,
    gate::Outcome,
    plans::{ApplyForm, Row, Who},
    runs::Carrier,
};

/// What an approver's inbox holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inbox {
    /// The requests.
    pub seen: Vec<Approval>,
    /// How many more there may be, of which Tableau did not tell at this moment whom they are about.
    pub left_out: usize,
}

/// Requests that the inbox shows.
const SHOWN: u64 = 100;

impl Operations {
    /// Asks somebody else to approve a plan. The plan then counts for as long as the request does.
    pub(crate) async fn ask_approval(
        &self,
        caller: &Caller,
        plan: &Plan,
        form: &ApplyForm,
        reason: Option<String>,
        why: Vec<MarkReason>,
    ) -> Result<ApprovalId, Problem> {
        let about = About::Plan { plan: plan.id, include: form.include.clone() };
        let approval = asked(caller, about, plan.title.clone(), form.hash.clone(), reason, why);
        self.keep_request(caller, form.ticket, approval).await
    }

    /// Keeps a request, and writes down that somebody is asked.
    pub(super) async fn keep_request(
        &self,
        caller: &Caller,
        ticket: ActId,
        approval: Approval,
    ) -> Result<ApprovalId, Problem> {
        let (title, reason) = (approval.title.clone(), approval.reason.clone());
        let act = DelegationAct::Ask { what: approval.requested(), title, reason };
        let begun = self.begin(caller, ticket, &Act::Delegation(act), None).await?;
        let account = serde_json::to_string(&Carrier::of(caller)).unwrap_or_default();
        let new = NewApproval { tenant: caller.tenant(), approval: &approval, account: &account };
        let kept = self.0.store.ask_approval(new).await;
        match kept {
            Ok(()) => begun.finish(Outcome::done("waiting for approval")).await.map(|()| approval.id),
            Err(error) => {
                begun.finish(Outcome::failed(caller.store_problem(&error))).await.map(|()| approval.id)
            }
        }
    }

    /// The requests that a caller made, and those that they may decide or decided, the newest first. Where Tableau does not
    /// tell whom one is about, that one is left out, and counted: the others are no worse for it.
    pub async fn approvals(&self, caller: &Caller) -> Result<Inbox, Problem> {
        caller.must_see_requests()?;
        let all = self.0.store.approvals(caller.tenant(), SHOWN).await;
        let mut inbox = Inbox::default();
        for approval in all.map_err(|error| caller.store_problem(&error))? {
            let is_over = approval.state_at(caller.now) != ApprovalState::Waiting;
            if is_over && caller.is_member() && !has_part_in(caller, &approval) {
                // It cannot be decided any more: nobody asks Tableau whom it was about.
                continue;
            }
            match self.sees_request(caller, &approval).await {
                Ok(true) => inbox.seen.push(approval),
                Ok(false) => {}
                Err(problem) => {
                    warn!(request = %caller.request, code = problem.code.word(), "A request for approval is left out");
                    inbox.left_out += 1;
                }
            }
        }
        Ok(inbox)
    }

    /// One request.
    pub async fn approval(&self, caller: &Caller, id: &ApprovalId) -> Result<Approval, Problem> {
        caller.must_see_requests()?;
        let found = self.0.store.approval(caller.tenant(), *id).await;
        let found = found.map_err(|error| caller.store_problem(&error))?;
        let nothing = || caller.problem(ProblemCode::ApprovalNotFound);
        let found = found.ok_or_else(nothing)?;
        if self.sees_request(caller, &found).await? { Ok(found) } else { Err(nothing()) }
    }

    /// The newest request about a plan.
    pub async fn approval_of_plan(
        &self,
        caller: &Caller,
        plan: &PlanId,
    ) -> Result<Option<Approval>, Problem> {
        let found = self.0.store.approval_of(caller.tenant(), *plan).await;
        found.map_err(|error| caller.store_problem(&error))
    }

    /// Whether a plan waits for this caller's word.
    pub(crate) async fn is_asked_to_approve(&self, caller: &Caller, plan: &PlanId) -> Result<bool, Problem> {
        match self.approval_of_plan(caller, plan).await? {
            Some(approval) => self.sees_request(caller, &approval).await,
            None => Ok(false),
        }
    }

    async fn sees_request(&self, caller: &Caller, approval: &Approval) -> Result<bool, Problem> {
        if !caller.is_member() || has_part_in(caller, approval) {
            return Ok(true);
        }
        if caller.must(Permission::Approve).is_err() {
            return Ok(false);
        }
        let plan = match &approval.about {
            About::Act(held) => return self.could_do_held(caller, held).await,
            About::Plan { plan, .. } => *plan,
        };
        let steps = self.0.store.all_steps(caller.tenant(), plan, None).await;
        let steps = steps.map_err(|error| caller.store_problem(&error))?;
        if !could_hold_authority(caller, &steps) {
            return Ok(false);
        }
        self.holds_authority(caller, &steps).await
    }

    /// Whether somebody could do themselves, with a grant that lets them approve, everything that a plan would send.
    async fn holds_authority(&self, caller: &Caller, steps: &[Step]) -> Result<bool, Problem> {
        if !caller.is_member() {
            return Ok(true);
        }
        let approver = caller.approving();
        let sent: Vec<&Step> = steps.iter().filter(|step| is_sent(step)).collect();
        let wishes: Vec<&Wish> = sent.iter().filter_map(|step| step.wish.as_ref()).collect();
        let whom = |step: &&Step| step.user.map_or_else(|| Who::Name(step.user_name.clone()), Who::Id);
        let heirs = wishes.iter().filter_map(|wish| super::heir(wish)).map(Who::Name);
        let rows: Vec<Row> =
            sent.iter().map(whom).chain(heirs).map(|who| Row::of(who, Wish::Delete)).collect();
        let people = self.people_of(caller, &rows).await?;
        let lock = self.lock(&approver, wishes.into_iter(), people.all()).await?;
        let Some(lock) = lock else { return Ok(true) };
        let people = people.into_by_name();
        Ok(sent.iter().all(|step| {
            let Some(wish) = &step.wish else { return false };
            let asked = Asked {
                wish,
                person: people.get(&step.user_name.to_lowercase()),
                user_name: &step.user_name,
                is_there: step.site_user.is_some(),
                heir: super::heir(wish).and_then(|name| people.get(&name)),
                usage: model::delegation::Usage::default(),
                from_file: false,
            };
            lock.decide(&asked).may_be_planned()
        }))
    }

    /// Withdraws a request of one's own.
    pub async fn withdraw_approval(
        &self,
        caller: &Caller,
        id: &ApprovalId,
        ticket: ActId,
    ) -> Result<Notice, Problem> {
        let approval = self.approval(caller, id).await?;
        if approval.asked_by != caller.account.id.uuid() {
            return Err(caller.problem(ProblemCode::NotAllowed));
        }
        if approval.state_at(caller.now) != ApprovalState::Waiting {
            return Err(caller.problem(ProblemCode::ApprovalClosed));
        }
        let act = DelegationAct::Withdraw { what: approval.requested(), title: approval.title };
        let begun = self.begin(caller, ticket, &Act::Delegation(act), Some("waiting for approval")).await?;
        let outcome = match self.0.store.void_approval(caller.tenant(), *id).await {
            Ok(true) => Outcome::done("withdrawn"),
            Ok(false) => Outcome::failed(caller.problem(ProblemCode::ApprovalClosed)),
            Err(error) => Outcome::failed(caller.store_problem(&error)),
        };
        begun.finish(outcome).await.map(|()| Notice::ApprovalWithdrawn)
    }
}

impl Caller {
    /// Refuses whoever can neither decide about requests nor make any.
    fn must_see_requests(&self) -> Result<(), Problem> {
        let mut refused = Ok(());
        for permission in MAY_SEE_REQUESTS {
            refused = self.must(*permission);
            if refused.is_ok() {
                break;
            }
        }
        refused
    }
}

/// A request as it is made: nobody has decided, and it waits for a day.
pub(super) fn asked(
    caller: &Caller,
    about: About,
    title: String,
    hash: String,
    reason: Option<String>,
    why: Vec<MarkReason>,
) -> Approval {
    Approval {
        id: Uuid::now_v7().into(),
        about,
        title,
        hash,
        reason,
        why,
        asked_by: caller.account.id.uuid(),
        asked_name: caller.account.name.clone(),
        asked: caller.now,
        until: caller.now.plus_seconds(APPROVAL_SECONDS),
        state: ApprovalState::Waiting,
        decided_by: None,
        decided_name: None,
        decided: None,
        answer: None,
    }
}

/// Whether somebody asked for it themselves, or decided it.
fn has_part_in(caller: &Caller, approval: &Approval) -> bool {
    let you = caller.account.id.uuid();
    approval.asked_by == you || approval.decided_by == Some(you)
}

/// Whether the grants that let somebody approve hold the verbs and the sites of everything that would be sent. It asks
/// nobody; whoever fails here would fail at the lock.
fn could_hold_authority(caller: &Caller, steps: &[Step]) -> bool {
    let approving: Vec<_> =
        caller.standing().filter(|held| held.delegation.verbs.contains(&Permission::Approve)).collect();
    steps.iter().filter(|step| is_sent(step)).filter_map(|step| step.wish.as_ref()).all(|wish| {
        approving.iter().any(|held| {
            let grant = &held.delegation;
            // Whether somebody would come onto the site by it, Tableau alone knows.
            let holds = |creates| wish.permissions(creates).iter().all(|verb| grant.verbs.contains(verb));
            (holds(false) || holds(true)) && wish.site().is_none_or(|site| grant.scope.has_site(site))
        })
    })
}

fn is_sent(step: &Step) -> bool {
    matches!(step.verdict, Verdict::Create | Verdict::Change | Verdict::Dangerous)
}
