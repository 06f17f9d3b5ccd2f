//! Deciding a request for approval: by somebody else, about exactly what was seen. It is void as soon as anything is
//! different.

use model::{
    AccountId, Act, ActId, ApprovalId, Notice, PlanId, Problem, ProblemCode,
    act::{DelegationAct, Requested},
    delegation::{About, Approval, ApprovalState},
    plan::Why,
};
use store::{ApplyError, ApplyPlan, Decide, DecideError};

use crate::{Caller, Operations, Who, caller::clock, gate::Outcome, runs::Carrier, sites::REASON_AT_MOST};

/// What the form that decides a request carries.
#[derive(Debug, Clone)]
pub struct DecideForm {
    /// The request.
    pub approval: ApprovalId,
    /// The hash of what the approver saw.
    pub hash: String,
    /// Whether it is approved.
    pub approves: bool,
    /// What they say; may be empty where they approve.
    pub answer: String,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

/// What somebody says about a request, and the act that saying so is.
pub(super) struct Word {
    pub(super) ticket: ActId,
    pub(super) act: Act,
    pub(super) answer: Option<String>,
}

/// The state before anybody decides.
pub(super) const WAITING: &str = "waiting for approval";

impl Operations {
    /// Decides a request. What is approved is done at once, in the name of whoever asked.
    pub async fn decide_approval(&self, caller: &Caller, form: DecideForm) -> Result<Notice, Problem> {
        let answer = Some(form.answer.trim().to_owned()).filter(|answer| !answer.is_empty());
        let act = |what, title: &str| {
            let (title, answer) = (title.to_owned(), answer.clone());
            Act::Delegation(DelegationAct::Decide { what, title, approves: form.approves, answer })
        };
        self.permit(caller, form.ticket, &act(Requested::Act(form.approval), "")).await?;
        if answer.as_ref().is_some_and(|answer| answer.chars().count() > REASON_AT_MOST) {
            return Err(caller.problem(ProblemCode::ReasonTooLong));
        }
        if answer.is_none() && !form.approves {
            return Err(caller.problem(ProblemCode::ReasonMissing));
        }
        let approval = self.approval(caller, &form.approval).await?;
        if self.asked_themselves(caller, &approval).await? {
            return Err(caller.problem(ProblemCode::ApprovalOwn));
        }
        if approval.state_at(caller.now) != ApprovalState::Waiting {
            return Err(caller.problem(ProblemCode::ApprovalClosed));
        }
        if approval.hash != form.hash {
            let is_plan = approval.plan().is_some();
            let code = if is_plan { ProblemCode::PlanChanged } else { ProblemCode::MalformedForm };
            return Err(caller.problem(code));
        }
        caller.must_be_fresh()?;
        let act = act(approval.requested(), &approval.title);
        let word = Word { ticket: form.ticket, act, answer };
        match (&approval.about, form.approves) {
            (_, false) => self.refuse_request(caller, &approval, &word).await,
            (About::Plan { plan, include }, true) => {
                self.approve_plan(caller, &approval, &word, *plan, include).await
            }
            (About::Act(held), true) => self.approve_act(caller, &approval, word, held.act.clone()).await,
        }
    }

    async fn refuse_request(
        &self,
        caller: &Caller,
        approval: &Approval,
        word: &Word,
    ) -> Result<Notice, Problem> {
        let begun = self.begin(caller, word.ticket, &word.act, Some(WAITING)).await?;
        let decide = decide(caller, approval, word, ApprovalState::Refused);
        let outcome = match self.0.store.decide_approval(decide, None).await {
            Ok(_) => Outcome::done(ApprovalState::Refused.word()),
            Err(error) => Outcome::failed(caller.not_decided(error)),
        };
        begun.finish(outcome).await?;
        Ok(if approval.plan().is_some() { Notice::PlanRefused } else { Notice::ActRefused })
    }

    async fn approve_plan(
        &self,
        caller: &Caller,
        approval: &Approval,
        word: &Word,
        plan: PlanId,
        include: &[Why],
    ) -> Result<Notice, Problem> {
        let requester = self.as_asked(caller, approval, &plan).await?;
        let begun = self.begin(caller, word.ticket, &word.act, Some(WAITING)).await?;
        let account = carried_as(caller, &requester);
        let apply = ApplyPlan {
            tenant: caller.tenant(),
            plan,
            hash: &approval.hash,
            include,
            by: &requester.account.name,
            by_id: requester.account.author(),
            account: &account,
            reason: approval.reason.as_deref(),
            now: clock(),
        };
        let decide = decide(caller, approval, word, ApprovalState::Approved);
        let outcome = match self.0.store.decide_approval(decide, Some(apply)).await {
            Ok(_) => Outcome::done("approved and applied"),
            Err(error) => Outcome::failed(self.not_applied(caller, approval, error).await?),
        };
        begun.finish(outcome).await?;
        self.hand_in(caller.tenant(), plan).await;
        Ok(Notice::PlanApproved)
    }

