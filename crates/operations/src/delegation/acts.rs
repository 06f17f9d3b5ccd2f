//! The lock around single acts: groups, group sets, jobs and sites.

use std::collections::{BTreeSet, HashSet};

use model::{
    Act, Grant, GrantId, Permission, Problem, ProblemCode, SiteId,
    delegation::{Actor, Command, Decision, Facts, GroupFacts, Reason, Rule, Subject, Via, decide},
    group_acts::GroupChange,
};

use super::world::World;
use crate::{
    Caller, Operations, Who,
    plans::{Row, Who as Whom},
};

/// What the lock said about an act, and what it was held against.
pub(crate) struct Judged {
    pub(crate) decision: Decision,
    pub(crate) facts: Facts,
}

impl Operations {
    /// What the lock says about an act. What is no change of Tableau's, or is done by a token of one's own, has no lock
    /// of this kind.
    pub(crate) async fn decide_act(&self, caller: &Caller, act: &Act) -> Result<Judged, Problem> {
        let (Some(actor), Some(command)) = (actor(caller, act), command(act)) else {
            return Ok(Judged { decision: Decision::Allow { via: Via::Own }, facts: Facts::default() });
        };
        let facts = self.facts_of_act(caller, act).await?;
        Ok(Judged { decision: decide(&actor, &caller.grants, &command, &facts), facts })
    }

    /// Whether somebody could do an act themselves, or could once it is approved. How fresh their proof is and what they
    /// say about why is asked for when they do something.
    pub(super) async fn could_do(&self, caller: &Caller, act: &Act) -> Result<bool, Problem> {
        let Some(actor) = actor(caller, act) else { return Ok(true) };
        let Some(command) = command(act) else { return Ok(false) };
        let actor = Actor { is_fresh: true, reason: Reason::Later, ..actor };
        let facts = self.facts_of_act(caller, act).await?;
        Ok(decide(&actor, &caller.grants, &command, &facts).may_be_planned())
    }

    /// Refuses a member who may not see a thing of a site as a whole, such as its jobs: they name people and content
    /// wherever they are.
    pub(crate) fn must_see_whole_site(
        &self,
        caller: &Caller,
        site: &SiteId,
        needs: Permission,
    ) -> Result<(), Problem> {
        caller.must(needs)?;
        let Who::Member { linked, .. } = &caller.account.who else { return Ok(()) };
        let actor = Actor {
            is_active: true,
            linked: linked.clone(),
            names: Vec::new(),
            is_fresh: true,
            reason: Reason::Later,
        };
        let command = Command::Site { site: *site, needs };
        match decide(&actor, &caller.grants, &command, &Facts::default()) {
            Decision::Refuse { rule, .. } if rule.hides() && !caller.reaches_site(site) => {
                Err(caller.problem(ProblemCode::SiteNotFound))
            }
            Decision::Refuse { rule, grant } => Err(caller.refused_by(rule, grant)),
            Decision::Allow { .. } | Decision::Approval { .. } => Ok(()),
        }
    }

    async fn facts_of_act(&self, caller: &Caller, act: &Act) -> Result<Facts, Problem> {
        let Act::ChangeGroup { site, group: Some(group), change, .. } = act else {
            return Ok(Facts::default());
        };
        let known = self.fresh_group(caller, site, group).await?;
        let felt = !matches!(change, GroupChange::Rename { .. });
        let world = self.world(caller, &caller.grants, &HashSet::from([*site])).await?;
        let members = if felt { self.subjects_in(caller, site, group, &world).await? } else { None };
        let told = world.sites.get(site);
        Ok(Facts {
            group: Some(GroupFacts {
                site: *site,
                group: Some(*group),
                minimum: known.minimum_role,
                members,
            }),
            floor: told.map(|told| told.floor.clone()),
            ..Facts::default()
        })
    }

