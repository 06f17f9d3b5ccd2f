//! Plans: kept as they were made, read page by page, thrown away.

use model::{
    PageRequest, PlanId, TenantId,
    plan::{PlanState, StepsQuery, Verdict, Why},
};
use uuid::Uuid;

use crate::{
    house::{House, noon, on_each, tenant},
    working::{apply, changes, plan, step},
};

fn stranger() -> TenantId {
    Uuid::from_u128(9).into()
}

async fn found(house: &House, id: PlanId, verdict: &str, search: &str) -> Vec<u32> {
    let query =
        StepsQuery { verdict: verdict.to_owned(), search: search.to_owned(), ..StepsQuery::default() };
    let page = house.store.plan_steps(tenant(), id, &query).await.unwrap();
    assert_eq!((page.total, page.of), (page.rows.len() as u64, 5));
    page.rows.into_iter().map(|step| step.number).collect()
}

#[tokio::test]
async fn a_plan_comes_back_as_it_was_kept_to_its_tenant_alone() {
    on_each(async |house| {
        let steps = changes(1..=3);
        let plan = plan(&steps);
        house.store.keep_plan(&plan, &steps).await.unwrap();
        assert_eq!(house.store.plan(tenant(), plan.id).await.unwrap(), Some(plan.clone()));
        assert_eq!(house.store.all_steps(tenant(), plan.id, None).await.unwrap(), steps);
        assert!(house.store.plan(stranger(), plan.id).await.unwrap().is_none());
        assert!(house.store.all_steps(stranger(), plan.id, None).await.unwrap().is_empty());
        let page = house.store.plan_steps(stranger(), plan.id, &StepsQuery::default()).await.unwrap();
        assert_eq!((page.rows.len(), page.total, page.of), (0, 0, 0));
        assert!(!house.store.discard_plan(stranger(), plan.id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn rows_are_found_by_verdict_and_by_part_of_a_name_or_address() {
    on_each(async |house| {
        let mut steps = changes(1..=4);
        steps[1].verdict = Verdict::Refused;
        steps[2].name = "100%\0 Ädele".to_owned();
        steps.push(step(5, Verdict::Dangerous, &[Why::Protected]));
        let id = house.planned(&steps).await;
        assert_eq!(found(house, id, "", "").await, [1, 2, 3, 4, 5]);
        assert_eq!(found(house, id, "change", "").await, [1, 3, 4]);
        assert_eq!(found(house, id, "no-such-word", "").await, [0_u32; 0]);
        assert_eq!(found(house, id, "", "ÄDEL").await, [3]);
        assert_eq!(found(house, id, "", "%").await, [3]);
        assert_eq!(found(house, id, "", "PERSON.2@").await, [2]);
        assert_eq!(found(house, id, "change", "émile").await, [1, 4]);
        let refused = house.store.all_steps(tenant(), id, Some(Verdict::Refused)).await.unwrap();
        assert_eq!(refused, [steps[1].clone()]);
        assert_eq!(house.store.all_steps(tenant(), id, None).await.unwrap()[2], steps[2]);
    })
    .await;
}

#[tokio::test]
async fn ten_thousand_rows_are_kept_read_and_applied() {
    on_each(async |house| {
        let id = house.planned(&changes(1..=10_000)).await;
        let page = PageRequest { number: 9_999, size: 25 };
        let query = StepsQuery { page, ..StepsQuery::default() };
        let last = house.store.plan_steps(tenant(), id, &query).await.unwrap();
        assert_eq!((last.total, last.of, last.at.number, last.as_of), (10_000, 10_000, 400, noon()));
        assert_eq!((last.rows[0].number, last.rows[24].number), (9_976, 10_000));
        house.store.apply_plan(apply(id)).await.unwrap();
        let run = house.store.run(tenant(), id).await.unwrap().unwrap();
        assert_eq!((run.counts.waiting, run.counts.all()), (10_000, 10_000));
    })
    .await;
}

#[tokio::test]
async fn an_open_plan_is_discarded_once() {
    on_each(async |house| {
        let id = house.planned(&changes(1..=1)).await;
        assert!(house.store.discard_plan(tenant(), id).await.unwrap());
        assert!(!house.store.discard_plan(tenant(), id).await.unwrap());
        let state = house.store.plan(tenant(), id).await.unwrap().unwrap().state;
        assert_eq!(state, PlanState::Discarded);
    })
    .await;
}

#[tokio::test]
async fn plans_that_nobody_applied_are_erased_after_a_week() {
    on_each(async |house| {
        let week = 7 * 24 * 60 * 60;
        let (open, discarded) = (house.planned(&changes(1..=2)).await, house.planned(&changes(1..=2)).await);
        let applied = house.planned(&changes(1..=2)).await;
        house.store.discard_plan(tenant(), discarded).await.unwrap();
        house.store.apply_plan(apply(applied)).await.unwrap();
        assert_eq!(house.store.sweep_plans(noon().plus_seconds(week)).await.unwrap(), 0);
        assert_eq!(house.store.sweep_plans(noon().plus_seconds(week + 1)).await.unwrap(), 2);
        assert!(house.store.plan(tenant(), open).await.unwrap().is_none());
        assert!(house.store.plan(tenant(), discarded).await.unwrap().is_none());
        assert!(house.store.plan(tenant(), applied).await.unwrap().is_some());
        assert_eq!(house.count("plan_step").await, 2);
        assert_eq!(house.rows(applied).await.len(), 2);
    })
    .await;
}
