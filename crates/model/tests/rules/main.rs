//! Every rule of the lock refuses something, in the order in which the rules are looked at; and what is near it passes.

// Clippy spares functions marked as tests, not the ones that tests call.
#![allow(clippy::unwrap_used)]

mod marks;

use std::collections::BTreeSet;

use model::{
    Grant, GroupId, Moment, Permission, SiteId,
    delegation::{
        Actor, Ceiling, Command, Conditions, Decision, Delegation, Facts, GroupFacts, GroupHold, Groups,
        Held, Limits, People, Planes, Reason, Rule, Scope, Sites, Standing, Subject, TicketPattern, Via,
        decide,
    },
    plan::{Heir, OnSite, SiteWish, Wish},
    roles::SiteRole,
};
use uuid::Uuid;

fn site() -> SiteId {
    Uuid::from_u128(1).into()
}

fn other_site() -> SiteId {
    Uuid::from_u128(2).into()
}

fn group() -> GroupId {
    Uuid::from_u128(3).into()
}

fn actor() -> Actor {
    Actor {
        is_active: true,
        linked: vec![Uuid::from_u128(10).into()],
        names: vec!["dana@example.com".to_owned()],
        is_fresh: true,
        reason: Reason::Later,
    }
}

fn held() -> Held {
    let domains = BTreeSet::from(["example.com".to_owned()]);
    let people = People::Those { groups: BTreeSet::new(), domains, named: BTreeSet::new() };
    let sites = Sites::These(BTreeSet::from([site()]));
    let groups = Groups::These(BTreeSet::from([(site(), group())]));
    let delegation = Delegation {
        id: Uuid::from_u128(20).into(),
        name: "Desk".to_owned(),
        account: Uuid::from_u128(21),
        verbs: Permission::ALL.iter().copied().filter(|verb| verb.is_grantable()).collect(),
        scope: Scope { sites, people, groups },
        ceiling: Ceiling::Explorer,
        touches: None,
        limits: Limits::default(),
        conditions: Conditions::default(),
        marks: BTreeSet::new(),
        from: Moment::from_seconds(0),
        until: Moment::from_seconds(100),
        eligible: false,
        by: "Olga".to_owned(),
        revoked: None,
    };
    let planes = Planes { tenant: true, sites: BTreeSet::from([site()]) };
    Held { delegation, standing: Standing::Active, active_until: None, planes }
}

fn ada() -> Subject {
    Subject {
        user: Some(Uuid::from_u128(11).into()),
        user_name: "ada@example.com".to_owned(),
        roles: Some(vec![(site(), SiteRole::Viewer)]),
        groups: Vec::new(),
        told: vec![site()],
        administers_tenant: false,
        is_protected: false,
        owns_credential: false,
        has_account: false,
    }
}

fn about(person: Subject) -> Facts {
    Facts { user_name: person.user_name.clone(), person: Some(person), floor: Some(None), ..Facts::default() }
}

fn role(role: SiteRole) -> Wish {
    Wish::Role { site: site(), role, sign_in: None }
}

fn on_site(change: SiteWish) -> Wish {
    Wish::OnSite(OnSite { site: site(), change })
}

fn join() -> Wish {
    on_site(SiteWish::Join { group: group(), group_name: "Table".to_owned() })
}

fn told_group(minimum: Option<SiteRole>) -> GroupFacts {
    GroupFacts { site: site(), group: Some(group()), minimum, members: None }
}

fn ask(actor: &Actor, held: Held, wish: &Wish, facts: &Facts) -> Decision {
    let command = Command::Row { wish, creates: facts.person.is_none() };
    decide(actor, &[Grant::Delegated(Box::new(held))], &command, facts)
}

fn rule(held: Held, wish: &Wish, facts: &Facts) -> Option<Rule> {
    ask(&actor(), held, wish, facts).rule()
}

#[test]
fn what_the_grant_gives_is_allowed_by_that_grant() {
    let decision = ask(&actor(), held(), &role(SiteRole::Explorer), &about(ada()));
    assert_eq!(decision, Decision::Allow { via: Via::Grant(held().delegation.id) });
}

