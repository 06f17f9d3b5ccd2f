//! Doing a single act that somebody approved: in the name of whoever asked, through the operation that their form went to.

use std::sync::Arc;

use model::{
    Act, ActId, Notice, Problem, ProblemCode,
    audit::ActState,
    delegation::Approval,
    group_acts::{GroupChange, SetChange},
    roles::SiteRole,
};

use super::{
    decided::{WAITING, Word},
    held::Approved,
};
use crate::{
    Caller, GroupForm, GroupSetForm, Operations, SuspendForm,
    gate::{Begun, Outcome, ticket},
};

impl Operations {
    /// Approves a single act and does it. It is decided about once more, held against what is so at this moment; the word
    /// is taken together with the beginning of the act, see [`Operations::begin_or_ask`].
    pub(super) async fn approve_act(
        &self,
        caller: &Caller,
        approval: &Approval,
        word: Word,
        act: Act,
    ) -> Result<Notice, Problem> {
        let Some(requester) = self.requester_of(caller, approval).await? else {
            return Err(self.void_drifted(caller, approval).await?);
        };
        let begun = self.begin(caller, word.ticket, &word.act, Some(WAITING)).await?;
        let approved = Approved {
            request: approval.id,
            hash: approval.hash.clone(),
            by: caller.account.id.uuid(),
            name: caller.account.name.clone(),
            answer: word.answer,
        };
        let requester = Caller { approved: Some(Arc::new(approved)), ..requester };
        // From here on the approver may close the browser: the act is carried to its end all the same.
        let (operations, caller, approval) = (self.clone(), caller.clone(), approval.clone());
        let carried = tokio::spawn(async move {
            let ticket = ticket();
            let ended = operations.do_held(&requester, act, ticket).await;
            operations.end_word(&caller, &approval, begun, ticket, ended).await
        });
        match carried.await {
            Ok(result) => result,
            Err(_panicked) => Err(Problem::new(ProblemCode::Internal)),
        }
    }

    /// Sends what was asked for to the operation that it was asked of.
    async fn do_held(&self, requester: &Caller, act: Act, ticket: ActId) -> Result<(), Problem> {
        match act {
            Act::SuspendSite { site, reason, .. } => {
                let form = SuspendForm { site, ticket, reason, typed: None };
                self.suspend_site(requester, form).await.map(drop)
            }
            Act::ReactivateSite { site, reason, .. } => {
                let form = SuspendForm { site, ticket, reason, typed: None };
                self.reactivate_site(requester, form).await.map(drop)
            }
            Act::CancelSiteJob { site, job, .. } => {
                self.cancel_site_job(requester, &site, &job, ticket).await.map(drop)
            }
            Act::ChangeGroup { site, group, name, change, reason } => {
                let none = GroupForm {
                    site,
                    group,
                    change: String::new(),
                    name: String::new(),
                    role: String::new(),
                    on_demand: String::new(),
                    domain: String::new(),
                    grant: String::new(),
                    as_job: String::new(),
                    typed: name.clone(),
                    reason: reason.unwrap_or_default(),
                    ticket,
                };
                self.change_group(requester, group_form(none, name, change)).await.map(drop)
            }
            Act::ChangeGroupSet { site, set, name, change } => {
                let (word, unnamed) = (String::new(), String::new());
                let none = GroupSetForm { site, set, change: word, name: unnamed, group: None, ticket };
                self.change_group_set(requester, set_form(none, name, change)).await.map(drop)
            }
            _ => Err(requester.problem(ProblemCode::Internal)),
        }
    }

    /// Writes down what became of the approver's word. It counts as soon as the act stands in the log as begun, whatever
    /// Tableau made of it.
    async fn end_word(
        &self,
        caller: &Caller,
        approval: &Approval,
        begun: Begun,
        ticket: ActId,
        ended: Result<(), Problem>,
    ) -> Result<Notice, Problem> {
        let entry = self.0.store.audit_entry(caller.tenant(), ticket).await;
        let entry = entry.map_err(|error| caller.store_problem(&error))?;
        if entry.is_some_and(|entry| entry.state != ActState::Denied) {
            begun.finish(Outcome::done("approved")).await?;
            return ended.map(|()| Notice::ActApproved);
        }
        let problem = match ended {
            Ok(()) => caller.problem(ProblemCode::Internal),
            Err(problem) if leaves_open(problem.code) => problem,
            Err(_) => self.void_drifted(caller, approval).await?,
        };
        begun.finish(Outcome::failed(problem)).await.map(|()| Notice::ActRefused)
    }
}

/// Whether the request stands after this: bad moments of Tableau or the database pass, and so does somebody else's change
/// of the same thing; and what was decided meanwhile is told as it is.
fn leaves_open(code: ProblemCode) -> bool {
    code.status() >= 500
        || matches!(
            code,
            ProblemCode::ChangeUnderWay
                | ProblemCode::ApprovalClosed
                | ProblemCode::ApprovalOwn
                | ProblemCode::ApprovalNotFound
        )
}

/// The form by which a change of a group was asked for.
fn group_form(none: GroupForm, name: String, change: GroupChange) -> GroupForm {
    let role = |role: Option<SiteRole>| role.map(|role| role.code().to_owned()).unwrap_or_default();
    let yes = |on: bool| if on { "yes" } else { "" }.to_owned();
    let word = |word: &str| word.to_owned();
    match change {
        GroupChange::Create { minimum_role, on_demand } => GroupForm {
            change: word("create"),
            name,
            role: role(minimum_role),
            on_demand: yes(on_demand),
            ..none
        },
        GroupChange::Rename { to } => GroupForm { change: word("rename"), name: to, ..none },
        GroupChange::MinimumRole { role: minimum } => {
            GroupForm { change: word("minimum-role"), role: role(minimum), ..none }
        }
        GroupChange::OnDemand { on } => GroupForm { change: word("on-demand"), on_demand: yes(on), ..none },
        GroupChange::Delete => GroupForm { change: word("delete"), ..none },
        // No grant opens these, so that nobody is ever asked about them; the operation refuses an empty word.
        GroupChange::Import(_) | GroupChange::Synchronise(_) => none,
    }
}

/// The same for a group set.
fn set_form(none: GroupSetForm, name: String, change: SetChange) -> GroupSetForm {
    let word = |word: &str| word.to_owned();
    match change {
        SetChange::Create => GroupSetForm { change: word("create"), name, ..none },
        SetChange::Rename { to } => GroupSetForm { change: word("rename"), name: to, ..none },
        SetChange::Add { group, .. } => GroupSetForm { change: word("add"), group: Some(group), ..none },
        SetChange::TakeOut { group, .. } => {
            GroupSetForm { change: word("take-out"), group: Some(group), ..none }
        }
        SetChange::Delete => GroupSetForm { change: word("delete"), ..none },
    }
}
