//! Limits, what waits for somebody else, and grants together.

use std::collections::BTreeSet;

use model::{
    Grant,
    delegation::{
        Ceiling, Command, Decision, Facts, GroupFacts, Held, Limits, Mark, MarkReason, Rule, Sites, Subject,
        Usage, decide,
    },
    group_acts::GroupChange,
    plan::Wish,
    roles::SiteRole,
};

use super::{about, actor, ada, ask, held, other_site, role, rule, site, told_group};

#[test]
fn a_group_that_holds_somebody_out_of_reach_keeps_its_policy() {
    let change = GroupChange::MinimumRole { role: Some(SiteRole::Viewer) };
    let command = Command::Group { site: site(), change: &change };
    let decide_with = |members: Option<Vec<Subject>>| {
        let facts = Facts { group: Some(GroupFacts { members, ..told_group(None) }), ..Facts::default() };
        decide(&actor(), &[Grant::Delegated(Box::new(held()))], &command, &facts)
    };
    let protected = Subject { is_protected: true, ..ada() };
    assert_eq!(decide_with(Some(vec![ada(), protected])).rule(), Some(Rule::GroupHoldsOthers));
    assert_eq!(decide_with(None).rule(), Some(Rule::NotTold));
    let waits = Decision::Approval { grant: held().delegation.id, why: vec![MarkReason::GroupPolicy] };
    assert_eq!(decide_with(Some(vec![ada()])), waits);
}

#[test]
fn limits_count_what_came_before() {
    let wish = role(SiteRole::Explorer);
    let mut limited = held();
    limited.delegation.limits =
        Limits { rows_in_plan: Some(2), rows_in_hour: Some(3), seats_in_plan: Some(1) };
    let used = |usage| Facts { usage, ..about(ada()) };
    let before = |usage| rule(limited.clone(), &wish, &used(usage));
    assert_eq!(before(Usage { rows_in_plan: 1, ..Usage::default() }), None);
    assert_eq!(before(Usage { rows_in_plan: 2, ..Usage::default() }), Some(Rule::TooManyRows));
    assert_eq!(before(Usage { rows_in_hour: 3, ..Usage::default() }), Some(Rule::TooManyThisHour));
    assert_eq!(before(Usage { seats_in_plan: 1, ..Usage::default() }), Some(Rule::TooManySeats));
    let down = role(SiteRole::Unlicensed);
    let full = used(Usage { seats_in_plan: 1, ..Usage::default() });
    assert_eq!(rule(limited.clone(), &down, &full), None, "giving a seat back is never too much");
}

#[test]
fn what_is_marked_waits_and_what_cannot_be_known_does_too() {
    let why = |held: Held, wish: &Wish, facts: &Facts| match ask(&actor(), held, wish, facts) {
        Decision::Approval { why, .. } => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(why(held(), &Wish::Delete, &about(ada())), [MarkReason::OutOfTenant]);
    let untold = Subject { told: Vec::new(), ..ada() };
    assert_eq!(why(held(), &role(SiteRole::Explorer), &about(untold)), [MarkReason::GroupsNotTold]);
    let mut marked = held();
    marked.delegation.marks = BTreeSet::from([Mark::ManyPeople, Mark::Removal]);
    let many = Facts { usage: Usage { people_in_plan: 26, ..Usage::default() }, ..about(ada()) };
    let leave = Wish::Leave { site: site() };
    assert_eq!(why(marked, &leave, &many), [MarkReason::ManyPeople, MarkReason::Removal]);
}

#[test]
fn two_grants_do_not_add_up() {
    // One reaches the person and cannot give the role; the other gives the role and does not reach the person.
    let mut far = held();
    far.delegation.ceiling = Ceiling::Creator;
    far.delegation.scope.sites = Sites::These(BTreeSet::from([other_site()]));
    let grants = [held(), far].map(|held| Grant::Delegated(Box::new(held)));
    let wish = role(SiteRole::Creator);
    let command = Command::Row { wish: &wish, creates: false };
    let decision = decide(&actor(), &grants, &command, &about(ada()));
    assert_eq!(decision.rule(), Some(Rule::AboveCeiling));
}
