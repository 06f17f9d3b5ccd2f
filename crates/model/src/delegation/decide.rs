//! The lock itself. Pages, server functions, rows of files, the worker and approvals all ask this one function.

use super::{
    Conditions, Delegation, Held, Rule, Standing,
    effect::{self, Plane},
    facts::{Actor, Command, Facts, Reason, Subject},
    limits::MarkReason,
    marks,
    reach::{in_scope, reaches, untouchable},
    scope::{Groups, People},
};
use crate::{
    Grant, GrantId, Permission, SiteId,
    group_acts::{GroupChange, SetChange},
    plan::{SiteWish, Wish},
};

/// By what right something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// By a token of one's own: Tableau itself decides.
    Own,
    /// By this grant, and with the credential deposited for it.
    Grant(GrantId),
}

/// What the lock says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Go on.
    Allow {
        /// By what right.
        via: Via,
    },
    /// Go on once somebody else has approved it.
    Approval {
        /// The grant.
        grant: GrantId,
        /// Why it waits.
        why: Vec<MarkReason>,
    },
    /// Not so.
    Refuse {
        /// The rule.
        rule: Rule,
        /// The grant that came furthest, where there is one.
        grant: Option<GrantId>,
    },
}

impl Decision {
    /// Whether it may be planned: it is allowed, or may be once somebody approved it.
    pub fn may_be_planned(&self) -> bool {
        !matches!(self, Self::Refuse { .. })
    }

    /// The rule of a refusal.
    pub fn rule(&self) -> Option<Rule> {
        match self {
            Self::Refuse { rule, .. } => Some(*rule),
            _ => None,
        }
    }

    /// The grant by which it goes, or would.
    pub fn grant(&self) -> Option<GrantId> {
        match self {
            Self::Allow { via: Via::Own } => None,
            Self::Allow { via: Via::Grant(grant) } | Self::Approval { grant, .. } => Some(*grant),
            Self::Refuse { grant, .. } => *grant,
        }
    }
}

/// Decides about one command. Verb, scope, ceiling and limits must all come from the same grant: two grants never add up
/// to a third.
pub fn decide(actor: &Actor, grants: &[Grant], command: &Command<'_>, facts: &Facts) -> Decision {
    let refuse = |rule, grant| Decision::Refuse { rule, grant };
    if !actor.is_active {
        return refuse(Rule::AccountSuspended, None);
    }
    if grants.contains(&Grant::Administrator) {
        return Decision::Allow { via: Via::Own };
    }
    let needed = needed(command, facts);
    if needed.iter().any(|permission| !permission.is_grantable()) {
        return refuse(Rule::NeverDelegated, None);
    }
    let mut best: Option<(Rule, Option<GrantId>)> = None;
    let mut waiting = None;
    for grant in grants {
        let Grant::Delegated(held) = grant else { continue };
        match by_grant(actor, held, &needed, command, facts) {
            Ok(why) if why.is_empty() => return Decision::Allow { via: Via::Grant(held.delegation.id) },
            Ok(why) => _ = waiting.get_or_insert((held.delegation.id, why)),
            Err(rule) if best.is_none_or(|(known, _)| known < rule) => {
                best = Some((rule, (rule > Rule::NoGrant).then_some(held.delegation.id)));
            }
            Err(_) => {}
        }
    }
    match (waiting, best) {
        (Some((grant, why)), _) => Decision::Approval { grant, why },
        (None, Some((rule, grant))) => refuse(rule, grant),
        (None, None) => refuse(Rule::NoGrant, None),
    }
}

/// Every permission that a command needs.
fn needed(command: &Command<'_>, facts: &Facts) -> Vec<Permission> {
    match command {
        Command::Row { wish: Wish::Details { email: Some(email), .. }, creates: false }
            if !email.eq_ignore_ascii_case(&facts.user_name) =>
        {
            // Reports go to that address: whoever sets it to their own reads what the person may read.
            vec![Permission::ChangeDetails, Permission::ChangeAdministrators]
        }
        Command::Row { wish, creates } => {
            let comes_onto = |site: &SiteId| facts.person.as_ref().is_some_and(|it| it.role(site).is_none());
            let adds = matches!(wish, Wish::Role { site, .. } if comes_onto(site));
            wish.permissions(*creates || adds)
        }
        Command::Group { change, .. } => change.permissions().to_vec(),
        Command::Set { .. } => vec![SetChange::PERMISSION],
        Command::Site { needs, .. } | Command::Plain(needs) => vec![*needs],
    }
}

