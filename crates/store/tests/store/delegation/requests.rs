//! Requests for approval: of plans, and of single acts.

use model::{
    Act, ApprovalId, Moment, PlanId,
    delegation::{About, Approval, ApprovalState, HeldAct, MarkReason},
};
use store::{ApplyError, ApplyPlan, BeginError, Decide, DecideError, NewApproval};
use uuid::Uuid;

use super::{DAY, account, another_tenant};
use crate::{
    house::{House, noon, on_each, suspension, tenant},
    working::{apply, changes},
};

fn about(plan: PlanId) -> About {
    About::Plan { plan, include: Vec::new() }
}

fn request() -> Approval {
    Approval {
        id: ApprovalId::from(Uuid::now_v7()),
        about: about(Uuid::from_u128(4).into()),
        title: "Out of the tenant: 1 person".to_owned(),
        hash: "abc".to_owned(),
        reason: Some("left".to_owned()),
        why: vec![MarkReason::OutOfTenant],
        asked_by: account(1),
        asked_name: "Dana".to_owned(),
        asked: noon(),
        until: noon().plus_seconds(DAY),
        state: ApprovalState::Waiting,
        decided_by: None,
        decided_name: None,
        decided: None,
        answer: None,
    }
}

async fn ask(house: &House) -> Approval {
    let asked = request();
    let new = NewApproval { tenant: tenant(), approval: &asked, account: "{}" };
    house.store.ask_approval(new).await.unwrap();
    asked
}

async fn decide(
    house: &House,
    id: ApprovalId,
    by: Uuid,
    hash: &str,
    at: Moment,
) -> Result<Approval, DecideError> {
    house.store.decide_approval(deciding(id, by, hash, at), None).await
}

fn deciding(id: ApprovalId, by: Uuid, hash: &str, at: Moment) -> Decide<'_> {
    Decide {
        tenant: tenant(),
        approval: id,
        by,
        name: "Olga",
        hash,
        state: ApprovalState::Approved,
        answer: Some("fine"),
        now: at,
    }
}

/// A request about a plan that is there.
async fn asked_about(house: &House, plan: PlanId) -> ApprovalId {
    let asked = Approval { about: about(plan), ..request() };
    let new = NewApproval { tenant: tenant(), approval: &asked, account: "{}" };
    house.store.ask_approval(new).await.unwrap();
    asked.id
}

async fn state_of(house: &House, id: ApprovalId) -> ApprovalState {
    house.store.approval(tenant(), id).await.unwrap().unwrap().state
}

#[tokio::test]
async fn what_was_decided_is_not_voided_any_more() {
    on_each(async |house| {
        let asked = ask(house).await;
        decide(house, asked.id, account(2), "abc", noon()).await.unwrap();
        assert!(!house.store.void_approval(tenant(), asked.id).await.unwrap());
        assert_eq!(state_of(house, asked.id).await, ApprovalState::Approved);
        let other = ask(house).await;
        assert!(!house.store.void_approval(another_tenant(), other.id).await.unwrap());
        assert!(house.store.void_approval(tenant(), other.id).await.unwrap());
        assert!(!house.store.void_approval(tenant(), other.id).await.unwrap());
        assert_eq!(state_of(house, other.id).await, ApprovalState::Void);
    })
    .await;
}

