//! A run in the hands of a worker, and in whose name it goes on.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use model::{
    Grant, PlanId, Problem, ProblemCode, TenantId,
    delegation::{Decision, Rule},
};
use serde::{Deserialize, Serialize};
use store::Fence;
use uuid::Uuid;

use crate::{Account, Caller, Lent, Operations, Who, caller::clock};

/// A run in the hands of this worker.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) tenant: TenantId,
    pub(super) run: PlanId,
    pub(super) fence: Fence,
    pub(super) carrier: Carrier,
    pub(super) reason: Option<String>,
    /// What a member was given, as last read: it is read anew before every call.
    armed: Arc<Mutex<Armed>>,
}

/// In whose name a run goes on. It stands with the run, and holds no secret.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Carrier {
    #[serde(flatten)]
    pub(crate) account: Account,
    /// Who approved what has to be approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) approved: Option<String>,
    /// The network address from which it was handed in: what a grant says of networks counts for that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) address: Option<IpAddr>,
}

impl Carrier {
    /// Somebody who hands in what needs nobody else's word.
    pub(crate) fn of(caller: &Caller) -> Self {
        Self { account: caller.account.clone(), approved: None, address: caller.address }
    }
}

#[derive(Debug, Default)]
struct Armed {
    /// Whom in Tableau they are, as far as is known now.
    who: Option<Who>,
    grants: Vec<Grant>,
    lent: Vec<Lent>,
}

/// Why a run is let go before its end.
pub(super) enum LetGo {
    /// Somebody paused it.
    Paused,
    /// It cannot go on until a person does something.
    Problem(Problem),
    /// Another worker has it, or this program is told to stop.
    Lost,
}

impl From<Problem> for LetGo {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Held {
    /// The person who applied the plan, at this time and under a request id of its own.
    pub(super) fn caller(&self) -> Caller {
        let caller = Caller::of(self.carrier.account.clone(), Uuid::now_v7().to_string(), clock());
        if !caller.is_member() {
            return caller;
        }
        let armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        let who = armed.who.clone().unwrap_or_else(|| caller.account.who.clone());
        let account = Account { who, ..caller.account.clone() };
        Caller { account, grants: armed.grants.clone(), lent: armed.lent.clone(), ..caller }
    }

    /// The same, acting by what the lock said.
    pub(super) fn caller_by(&self, caller: &Caller, decision: &Decision) -> Caller {
        caller.by(decision, self.carrier.approved.as_deref())
    }

    /// What a failure of the database means to the worker.
    pub(super) fn stored<T>(&self, result: store::Result<T>) -> Result<T, LetGo> {
        result.map_err(|error| match error {
            store::Error::Fenced => LetGo::Lost,
            error => LetGo::Problem(self.caller().log_problem(&error)),
        })
    }
}

impl Operations {
    /// Takes a run in hand whose lease is taken; `None` where nobody is left in whose name it could go on.
    pub(super) async fn hold(
        &self,
        tenant: TenantId,
        run: PlanId,
        fence: Fence,
    ) -> store::Result<Option<Held>> {
        let Some(known) = self.0.store.run(tenant, run).await? else { return Ok(None) };
        let account = self.0.store.run_account(tenant, run).await?;
        let carrier = account.and_then(|account| serde_json::from_str(&account).ok());
        let held = carrier.map(|carrier| Held {
            tenant,
            run,
            fence,
            carrier,
            reason: known.reason,
            armed: Arc::default(),
        });
        Ok(held)
    }

    /// Reads what a member was given, as it is now: a grant that was taken back, or lapsed, stops what was not sent. Where
    /// none is left at all, nothing can be read either; then the rule is told by which everything waiting ends.
    pub(super) async fn rearm(&self, held: &Held) -> Result<Option<Rule>, LetGo> {
        let caller = held.caller();
        if !caller.is_member() {
            return Ok(None);
        }
        if held.stored(self.0.store.delegation_pause(held.tenant).await)?.is_some() {
            return Err(LetGo::Problem(caller.problem(ProblemCode::DelegationPaused)));
        }
        let account = held.carrier.account.clone();
        let (request, address) = (caller.request.clone(), held.carrier.address);
        let now = held.stored(self.caller_of(account, request, clock(), address).await)?;
        // Somebody whose account is suspended does nothing, and neither do their runs.
        let suspended = || LetGo::Problem(caller.problem(ProblemCode::AccountSuspended));
        let caller = now.ok_or_else(suspended)?;
        let mut armed = held.armed.lock().unwrap_or_else(PoisonError::into_inner);
        *armed = Armed {
            who: Some(caller.account.who.clone()),
            grants: caller.grants.clone(),
            lent: caller.lent.clone(),
        };
        Ok(caller.refusal_of_all())
    }
}