/// One grant, by itself: the reasons to wait, or the first rule that refuses.
fn by_grant(
    actor: &Actor,
    held: &Held,
    needed: &[Permission],
    command: &Command<'_>,
    facts: &Facts,
) -> Result<Vec<MarkReason>, Rule> {
    let grant = &held.delegation;
    if !needed.iter().all(|permission| grant.verbs.contains(permission)) {
        // A name that nobody has needs another verb than one that somebody has. Out of scope, both are refused alike.
        let is_out =
            matches!(command, Command::Row { wish, .. } if names_nobody_in_scope(grant, wish, facts));
        return Err(if is_out { Rule::OutOfScope } else { Rule::NoGrant });
    }
    stands(held.standing)?;
    if matches!(command, Command::Plain(_)) {
        return Ok(Vec::new());
    }
    if (grant.conditions.step_up || effect::is_dangerous(command)) && !actor.is_fresh {
        return Err(Rule::StepUpNeeded);
    }
    why(&grant.conditions, &actor.reason)?;
    let deposited = match effect::plane(command) {
        Plane::Tenant => held.planes.tenant,
        Plane::Site(site) => held.planes.sites.contains(&site),
        Plane::Either => true,
    };
    if !deposited {
        return Err(Rule::NoCredential);
    }
    match command {
        Command::Row { wish, creates } => row(actor, grant, wish, *creates, facts)?,
        Command::Group { site, change } => group(actor, grant, site, change, facts)?,
        Command::Set { site, .. } => {
            must(grant.scope.has_site(site), Rule::OutOfScope)?;
            must(grant.scope.groups == Groups::All, Rule::GroupOutOfScope)?;
        }
        Command::Site { site, needs } => {
            must(grant.scope.has_site(site), Rule::OutOfScope)?;
            // Whoever shuts a site shuts out everybody on it.
            let whole = *needs == Permission::CancelJobs || grant.scope.people == People::Everybody;
            must(whole, Rule::OutOfScope)?;
        }
        Command::Plain(_) => {}
    }
    marks::limits(grant, command, facts)?;
    Ok(marks::reasons(grant, command, facts))
}

/// Whether a row is about somebody who is not there, by a name that is not in scope.
fn names_nobody_in_scope(grant: &Delegation, wish: &Wish, facts: &Facts) -> bool {
    facts.person.is_none() && in_scope(grant, wish, facts) == Err(Rule::OutOfScope)
}

pub(super) fn must(so: bool, rule: Rule) -> Result<(), Rule> {
    if so { Ok(()) } else { Err(rule) }
}

/// Whether what is said about why is enough.
pub(super) fn why(conditions: &Conditions, reason: &Reason) -> Result<(), Rule> {
    match (reason, &conditions.ticket) {
        (Reason::Later, _) => Ok(()),
        (Reason::Silent, ticket) => must(!conditions.reason && ticket.is_none(), Rule::ReasonNeeded),
        (Reason::Given(said), ticket) => {
            must(ticket.as_ref().is_none_or(|ticket| ticket.is_in(said)), Rule::TicketNeeded)
        }
    }
}

fn stands(standing: Standing) -> Result<(), Rule> {
    match standing {
        Standing::Active => Ok(()),
        Standing::Future => Err(Rule::GrantFuture),
        Standing::Expired => Err(Rule::GrantExpired),
        Standing::Revoked => Err(Rule::GrantRevoked),
        Standing::Paused => Err(Rule::DelegationPaused),
        Standing::Eligible => Err(Rule::GrantNotActivated),
        Standing::OutsideHours => Err(Rule::OutsideHours),
        Standing::OtherNetwork => Err(Rule::OtherNetwork),
    }
}

