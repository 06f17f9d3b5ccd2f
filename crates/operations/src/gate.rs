//! The lock: no change without a permission, and none without a line in the audit log written before it is sent.

use std::future::Future;

use model::{
    Act, ActId, Problem, ProblemCode, SiteId,
    audit::ActState,
    delegation::{Decision, Rule},
    vendor::Effect,
};
use store::{BeginError, Finish, NewAct};
use tableau::{Change, Fate, Manager, SiteApi};
use tracing::{error, info};

use crate::{
    Caller, Operations, Reality,
    delegation::{Judged, Seen},
};

/// An act that stands in the audit log as started. Only it hands out the client that can change things.
pub(crate) struct Begun {
    operations: Operations,
    caller: Caller,
    act: ActId,
}

/// How an act ended.
pub(crate) struct Outcome {
    pub(crate) state: ActState,
    pub(crate) problem: Option<Problem>,
    /// The state of the object as read back.
    pub(crate) after: Option<String>,
}

/// A ticket for a form: the id of the act that it becomes, so that the form counts once.
pub fn ticket() -> ActId {
    ActId::from(uuid::Uuid::now_v7())
}

impl Operations {
    /// Refuses what the caller may not do; the refusal is written down. Comes before the request is even looked at,
    /// so that a stranger to this act learns nothing about its object.
    pub(crate) async fn permit(&self, caller: &Caller, ticket: ActId, act: &Act) -> Result<(), Problem> {
        let Some(permission) = act.permission() else { return Ok(()) };
        let Err(problem) = caller.must(permission) else { return Ok(()) };
        let rule = problem.about.as_deref().and_then(Rule::parse);
        let code = rule.map_or_else(|| problem.code.word(), Rule::code);
        self.write_refusal(caller, ticket, act, &code).await;
        Err(problem)
    }

    /// What the lock says, unless it refuses. A refusal is written down with its rule.
    pub(crate) async fn not_refused(
        &self,
        caller: &Caller,
        ticket: ActId,
        act: &Act,
    ) -> Result<Judged, Problem> {
        let judged = self.decide_act(caller, act).await?;
        let Decision::Refuse { rule, grant } = &judged.decision else { return Ok(judged) };
        let problem = caller.refused_act(act, *rule, *grant);
        self.write_refusal(caller, ticket, act, &rule.code()).await;
        Err(problem)
    }

    /// The caller as the lock lets them act: by which grant, and with whose credential. What would have to be approved is
    /// refused here, see [`Operations::begin_or_ask`].
    async fn by_right(&self, caller: &Caller, ticket: ActId, act: &Act) -> Result<Caller, Problem> {
        let judged = self.not_refused(caller, ticket, act).await?;
        if let Decision::Approval { .. } = judged.decision {
            self.write_refusal(caller, ticket, act, &ProblemCode::ApprovalNeeded.word()).await;
            return Err(caller.problem(ProblemCode::ApprovalNeeded));
        }
        Ok(caller.by(&judged.decision, None))
    }

    /// Writes a refusal down.
    pub(crate) async fn write_refusal(&self, caller: &Caller, ticket: ActId, act: &Act, code: &str) {
        let denied = self.0.store.audit_deny(&entry(caller, ticket, act, None), code).await;
        if let Err(store_error) = denied {
            error!(request = %caller.request, error = %crate::problems::Chain(&store_error), "A refusal could not be written down");
        }
    }

    /// Writes the act down as started. No audit row, no act.
    pub(crate) async fn begin(
        &self,
        caller: &Caller,
        ticket: ActId,
        act: &Act,
        before: Option<&str>,
    ) -> Result<Begun, Problem> {
        self.permit(caller, ticket, act).await?;
        let caller = self.by_right(caller, ticket, act).await?;
        self.write_begun(caller, ticket, act, before).await
    }

    /// The same for an act that may have to be approved: then somebody else is asked, and there is nothing to
    /// send. Where it was approved it begins together with that word, and only where it is still what was approved.
    pub(crate) async fn begin_or_ask(
        &self,
        caller: &Caller,
        ticket: ActId,
        act: &Act,
        seen: Seen<'_>,
    ) -> Result<Option<Begun>, Problem> {
        self.permit(caller, ticket, act).await?;
        let judged = self.not_refused(caller, ticket, act).await?;
        if let Some(approved) = &caller.approved {
            let by = caller.by(&judged.decision, Some(&approved.name));
            let new = entry(&by, ticket, act, Some(seen.before));
            self.take_word(caller, approved, &judged.print(caller, act, seen)?, &new).await?;
            return Ok(Some(Begun { operations: self.clone(), caller: by, act: ticket }));
        }
        if let Decision::Approval { why, .. } = &judged.decision {
            let asked = self.ask_for_act(caller, ticket, act, seen, &judged, why.clone());
            return asked.await.map(|_| None);
        }
        let by = caller.by(&judged.decision, None);
        self.write_begun(by, ticket, act, Some(seen.before)).await.map(Some)
    }

