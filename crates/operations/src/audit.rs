//! Reading the audit log.

mod export;
pub(crate) mod seen;
pub(crate) mod taken;

use model::{ActId, Page, Permission, Problem, ProblemCode, audit::AuditQuery, audit::AuditRow, page::SIZES};

use crate::{Caller, Operations};

impl Operations {
    /// One page of the tenant's audit log, newest first.
    pub async fn audit_page(&self, caller: &Caller, query: &AuditQuery) -> Result<Page<AuditRow>, Problem> {
        caller.must(Permission::SeeAudit)?;
        check(caller, query)?;
        let page = self.0.store.audit_page(caller.tenant(), query).await;
        page.map_err(|error| caller.store_problem(&error))
    }

    /// The newest acts on a thing, for its page; none for those who do not read the log.
    pub(crate) async fn acts_on(
        &self,
        caller: &Caller,
        kind: &str,
        object: &str,
        at_most: u64,
    ) -> Result<Vec<AuditRow>, Problem> {
        if caller.must(Permission::SeeAudit).is_err() {
            return Ok(Vec::new());
        }
        let acts = self.0.store.audit_of(caller.tenant(), kind, object, at_most).await;
        acts.map_err(|error| caller.store_problem(&error))
    }

    /// One entry of the tenant's audit log.
    pub async fn audit_entry(&self, caller: &Caller, act: ActId) -> Result<AuditRow, Problem> {
        caller.must(Permission::SeeAudit)?;
        let found = self.0.store.audit_entry(caller.tenant(), act).await;
        let found = found.map_err(|error| caller.store_problem(&error))?;
        found.ok_or_else(|| caller.problem(ProblemCode::EntryNotFound))
    }
}

/// Refuses a question that cannot be, and names the part that is wrong.
fn check(caller: &Caller, query: &AuditQuery) -> Result<(), Problem> {
    let known_verb = query.verb.is_empty() || model::act::VERBS.iter().any(|(verb, _)| *verb == query.verb);
    let known_state = query.state.is_empty() || model::audit::ActState::parse(&query.state).is_some();
    let sane =
        SIZES.contains(&query.page.size) && query.page.number > 0 && query.search.chars().count() <= 200;
    if !(known_verb && known_state && sane) {
        return Err(caller.problem(ProblemCode::MalformedQuery));
    }
    let wrong = |about: String| Problem { about: Some(about), ..caller.problem(ProblemCode::MalformedQuery) };
    model::audit::terms(&query.search).map_err(wrong)?;
    if !query.from.is_empty() && model::audit::begin(&query.from).is_none() {
        return Err(wrong("from".to_owned()));
    }
    if !query.to.is_empty() && model::audit::end(&query.to).is_none() {
        return Err(wrong("to".to_owned()));
    }
    Ok(())
}