/// A row of a plan: scope, then whom no grant reaches, then the role that counts in the end, then the other side.
fn row(actor: &Actor, grant: &Delegation, wish: &Wish, creates: bool, facts: &Facts) -> Result<(), Rule> {
    in_scope(grant, wish, facts)?;
    must(!actor.has_name(&facts.user_name), Rule::Yourself)?;
    match &facts.person {
        Some(person) => reaches(actor, grant, person, wish.site(), facts)?,
        // Only what brings people into being can be about somebody who is not there.
        None => must(creates || matches!(wish, Wish::OnSite(_)), Rule::OutOfScope)?,
    }
    if let Some(role) = effect::role_asked(wish) {
        must(grant.ceiling.covers(role), Rule::AboveCeiling)?;
        if let Some(site) = wish.site() {
            let mut minimums = effect::minimums(facts.person.as_ref(), site, facts);
            must(minimums.all(|role| grant.ceiling.covers(role)), Rule::AboveCeilingByGroup)?;
        }
    }
    let Wish::OnSite(wish) = wish else { return Ok(()) };
    match &wish.change {
        SiteWish::Join { group, .. } | SiteWish::Leave { group, .. } => {
            must(grant.scope.has_group(&wish.site, group), Rule::GroupOutOfScope)?;
            let told = facts.group.as_ref().filter(|it| it.group == Some(*group) && it.site == wish.site);
            let told = told.ok_or(Rule::NotTold)?;
            // Joining gives what the group gives; leaving only touches who has it.
            let joins = matches!(wish.change, SiteWish::Join { .. });
            let most = if joins { grant.ceiling } else { grant.touches() };
            let gives = told.minimum.as_ref();
            must(gives.is_none_or(|role| most.covers(role)), Rule::AboveCeilingByGroup)
        }
        SiteWish::Remove { assets_to: Some(heir) } => {
            let recipient = facts.recipient.as_ref();
            let is_own = actor.has_name(&heir.name) || recipient.is_some_and(|it| actor.is(it));
            must(!is_own, Rule::RecipientYourself)?;
            let recipient = recipient.ok_or(Rule::RecipientOutOfScope)?;
            let fits = recipient.user_name.eq_ignore_ascii_case(&heir.name)
                && grant.scope.has_person(recipient, &wish.site)
                && untouchable(actor, recipient).is_none();
            must(fits, Rule::RecipientOutOfScope)
        }
        _ => Ok(()),
    }
}

/// A group itself: it is in scope, gives nothing above the ceiling before or afterwards, and where its people would feel
/// it, every one of them is in reach.
fn group(
    actor: &Actor,
    grant: &Delegation,
    site: &SiteId,
    change: &GroupChange,
    facts: &Facts,
) -> Result<(), Rule> {
    must(grant.scope.has_site(site), Rule::OutOfScope)?;
    let gives = match change {
        GroupChange::Create { minimum_role, .. } => minimum_role.as_ref(),
        GroupChange::MinimumRole { role } => role.as_ref(),
        GroupChange::Rename { .. } | GroupChange::OnDemand { .. } | GroupChange::Delete => None,
        // Whom the directory puts into the group nobody here can tell, and so no ceiling holds.
        GroupChange::Import(_) | GroupChange::Synchronise(_) => return Err(Rule::NeverDelegated),
    };
    if let GroupChange::Create { .. } = change {
        // A new group is in no list of groups.
        must(grant.scope.groups == Groups::All, Rule::GroupOutOfScope)?;
        return must(gives.is_none_or(|role| grant.ceiling.covers(role)), Rule::AboveCeiling);
    }
    let told = facts.group.as_ref().filter(|it| it.site == *site).ok_or(Rule::GroupOutOfScope)?;
    let id = told.group.ok_or(Rule::GroupOutOfScope)?;
    must(grant.scope.has_group(site, &id), Rule::GroupOutOfScope)?;
    must(gives.is_none_or(|role| grant.ceiling.covers(role)), Rule::AboveCeiling)?;
    if matches!(change, GroupChange::Rename { .. }) {
        return Ok(());
    }
    must(told.minimum.as_ref().is_none_or(|role| grant.ceiling.covers(role)), Rule::AboveCeilingByGroup)?;
    let members = told.members.as_ref().ok_or(Rule::NotTold)?;
    let in_reach = |member: &Subject| {
        grant.scope.has_person(member, site) && reaches(actor, grant, member, Some(site), facts).is_ok()
    };
    must(members.iter().all(in_reach), Rule::GroupHoldsOthers)
}