    /// What is told where nothing was applied. A request whose plan can never be applied any more is void.
    async fn not_applied(
        &self,
        caller: &Caller,
        approval: &Approval,
        error: DecideError,
    ) -> Result<Problem, Problem> {
        let is_over = matches!(&error, DecideError::Apply(error) if !matches!(error, ApplyError::Store(_)));
        if is_over {
            let voided = self.0.store.void_approval(caller.tenant(), approval.id).await;
            voided.map_err(|error| caller.store_problem(&error))?;
        }
        Ok(caller.not_decided(error))
    }

    /// Whether a caller is the person who asked, by whichever of their accounts: nobody approves what they asked for
    /// themselves.
    async fn asked_themselves(&self, caller: &Caller, approval: &Approval) -> Result<bool, Problem> {
        if approval.asked_by == caller.account.id.uuid() {
            return Ok(true);
        }
        let asked_by = AccountId::from(approval.asked_by);
        let member = self.0.store.member(caller.tenant(), asked_by).await;
        let Some(member) = member.map_err(|error| caller.store_problem(&error))? else { return Ok(false) };
        let Who::Member { linked, names } = self.who_is_member(&member) else { return Ok(false) };
        let (own, people) = (caller.account.own_names(), caller.account.identities());
        if names.iter().any(|name| own.contains(name)) || linked.iter().any(|id| people.contains(id)) {
            return Ok(true);
        }
        // An administrator's account knows no names, and the directory may not be read yet.
        let Some(user) = caller.user() else { return Ok(false) };
        Ok(self.people_named(caller, names).await?.iter().any(|person| person.id == user))
    }

    /// Whoever asked, as they stand now; nobody where their account is suspended or gone.
    pub(super) async fn requester_of(
        &self,
        caller: &Caller,
        approval: &Approval,
    ) -> Result<Option<Caller>, Problem> {
        let account = self.0.store.approval_account(caller.tenant(), approval.id).await;
        let account = account.map_err(|error| caller.store_problem(&error))?;
        let carrier: Option<Carrier> = account.and_then(|account| serde_json::from_str(&account).ok());
        let Some(Carrier { account, address, .. }) = carrier else {
            return Err(caller.problem(ProblemCode::ApprovalNotFound));
        };
        let requester = self.caller_of(account, caller.request.clone(), caller.now, address).await;
        requester.map_err(|error| caller.store_problem(&error))
    }

    /// The requester as they stand now, if the plan would be exactly the same, made by them at this moment. Whatever is
    /// different voids the request.
    async fn as_asked(&self, caller: &Caller, approval: &Approval, plan: &PlanId) -> Result<Caller, Problem> {
        let plan = self.0.store.plan(caller.tenant(), *plan).await;
        let plan = plan.map_err(|error| caller.store_problem(&error))?;
        let plan = plan.ok_or_else(|| caller.problem(ProblemCode::ApprovalNotFound))?;
        let requester = self.requester_of(caller, approval).await?;
        let again = match &requester {
            Some(requester) => self.redraft(requester, &plan).await,
            None => Err(caller.problem(ProblemCode::NotAllowed)),
        };
        match (again, requester) {
            (Ok((again, _)), Some(requester)) if again.hash == approval.hash => Ok(requester),
            // Tableau's bad moments void nothing.
            (Err(problem), _) if matches!(problem.code.status(), 502..=504) => Err(problem),
            _ => Err(self.void_drifted(caller, approval).await?),
        }
    }

    /// Voids a request that is no longer what was asked for, and tells so. It may have been decided since it was read:
    /// then it is not ours to void.
    pub(super) async fn void_drifted(
        &self,
        caller: &Caller,
        approval: &Approval,
    ) -> Result<Problem, Problem> {
        let voided = self.0.store.void_approval(caller.tenant(), approval.id).await;
        let voided = voided.map_err(|error| caller.store_problem(&error))?;
        let code = if voided { ProblemCode::ApprovalDrifted } else { ProblemCode::ApprovalClosed };
        Ok(caller.problem(code))
    }
}

/// How somebody decides, for the store.
fn decide<'a>(
    caller: &'a Caller,
    approval: &'a Approval,
    word: &'a Word,
    state: ApprovalState,
) -> Decide<'a> {
    Decide {
        tenant: caller.tenant(),
        approval: approval.id,
        by: caller.account.id.uuid(),
        name: &caller.account.name,
        hash: &approval.hash,
        state,
        answer: word.answer.as_deref(),
        now: caller.now,
    }
}

/// What the worker carries: the requester, and who approved.
fn carried_as(caller: &Caller, requester: &Caller) -> String {
    let carrier = Carrier { approved: Some(caller.account.name.clone()), ..Carrier::of(requester) };
    serde_json::to_string(&carrier).unwrap_or_default()
}
