//! Where a member is told how many people there are: only where their grants are for everybody. A number of people whom they
//! may not see tells of those people. And how many people their own plans were about lately.

use model::{
    Permission, Problem,
    delegation::{Delegation, Mark, People, Rule, Sites},
    licences::history::CountOf,
};
use store::Lately;

use crate::{Caller, Operations};

impl Operations {
    /// Whom a member's plans were about within a day without anybody's approval; nothing where no grant of theirs counts
    /// people.
    pub(crate) async fn people_lately(&self, caller: &Caller) -> Result<Option<Lately>, Problem> {
        if !caller.standing().any(|held| held.delegation.marks.contains(&Mark::ManyPeople)) {
            return Ok(None);
        }
        let since = caller.now.plus_seconds(-Mark::MANY_WITHIN_SECONDS);
        let found = self.0.store.people_lately(caller.tenant(), caller.account.author(), since).await;
        found.map(Some).map_err(|error| caller.store_problem(&error))
    }
}

impl Caller {
    /// Whether the numbers of people of a site, or of the tenant, are told, by a grant that holds this verb.
    pub(crate) fn counts(&self, verb: Permission, of: CountOf) -> bool {
        let opens = |grant: &Delegation| {
            let there = match of {
                CountOf::Tenant => grant.scope.sites == Sites::All,
                CountOf::Site(site) => grant.scope.has_site(&site),
            };
            there && grant.verbs.contains(&verb) && grant.scope.people == People::Everybody
        };
        !self.is_member() || self.standing().any(|held| opens(&held.delegation))
    }

    /// Refuses seats of people who are not all in scope.
    pub(crate) fn must_count(&self, of: CountOf) -> Result<(), Problem> {
        if self.sees_count(of) { Ok(()) } else { Err(self.refused_by(Rule::OutOfScope, None)) }
    }
}
