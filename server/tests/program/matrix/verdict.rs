//! What the pure rules say of a cell.

use model::{
    Grant, Permission, ProblemCode, SiteId,
    delegation::{Actor, Command, Decision, Facts, People, Reason, Rule, Sites, decide},
    group_acts::{GroupChange, SetChange},
    plan::Verdict,
};

use super::{
    desk::{Desk, Holder, Kind},
    gates::{Asks, Gate, gate},
    objects::{Object, Which},
};
use crate::every_door_is_guarded::door::{Door, Inner, Takes};

/// What has to be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    Passes,
    /// Refused with this code, and by this rule where it names one.
    Refused(ProblemCode, Option<String>),
}

fn refused(code: ProblemCode) -> Expected {
    Expected::Refused(code, None)
}

/// A refusal by a rule as the program tells it.
fn by_rule(rule: Rule) -> Expected {
    match rule {
        Rule::NoGrant | Rule::NeverDelegated => refused(ProblemCode::NotAllowed),
        Rule::StepUpNeeded => refused(ProblemCode::StepUpNeeded),
        Rule::ReasonNeeded => refused(ProblemCode::ReasonMissing),
        Rule::NoCredential => refused(ProblemCode::NothingDeposited),
        Rule::DelegationPaused => refused(ProblemCode::DelegationPaused),
        rule => Expected::Refused(ProblemCode::RefusedByRule, Some(rule.word())),
    }
}

/// What the one pure function says about a command.
fn ask(held: &[Grant], command: &Command<'_>) -> Option<Expected> {
    ask_about(held, command, &Facts::default())
}

/// The same where something is known of whom it is about.
fn ask_about(held: &[Grant], command: &Command<'_>, facts: &Facts) -> Option<Expected> {
    let actor = Actor {
        is_active: true,
        linked: Vec::new(),
        names: Vec::new(),
        is_fresh: true,
        reason: Reason::Given("Test".to_owned()),
    };
    match decide(&actor, held, command, facts) {
        // What has to be approved is asked for: the form is taken.
        Decision::Allow { .. } | Decision::Approval { .. } => None,
        Decision::Refuse { rule, .. } => Some(by_rule(rule)),
    }
}

/// Sending a plan wants a grant for each of its rows, and tells the rule where there is none. Whom the rows are about was
/// decided when the plan was made.
fn send(desk: &Desk, held: &[Grant]) -> Option<Expected> {
    let no_grant = by_rule(Rule::NoGrant);
    let mut rows = desk.plan.1.iter().filter_map(|step| Some((step, step.wish.as_ref()?)));
    rows.any(|(step, wish)| {
        let row = Command::Row { wish, creates: step.verdict == Verdict::Create };
        let facts = Facts { user_name: step.user_name.clone(), ..Facts::default() };
        // A row of a file goes by a grant that opens files.
        let opens = |grant: &&Grant| {
            step.line.is_none() || model::allows(std::slice::from_ref(*grant), Permission::ImportFiles)
        };
        let held: Vec<Grant> = held.iter().filter(opens).cloned().collect();
        ask_about(&held, &row, &facts).as_ref() == Some(&no_grant)
    })
    .then(|| Expected::Refused(ProblemCode::RefusedByRule, Some(Rule::NoGrant.word())))
}

/// Whether a grant is for everybody everywhere.
fn is_for_everybody(grant: &Grant) -> bool {
    match grant {
        Grant::Delegated(held) => {
            let scope = &held.delegation.scope;
            scope.people == People::Everybody && scope.sites == Sites::All
        }
        _ => true,
    }
}

/// One of these is enough; it is the last whose refusal is told.
fn one_of(held: &[Grant], any: &[Permission]) -> Option<Expected> {
    let asked: Vec<_> = any.iter().map(|needs| ask(held, &Command::Plain(*needs))).collect();
    if asked.iter().any(Option::is_none) { None } else { asked.into_iter().next_back().flatten() }
}

/// The problem for an object that is not the holder's, or not there.
fn missing(door: &Door, which: Which) -> ProblemCode {
    match (door.takes, which) {
        (Takes::OnPlane(Inner::User), Which::OtherInner | Which::MissingInner) => {
            ProblemCode::SiteUserNotFound
        }
        (Takes::OnPlane(Inner::Group), Which::OtherInner | Which::MissingInner) => ProblemCode::GroupNotFound,
        (Takes::OnPlane(Inner::Set), Which::OtherInner | Which::MissingInner) => {
            ProblemCode::GroupSetNotFound
        }
        (Takes::OnPlane(Inner::Job), Which::OtherInner | Which::MissingInner) => ProblemCode::JobNotFound,
        // A site that is not theirs is none to them.
        _ if door.missing == ProblemCode::SiteNotConnected => ProblemCode::SiteNotFound,
        _ => door.missing,
    }
}

/// What the rules say of a holder at a door with an object.
pub fn expected(desk: &Desk, holder: &Holder, held: &[Grant], door: &Door, object: &Object) -> Expected {
    if holder.kind == Kind::Suspended {
        return refused(ProblemCode::NotSignedIn);
    }
    let gate = gate(door);
    let is_mine = object.which == Which::Mine;
    let needs: &[&[Permission]] = match gate {
        Gate::Everybody | Gate::Told(_) => &[],
        Gate::Owner(needs) => &[&[needs]],
        Gate::OwnOr(_) if is_mine => &[],
        Gate::OwnOr(needs) => &[&[needs]],
        Gate::Needs(needs) | Gate::Counts(needs) | Gate::Acts(needs, _) => needs,
    };
    if let Some(refusal) = needs.iter().find_map(|any| one_of(held, any)) {
        return refusal;
    }
    match gate {
        // Nothing that Tableau's own jobs tell is narrow enough for a grant.
        Gate::Owner(_) => return refused(ProblemCode::NotAllowed),
        Gate::Told(code) => return refused(code),
        Gate::Counts(_) if !held.iter().any(is_for_everybody) => return by_rule(Rule::OutOfScope),
        _ => {}
    }
    if !is_mine && !matches!(object.which, Which::OtherInner | Which::MissingInner) {
        return refused(missing(door, object.which));
    }
    if let Gate::Acts(_, asks) = gate {
        let site = |id: &str| SiteId::parse(id.split('/').next().unwrap()).unwrap();
        let site = if object.id.is_empty() { desk.site } else { site(&object.id) };
        let create = GroupChange::Create { minimum_role: None, on_demand: false };
        let on_site = |needs| Command::Site { site, needs };
        let commands: Vec<Command<'_>> = match asks {
            Asks::Apply => return send(desk, held).unwrap_or(Expected::Passes),
            Asks::Suspend => vec![on_site(Permission::SuspendSite)],
            Asks::Reactivate => vec![on_site(Permission::ReactivateSite)],
            Asks::Jobs => vec![on_site(Permission::SeeJobs)],
            Asks::Cancel => vec![on_site(Permission::SeeJobs), on_site(Permission::CancelJobs)],
            Asks::Group => vec![Command::Group { site, change: &create }],
            Asks::Set => vec![Command::Set { site, change: &SetChange::Create }],
        };
        // What the lock refuses about an object comes before the object itself is sought, but for what is in it.
        let first = if is_mine { commands.len() } else { 1 };
        if let Some(refusal) = commands.iter().take(first).find_map(|command| ask(held, command)) {
            return refusal;
        }
    }
    if is_mine { Expected::Passes } else { refused(missing(door, object.which)) }
}