    /// Everybody in a group, as the lock looks at them; nothing where one of them is not told.
    async fn subjects_in(
        &self,
        caller: &Caller,
        site: &SiteId,
        group: &model::GroupId,
        world: &World,
    ) -> Result<Option<Vec<Subject>>, Problem> {
        let members = self.members_of(caller, site, group).await?;
        let whom = |name: &String| Whom::Name(name.clone());
        // Only whom they are about is read of these rows.
        let rows: Vec<Row> =
            members.iter().map(|member| Row::of(whom(&member.name), model::plan::Wish::Delete)).collect();
        let people = self.people_of(caller, &rows).await?;
        let subjects = members.iter().map(|member| people.find(&whom(&member.name)));
        Ok(subjects.map(|person| person.map(|person| world.subject(person))).collect())
    }
}

/// An act as the lock looks at it; nothing where it is none of those.
fn command(act: &Act) -> Option<Command<'_>> {
    Some(match act {
        Act::SuspendSite { site, .. } => Command::Site { site: *site, needs: Permission::SuspendSite },
        Act::ReactivateSite { site, .. } => Command::Site { site: *site, needs: Permission::ReactivateSite },
        Act::CancelSiteJob { site, .. } => Command::Site { site: *site, needs: Permission::CancelJobs },
        Act::ChangeGroup { site, change, .. } => Command::Group { site: *site, change },
        Act::ChangeGroupSet { site, change, .. } => Command::Set { site: *site, change },
        _ => return None,
    })
}

fn actor(caller: &Caller, act: &Act) -> Option<Actor> {
    let Who::Member { linked, .. } = &caller.account.who else { return None };
    Some(Actor {
        is_active: true,
        linked: linked.clone(),
        names: Vec::new(),
        is_fresh: caller.must_be_fresh().is_ok(),
        reason: Reason::of(act.reason()),
    })
}

impl Caller {
    /// A refusal of an act. Where the rule would tell that its object is there, to somebody who does not see it, it is
    /// answered as if it were not.
    pub(crate) fn refused_act(&self, act: &Act, rule: Rule, grant: Option<GrantId>) -> Problem {
        let unseen = match act {
            Act::ChangeGroup { site, group: Some(group), .. } if !self.knows_group(site, group) => {
                Some(ProblemCode::GroupNotFound)
            }
            Act::ChangeGroupSet { site, set: Some(_), .. } if !self.sees_sets(site) => {
                Some(ProblemCode::GroupSetNotFound)
            }
            Act::ChangeGroup { site, .. }
            | Act::ChangeGroupSet { site, .. }
            | Act::SuspendSite { site, .. }
            | Act::ReactivateSite { site, .. }
            | Act::CancelSiteJob { site, .. }
                if !self.reaches_site(site) =>
            {
                Some(ProblemCode::SiteNotFound)
            }
            _ => None,
        };
        unseen
            .filter(|_| rule.hides())
            .map_or_else(|| self.refused_by(rule, grant), |code| self.problem(code))
    }

    /// A refusal that names its rule, and whom to ask about it.
    pub(crate) fn refused_by(&self, rule: Rule, grant: Option<GrantId>) -> Problem {
        let whom = self.givers(grant);
        let code = match rule {
            Rule::StepUpNeeded => ProblemCode::StepUpNeeded,
            Rule::ReasonNeeded => ProblemCode::ReasonMissing,
            Rule::NoCredential => ProblemCode::NothingDeposited,
            Rule::DelegationPaused => ProblemCode::DelegationPaused,
            _ => {
                return Problem {
                    about: Some(rule.word()),
                    whom,
                    ..self.problem(ProblemCode::RefusedByRule)
                };
            }
        };
        Problem { whom, ..self.problem(code) }
    }

    /// Who gave a grant; where it is not known which one is meant, everybody who gave one.
    pub(crate) fn givers(&self, grant: Option<GrantId>) -> Option<String> {
        let held = self.grants.iter().filter_map(|held| match held {
            Grant::Delegated(held) => Some(&held.delegation),
            Grant::Administrator => None,
        });
        let meant = held.filter(|held| grant.is_none_or(|grant| held.id == grant));
        let names: BTreeSet<&str> = meant.map(|held| held.by.as_str()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        Some(names.join(", ")).filter(|names| !names.is_empty())
    }
}