    async fn write_begun(
        &self,
        caller: Caller,
        ticket: ActId,
        act: &Act,
        before: Option<&str>,
    ) -> Result<Begun, Problem> {
        match self.0.store.audit_begin(&entry(&caller, ticket, act, before)).await {
            Ok(()) => Ok(Begun { operations: self.clone(), caller, act: ticket }),
            Err(error) => Err(caller.not_begun(&error)),
        }
    }

    /// Refuses a changing operation whose address is only inferred, until somebody checked it on a real tenant.
    pub(crate) async fn must_be_unlocked(&self, caller: &Caller, operation: &str) -> Result<(), Problem> {
        let rows = self.operation_rows(caller).await?;
        let locked =
            rows.iter().any(|row| row.name == operation && row.locked && row.effect == Effect::Change);
        if locked && self.0.reality == Reality::Real {
            return Err(caller.problem(ProblemCode::OperationLocked));
        }
        Ok(())
    }
}

impl Begun {
    /// Sends a change. It is sent a second time only when Tableau itself said that it refused the first for an
    /// ended session: that is the one proof that nothing happened.
    pub(crate) async fn change<T, Sent>(
        &self,
        send: impl Fn(Manager<Change>) -> Sent,
    ) -> Result<T, (Problem, Fate)>
    where
        Sent: Future<Output = tableau::Result<T>>,
    {
        let (operations, caller) = (&self.operations, &self.caller);
        let not_sent = |problem| (problem, Fate::NotSent);
        caller.must_have_right().map_err(not_sent)?;
        let session = operations.session(caller).await.map_err(not_sent)?;
        let answer = send(operations.0.wire.changer(&session.open, caller.tag())).await;
        let answer = match answer {
            Err(error @ tableau::Error::SessionEnded { .. }) if error.fate() == Fate::Refused => {
                let session = operations.renew(caller, Some(session.generation)).await.map_err(not_sent)?;
                send(operations.0.wire.changer(&session.open, caller.tag())).await
            }
            answer => answer,
        };
        answer.map_err(|error| (caller.vendor_problem(&error), error.fate()))
    }

    /// The same for a change on a site, through the caller's connection to it.
    pub(crate) async fn change_on_site<T, Sent>(
        &self,
        site: &SiteId,
        send: impl Fn(SiteApi<Change>) -> Sent,
    ) -> Result<T, (Problem, Fate)>
    where
        Sent: Future<Output = tableau::Result<T>>,
    {
        let (operations, caller) = (&self.operations, &self.caller);
        let not_sent = |problem| (problem, Fate::NotSent);
        caller.must_have_right().map_err(not_sent)?;
        let living = operations.site_session(caller, site).await.map_err(not_sent)?;
        let answer = send(operations.site_changer(caller, &living)).await;
        let answer = match answer {
            Err(error @ tableau::Error::SessionEnded { .. }) if error.fate() == Fate::Refused => {
                let living = operations.renew_site(caller, living).await.map_err(not_sent)?;
                send(operations.site_changer(caller, &living)).await
            }
            answer => answer,
        };
        answer.map_err(|error| (caller.vendor_problem(&error), error.fate()))
    }

    /// Closes the act in the log. If that fails the act stays `started`, and becomes `unknown` after ten minutes:
    /// the log never claims what we do not know.
    pub(crate) async fn finish(self, outcome: Outcome) -> Result<(), Problem> {
        let finish = Finish {
            state: outcome.state,
            code: outcome.problem.as_ref().map(|problem| problem.code.word()),
            after: outcome.after,
            // Later than its request's time, which stood still.
            at: self.caller.now.max(crate::caller::clock()),
        };
        let written = self.operations.0.store.audit_finish(self.act, &finish).await;
        info!(request = %self.caller.request, act = %self.act, state = outcome.state.word(), "Act ended");
        written.map_err(|error| self.caller.log_problem(&error))?;
        outcome.problem.map_or(Ok(()), Err)
    }
}

impl Caller {
    /// Why an act is not begun.
    pub(crate) fn not_begun(&self, error: &BeginError) -> Problem {
        match error {
            BeginError::FormUsed => self.problem(ProblemCode::FormUsed),
            BeginError::UnderWay => self.problem(ProblemCode::ChangeUnderWay),
            BeginError::Store(store_error) => self.log_problem(store_error),
        }
    }
}

/// An act as the audit log begins it.
pub(crate) fn entry(caller: &Caller, ticket: ActId, act: &Act, before: Option<&str>) -> NewAct {
    let object = act.object();
    NewAct {
        act: ticket,
        at: caller.now,
        tenant: caller.tenant(),
        who: caller.account.name.clone(),
        who_id: caller.account.author().to_string(),
        verb: act.verb().to_owned(),
        object_kind: object.kind.to_owned(),
        object: object.id,
        object_name: object.name,
        reason: act.reason().map(str::to_owned),
        before: before.map(str::to_owned),
        via: caller.right.as_ref().map(|right| right.words.clone()),
        actor: caller.tag().actor,
        reference: caller.request.clone(),
    }
}