#[tokio::test]
async fn a_request_is_approved_together_with_its_run_or_not_at_all() {
    on_each(async |house| {
        let plan = house.planned(&changes(1..=2)).await;
        let id = asked_about(house, plan).await;
        let decided = deciding(id, account(2), "abc", noon());
        let other_rows = ApplyPlan { hash: "abd", ..apply(plan) };
        let refused = house.store.decide_approval(decided, Some(other_rows)).await;
        assert!(matches!(refused, Err(DecideError::Apply(ApplyError::Changed))), "{refused:?}");
        assert_eq!(state_of(house, id).await, ApprovalState::Waiting);
        assert!(house.store.run(tenant(), plan).await.unwrap().is_none());
        house.store.decide_approval(decided, Some(apply(plan))).await.unwrap();
        assert_eq!(state_of(house, id).await, ApprovalState::Approved);
        assert!(house.store.run(tenant(), plan).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_plan_that_is_discarded_takes_its_request_with_it() {
    on_each(async |house| {
        let plan = house.planned(&changes(1..=2)).await;
        let id = asked_about(house, plan).await;
        assert!(!house.store.discard_plan(another_tenant(), plan).await.unwrap());
        assert_eq!(state_of(house, id).await, ApprovalState::Waiting);
        assert!(house.store.discard_plan(tenant(), plan).await.unwrap());
        assert_eq!(state_of(house, id).await, ApprovalState::Void);
        let late =
            house.store.decide_approval(deciding(id, account(2), "abc", noon()), Some(apply(plan))).await;
        assert!(matches!(late, Err(DecideError::NotOpen)), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn a_request_is_decided_once_and_by_somebody_else() {
    on_each(async |house| {
        let asked = ask(house).await;
        let own = decide(house, asked.id, account(1), "abc", noon()).await;
        assert!(matches!(own, Err(DecideError::Own)));
        let changed = decide(house, asked.id, account(2), "abd", noon()).await;
        assert!(matches!(changed, Err(DecideError::Changed)));
        let late = decide(house, asked.id, account(2), "abc", noon().plus_seconds(DAY)).await;
        assert!(matches!(late, Err(DecideError::NotOpen)));
        let decided = decide(house, asked.id, account(2), "abc", noon()).await.unwrap();
        assert_eq!((decided.state, decided.answer.as_deref()), (ApprovalState::Approved, Some("fine")));
        let again = decide(house, asked.id, account(3), "abc", noon()).await;
        assert!(matches!(again, Err(DecideError::NotOpen)));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_approve_at_once_one_is_first() {
    on_each(async |house| {
        let asked = ask(house).await;
        let one = decide(house, asked.id, account(2), "abc", noon());
        let other = decide(house, asked.id, account(3), "abc", noon());
        let (one, other) = futures::join!(one, other);
        assert_eq!([&one, &other].iter().filter(|decided| decided.is_ok()).count(), 1);
        assert!([one, other].iter().any(|decided| matches!(decided, Err(DecideError::NotOpen))));
    })
    .await;
}

#[tokio::test]
async fn asking_again_for_the_same_plan_voids_the_earlier_request() {
    on_each(async |house| {
        let first = ask(house).await;
        let second = ask(house).await;
        let states = async |id| house.store.approval(tenant(), id).await.unwrap().unwrap().state;
        assert_eq!(states(first.id).await, ApprovalState::Void);
        assert_eq!(states(second.id).await, ApprovalState::Waiting);
        let newest = house.store.approval_of(tenant(), Uuid::from_u128(4).into()).await.unwrap().unwrap();
        assert_eq!(newest.id, second.id);
    })
    .await;
}

/// A request about a single act.
fn of_an_act(by: Uuid) -> Approval {
    let act = Act::SuspendSite {
        site: Uuid::from_u128(6).into(),
        name: "Sales".to_owned(),
        reason: "Bills unpaid".to_owned(),
    };
    let (before, after) = ("Active".to_owned(), "Suspended".to_owned());
    let held = HeldAct { act, place: String::new(), before, after, people: None };
    Approval { about: About::Act(Box::new(held)), asked_by: by, ..request() }
}

async fn keep(house: &House, asked: &Approval) {
    let new = NewApproval { tenant: tenant(), approval: asked, account: "{}" };
    house.store.ask_approval(new).await.unwrap();
}

#[tokio::test]
async fn a_held_act_is_kept_with_all_it_is_about_and_once_for_each_who_asks() {
    on_each(async |house| {
        let (first, second, other) = (of_an_act(account(1)), of_an_act(account(1)), of_an_act(account(2)));
        let plan = ask(house).await;
        for asked in [&first, &other, &second] {
            keep(house, asked).await;
        }
        assert_eq!(house.store.approval(tenant(), second.id).await.unwrap(), Some(second.clone()));
        assert_eq!(state_of(house, first.id).await, ApprovalState::Void);
        for waits in [second.id, other.id, plan.id] {
            assert_eq!(state_of(house, waits).await, ApprovalState::Waiting);
        }
    })
    .await;
}

#[tokio::test]
async fn of_two_who_approve_an_act_at_once_one_is_first_and_it_begins_once() {
    on_each(async |house| {
        let asked = of_an_act(account(1));
        keep(house, &asked).await;
        let (mine, theirs) = (suspension("Sales"), suspension("Sales"));
        let one = house.store.approve_act(deciding(asked.id, account(2), "abc", noon()), &mine);
        let other = house.store.approve_act(deciding(asked.id, account(3), "abc", noon()), &theirs);
        let (one, other) = futures::join!(one, other);
        assert_eq!([&one, &other].iter().filter(|decided| decided.is_ok()).count(), 1);
        assert!([one, other].iter().any(|decided| matches!(decided, Err(DecideError::NotOpen))));
        let begun = async |act: &store::NewAct| house.store.audit_entry(tenant(), act.act).await.unwrap();
        let begun = [begun(&mine).await, begun(&theirs).await];
        assert_eq!(begun.iter().flatten().count(), 1);
        assert_eq!(house.store.audit_verify().await.unwrap().broken_at, None);
    })
    .await;
}

#[tokio::test]
async fn an_act_that_cannot_begin_is_not_approved() {
    on_each(async |house| {
        let asked = of_an_act(account(1));
        keep(house, &asked).await;
        house.store.audit_begin(&suspension("Sales")).await.unwrap();
        let decided = deciding(asked.id, account(2), "abc", noon());
        let held_up = house.store.approve_act(decided, &suspension("Sales")).await;
        assert!(matches!(held_up, Err(DecideError::Begin(BeginError::UnderWay))), "{held_up:?}");
        assert_eq!(state_of(house, asked.id).await, ApprovalState::Waiting);
        house.store.approve_act(decided, &suspension("Marketing")).await.unwrap();
        assert_eq!(state_of(house, asked.id).await, ApprovalState::Approved);
    })
    .await;
}
