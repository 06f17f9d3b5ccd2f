//! The lock in a small world: 3 sites, 7 roles, groups with minimum roles, and everybody whom a grant must not reach.
//! Every state that a helper can bring about, by whatever row of commands, is visited and looked at.

mod commands;
mod grants;
mod search;
mod world;

use grants::{Grants, grants};
use model::{
    Grant,
    delegation::{Actor, Command, Decision, Facts, decide},
};
use search::{Broken, explore};
use world::World;

type Lock = fn(&Actor, &[Grant], &Command<'_>, &Facts) -> Decision;

/// Looks at every state for each set of grants. Everything that waits is approved: the worst approver there is.
fn all_states(lock: Lock) -> Result<usize, Broken> {
    let mut states = 0;
    for Grants { name, grants, ceiling, touches } in grants() {
        for world in World::examples() {
            states += explore(&world, &grants, &ceiling, touches, lock)
                .map_err(|broken| Broken { name, ..broken })?;
        }
    }
    Ok(states)
}

#[test]
fn no_state_that_a_helper_can_reach_breaks_a_promise() {
    let states = all_states(decide).unwrap_or_else(|broken| panic!("{broken}"));
    assert!(states > 1_000, "only {states} states: the helpers of this world can do next to nothing");
}

/// The search finds holes: a lock that forgets one rule is caught.
fn is_caught(lock: Lock) -> Broken {
    all_states(lock).expect_err("a lock with a hole was not caught")
}

#[test]
fn a_lock_that_does_not_look_at_what_groups_give_is_caught() {
    is_caught(|actor, grants, command, facts| {
        let mut facts = facts.clone();
        facts.group.iter_mut().for_each(|group| group.minimum = None);
        decide(actor, grants, command, &facts)
    });
}

#[test]
fn a_lock_that_forgets_what_a_group_policy_does_to_its_members_is_caught() {
    is_caught(|actor, grants, command, facts| {
        let mut facts = facts.clone();
        facts.group.iter_mut().for_each(|group| group.members = Some(Vec::new()));
        decide(actor, grants, command, &facts)
    });
}

#[test]
fn a_lock_that_forgets_protection_is_caught() {
    is_caught(|actor, grants, command, facts| {
        let mut facts = facts.clone();
        facts.person.iter_mut().for_each(|person| person.is_protected = false);
        decide(actor, grants, command, &facts)
    });
}

#[test]
fn a_lock_that_forgets_administrators_of_other_sites_is_caught() {
    is_caught(|actor, grants, command, facts| {
        let mut facts = facts.clone();
        if let Some(person) = &mut facts.person {
            person.roles.iter_mut().for_each(|roles| roles.retain(|(_, role)| !role.administers()));
        }
        decide(actor, grants, command, &facts)
    });
}

#[test]
fn a_lock_that_forgets_whose_person_asks_is_caught() {
    is_caught(|actor, grants, command, facts| {
        let actor = Actor { linked: Vec::new(), names: Vec::new(), ..actor.clone() };
        let mut facts = facts.clone();
        facts.person.iter_mut().for_each(|person| person.has_account = false);
        decide(&actor, grants, command, &facts)
    });
}

#[test]
fn a_lock_that_adds_grants_up_is_caught() {
    is_caught(|actor, grants, command, facts| {
        let sum = grants.iter().fold(Vec::new(), |mut sum: Vec<Grant>, grant| {
            match (sum.first_mut(), grant) {
                (Some(Grant::Delegated(sum)), Grant::Delegated(held)) => {
                    sum.delegation.verbs.extend(&held.delegation.verbs);
                    let touches = sum.delegation.touches().max(held.delegation.touches());
                    sum.delegation.touches = Some(touches);
                    sum.delegation.ceiling = sum.delegation.ceiling.max(held.delegation.ceiling);
                    if held.delegation.scope.sites == model::delegation::Sites::All {
                        sum.delegation.scope.sites = model::delegation::Sites::All;
                    }
                }
                _ => sum.push(grant.clone()),
            }
            sum
        });
        decide(actor, &sum, command, facts)
    });
}

#[test]
fn a_lock_that_gives_any_role_is_caught() {
    is_caught(|actor, grants, command, facts| {
        let mut grants = grants.to_vec();
        for grant in &mut grants {
            if let Grant::Delegated(held) = grant {
                held.delegation.ceiling = model::delegation::Ceiling::Creator;
            }
        }
        decide(actor, &grants, command, facts)
    });
}

#[test]
fn a_lock_that_gives_whatever_it_touches_is_caught() {
    is_caught(|actor, grants, command, facts| {
        let mut grants = grants.to_vec();
        for grant in &mut grants {
            if let Grant::Delegated(held) = grant {
                held.delegation.ceiling = held.delegation.touches();
            }
        }
        decide(actor, &grants, command, facts)
    });
}

#[test]
fn a_lock_that_touches_anybody_is_caught() {
    is_caught(|actor, grants, command, facts| {
        let mut grants = grants.to_vec();
        for grant in &mut grants {
            if let Grant::Delegated(held) = grant {
                held.delegation.touches = Some(model::delegation::Ceiling::Creator);
            }
        }
        decide(actor, &grants, command, facts)
    });
}