#[test]
fn the_account_and_the_grant_come_first() {
    let (wish, facts) = (role(SiteRole::Explorer), about(ada()));
    let suspended = Actor { is_active: false, ..actor() };
    assert_eq!(ask(&suspended, held(), &wish, &facts).rule(), Some(Rule::AccountSuspended));
    assert_eq!(
        decide(&actor(), &[], &Command::Row { wish: &wish, creates: false }, &facts).rule(),
        Some(Rule::NoGrant)
    );
    for (standing, expected) in [
        (Standing::Revoked, Rule::GrantRevoked),
        (Standing::Expired, Rule::GrantExpired),
        (Standing::Paused, Rule::DelegationPaused),
        (Standing::Future, Rule::GrantFuture),
        (Standing::Eligible, Rule::GrantNotActivated),
        (Standing::OutsideHours, Rule::OutsideHours),
        (Standing::OtherNetwork, Rule::OtherNetwork),
    ] {
        assert_eq!(rule(Held { standing, ..held() }, &wish, &facts), Some(expected));
    }
    let nothing = Held { planes: Planes::default(), ..held() };
    assert_eq!(rule(nothing, &wish, &facts), Some(Rule::NoCredential));
    assert_eq!(rule(held(), &Wish::Administer { sign_in: None }, &facts), Some(Rule::NeverDelegated));
    let elsewhere =
        Wish::Details { language: None, locale: None, email: Some("dana@example.com".to_owned()) };
    assert_eq!(
        rule(held(), &elsewhere, &facts),
        Some(Rule::NeverDelegated),
        "reports would go to the helper"
    );
}

#[test]
fn dangerous_acts_want_a_fresh_proof_and_a_grant_may_want_more() {
    let stale = Actor { is_fresh: false, reason: Reason::Silent, ..actor() };
    let facts = about(ada());
    assert_eq!(ask(&stale, held(), &Wish::Leave { site: site() }, &facts).rule(), Some(Rule::StepUpNeeded));
    assert!(ask(&stale, held(), &role(SiteRole::Explorer), &facts).may_be_planned());
    let mut strict = held();
    strict.delegation.conditions = Conditions { step_up: true, ..Conditions::default() };
    assert_eq!(
        ask(&stale, strict.clone(), &role(SiteRole::Explorer), &facts).rule(),
        Some(Rule::StepUpNeeded)
    );
    strict.delegation.conditions = Conditions { reason: true, ..Conditions::default() };
    assert_eq!(
        ask(&stale, strict.clone(), &role(SiteRole::Explorer), &facts).rule(),
        Some(Rule::ReasonNeeded)
    );
    let ticket = TicketPattern::parse("INC#");
    strict.delegation.conditions = Conditions { ticket, ..Conditions::default() };
    let said = |text: Option<&str>| {
        let actor = Actor { reason: Reason::of(text), ..actor() };
        ask(&actor, strict.clone(), &role(SiteRole::Explorer), &facts).rule()
    };
    assert_eq!(said(None), Some(Rule::ReasonNeeded));
    assert_eq!(said(Some("because")), Some(Rule::TicketNeeded));
    assert_eq!(said(Some("because of INC7")), None);
}

#[test]
fn out_of_scope_is_out_whatever_else_holds() {
    let stranger = Subject { user_name: "eve@elsewhere.org".to_owned(), ..ada() };
    assert_eq!(rule(held(), &role(SiteRole::Viewer), &about(stranger)), Some(Rule::OutOfScope));
    let there = Wish::Role { site: other_site(), role: SiteRole::Viewer, sign_in: None };
    assert_eq!(rule(held(), &there, &about(ada())), Some(Rule::OutOfScope));
    let on_both =
        Subject { roles: Some(vec![(site(), SiteRole::Viewer), (other_site(), SiteRole::Viewer)]), ..ada() };
    assert_eq!(rule(held(), &Wish::Delete, &about(on_both)), Some(Rule::OtherSites));
    let untold = Subject { roles: None, ..ada() };
    assert_eq!(rule(held(), &Wish::Delete, &about(untold)), Some(Rule::NotTold));
    // A domain is a whole one.
    let near = Subject { user_name: "eve@not-example.com".to_owned(), ..ada() };
    assert_eq!(rule(held(), &role(SiteRole::Viewer), &about(near)), Some(Rule::OutOfScope));
}

#[test]
fn nobody_out_of_reach_is_touched() {
    let wish = role(SiteRole::Explorer);
    let own = Subject { user: Some(Uuid::from_u128(10).into()), ..ada() };
    let protected = Subject { is_protected: true, ..ada() };
    let cloud = Subject { administers_tenant: true, ..ada() };
    let there = vec![(site(), SiteRole::Viewer), (other_site(), SiteRole::SiteAdministratorExplorer)];
    let administrator = Subject { roles: Some(there), ..ada() };
    let by_group = Subject {
        groups: vec![GroupHold {
            site: site(),
            group: group(),
            minimum: Some(SiteRole::SiteAdministratorCreator),
        }],
        ..ada()
    };
    let owner = Subject { owns_credential: true, ..ada() };
    let colleague = Subject { has_account: true, ..ada() };
    let above = Subject { roles: Some(vec![(site(), SiteRole::Creator)]), ..ada() };
    for (person, expected) in [
        (own, Rule::Yourself),
        (protected, Rule::ProtectedPerson),
        (cloud, Rule::AdministratorPerson),
        (administrator, Rule::AdministratorPerson),
        (by_group, Rule::AdministratorPerson),
        (owner, Rule::CredentialOwnerPerson),
        (colleague, Rule::AccountPerson),
        (above, Rule::TargetAboveCeiling),
    ] {
        assert_eq!(rule(held(), &wish, &about(person)), Some(expected));
    }
    let newcomer = Facts { user_name: "Dana@example.com".to_owned(), floor: Some(None), ..Facts::default() };
    assert_eq!(rule(held(), &wish, &newcomer), Some(Rule::Yourself), "a helper makes themselves a user");
}

