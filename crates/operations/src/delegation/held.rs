//! Single acts that wait for somebody else's word: asked for, shown to whoever could do them, and begun with that word.

use std::sync::Arc;

use model::{
    Act, ActId, ApprovalId, GrantId, Permission, Problem, ProblemCode,
    delegation::{About, ApprovalState, HeldAct, MarkReason},
    roles::SiteRole,
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::{Decide, DecideError, NewAct};

use super::acts::Judged;
use crate::{Caller, Operations};

/// What the form of an act found and wants, in words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) before: &'a str,
    pub(crate) after: &'a str,
}

/// The word of somebody else by which a single act is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// The request.
    pub request: ApprovalId,
    /// The hash of what they saw.
    pub hash: String,
    /// Their account.
    pub by: uuid::Uuid,
    /// Their name.
    pub name: String,
    /// What they said.
    pub answer: Option<String>,
}

/// Everything that has to be as it was for a word to count.
#[derive(Serialize)]
struct Print<'a> {
    act: &'a Act,
    before: &'a str,
    after: &'a str,
    grant: Option<GrantId>,
    /// What the group gave, and to whom.
    gives: Option<&'a SiteRole>,
    people: Option<Vec<&'a str>>,
}

impl Judged {
    /// The hash of an act with what it changes as it is at this moment, and the grant by which it goes.
    pub(crate) fn print(&self, caller: &Caller, act: &Act, seen: Seen<'_>) -> Result<String, Problem> {
        let group = self.facts.group.as_ref();
        let people = group.and_then(|group| group.members.as_ref()).map(|members| {
            let mut names: Vec<&str> = members.iter().map(|member| member.user_name.as_str()).collect();
            names.sort_unstable();
            names
        });
        let print = Print {
            act,
            before: seen.before,
            after: seen.after,
            grant: self.decision.grant(),
            gives: group.and_then(|group| group.minimum.as_ref()),
            people,
        };
        let bytes = serde_json::to_vec(&print).map_err(|_| caller.problem(ProblemCode::Internal))?;
        Ok(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn people(&self) -> Option<u32> {
        let members = self.facts.group.as_ref()?.members.as_ref()?;
        u32::try_from(members.len()).ok()
    }
}

impl Operations {
    /// Asks somebody else to approve a single act. Nothing is sent.
    pub(crate) async fn ask_for_act(
        &self,
        caller: &Caller,
        ticket: ActId,
        act: &Act,
        seen: Seen<'_>,
        judged: &Judged,
        why: Vec<MarkReason>,
    ) -> Result<ApprovalId, Problem> {
        let mut held = HeldAct {
            act: act.clone(),
            place: String::new(),
            before: seen.before.to_owned(),
            after: seen.after.to_owned(),
            people: judged.people(),
        };
        held.place = self.place_of(caller, &held).await;
        let title = held.title();
        let hash = judged.print(caller, act, seen)?;
        let reason = act.reason().map(str::to_owned).filter(|reason| !reason.is_empty());
        let about = About::Act(Box::new(held));
        self.keep_request(caller, ticket, super::approvals::asked(caller, about, title, hash, reason, why))
            .await
    }

    /// The name of the site that an act is on, or its part of the address where the tenant's list is not open; nothing
    /// where the act is about the site itself.
    async fn place_of(&self, caller: &Caller, held: &HeldAct) -> String {
        let site = match (&held.act, held.site()) {
            (Act::SuspendSite { .. } | Act::ReactivateSite { .. }, _) | (_, None) => return String::new(),
            (_, Some(site)) => site,
        };
        if let Ok(head) = self.site_head(caller, site).await {
            return head.name;
        }
        self.site_connection(caller, site)
            .await
            .map_or_else(|_| site.to_string(), |connection| connection.content_url)
    }

    /// Whether somebody could do a held act themselves, with a grant that lets them approve. What they do not see they
    /// could not.
    pub(super) async fn could_do_held(&self, caller: &Caller, held: &HeldAct) -> Result<bool, Problem> {
        if !caller.is_member() {
            return Ok(true);
        }
        let approver = caller.approving();
        let needed = held.permissions();
        let holds = approver.standing().any(|it| {
            let grant = &it.delegation;
            needed.iter().all(|verb| grant.verbs.contains(verb))
                && held.site().is_none_or(|site| grant.scope.has_site(site))
        });
        if !holds {
            // It asks nobody; whoever fails here would fail at the lock.
            return Ok(false);
        }
        match self.could_do(&approver, &held.act).await {
            Err(problem) if problem.code.status() < 500 => Ok(false),
            could => could,
        }
    }

    /// Takes the word by which an act is done, once, and writes down in the same moment that the act begins.
    pub(crate) async fn take_word(
        &self,
        caller: &Caller,
        approved: &Arc<Approved>,
        hash: &str,
        act: &NewAct,
    ) -> Result<(), Problem> {
        if approved.hash != hash {
            return Err(caller.problem(ProblemCode::ApprovalDrifted));
        }
        let decide = Decide {
            tenant: caller.tenant(),
            approval: approved.request,
            by: approved.by,
            name: &approved.name,
            hash,
            state: ApprovalState::Approved,
            answer: approved.answer.as_deref(),
            now: caller.now,
        };
        let decided = self.0.store.approve_act(decide, act).await;
        decided.map(drop).map_err(|error| caller.not_decided(error))
    }
}

impl Caller {
    /// The same caller with nothing but the grants that let them approve.
    pub(super) fn approving(&self) -> Self {
        let mut approver = self.clone();
        approver.grants.retain(|grant| model::allows(std::slice::from_ref(grant), Permission::Approve));
        approver
    }

    /// What is told where nothing was decided.
    pub(super) fn not_decided(&self, error: DecideError) -> Problem {
        match error {
            DecideError::NotFound => self.problem(ProblemCode::ApprovalNotFound),
            DecideError::Own => self.problem(ProblemCode::ApprovalOwn),
            DecideError::NotOpen => self.problem(ProblemCode::ApprovalClosed),
            DecideError::Changed => self.problem(ProblemCode::ApprovalDrifted),
            DecideError::Apply(error) => crate::plans::apply_problem(self, error),
            DecideError::Begin(error) => self.not_begun(&error),
            DecideError::Store(error) => self.store_problem(&error),
        }
    }
}
