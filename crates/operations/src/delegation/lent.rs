//! What a member was given at this moment, and the credentials that were deposited for it.

use std::collections::HashSet;

use model::{
    CredentialId, Grant, GrantId, Permission, Problem, ProblemCode, SiteId, UserId,
    delegation::{Actor, Command, Decision, Facts, Held, Reason, Rule, Via, decide},
};

use super::clocks::local;
use crate::{Caller, Operations, Who};

/// A credential of somebody else that a grant of the caller's may work by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lent {
    /// The grant.
    pub grant: GrantId,
    /// The site that it opens; `None` for Tableau Cloud Manager.
    pub site: Option<SiteId>,
    /// The sealed credential.
    pub credential: CredentialId,
    /// Whose it is.
    pub owner: UserId,
}

/// By what right an act is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    /// The grant.
    pub grant: GrantId,
    /// In words, for the audit log.
    pub words: String,
}

impl Operations {
    /// Reads a member's grants and deposits anew. It is done for every request, so that the end of a grant holds at once,
    /// on every replica.
    pub(crate) async fn arm(&self, caller: &mut Caller) -> store::Result<()> {
        let (tenant, id) = (caller.tenant(), caller.account.id.uuid());
        let held = self.0.store.grants_of(tenant, id, caller.now).await?;
        let held: Vec<Held> = held.into_iter().map(|held| caller.at_this_time_and_place(held)).collect();
        let deposits = if held.iter().any(Held::is_standing) {
            self.0.store.living_deposits(tenant, caller.now).await?
        } else {
            Vec::new()
        };
        let standing: HashSet<GrantId> =
            held.iter().filter(|held| held.is_standing()).map(|held| held.delegation.id).collect();
        let living = deposits.into_iter().filter(|it| it.until > caller.now && standing.contains(&it.grant));
        caller.lent = living
            .map(|it| Lent { grant: it.grant, site: it.site, credential: it.credential, owner: it.owner })
            .collect();
        caller.grants = held.into_iter().map(|held| Grant::Delegated(Box::new(held))).collect();
        Ok(())
    }

    /// Makes sure, just before it is used, that a credential is still lent: the switch that ends all delegation holds
    /// from the next call on.
    pub(crate) async fn must_still_be_lent(
        &self,
        caller: &Caller,
        site: Option<SiteId>,
        credential: CredentialId,
    ) -> Result<(), Problem> {
        let Who::Member { .. } = caller.account.who else { return Ok(()) };
        let nothing = || caller.problem(ProblemCode::NothingDeposited);
        let lent = caller.lends(site).find(|lent| lent.credential == credential).ok_or_else(nothing)?;
        let found = self.0.store.deposit_for(caller.tenant(), lent.grant, site, crate::caller::clock()).await;
        let found = found.map_err(|error| caller.store_problem(&error))?;
        found.filter(|deposit| deposit.credential == credential).map(|_| ()).ok_or_else(nothing)
    }
}

impl Caller {
    /// The credentials lent to this caller for a plane: all of them while it only reads, and that of one grant once the
    /// lock said by which it acts.
    pub(crate) fn lends(&self, site: Option<SiteId>) -> impl Iterator<Item = &Lent> {
        let right = self.right.as_ref().map(|right| right.grant);
        self.lent
            .iter()
            .filter(move |lent| lent.site == site && right.is_none_or(|grant| grant == lent.grant))
    }

    /// Whether a grant has something to work by on a plane.
    pub(crate) fn is_lent(&self, held: &Held, plane: Option<SiteId>) -> bool {
        self.lent.iter().any(|lent| lent.grant == held.delegation.id && lent.site == plane)
    }

    /// The same caller with nothing but what was lent to grants that hold a permission: whoever lends a credential for
    /// one thing lends it for no other.
    pub(crate) fn reading(&self, permission: Permission) -> Self {
        let holds = |grant: &GrantId| {
            self.standing()
                .any(|held| held.delegation.id == *grant && held.delegation.verbs.contains(&permission))
        };
        let lent = self.lent.iter().filter(|lent| holds(&lent.grant)).cloned().collect();
        Self { lent, ..self.clone() }
    }

    /// The same caller, acting by what the lock said. What was approved carries the name of who did.
    pub(crate) fn by(&self, decision: &Decision, approved: Option<&str>) -> Self {
        let grant = match decision {
            Decision::Allow { via: Via::Grant(grant) } | Decision::Approval { grant, .. } => *grant,
            Decision::Allow { via: Via::Own } | Decision::Refuse { .. } => return self.clone(),
        };
        let held = self.grants.iter().find_map(|held| match held {
            Grant::Delegated(held) if held.delegation.id == grant => Some(held),
            _ => None,
        });
        let name = held.map_or("", |held| &held.delegation.name);
        let approved = approved.map(|who| format!(", approved by {who}")).unwrap_or_default();
        let right = Right { grant, words: format!("{name} ({grant}){approved}") };
        Self { right: Some(right), ..self.clone() }
    }

    /// Refuses to send a change for a member by whose grant nobody decided: it would go by somebody's credential without
    /// their consent.
    pub(crate) fn must_have_right(&self) -> Result<(), Problem> {
        if self.is_member() && self.right.is_none() {
            return Err(self.problem(ProblemCode::NotAllowed));
        }
        Ok(())
    }

    /// The rule by which nothing at all is open to a member: none of their grants to plan changes counts.
    pub(crate) fn refusal_of_all(&self) -> Option<Rule> {
        self.refusal_of(Permission::PlanPeople).map(|(rule, _)| rule)
    }

    /// The rule by which none of the grants opens a permission, and the grant that came furthest.
    pub(crate) fn refusal_of(&self, permission: Permission) -> Option<(Rule, Option<GrantId>)> {
        let actor = Actor {
            is_active: true,
            linked: Vec::new(),
            names: Vec::new(),
            is_fresh: true,
            reason: Reason::Later,
        };
        let decision = decide(&actor, &self.grants, &Command::Plain(permission), &Facts::default());
        decision.rule().map(|rule| (rule, decision.grant()))
    }

    /// A grant at the hour at which this caller asks, and for a member from where.
    pub(crate) fn at_this_time_and_place(&self, held: Held) -> Held {
        let held = held.now(|zone| local(zone, self.now));
        if self.is_member() { held.here(self.address) } else { held }
    }

    /// Whether this caller works by what others lent.
    pub fn is_member(&self) -> bool {
        matches!(self.account.who, Who::Member { .. })
    }

    /// What a member may do by the grants that count at this moment, each named once.
    pub fn verbs(&self) -> Vec<model::Permission> {
        let all: std::collections::BTreeSet<_> =
            self.standing().flat_map(|held| held.delegation.verbs.iter().copied()).collect();
        all.into_iter().collect()
    }

    /// The grants that count at this moment.
    pub fn standing(&self) -> impl Iterator<Item = &Held> {
        self.grants.iter().filter_map(|grant| match grant {
            Grant::Delegated(held) if held.is_standing() => Some(&**held),
            _ => None,
        })
    }
}