#[test]
fn the_role_that_counts_in_the_end_stays_below_the_ceiling() {
    assert_eq!(rule(held(), &role(SiteRole::Creator), &about(ada())), Some(Rule::AboveCeiling));
    let newcomer = Facts {
        user_name: "new@example.com".to_owned(),
        floor: Some(Some(SiteRole::Creator)),
        ..Facts::default()
    };
    assert_eq!(rule(held(), &role(SiteRole::Viewer), &newcomer), Some(Rule::AboveCeilingByGroup));
    let gives = Facts { group: Some(told_group(Some(SiteRole::Creator))), ..about(ada()) };
    assert_eq!(rule(held(), &join(), &gives), Some(Rule::AboveCeilingByGroup));
    let fits = Facts { group: Some(told_group(Some(SiteRole::Explorer))), ..about(ada()) };
    assert_eq!(rule(held(), &join(), &fits), None);
}

#[test]
fn membership_and_hand_over_look_at_both_sides() {
    assert_eq!(rule(held(), &join(), &about(ada())), Some(Rule::NotTold), "a group that nobody read");
    let another = on_site(SiteWish::Join { group: Uuid::from_u128(4).into(), group_name: String::new() });
    assert_eq!(rule(held(), &another, &about(ada())), Some(Rule::GroupOutOfScope));
    let remove = |name: &str| {
        let heir = Heir { user: Uuid::from_u128(5).into(), name: name.to_owned() };
        on_site(SiteWish::Remove { assets_to: Some(heir) })
    };
    let to = |heir: Subject| Facts { recipient: Some(heir), ..about(ada()) };
    let bob = Subject { user_name: "bob@example.com".to_owned(), user: None, ..ada() };
    let heir = remove("bob@example.com");
    assert!(ask(&actor(), held(), &heir, &to(bob.clone())).may_be_planned());
    assert_eq!(rule(held(), &heir, &about(ada())), Some(Rule::RecipientOutOfScope));
    let far = Subject { user_name: "bob@elsewhere.org".to_owned(), ..bob.clone() };
    assert_eq!(rule(held(), &remove("bob@elsewhere.org"), &to(far)), Some(Rule::RecipientOutOfScope));
    let friend = Subject { has_account: true, ..bob.clone() };
    assert_eq!(rule(held(), &heir, &to(friend)), Some(Rule::RecipientOutOfScope), "another helper");
    let own = Subject { user: Some(Uuid::from_u128(10).into()), ..bob };
    assert_eq!(rule(held(), &heir, &to(own)), Some(Rule::RecipientYourself));
    assert_eq!(rule(held(), &remove("dana@example.com"), &about(ada())), Some(Rule::RecipientYourself));
}

#[test]
fn what_a_grant_gives_and_whom_it_touches_are_two_figures() {
    let mut desk = held();
    desk.delegation.ceiling = Ceiling::Unlicensed;
    assert_eq!(
        rule(desk.clone(), &role(SiteRole::Unlicensed), &about(ada())),
        Some(Rule::TargetAboveCeiling)
    );
    desk.delegation.touches = Some(Ceiling::Creator);
    assert_eq!(rule(desk.clone(), &role(SiteRole::Unlicensed), &about(ada())), None);
    let explorer = Subject { roles: Some(vec![(site(), SiteRole::Explorer)]), ..ada() };
    let raise = role(SiteRole::ExplorerCanPublish);
    assert_eq!(rule(desk.clone(), &raise, &about(explorer)), Some(Rule::AboveCeiling));
    // Out of a group that gives something, and not into it.
    let gives = Facts { group: Some(told_group(Some(SiteRole::Viewer))), ..about(ada()) };
    let leave = on_site(SiteWish::Leave { group: group(), group_name: "Table".to_owned() });
    assert_eq!(rule(desk.clone(), &leave, &gives), None);
    assert_eq!(rule(desk.clone(), &join(), &gives), Some(Rule::AboveCeilingByGroup));
    // Terms that were kept before there were two figures touch whom they give.
    let mut kept = serde_json::to_value(&desk.delegation).unwrap();
    kept.as_object_mut().unwrap().remove("touches");
    let kept: Delegation = serde_json::from_value(kept).unwrap();
    assert_eq!(kept.touches(), Ceiling::Unlicensed);
}
