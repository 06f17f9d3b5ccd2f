//! Reading the audit log.

use model::{ActId, Page, Permission, Problem, ProblemCode, audit::AuditQuery, audit::AuditRow, page::SIZES};

use crate::{Caller, Operations};

impl Operations {
    /// One page of the tenant's audit log, newest first.
    pub async fn audit_page(&self, caller: &Caller, query: &AuditQuery) -> Result<Page<AuditRow>, Problem> {
        caller.must(Permission::SeeAudit)?;
        let known_verb =
            query.verb.is_empty() || model::act::VERBS.iter().any(|(verb, _)| *verb == query.verb);
        let known_state = query.state.is_empty() || model::audit::ActState::parse(&query.state).is_some();
        let sane =
            SIZES.contains(&query.page.size) && query.page.number > 0 && query.search.chars().count() <= 200;
        if !(known_verb && known_state && sane) {
            return Err(caller.problem(ProblemCode::MalformedQuery));
        }
        let page = self.0.store.audit_page(caller.tenant(), query).await;
        page.map_err(|error| caller.store_problem(&error))
    }

    /// One entry of the tenant's audit log.
    pub async fn audit_entry(&self, caller: &Caller, act: ActId) -> Result<AuditRow, Problem> {
        caller.must(Permission::SeeAudit)?;
        let found = self.0.store.audit_entry(caller.tenant(), act).await;
        let found = found.map_err(|error| caller.store_problem(&error))?;
        found.ok_or_else(|| caller.problem(ProblemCode::EntryNotFound))
    }
}
