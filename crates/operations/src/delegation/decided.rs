//! Deciding a request for approval: by somebody else, about exactly the plan that was seen. It is void as soon as
//! anything is different.

use model::{
    AccountId, Act, ActId, ApprovalId, Notice, Problem, ProblemCode,
    act::DelegationAct,
    delegation::{Approval, ApprovalState},
};
use store::{ApplyError, ApplyPlan, Decide, DecideError};
use uuid::Uuid;

use crate::{
    Caller, Operations, Who, caller::clock, gate::Outcome, plans::apply_problem, runs::Carrier,
    sites::REASON_AT_MOST,
};

/// What the form that decides a request carries.
#[derive(Debug, Clone)]
pub struct DecideForm {
    /// The request.
    pub approval: ApprovalId,
    /// The hash of the plan that the approver saw.
    pub hash: String,
    /// Whether it is approved.
    pub approves: bool,
    /// What they say; may be empty where they approve.
    pub answer: String,
    /// The act it becomes. The same form counts once.
    pub ticket: ActId,
}

impl Operations {
    /// Decides a request. What is approved is applied at once, in the name of whoever asked.
    pub async fn decide_approval(&self, caller: &Caller, form: DecideForm) -> Result<Notice, Problem> {
        let answer = Some(form.answer.trim().to_owned()).filter(|answer| !answer.is_empty());
        let act = |plan, title: &str| {
            let (title, answer) = (title.to_owned(), answer.clone());
            Act::Delegation(DelegationAct::Decide { plan, title, approves: form.approves, answer })
        };
        self.permit(caller, form.ticket, &act(Uuid::nil().into(), "")).await?;
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
            return Err(caller.problem(ProblemCode::PlanChanged));
        }
        caller.must_be_fresh()?;
        let requester = if form.approves { Some(self.as_asked(caller, &approval).await?) } else { None };
        let act = act(approval.plan, &approval.title);
        let begun = self.begin(caller, form.ticket, &act, Some("waiting for approval")).await?;
        let state = if form.approves { ApprovalState::Approved } else { ApprovalState::Refused };
        let decide = Decide {
            tenant: caller.tenant(),
            approval: approval.id,
            by: caller.account.id.uuid(),
            name: &caller.account.name,
            hash: &form.hash,
            state,
            answer: answer.as_deref(),
            now: caller.now,
        };
        let account = requester.as_ref().map(|requester| carried_as(caller, requester));
        let apply = requester.as_ref().zip(account.as_ref()).map(|(requester, account)| ApplyPlan {
            tenant: caller.tenant(),
            plan: approval.plan,
            hash: &approval.hash,
            include: &approval.include,
            by: &requester.account.name,
            by_id: requester.account.author(),
            account,
            reason: approval.reason.as_deref(),
            now: clock(),
        });
        let decided = self.0.store.decide_approval(decide, apply).await;
        let after = if form.approves { "approved and applied" } else { state.word() };
        let outcome = match decided {
            Ok(_) => Outcome::done(after),
            Err(error) => Outcome::failed(self.not_decided(caller, &approval, error).await?),
        };
        begun.finish(outcome).await?;
        if form.approves {
            self.hand_in(caller.tenant(), approval.plan).await;
            return Ok(Notice::PlanApproved);
        }
        Ok(Notice::PlanRefused)
    }

    /// What is told where nothing was decided. A request whose plan can never be applied any more is void.
    async fn not_decided(
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
        Ok(match error {
            DecideError::NotFound => caller.problem(ProblemCode::ApprovalNotFound),
            DecideError::Own => caller.problem(ProblemCode::ApprovalOwn),
            DecideError::NotOpen => caller.problem(ProblemCode::ApprovalClosed),
            DecideError::Changed => caller.problem(ProblemCode::PlanChanged),
            DecideError::Apply(error) => apply_problem(caller, error),
            DecideError::Store(error) => caller.store_problem(&error),
        })
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

    /// The requester as they stand now, if the plan would be exactly the same, made by them at this moment. Whatever is
    /// different voids the request.
    async fn as_asked(&self, caller: &Caller, approval: &Approval) -> Result<Caller, Problem> {
        let account = self.0.store.approval_account(caller.tenant(), approval.id).await;
        let account = account.map_err(|error| caller.store_problem(&error))?;
        let carrier: Option<Carrier> = account.and_then(|account| serde_json::from_str(&account).ok());
        let plan = self.0.store.plan(caller.tenant(), approval.plan).await;
        let plan = plan.map_err(|error| caller.store_problem(&error))?;
        let (Some(Carrier { account, address, .. }), Some(plan)) = (carrier, plan) else {
            return Err(caller.problem(ProblemCode::ApprovalNotFound));
        };
        let requester = self.caller_of(account, caller.request.clone(), caller.now, address).await;
        let requester = requester.map_err(|error| caller.store_problem(&error))?;
        let again = match &requester {
            Some(requester) => self.redraft(requester, &plan).await,
            None => Err(caller.problem(ProblemCode::NotAllowed)),
        };
        match (again, requester) {
            (Ok((again, _)), Some(requester)) if again.hash == approval.hash => Ok(requester),
            // Tableau's bad moments void nothing.
            (Err(problem), _) if matches!(problem.code.status(), 502..=504) => Err(problem),
            _ => {
                // It may have been decided since it was read: then it is not ours to void.
                let voided = self.0.store.void_approval(caller.tenant(), approval.id).await;
                let voided = voided.map_err(|error| caller.store_problem(&error))?;
                let code = if voided { ProblemCode::ApprovalDrifted } else { ProblemCode::ApprovalClosed };
                Err(caller.problem(code))
            }
        }
    }
}

/// What the worker carries: the requester, and who approved.
fn carried_as(caller: &Caller, requester: &Caller) -> String {
    let carrier = Carrier { approved: Some(caller.account.name.clone()), ..Carrier::of(requester) };
    serde_json::to_string(&carrier).unwrap_or_default()
}
