//! Whom a grant reaches: who is in its scope where it would show, and whom no grant reaches at all.

use super::{
    Delegation, Rule,
    decide::must,
    facts::{Actor, Facts, Subject},
    scope::Sites,
};
use crate::{SiteId, plan::Wish, roles::SiteRole};

/// Whether the person is in scope where it would show.
pub(super) fn in_scope(grant: &Delegation, wish: &Wish, facts: &Facts) -> Result<(), Rule> {
    let scope = &grant.scope;
    match (wish.site(), &facts.person) {
        (Some(site), Some(person)) => must(scope.has_person(person, site), Rule::OutOfScope),
        (Some(site), None) => {
            must(scope.has_site(site) && scope.has_name(&facts.user_name), Rule::OutOfScope)
        }
        // What shows in the whole tenant needs every site of the person in scope.
        (None, Some(person)) => {
            let roles = person.roles.as_ref().ok_or(Rule::NotTold)?;
            let inside = |site: &SiteId| scope.has_person(person, site);
            let nowhere = roles.is_empty() && scope.sites == Sites::All && scope.has_name(&person.user_name);
            must(nowhere || roles.iter().any(|(site, _)| inside(site)), Rule::OutOfScope)?;
            must(roles.iter().all(|(site, _)| inside(site)), Rule::OtherSites)
        }
        (None, None) => must(scope.sites == Sites::All && scope.has_name(&facts.user_name), Rule::OutOfScope),
    }
}

/// Whether a grant reaches somebody who is in scope: nobody whom no grant reaches, and nobody whose role
/// is higher than it touches, where it would show.
pub(super) fn reaches(
    actor: &Actor,
    grant: &Delegation,
    person: &Subject,
    site: Option<&SiteId>,
    facts: &Facts,
) -> Result<(), Rule> {
    if let Some(rule) = untouchable(actor, person) {
        return Err(rule);
    }
    let roles = person.roles.as_ref().ok_or(Rule::NotTold)?;
    let mut shows = roles.iter().filter(|(on, _)| site.is_none_or(|site| site == on));
    must(shows.all(|(_, role)| grant.touches().covers(role)), Rule::TargetAboveCeiling)?;
    let mut held = person.groups.iter().filter(|hold| site.is_none_or(|site| *site == hold.site));
    let covered = |role: Option<&SiteRole>| role.is_none_or(|role| grant.touches().covers(role));
    must(held.all(|hold| covered(hold.minimum.as_ref())), Rule::TargetAboveCeiling)?;
    // What the site gives everybody counts for whoever is on it already.
    let is_there = site.is_some_and(|site| person.role(site).is_some());
    must(!is_there || covered(facts.floor.as_ref().and_then(Option::as_ref)), Rule::TargetAboveCeiling)
}

/// Whom no grant reaches.
pub(super) fn untouchable(actor: &Actor, person: &Subject) -> Option<Rule> {
    match () {
        () if actor.is(person) => Some(Rule::Yourself),
        () if person.is_protected => Some(Rule::ProtectedPerson),
        () if person.is_administrator() => Some(Rule::AdministratorPerson),
        () if person.owns_credential => Some(Rule::CredentialOwnerPerson),
        () if person.has_account => Some(Rule::AccountPerson),
        () => None,
    }
}
