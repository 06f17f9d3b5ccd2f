//! Whom somebody's plans were about lately: many small plans are one large one.

use std::collections::HashSet;

use model::{
    Moment, PlanId, UserId,
    delegation::{About, Approval, ApprovalState},
    runs::RowState,
};
use store::{ApplyError, ApplyPlan, Decide, Lately, NewApproval, NewInvitation, RowEnd};
use uuid::Uuid;

use crate::{
    house::{House, noon, on_each, tenant, user},
    working::{apply, change, changes, end},
};

const DAY: i64 = 86_400;

fn names(numbers: &[u32]) -> HashSet<String> {
    numbers.iter().map(|number| format!("person.{number}@example.com")).collect()
}

async fn since(house: &House, since: Moment) -> HashSet<String> {
    house.store.people_lately(tenant(), user(), since).await.unwrap().names
}

/// Somebody with an account of Steward's own, as plans name them.
async fn member(house: &House) -> UserId {
    let (email, until) = ("dana@example.com", noon().plus_seconds(60));
    let new = NewInvitation { tenant: tenant(), email, by: "Ada", key: "key", until, now: noon() };
    house.store.invite_member(new).await.unwrap().unwrap().uuid().into()
}

/// A plan that somebody else approves.
async fn approved(house: &House, plan: PlanId) {
    let approval = Approval {
        id: Uuid::now_v7().into(),
        about: About::Plan { plan, include: Vec::new() },
        title: "Many".to_owned(),
        hash: "abc".to_owned(),
        reason: None,
        why: Vec::new(),
        asked_by: Uuid::from_u128(501),
        asked_name: "Dana".to_owned(),
        asked: noon(),
        until: noon().plus_seconds(DAY),
        state: ApprovalState::Waiting,
        decided_by: None,
        decided_name: None,
        decided: None,
        answer: None,
    };
    let new = NewApproval { tenant: tenant(), approval: &approval, account: "{}" };
    house.store.ask_approval(new).await.unwrap();
    let decide = Decide {
        tenant: tenant(),
        approval: approval.id,
        by: Uuid::from_u128(502),
        name: "Olga",
        hash: "abc",
        state: ApprovalState::Approved,
        answer: None,
        now: noon().plus_seconds(60),
    };
    house.store.decide_approval(decide, Some(apply(plan))).await.unwrap();
}

#[tokio::test]
async fn people_count_from_the_application_of_a_plan_until_a_day_after_their_row_has_ended() {
    on_each(async |house| {
        let (id, fence) = house.running(1..=4).await;
        assert_eq!(since(house, noon()).await, names(&[1, 2, 3, 4]), "they count while they wait");
        let rows: Vec<_> = (1..=3).map(change).collect();
        house.store.begin_rows(tenant(), id, fence, &rows).await.unwrap();
        let ends = [end(1, RowState::Done), end(2, RowState::Unknown), end(3, RowState::Failed)];
        house.store.finish_rows(id, fence, &ends).await.unwrap();
        assert_eq!(since(house, noon()).await, names(&[1, 2, 4]), "what was not done does not count");
        let later = noon().plus_seconds(DAY);
        assert_eq!(since(house, later).await, names(&[4]), "who still waits counts however late it is");
        let refused = RowEnd { at: later, ..end(4, RowState::Refused) };
        house.store.finish_rows(id, fence, &[refused]).await.unwrap();
        assert!(house.store.end_run(id, fence, later).await.unwrap());
        assert!(since(house, later).await.is_empty());
        assert_eq!(since(house, noon()).await, names(&[1, 2]), "a run that is over counts as well");
    })
    .await;
}

#[tokio::test]
async fn neither_what_somebody_else_approved_nor_what_others_did_counts() {
    on_each(async |house| {
        approved(house, house.planned(&changes(1..=3)).await).await;
        assert_eq!(house.count("run_row").await, 3);
        assert!(since(house, noon()).await.is_empty());
        let plan = house.planned(&changes(4..=5)).await;
        let other = ApplyPlan { by_id: Uuid::from_u128(4711).into(), ..apply(plan) };
        house.store.apply_plan(other).await.unwrap();
        assert!(since(house, noon()).await.is_empty());
        let elsewhere = house.store.people_lately(Uuid::from_u128(9).into(), user(), noon()).await.unwrap();
        assert!(elsewhere.names.is_empty());
        house.running(3..=4).await;
        assert_eq!(since(house, noon()).await, names(&[3, 4]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_plans_applied_at_once_by_one_person_the_second_is_decided_about_anew() {
    on_each(async |house| {
        let (first, second) = (house.planned(&changes(1..=20)).await, house.planned(&changes(21..=40)).await);
        let by_id = member(house).await;
        let apply = |plan| ApplyPlan { by_id, ..apply(plan) };
        let seen = house.store.people_lately(tenant(), by_id, noon()).await.unwrap();
        assert_eq!(seen, Lately { names: HashSet::new(), since: noon() });
        let (one, other) = tokio::join!(
            house.store.apply_plan_after(apply(first), &seen),
            house.store.apply_plan_after(apply(second), &seen),
        );
        assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
        let lost = one.err().or(other.err());
        assert!(matches!(lost, Some(ApplyError::Overtaken)), "{lost:?}");
        assert_eq!(house.count("run_row").await, 20);
        // Whoever looks again may go on, and nobody by an account that is not there.
        let seen = house.store.people_lately(tenant(), by_id, noon()).await.unwrap();
        let left = if seen.names.contains("person.1@example.com") { second } else { first };
        let gone = ApplyPlan { by_id: user(), ..apply(left) };
        let refused = house.store.apply_plan_after(gone, &seen).await;
        assert!(matches!(refused, Err(ApplyError::Overtaken)), "{refused:?}");
        house.store.apply_plan_after(apply(left), &seen).await.unwrap();
    })
    .await;
}
