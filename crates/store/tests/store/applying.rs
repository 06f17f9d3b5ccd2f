//! Applying a plan: once, what was seen, and nothing that is dangerous by accident.

use futures::future::join_all;
use model::{
    PlanId,
    plan::{PlanState, Step, Verdict, Why},
    runs::{RowState, RunState},
};
use store::{ApplyError, ApplyPlan};
use uuid::Uuid;

use crate::{
    house::{House, noon, on_each, tenant, user},
    working::{apply, changes, step},
};

async fn applied(house: &House, steps: &[Step], include: &[Why]) -> Vec<u32> {
    let id = house.planned(steps).await;
    house.store.apply_plan(ApplyPlan { include, ..apply(id) }).await.unwrap();
    house.rows(id).await.into_iter().map(|row| row.number).collect()
}

#[tokio::test]
async fn an_applied_plan_is_a_run_whose_rows_wait() {
    on_each(async |house| {
        let mut steps = changes(1..=2);
        steps[0].verdict = Verdict::Create;
        steps[0].user = None;
        steps.push(step(3, Verdict::Nothing, &[]));
        let id = house.planned(&steps).await;
        assert!(house.store.run(tenant(), id).await.unwrap().is_none());
        house.store.apply_plan(apply(id)).await.unwrap();
        assert_eq!(house.store.plan(tenant(), id).await.unwrap().unwrap().state, PlanState::Applied);
        let run = house.store.run(tenant(), id).await.unwrap().unwrap();
        assert_eq!((run.state, run.counts.waiting, run.counts.all()), (RunState::Waiting, 2, 2));
        assert_eq!(
            (run.by.as_str(), run.by_id, run.reason.as_deref()),
            ("Ada Admin", user(), Some("They left"))
        );
        assert_eq!((run.began, run.ended, run.code), (noon().plus_seconds(60), None, None));
        let rows = house.rows(id).await;
        assert_eq!((rows[0].verdict, rows[0].user), (Verdict::Create, None));
        let (row, step) = (&rows[1], &steps[1]);
        assert_eq!((row.number, row.line, row.user), (2, step.line, step.user));
        assert_eq!((Some(&row.wish), &row.user_name), (step.wish.as_ref(), &step.user_name));
        assert_eq!((row.state, row.attempt, row.act, row.ended), (RowState::Waiting, 0, None, None));
        assert_eq!(house.store.run_account(tenant(), id).await.unwrap().as_deref(), Some(r#"{"account":1}"#));
        assert_eq!(house.store.unfinished_runs().await.unwrap(), [(tenant(), id)]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_people_who_apply_a_plan_at_the_same_time_one_does() {
    on_each(async |house| {
        let id = house.planned(&changes(1..=700)).await;
        let tries = (0..10).map(|_| {
            let store = house.store.clone();
            tokio::spawn(async move { store.apply_plan(apply(id)).await })
        });
        let outcomes: Vec<_> = join_all(tries).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        let lost = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
        assert!(lost.into_iter().all(|error| matches!(error, ApplyError::NotOpen)));
        assert_eq!(house.count("run_row").await, 700);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_either_applied_or_discarded() {
    on_each(async |house| {
        for _ in 0..5 {
            let id = house.planned(&changes(1..=50)).await;
            let (applied, discarded) =
                tokio::join!(house.store.apply_plan(apply(id)), house.store.discard_plan(tenant(), id));
            assert_ne!(applied.is_ok(), discarded.unwrap());
            assert_eq!(house.store.run(tenant(), id).await.unwrap().is_some(), applied.is_ok());
        }
    })
    .await;
}

#[tokio::test]
async fn dangerous_rows_are_applied_when_all_of_their_dangers_are_included() {
    on_each(async |house| {
        let dangers = [Why::Protected, Why::TouchesYou];
        let steps = [
            step(1, Verdict::Change, &[Why::FreesCreator]),
            step(2, Verdict::Dangerous, &[Why::Protected, Why::FreesCreator]),
            step(3, Verdict::Dangerous, &dangers),
            step(4, Verdict::Dangerous, &[]),
            step(5, Verdict::Refused, &[Why::Protected]),
        ];
        assert_eq!(applied(house, &steps, &[]).await, [1]);
        assert_eq!(applied(house, &steps, &[Why::Protected]).await, [1, 2]);
        assert_eq!(applied(house, &steps, &[Why::TouchesYou]).await, [1]);
        assert_eq!(applied(house, &steps, &dangers).await, [1, 2, 3]);
        assert_eq!(applied(house, &steps[1..2], &dangers).await, [2]);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_applied_is_named_and_leaves_the_plan_as_it_was() {
    on_each(async |house| {
        let id = house.planned(&changes(1..=1)).await;
        let stranger = Uuid::from_u128(9).into();
        let refused = async |apply: ApplyPlan<'_>| house.store.apply_plan(apply).await.unwrap_err();
        let none = PlanId::from(Uuid::now_v7());
        assert!(matches!(refused(apply(none)).await, ApplyError::NotFound));
        assert!(matches!(refused(ApplyPlan { tenant: stranger, ..apply(id) }).await, ApplyError::NotFound));
        assert!(matches!(refused(ApplyPlan { hash: "abd", ..apply(id) }).await, ApplyError::Changed));
        let late = noon().plus_seconds(3600);
        assert!(matches!(refused(ApplyPlan { now: late, ..apply(id) }).await, ApplyError::RunOut));
        let empty = house.planned(&[step(1, Verdict::Dangerous, &[Why::Protected])]).await;
        assert!(matches!(refused(apply(empty)).await, ApplyError::Nothing));
        assert!(house.store.run(tenant(), empty).await.unwrap().is_none());
        assert_eq!(house.store.plan(tenant(), empty).await.unwrap().unwrap().state, PlanState::Open);
        house.store.discard_plan(tenant(), empty).await.unwrap();
        assert!(matches!(refused(apply(empty)).await, ApplyError::NotOpen));
        house.store.apply_plan(apply(id)).await.unwrap();
    })
    .await;
}
